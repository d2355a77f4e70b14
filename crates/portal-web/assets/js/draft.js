// Keeps what is typed in this browser until it was sent. Cleared on sign-out.
const WEEK = 7 * 86400e3;
const base = `draft:${document.body.dataset.base}:`;
const sent = "draft-sent";

// Only a page that confirms the sending ends the draft: a failed attempt keeps the text.
if (document.querySelector(".flash") && sessionStorage.getItem(sent)) {
  localStorage.removeItem(sessionStorage.getItem(sent));
  sessionStorage.removeItem(sent);
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  const key = base + form.dataset.draft;
  const fields = [...form.querySelectorAll("[data-keep]")];
  const note = form.querySelector("[data-draft-note]");
  let timer;

  const save = () => {
    clearTimeout(timer);
    timer = 0;
    if ("leaving" in document.body.dataset) return;
    const text = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    try {
      if (fields.some((field) => field.value.trim())) localStorage.setItem(key, JSON.stringify({ at: Date.now(), text }));
      else localStorage.removeItem(key);
    } catch { /* full or refused: typing goes on without a draft */ }
  };

  let kept = null;
  try { kept = JSON.parse(localStorage.getItem(key)); } catch { localStorage.removeItem(key); }
  if (kept && Date.now() - kept.at > WEEK) localStorage.removeItem(key);
  else if (kept && !("kept" in form.dataset) && fields.every((field) => !field.value)) {
    for (const field of fields) field.value = kept.text[field.name] ?? "";
    note.hidden = false;
  }

  form.addEventListener("input", (event) => {
    if (!fields.includes(event.target)) return;
    clearTimeout(timer);
    timer = setTimeout(save, 400);
  });
  form.addEventListener("submit", () => {
    save();
    sessionStorage.setItem(sent, key);
  });
  addEventListener("pagehide", () => timer && save());
  form.querySelector("[data-draft-discard]")?.addEventListener("click", () => {
    for (const field of fields) field.value = "";
    clearTimeout(timer);
    timer = 0;
    localStorage.removeItem(key);
    note.hidden = true;
    fields[0]?.focus();
  });
}
