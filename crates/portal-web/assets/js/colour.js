// The colour that is picked and the one that is typed are the same.
for (const pick of document.querySelectorAll("[data-colour]")) {
  const text = document.getElementById(pick.dataset.colour);
  pick.addEventListener("input", () => { text.value = pick.value; });
  text.addEventListener("input", () => { if (/^#[0-9a-f]{6}$/i.test(text.value)) pick.value = text.value.toLowerCase(); });
}
