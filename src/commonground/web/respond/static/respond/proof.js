// A moment of work while the first page is read, so that programs which begin by the thousand have to pay for it.
// Without this script, or where the browser cannot do it, the page works all the same.
(() => {
  const form = document.querySelector("form[data-salt]");
  const field = form?.querySelector("input[name=proof]");
  if (!field || !window.crypto?.subtle) return;
  const { salt, digest, largest } = form.dataset;
  const encoder = new TextEncoder();

  const hashed = async (text) => {
    const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(text)));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const find = async () => {
    for (let number = 0; number < Number(largest); number += 1) {
      if ((await hashed(salt + number)) === digest) {
        field.value = String(number);
        return;
      }
    }
  };

  let found = false;
  const working = find().then(() => { found = true; });
  const patience = () => new Promise((done) => { setTimeout(done, 4000); });

  // Whoever is quicker than the work waits at most four seconds.
  let waited = false;
  form.addEventListener("submit", (event) => {
    if (found || waited || event.submitter?.name) return; // declining or changing the language needs no work
    event.preventDefault();
    Promise.race([working, patience()]).then(() => {
      waited = true;
      form.requestSubmit(event.submitter ?? undefined);
    });
  });
})();
