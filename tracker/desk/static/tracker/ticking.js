"use strict";

/* All records of a worklist are ticked at once, on other pages too, or none if all are; it is said how many are. */
{
  const all = document.getElementById("tick-all");
  const others = document.getElementById("tick-others"); // the records of other pages, if there are any
  const count = document.getElementById("ticked-count");
  const boxes = [...document.querySelectorAll("[form=ticked][name=record]")];

  if (all) {
    const areTicked = () => boxes.every((box) => box.checked) && (!others || others.checked);
    const tell = () => {
      const here = boxes.filter((box) => box.checked).length;
      const ticked = here + (others?.checked ? Number(all.dataset.count) - boxes.length : 0);
      count.textContent = `${ticked.toLocaleString("en")} ticked`;
      all.textContent = areTicked() ? "Tick none" : all.dataset.text;
    };
    all.hidden = false;
    all.addEventListener("click", () => {
      const ticks = !areTicked();
      for (const box of boxes) box.checked = ticks;
      if (others) others.checked = ticks;
      tell();
    });
    for (const box of boxes) box.addEventListener("change", tell);
    tell();
  }
}
