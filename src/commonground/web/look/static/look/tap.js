// Keeps what a person has sent while there is no connection, and sends it when there is one again.
// While the browser knows of a connection, and without this script, a form is sent as forms are.
// Sending twice changes nothing: the server sees to that.
(() => {
  const words = document.querySelector("[data-tap]");
  const form = document.getElementById("page-form");
  if (!words || !form?.querySelector("[name=stamp]") || !window.fetch) return;

  const AGAIN = 4000; // milliseconds until the next try
  const PATIENCE = 20000; // milliseconds until a try counts as lost
  let kept = null; // what waits to be sent, and the button it was sent with
  let timer = 0;
  let isSending = false;

  const say = (text) => {
    words.textContent = text;
  };

  const content = (button) => {
    const fields = new URLSearchParams(new FormData(form));
    if (button?.name) fields.append(button.name, button.value);
    return fields;
  };

  // The server wants to show this page again, with what is missing: let it.
  const sendPlainly = ({ button }) => {
    if (button?.name) {
      const field = Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value });
      form.append(field);
    }
    form.submit();
  };

  const wait = () => {
    say(words.dataset.waiting);
    window.clearTimeout(timer);
    timer = window.setTimeout(send, AGAIN);
  };

  const send = async () => {
    if (!kept || isSending) return;
    isSending = true;
    const sent = kept;
    const patience = new AbortController();
    const limit = window.setTimeout(() => patience.abort(), PATIENCE);
    try {
      const answer = await fetch(form.getAttribute("action") || window.location.href, {
        method: "POST",
        body: sent.fields,
        headers: { "X-Tap": "1" },
        credentials: "same-origin",
        signal: patience.signal,
      });
      const isPlace = answer.headers.get("Content-Type")?.startsWith("application/json");
      if (answer.status >= 500) wait();
      else if (answer.ok && isPlace) window.location.assign((await answer.json()).next);
      else sendPlainly(sent);
    } catch {
      wait(); // no answer: nobody knows whether it arrived, so it is sent again
    } finally {
      window.clearTimeout(limit);
      isSending = false;
      if (kept !== sent) send(); // changed meanwhile
    }
  };

  // On the document, so that whatever the page itself asks for has been said before.
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (event.target !== form || event.defaultPrevented || (button?.name && button.name !== "go")) return;
    if (navigator.onLine && !kept) return;
    event.preventDefault();
    kept = { fields: content(button), button };
    send();
  });
  window.addEventListener("online", send);
  window.addEventListener("pageshow", () => { kept = null; say(""); window.clearTimeout(timer); });
  window.addEventListener("beforeunload", (event) => { if (kept && words.textContent) event.preventDefault(); });
})();
