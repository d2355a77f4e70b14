// Says that something is new; the reader decides when to look. Hints carry a number and a version, never content.
const bar = document.querySelector("[data-live]");
const number = bar && bar.dataset.live !== "list" ? +bar.dataset.live : 0;
let source;
let wait = 2000;
let timer;

function open() {
  clearTimeout(timer);
  const about = number ? `?number=${number}&version=${bar.dataset.version}` : "";
  source = new EventSource(`${document.body.dataset.base}/stream${about}`);
  source.addEventListener("open", () => { wait = 2000; });
  source.addEventListener("message", ({ data }) => {
    const hint = JSON.parse(data);
    if (!number || (hint.number === number && hint.version > +bar.dataset.version)) bar.hidden = false;
  });
  // What the reader may see has changed: what stands here may be too much.
  source.addEventListener("sight", () => location.reload());
  source.addEventListener("error", () => {
    if (source.readyState !== EventSource.CLOSED) return;
    timer = setTimeout(open, wait * (0.75 + Math.random() / 2));
    wait = Math.min(wait * 2, 60000);
  });
}

function close() {
  clearTimeout(timer);
  source?.close();
  source = null;
}

// A hidden page holds no connection: there are only six a host.
if (bar) {
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : source || open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => event.persisted && !source && open());
  bar.querySelector("a").addEventListener("click", (event) => {
    event.preventDefault();
    location.reload();
  });
  if (!document.hidden) open();
}
