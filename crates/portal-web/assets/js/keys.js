// "/" goes to the search, Ctrl Enter sends.
const typing = (node) => node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName);

addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = event.target.closest("[data-send-key]")?.form;
    const button = form?.querySelector("[data-send]");
    if (!button) return;
    event.preventDefault();
    form.requestSubmit(button);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (!("shortcuts" in document.body.dataset) || document.querySelector("dialog[open]")) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target?.checkVisibility()) return;
  event.preventDefault();
  target.focus();
  target.select?.();
});
