// A small help on task pages: says at once what is missing or cannot be. Without it the server says the same.
(() => {
  const form = document.querySelector("form.task");
  const still = form?.querySelector("[data-still]");
  if (!form || !still) return;

  const marked = (end) => form.querySelector(`input[name="${end}"]:checked`);

  // The same item as both: say so on its card, keep both marks, and wait.
  const showBoth = () => {
    const most = marked("most")?.value;
    const same = most !== undefined && most === marked("least")?.value ? most : null;
    for (const card of form.querySelectorAll("[data-item]")) {
      const problem = card.querySelector(".card-problem");
      const isBoth = card.dataset.item === same;
      problem.hidden = !isBoth;
      for (const input of form.querySelectorAll("input[type=radio]")) {
        if (input.value !== card.dataset.item) continue;
        if (isBoth) input.setAttribute("aria-describedby", problem.id);
        else input.removeAttribute("aria-describedby");
      }
    }
    return same;
  };

  const missing = () => {
    if (showBoth()) return still.dataset.same;
    if (!form.querySelector("input[name=least]")) return marked("most") ? "" : still.dataset.most; // only the best is asked
    if (marked("most") && marked("least")) return "";
    if (!marked("most") && !marked("least")) return still.dataset.both;
    return marked("most") ? still.dataset.least : still.dataset.most;
  };

  let asked = false;
  form.addEventListener("change", () => {
    const words = missing();
    if (asked || !words) still.textContent = words;
    if (!words) document.getElementById("problems")?.remove();
  });

  let sent = false;
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.name === "language" || button?.name === "ends" || (button?.name === "go" && button.value === "back")) return;
    if (button?.name === "go" && form.querySelector("[name=try]")) return; // the practice may be skipped
    asked = true;
    const words = missing();
    if (words || sent) event.preventDefault();
    if (words) still.textContent = words;
    else sent = navigator.onLine; // without a connection, tap.js keeps the last of what is sent
  });
  window.addEventListener("pageshow", () => { sent = false; });
})();
