// Live at the desk: says that something is new, who else is at the ticket, and that one is there. Hints carry numbers only.
const list = document.querySelector("[data-live-list]");
const ticket = document.querySelector("[data-live-ticket]");
const people = document.querySelector("[data-presence]");
const number = ticket ? +ticket.dataset.liveTicket : 0;
let source;
let wait = 2000;
let timer;

function fresh(hint) {
  if (!number || hint.number !== number) {
    list.hidden = false;
    return;
  }
  const { version, notes, seq } = ticket.dataset;
  if (hint.version <= +version && hint.notes <= +notes) return;
  const text = ticket.querySelector("p");
  const said = hint.seq > +seq ? "liveSaid" : hint.version > +version ? "liveChanged" : "liveNoted";
  text.textContent = text.dataset[said];
  ticket.hidden = false;
  if (hint.version > +version) list.hidden = false;
}

function show({ present }) {
  people.replaceChildren(...present.map(({ name, writes }) => {
    const line = document.createElement("span");
    line.textContent = people.dataset[writes ? "writing" : "viewing"].replace("#", () => name);
    line.classList.toggle("writes", writes);
    return line;
  }));
}

function open() {
  clearTimeout(timer);
  const about = number ? `?number=${number}&version=${ticket.dataset.version}&notes=${ticket.dataset.notes}` : "";
  source = new EventSource(`/desk/stream${about}`);
  source.addEventListener("open", () => { wait = 2000; });
  source.addEventListener("message", ({ data }) => fresh(JSON.parse(data)));
  source.addEventListener("presence", ({ data }) => show(JSON.parse(data)));
  // What somebody works with has changed: what stands here may be too much.
  source.addEventListener("sight", () => location.reload());
  source.addEventListener("error", () => {
    if (source.readyState !== EventSource.CLOSED) return;
    timer = setTimeout(open, wait * (0.75 + Math.random() / 2));
    wait = Math.min(wait * 2, 60000);
  });
}

// Who is there: said again before it ends, and when somebody types.
let beat;
let typed = 0;

const say = (doing) => people && navigator.sendBeacon(people.dataset.presence, new URLSearchParams({ doing }));

function be() {
  clearInterval(beat);
  say("viewing");
  beat = setInterval(() => say("viewing"), 20000);
}

function close() {
  clearTimeout(timer);
  clearInterval(beat);
  source?.close();
  source = null;
  say("gone");
}

function start() {
  if (source) return;
  open();
  if (people) be();
}

if (list) {
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : start()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => event.persisted && start());
  for (const bar of [list, ticket]) bar?.querySelector("a").addEventListener("click", (event) => {
    event.preventDefault();
    location.reload();
  });
  document.getElementById("f-body")?.addEventListener("input", () => {
    if (Date.now() - typed < 4000) return;
    typed = Date.now();
    say("writing");
  });
  if (!document.hidden) start();
}
