// Marks the ticket as read when it was really on the screen.
const items = document.querySelector("[data-read]");
let timer;

function watch() {
  clearTimeout(timer);
  if (document.hidden || !items) return;
  timer = setTimeout(() => {
    document.removeEventListener("visibilitychange", watch);
    navigator.sendBeacon(items.dataset.read, new URLSearchParams({ seen: items.dataset.seen }));
  }, 1000);
}

document.addEventListener("visibilitychange", watch);
watch();
