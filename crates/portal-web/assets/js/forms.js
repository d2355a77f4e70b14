// One submit a form, a busy button, focus on what is wrong, passwords shown on request.
addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-sign-out]")) {
    document.body.dataset.leaving = "";
    for (const key of Object.keys(localStorage)) if (key.startsWith("draft:")) localStorage.removeItem(key);
  }
  if (!form.matches("[data-once]")) return;
  if (form.dataset.busy) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.busy = "1";
  const button = event.submitter || form.querySelector("[data-send]");
  // Only a slow answer is worth a sign.
  if (button) form.dataset.timer = setTimeout(() => button.setAttribute("aria-busy", "true"), 300);
}, true);

export function idle(form) {
  delete form.dataset.busy;
  clearTimeout(form.dataset.timer);
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

// A page that comes back from the cache must be usable again.
addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.querySelectorAll("form[data-busy]")) idle(form);
});

addEventListener("click", (event) => {
  const button = event.target.closest("[data-reveal]");
  if (!button) return;
  const input = document.getElementById(button.dataset.reveal);
  const show = input.type === "password";
  input.type = show ? "text" : "password";
  button.setAttribute("aria-pressed", show);
  const label = button.textContent;
  button.textContent = button.dataset.hide;
  button.dataset.hide = label;
});

document.querySelector("[data-problems]")?.focus();

if (!("commandForElement" in HTMLButtonElement.prototype) || !("closedBy" in HTMLDialogElement.prototype)) import("./compat.js");
