// The desk's keys. Every one of them presses a button or follows a link that is on the page.
// In a box that is ticked, a letter is a key like anywhere else.
const typing = (node) => node.isContentEditable || /^(TEXTAREA|SELECT)$/.test(node.tagName)
  || (node.tagName === "INPUT" && !/^(checkbox|radio)$/.test(node.type));
const help = document.getElementById("desk-keys");
const choice = help.querySelector("[data-keys]");

// WCAG 2.1.4: whoever speaks to the computer turns them off.
choice.checked = localStorage.getItem("desk-keys") !== "off";
choice.addEventListener("change", () => localStorage.setItem("desk-keys", choice.checked ? "on" : "off"));

const rows = () => [...document.querySelectorAll(".desk-table [data-row] a")];

function move(step) {
  const link = document.querySelector(step > 0 ? "[data-next]" : "[data-previous]");
  if (link) return link.click();
  const links = rows();
  const row = document.activeElement?.closest("[data-row]");
  const at = links.findIndex((it) => it.closest("[data-row]") === row);
  links[Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
}

// A row is ticked by its key, the box and the count follow.
function tick() {
  const row = document.activeElement?.closest("[data-row]");
  row?.querySelector("[name=pick]")?.click();
}

function compose(kind) {
  const tab = document.getElementById(`kind-${kind}`);
  if (!tab) return;
  tab.checked = true;
  document.getElementById("f-body").focus();
}

function press(key) {
  const node = document.querySelector(`[data-desk-key="${key}"]`);
  if (!node) return together(key);
  if (node.tagName !== "SUMMARY") return node.click();
  node.parentElement.open = true;
  node.parentElement.querySelector("select, input:not([type=hidden])").focus();
}

// In a list the same keys are about the ticked tickets; if there are none, about the one with the focus.
function together(key) {
  const choice = document.getElementById("f-do");
  if (!choice) return;
  const ticked = () => document.querySelector(".desk-table [name=pick]:checked");
  if (!ticked()) tick();
  if (!ticked()) return;
  if (key !== "e") return choice.focus();
  choice.value = new URLSearchParams(location.search).get("view") === "closed" ? "open" : "close";
  document.querySelector("[data-apply]").click();
}

const keys = {
  j: () => move(1),
  k: () => move(-1),
  r: () => compose("answer"),
  n: () => compose("note"),
  e: () => press("e"),
  a: () => press("a"),
  i: () => press("i"),
  s: () => press("s"),
  p: () => press("p"),
  z: () => press("z"),
  "/": () => {
    const field = document.querySelector("[data-desk-search]");
    if (field) field.focus();
    else document.querySelector("[data-palette]")?.click();
  },
  m: () => press("m"),
  x: tick,
  "?": () => help.showModal(),
};

addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && typing(event.target)) return event.target.blur();
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  if (!choice.checked && event.key !== "?") return;
  const act = keys[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
});

// What was written last is what one wants to read first.
const body = document.querySelector(".talk-body");
if (body && !location.hash) body.scrollTop = body.scrollHeight;

// Several tickets at once: how many are ticked, and all of them.
const picks = [...document.querySelectorAll(".desk-table [name=pick]")];
const all = document.querySelector("[data-all]");
if (picks.length && all) {
  const box = all.querySelector("input");
  const count = document.querySelector("[data-count]");
  const tell = () => {
    const n = picks.filter((it) => it.checked).length;
    box.checked = n === picks.length;
    box.indeterminate = n > 0 && n < picks.length;
    count.textContent = n === 0 ? "" : n === 1 ? count.dataset.one : count.dataset.many.replace("2", n);
  };
  all.hidden = false;
  box.addEventListener("change", () => {
    for (const it of picks) it.checked = box.checked;
    tell();
  });
  for (const it of picks) it.addEventListener("change", tell);
  tell();
}

// An answer that has left is part of the conversation: the page is shown anew, unless something is typed.
const leaving = document.querySelector("[data-pending]");
if (leaving) {
  setTimeout(() => {
    leaving.remove();
    if (!document.getElementById("f-body").value.trim()) location.reload();
  }, (Number(leaving.dataset.pending) + 2) * 1000);
}
