// j and k go from change to change, beyond the end of a part to the next one.
"use strict";
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  const step = { j: 1, k: -1 }[event.key];
  if (!step) return;
  const all = [...document.querySelectorAll(".diff .change")];
  const here = document.activeElement.closest(".diff .change") || document.querySelector(".diff .change:target");
  const next = here ? all[all.indexOf(here) + step] : all[0];
  if (next) {
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
  } else if (here) {
    const link = here.querySelector(`.go a[data-step="${step}"]`);
    if (link) link.click();
  }
});
