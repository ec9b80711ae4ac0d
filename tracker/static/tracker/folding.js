"use strict";

/* A form asks at first for what is always needed; what is folded away opens if it holds something. */
{
  const holds = (field) =>
    field.matches("[type=checkbox], [type=radio]") ? field.checked : field.value !== (field.dataset.default ?? "");

  for (const details of document.querySelectorAll("fieldset.collapse > details")) {
    const fields = [...details.querySelectorAll("select, textarea, input:not([type=hidden])")];
    details.open = fields.some((field) => !("quiet" in field.dataset) && holds(field));
  }

  /* Only a forecast has a likelihood. One that was chosen is not sent with anything else, and not forgotten. */
  const basis = document.getElementById("id_basis");
  const likelihood = document.getElementById("id_likelihood");
  const place = likelihood?.closest(".fieldBox")?.parentElement;
  if (basis && place && !place.querySelector(".errorlist")) {
    const show = () => {
      likelihood.disabled = basis.value !== "forecast";
      place.classList.toggle("hidden", likelihood.disabled);
    };
    basis.addEventListener("change", show);
    show();
  }

  /* A part that is added is described by what belongs to it, not by what belongs to the template. */
  document.addEventListener("formset:added", ({ target }) => {
    for (const field of target.querySelectorAll("[aria-describedby*=__prefix__]")) {
      const place = field.id.match(/-(\d+)-/)?.[1];
      field.setAttribute("aria-describedby", field.getAttribute("aria-describedby").replaceAll("__prefix__", place));
    }
  });
}
