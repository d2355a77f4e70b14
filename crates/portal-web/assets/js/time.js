// Keeps short times fresh and tells the server the zone.
const [now, minutes, hours] = document.body.dataset.refresh.split("|");

function refresh() {
  for (const time of document.querySelectorAll("time[data-relative]")) {
    const seconds = (Date.now() - Date.parse(time.dateTime)) / 1000;
    if (seconds < -300 || seconds >= 86400) continue;
    const text = seconds < 60 ? now
      : seconds < 3600 ? minutes.replace("#", Math.floor(seconds / 60))
      : hours.replace("#", Math.floor(seconds / 3600));
    if (time.textContent !== text) time.textContent = text;
  }
}

refresh();
setInterval(() => document.hidden || refresh(), 30000);
document.addEventListener("visibilitychange", () => document.hidden || refresh());

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const cookie = `tz=${encodeURIComponent(zone || "")}`;
if (zone && !document.cookie.split("; ").includes(cookie)) {
  document.cookie = `${cookie}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
}
