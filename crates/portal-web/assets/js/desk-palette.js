// The palette (Ctrl K), and the same list for canned replies (/ in the composer). Texts only ever become text.
const dialog = document.getElementById("palette");
const input = dialog.querySelector("[role=combobox]");
const list = dialog.querySelector("[role=listbox]");
const status = dialog.querySelector("[data-palette-status]");
const MOST = 10;
let source;
let items = [];
let at = 0;
let asked = 0;
let back;

function mark() {
  [...list.children].forEach((row, index) => row.setAttribute("aria-selected", index === at));
  const row = list.children[at];
  row?.scrollIntoView({ block: "nearest" });
  if (row) input.setAttribute("aria-activedescendant", row.id);
  else input.removeAttribute("aria-activedescendant");
}

function draw(found) {
  items = found.slice(0, MOST);
  at = 0;
  list.replaceChildren(...items.map((item, index) => {
    const row = document.createElement("li");
    const label = document.createElement("span");
    row.id = `palette-${index}`;
    row.setAttribute("role", "option");
    label.className = "grow";
    label.dir = "auto";
    label.textContent = item.label;
    row.append(label);
    if (item.detail) {
      const detail = document.createElement("span");
      detail.className = "faint";
      detail.textContent = item.detail;
      row.append(detail);
    }
    if (item.key) {
      const key = document.createElement("kbd");
      key.textContent = item.key;
      key.setAttribute("aria-hidden", "true");
      row.append(key);
    }
    row.addEventListener("mousedown", (event) => event.preventDefault());
    row.addEventListener("click", (event) => choose(index, event.ctrlKey || event.metaKey));
    return row;
  }));
  status.textContent = items.length ? dialog.dataset.some.replace("#", () => items.length) : dialog.dataset.none;
  mark();
}

function choose(index, aside) {
  const item = items[index];
  if (!item) return;
  if (item.href) {
    if (aside) return void open(item.href, "_blank", "noopener");
    dialog.close();
    location.assign(item.href);
    return;
  }
  back = null;
  dialog.close();
  item.act();
}

async function update() {
  const turn = ++asked;
  const found = await source(input.value.trim());
  if (turn === asked && dialog.open) draw(found);
}

export function pick(from, label) {
  source = from;
  back = document.activeElement;
  input.value = "";
  input.placeholder = label;
  input.setAttribute("aria-label", label);
  list.replaceChildren();
  status.textContent = "";
  if (!dialog.open) dialog.showModal();
  input.focus();
  update();
}

let timer;
input.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(update, 90);
});
input.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    at = (at + step + items.length) % (items.length || 1);
    mark();
  } else if (event.key === "Enter") {
    event.preventDefault();
    choose(at, event.ctrlKey || event.metaKey);
  }
});
dialog.addEventListener("close", () => {
  asked += 1;
  back?.focus();
});

// Everything that can be done on this page is a button or a link on it.
function acts() {
  const found = [];
  for (const node of document.querySelectorAll("[data-desk-key], [data-act]")) {
    const copy = node.cloneNode(true);
    copy.querySelectorAll("kbd, .prop-value").forEach((it) => it.remove());
    const label = copy.textContent.replace(/\s+/g, " ").trim();
    const key = node.dataset.deskKey?.toUpperCase();
    found.push({
      label,
      key,
      act() {
        if (node.tagName !== "SUMMARY") return node.click();
        node.parentElement.open = true;
        node.parentElement.querySelector("select, input:not([type=hidden]), button")?.focus();
      },
    });
  }
  for (const kind of ["answer", "note"]) {
    const tab = document.getElementById(`kind-${kind}`);
    if (!tab) continue;
    found.push({
      label: tab.closest("label").textContent.trim(),
      key: kind === "answer" ? "R" : "N",
      act() {
        tab.checked = true;
        document.getElementById("f-body").focus();
      },
    });
  }
  for (const button of document.querySelectorAll("#me form button")) {
    const group = button.closest("form").querySelector(".menu-label")?.textContent.trim();
    if (button.getAttribute("aria-pressed") === "true") continue;
    const label = button.textContent.trim();
    found.push({ label: group ? `${group}: ${label}` : label, act: () => button.click() });
  }
  return found;
}

// What was opened lately, in this browser; signing out forgets it.
const RECENT = "draft:desk:recent";

function recent() {
  try { return JSON.parse(localStorage.getItem(RECENT)) ?? []; } catch { return []; }
}

const shown = document.querySelector("[data-live-ticket]");
if (shown) {
  const name = document.querySelector(".talk-name h1")?.textContent.trim() ?? "";
  const one = { label: `#${shown.dataset.liveTicket} ${name}`, href: `/desk/tickets/${shown.dataset.liveTicket}` };
  const others = recent().filter((it) => it.href !== one.href);
  try { localStorage.setItem(RECENT, JSON.stringify([one, ...others].slice(0, 6))); } catch { /* full: then not */ }
}

async function places(typed) {
  const answer = await fetch(`/desk/go?q=${encodeURIComponent(typed)}`, { headers: { Accept: "application/json" } });
  return answer.ok ? (await answer.json()).items : [];
}

async function everything(typed) {
  const wanted = typed.toLowerCase();
  const here = acts();
  let found = [];
  try { found = await places(typed); } catch { /* offline: what is on the page still works */ }
  if (!typed) {
    const late = recent().filter((it) => it.href !== location.pathname).slice(0, 4);
    const known = new Set(late.map((it) => it.href));
    return [...late, ...here.slice(0, 4), ...found.filter((it) => !known.has(it.href))];
  }
  return [...here.filter((it) => it.label.toLowerCase().includes(wanted)).slice(0, 4), ...found];
}

const go = () => pick(everything, dialog.dataset.label);

addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
  if (event.key.toLowerCase() !== "k") return;
  event.preventDefault();
  if (dialog.open) dialog.close();
  else if (!document.querySelector("dialog[open]")) go();
});
for (const link of document.querySelectorAll("[data-palette]")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go();
  });
}

// Canned replies.
const canned = document.querySelector("[data-canned]");
const body = document.getElementById("f-body");

if (canned && body) {
  let loaded;
  const load = () => (loaded ??= fetch(canned.dataset.canned, { headers: { Accept: "application/json" } })
    .then((answer) => answer.json()).then(({ items }) => items));
  // Where the text goes is known before the palette takes the focus, and with it the selection.
  const put = (text, from, to) => {
    body.focus();
    body.setRangeText(text, from, to, "end");
    body.dispatchEvent(new InputEvent("input", { bubbles: true }));
  };
  const offer = (from, to) => pick(async (typed) => {
    const found = await load();
    const wanted = typed.toLowerCase();
    return found
      .filter((it) => it.label.toLowerCase().includes(wanted))
      .map((it) => ({ label: it.label, detail: it.text.slice(0, 60), act: () => put(it.text, from, to) }));
  }, dialog.dataset.cannedLabel);
  // Only at the beginning of a line: elsewhere a slash is a slash.
  body.addEventListener("input", (event) => {
    if (event.inputType !== "insertText" || event.data !== "/") return;
    const end = body.selectionStart;
    const before = body.value.slice(0, end - 1);
    if (before && !before.endsWith("\n")) return;
    offer(end - 1, end);
  });
  canned.form.querySelector("[data-canned-insert]").addEventListener("click", async (event) => {
    if (!canned.value) return;
    event.preventDefault();
    const name = canned.selectedOptions[0].textContent;
    const found = (await load()).find((it) => it.label === name);
    if (found) put(found.text, body.selectionStart, body.selectionEnd);
    canned.value = "";
  });
}
