// Shows the address of a portal while it is typed. Without it, the page shows the one that is stored.
const host = document.querySelector("[data-address-host]");
const slug = document.querySelector("[data-address-slug]");
const line = document.querySelector("[data-address]");
const shown = document.querySelector("[data-address-shown]");

const show = () => {
  const name = host.selectedOptions[0]?.textContent.trim().split(" ")[0] ?? "";
  shown.textContent = `${line.dataset.address}${name}/${slug.value.trim()}`;
};

if (host && slug && line && shown) {
  host.addEventListener("change", show);
  slug.addEventListener("input", show);
}
