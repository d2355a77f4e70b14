// Dialog buttons and a click beside a dialog, for browsers that do not know them yet.
const invokers = "commandForElement" in HTMLButtonElement.prototype;
const dismiss = "closedBy" in HTMLDialogElement.prototype;

addEventListener("click", (event) => {
  const button = invokers ? null : event.target.closest("button[commandfor]");
  if (button) {
    const dialog = document.getElementById(button.getAttribute("commandfor"));
    event.preventDefault();
    if (button.getAttribute("command") === "show-modal") {
      button.closest("[popover]")?.hidePopover();
      dialog.showModal();
    } else dialog.close();
    return;
  }
  const dialog = event.target;
  if (dismiss || !(dialog instanceof HTMLDialogElement) || !dialog.open) return;
  const box = dialog.getBoundingClientRect();
  const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
  if (!inside) dialog.close();
});
