"use strict";

/* All records of a worklist are ticked at once, or none if all are; without scripts there is no such button. */
{
  const all = document.getElementById("tick-all");
  const boxes = [...document.querySelectorAll("[form=ticked][name=record]")];
  if (all) {
    all.hidden = false;
    all.addEventListener("click", () => {
      const ticks = !boxes.every((box) => box.checked);
      for (const box of boxes) box.checked = ticks;
    });
  }
}
