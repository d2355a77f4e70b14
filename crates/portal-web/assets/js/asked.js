// Shows the fields of a form that depend on an answer only when that answer is given. The server judges in the same way.
const form = document.querySelector("form[data-form]");
const parts = [...form.querySelectorAll("[data-when]")];

const answers = (name) => {
  const fields = [...form.elements].filter((it) => it.name === name && !it.matches(":disabled"));
  if (fields.length === 1 && fields[0].type === "checkbox" && fields[0].value === "true") return [String(fields[0].checked)];
  return fields.filter((it) => it.checked || !["checkbox", "radio"].includes(it.type)).map((it) => it.value);
};

const update = () => {
  // In order: what depends on a field that is hidden is hidden too.
  for (const part of parts) {
    const wanted = JSON.parse(part.dataset.any);
    const shown = answers(part.dataset.when).some((it) => wanted.includes(it));
    part.hidden = !shown;
    for (const field of part.querySelectorAll("input, select, textarea")) field.disabled = !shown;
  }
};

for (const part of parts) part.querySelector("[data-when-note]").hidden = true;
form.addEventListener("change", update);
addEventListener("pageshow", update);
update();
