"use strict";

/* A key leads to the record before or after, unless somebody is typing or means a shortcut of the browser. */
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog, .select2-container")) return;
  const links = [...document.querySelectorAll(".neighbours [data-key]")];
  const link = links.find((each) => each.dataset.key === event.key);
  if (link) link.click();
});
