"use strict";

/* What is there already, asked of the server when a field was left that decides it. Ctrl+/ leads there and back. */
{
  const place = document.getElementById("alike");
  const form = place?.closest("form");
  const fields = place?.dataset.fields.split(" ") ?? [];
  let asked = "";
  let left = null;

  const isCompared = (name) =>
    fields.includes(name) || (fields.includes("participants") && /^participants-\d+-(actor|DELETE)$/.test(name));

  function address() {
    const typed = [...new FormData(form)].filter(([name, value]) => isCompared(name) && value);
    const earlier = form.querySelector("[type=hidden][name=earlier]")?.value;
    if (earlier) typed.push(["earlier", earlier]);
    return `${place.dataset.alike}&${new URLSearchParams(typed)}`;
  }

  async function ask() {
    const here = address();
    if (here === asked) return;
    asked = here;
    place.ariaBusy = "true";
    const answer = await fetch(here, { redirect: "manual" }).catch(() => undefined);
    const text = answer?.ok ? await answer.text() : "";
    if (here !== asked) return;
    const ticked = place.querySelector("[name=earlier]:checked")?.value;
    place.innerHTML = text.trim();
    place.ariaBusy = "false";
    const box = ticked && place.querySelector(`[name=earlier][value="${ticked}"]`);
    if (box) box.checked = true;
  }

  if (place) {
    django.jQuery(form).on("change", ({ target }) => {
      if (isCompared(target.name)) ask();
      if (target.name !== "earlier" || !target.checked) return;
      for (const other of form.querySelectorAll("[name=earlier]:checked")) other.checked = other === target;
    });
    document.addEventListener("formset:removed", ask);
    if ("begun" in place.dataset) ask();

    /* What was shown isn't told again when it is saved. */
    form.addEventListener("submit", () => {
      const shown = place.querySelector("[data-shown]")?.dataset.shown;
      if (shown && place.ariaBusy !== "true") form.elements.alike_seen.value = shown;
    });

    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || !(event.ctrlKey || event.metaKey) || !place.hasChildNodes()) return;
      event.preventDefault();
      if (place.contains(document.activeElement)) {
        left?.focus();
      } else {
        left = document.activeElement;
        place.querySelector("a")?.focus();
      }
    });
  }
}
