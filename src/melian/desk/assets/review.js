"use strict";
// Keys for judging. Without them the form works with Tab, Enter and the mouse.
(function () {
  const form = document.getElementById("judge");
  const fields = Array.from(form.querySelectorAll("[data-key]"));
  const words = document.querySelector("#keep span");

  function isChanged(field) {
    return field.type === "checkbox" ? field.checked : field.value.trim() !== field.dataset.was.trim();
  }

  function tell() {
    const changed = fields.filter(isChanged);
    for (const field of fields) field.closest(".judged-field").classList.toggle("changed", isChanged(field));
    words.textContent = changed.length ? words.dataset.changed : words.dataset.right;
  }

  // Where a place in the passage stands in the report, in characters and not in units of UTF-16.
  function placeOf(node, offset) {
    const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-at]");
    if (!piece || node.nodeType !== Node.TEXT_NODE) return null;
    return Number(piece.dataset.at) + Array.from(node.data.slice(0, offset)).length;
  }

  function takeSelection(field) {
    const chosen = document.getSelection();
    if (!chosen || chosen.isCollapsed) return;
    const range = chosen.getRangeAt(0);
    const start = placeOf(range.startContainer, range.startOffset), end = placeOf(range.endContainer, range.endOffset);
    if (start !== null && end !== null && start < end) field.value = `${start}-${end}`;
  }

  form.addEventListener("input", tell);
  form.addEventListener("change", tell);
  document.addEventListener("keydown", (happening) => {
    const at = happening.target;
    if (happening.key === "Escape" && at.form === form) at.blur();
    if (happening.ctrlKey || happening.metaKey || happening.altKey || happening.defaultPrevented) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) && at.type !== "checkbox") return;
    const field = fields.find((one) => one.dataset.key === happening.key);
    const press = { y: "#keep", n: "#reject", k: "#later", u: "#undo button" }[happening.key];
    if (field) {
      happening.preventDefault();
      if (field.type === "checkbox") field.checked = !field.checked;
      else {
        if (field.name === "field-content") takeSelection(field);
        field.focus();
        if (field.select) field.select();
      }
      tell();
    } else if (press) {
      const button = document.querySelector(press);
      if (button) {
        happening.preventDefault();
        button.click();
      }
    }
  });
  tell();
})();
