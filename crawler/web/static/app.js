// Comfort only: every page can be read without it.
"use strict";
(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone) document.cookie = `zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax`;

  document.addEventListener("htmx:configRequest", (event) => {
    const field = document.querySelector("input[name=csrf]");
    if (field) event.detail.headers["X-CSRF-Token"] = field.value;
  });

  const changes = () => [...document.querySelectorAll(".diff .change")];
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const step = { j: 1, k: -1 }[event.key];
    const all = changes();
    if (!step || !all.length) return;
    const at = all.indexOf(document.activeElement);
    const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
  });
})();
