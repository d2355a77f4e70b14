// Files: drag, paste, choose, remove; limits before sending; progress while sending.
import { idle } from "./forms.js";

for (const box of document.querySelectorAll("[data-upload]")) {
  const { dataset } = box;
  const form = box.closest("form");
  const input = box.querySelector("[type=file]");
  const list = box.querySelector("[data-chosen]");
  const problem = box.querySelector("[data-upload-problem]");
  const line = box.querySelector("[data-upload-progress]");
  let files = [];

  const show = () => {
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    input.files = transfer.files;
    list.hidden = !files.length;
    list.replaceChildren(...files.map((file, index) => {
      const item = document.createElement("li");
      const name = document.createElement("bdi");
      const button = document.createElement("button");
      name.textContent = file.name;
      button.type = "button";
      button.textContent = "×";
      button.setAttribute("aria-label", dataset.remove.replace("#", () => file.name));
      button.addEventListener("click", () => {
        files.splice(index, 1);
        say("");
        show();
        input.focus();
      });
      item.append(name, button);
      return item;
    }));
  };

  const say = (text) => {
    problem.textContent = text;
    problem.hidden = !text;
  };

  const add = (more) => {
    say("");
    const staged = box.querySelectorAll("[name=staged]:checked").length;
    for (const file of more) {
      const sum = files.reduce((bytes, one) => bytes + one.size, file.size);
      if (!file.size) say(dataset.empty.replace("#", () => file.name));
      else if (files.length + staged >= +dataset.count) say(dataset.many);
      else if (sum > +dataset.bytes) say(dataset.large);
      else files.push(file);
    }
    show();
  };

  const over = (event, on) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    box.classList.toggle("is-over", on);
    form.classList.toggle("is-over", on);
  };

  input.addEventListener("change", () => add([...input.files]));
  form.addEventListener("dragover", (event) => over(event, true));
  form.addEventListener("dragleave", (event) => over(event, false));
  form.addEventListener("drop", (event) => {
    over(event, false);
    if (event.dataTransfer.files.length) add([...event.dataTransfer.files]);
  });
  form.addEventListener("paste", (event) => {
    if (event.clipboardData.files.length) {
      event.preventDefault();
      add([...event.clipboardData.files]);
    }
  });

  // The same form by a request that tells how far it is. Whatever goes wrong, the plain form is sent instead: the
  // idempotency key makes that harmless.
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || form.dataset.plain || !files.length) return;
    event.preventDefault();
    const { submitter } = event;
    const request = new XMLHttpRequest();
    const plain = () => {
      form.dataset.plain = "1";
      idle(form);
      form.requestSubmit(submitter);
    };
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      const percent = Math.floor((loaded / total) * 100);
      line.hidden = false;
      line.firstElementChild.value = percent;
      line.lastElementChild.textContent = dataset.progress.replace("#", percent);
    });
    request.addEventListener("load", () => {
      let to = null;
      try { to = JSON.parse(request.responseText).to; } catch { /* a page */ }
      if (request.status !== 200 || typeof to !== "string") return plain();
      const url = new URL(to, location.href);
      // Another place on this page would not load it anew.
      if (url.pathname + url.search === location.pathname + location.search) {
        history.replaceState(null, "", url);
        location.reload();
      } else location.assign(url);
    });
    request.addEventListener("error", plain);
    request.send(new FormData(form, submitter));
  });
}
