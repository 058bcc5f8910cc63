"use strict";
// Small comforts. Every page works without them.
(function () {
  const form = document.querySelector("form[data-drop]");
  if (form) {
    const file = form.querySelector("input[type=file]");
    for (const kind of ["dragover", "dragleave", "drop"]) {
      form.addEventListener(kind, (happening) => {
        happening.preventDefault();
        form.classList.toggle("dropping", kind === "dragover");
        if (kind !== "drop") return;
        if (happening.dataTransfer.files.length) file.files = happening.dataTransfer.files;
        else form.querySelector("textarea").value = happening.dataTransfer.getData("text/plain");
      });
    }
    form.addEventListener("submit", () => {
      form.querySelector(".busy").hidden = false;
    });
  }

  document.addEventListener("keydown", (happening) => {
    const at = happening.target;
    if (at.id === "sql" && happening.key === "Enter" && (happening.ctrlKey || happening.metaKey)) at.form.requestSubmit();
    const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
    if (happening.key === "/" && !isTyping && !happening.ctrlKey && !happening.metaKey) {
      const seek = document.querySelector("input[type=search]");
      if (seek) {
        happening.preventDefault();
        seek.focus();
      }
    }
  });

  // On a narrow screen the facets stand before the list; they begin folded.
  const facets = document.querySelector(".facet-box");
  if (facets && window.matchMedia("(max-width: 60rem)").matches) facets.open = false;
})();
