/* Suggestions for the unit picker: an ARIA combobox over the text box that works without this script too. */
(() => {
  "use strict";
  const WAIT_MS = 180;
  let made = 0;

  function enhance(box) {
    if (box.dataset.ready) return;
    box.dataset.ready = "yes";
    const input = box.querySelector("input[type=text]");
    const matches = box.querySelector("[data-unit-matches]");
    const list = document.createElement("ul");
    const status = document.createElement("div");
    let options = [], active = -1, timer = 0, asked = 0;

    list.id = `unit-options-${++made}`;
    list.className = "unit-options";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Đơn vị gợi ý");
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);
    input.after(list, status);

    function choiceField() {
      let field = box.querySelector("input[type=hidden][name$=_choice]");
      if (!field) {
        field = document.createElement("input");
        field.type = "hidden";
        field.name = `${input.name}_choice`;
        box.append(field);
      }
      return field;
    }

    function close() {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function mark(index) {
      if (!options.length) return;
      active = (index + options.length) % options.length;
      [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === active)));
      list.children[active].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", list.children[active].id);
    }

    function choose(index) {
      const option = options[index];
      if (matches) matches.remove();
      input.value = option.label;
      choiceField().value = String(option.id);
      status.textContent = `Đã chọn ${option.label}`;
      close();
      input.dispatchEvent(new CustomEvent("unit-chosen", { bubbles: true, detail: option }));
    }

    function show(found) {
      options = found;
      active = -1;
      input.removeAttribute("aria-activedescendant");
      list.replaceChildren(...found.map((option, i) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${i}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.textContent = option.label;
        if (option.note) {
          const note = document.createElement("small");
          note.textContent = option.note;
          item.append(" ", note);
        }
        // mousedown comes before the text box loses the focus
        item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(i); });
        return item;
      }));
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", String(!!found.length));
      status.textContent = found.length ? `${found.length} đơn vị gợi ý` : "Không có đơn vị phù hợp";
    }

    async function ask() {
      const text = input.value.trim(), turn = ++asked;
      if (text.length < 2) { close(); return; }
      try {
        const answer = await fetch(`${box.dataset.options}&q=${encodeURIComponent(text)}`, {
          headers: { Accept: "application/json" }, redirect: "error",
        });
        if (!answer.ok) throw new Error(String(answer.status));
        const found = (await answer.json()).options;
        if (turn === asked && document.activeElement === input) show(found);
      } catch {
        close(); // no line: the form itself finds the unit when it is sent
      }
    }

    input.addEventListener("input", () => {
      choiceField().value = "";
      if (matches) matches.remove();
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT_MS);
    });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (list.hidden) {
        if (event.key === "ArrowDown") { event.preventDefault(); ask(); }
        return;
      }
      if (event.key === "ArrowDown") { event.preventDefault(); mark(active + 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); mark(active < 0 ? options.length - 1 : active - 1); }
      else if (event.key === "Enter" && active >= 0) { event.preventDefault(); choose(active); }
      else if (event.key === "Tab" && active >= 0) choose(active);
      else if (event.key === "Escape") { event.preventDefault(); close(); }
    });
    input.addEventListener("blur", () => { clearTimeout(timer); asked++; close(); });
  }

  const enhanceAll = (root) => root.querySelectorAll("[data-unit-picker]").forEach(enhance);
  enhanceAll(document);
  document.addEventListener("htmx:load", (event) => enhanceAll(event.target));
})();
