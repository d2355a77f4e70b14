// Copies a link or a secret; prints.
addEventListener("click", async (event) => {
  if (event.target.closest("[data-print]")) {
    event.target.closest("[popover]")?.hidePopover();
    print();
    return;
  }
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const text = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text.startsWith("/") ? new URL(text, location.href).href : text);
  } catch {
    return;
  }
  const label = button.querySelector("span");
  const before = label.textContent;
  label.textContent = button.dataset.copied;
  label.setAttribute("role", "status");
  setTimeout(() => {
    label.textContent = before;
    label.removeAttribute("role");
    button.closest("[popover]")?.hidePopover();
  }, 1600);
});
