"use strict";
// Lights up a mark with its records, and a record with its marks. The page reads the same without it.
(function () {
  let pinned = [];

  function anchorsOf(node) {
    const mark = node.closest ? node.closest("[data-records]") : null;
    if (mark) return mark.dataset.records.split(" ");
    const record = node.closest ? node.closest(".record") : null;
    return record ? [record.id] : [];
  }

  function show(anchors) {
    document.querySelectorAll(".lit").forEach((node) => node.classList.remove("lit"));
    for (const anchor of anchors) {
      const record = document.getElementById(anchor);
      if (record) record.classList.add("lit");
      document.querySelectorAll('[data-records~="' + CSS.escape(anchor) + '"]').forEach((node) => node.classList.add("lit"));
    }
  }

  function bringIntoView(node) {
    const mark = node.closest ? node.closest("[data-records]") : null;
    if (!mark) return;
    const own = (mark.getAttribute("href") || "").slice(1) || mark.dataset.records.split(" ").pop();
    const record = document.getElementById(own);
    if (record) record.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("mouseover", (happening) => {
    const anchors = anchorsOf(happening.target);
    show(anchors.length ? anchors : pinned);
  });
  document.addEventListener("focusin", (happening) => {
    const anchors = anchorsOf(happening.target);
    if (!anchors.length) return;
    pinned = anchors;
    show(anchors);
    bringIntoView(happening.target);
  });
  document.addEventListener("click", (happening) => {
    pinned = anchorsOf(happening.target);
    show(pinned);
    bringIntoView(happening.target);
    if (happening.target.closest && happening.target.closest(".text a.mark")) happening.preventDefault();
  });
  document.addEventListener("keydown", (happening) => {
    if (happening.key === "Escape") show((pinned = []));
  });
})();
