"use strict";

/* A form asks at first for what is always needed; what is folded away opens if it holds something or is wrong. */
{
  const holds = (field) =>
    field.matches("[type=checkbox], [type=radio]") ? field.checked : field.value !== (field.dataset.default ?? "");

  for (const details of document.querySelectorAll("fieldset.collapse > details")) {
    const fields = [...details.querySelectorAll("select, textarea, input:not([type=hidden])")];
    details.open =
      details.querySelector(".errorlist") || fields.some((field) => !("quiet" in field.dataset) && holds(field));
  }

  /* Only a forecast has a likelihood, and a resolution. One that was chosen is not sent with anything else, and not forgotten. */
  const basis = document.getElementById("id_basis");
  const likelihood = document.getElementById("id_likelihood");
  const place = likelihood?.closest(".fieldBox")?.parentElement;
  if (basis && place && !place.querySelector(".errorlist")) {
    const resolution = document.getElementById("resolutions-group");
    const show = () => {
      likelihood.disabled = basis.value !== "forecast";
      place.classList.toggle("hidden", likelihood.disabled);
      const isKept = resolution?.querySelector(".inline-related:not(.empty-form)");
      resolution?.classList.toggle("hidden", likelihood.disabled && !isKept);
    };
    basis.addEventListener("change", show);
    show();
  }

  /* Parts that are added or taken away change the names of fields, but not of what describes them. */
  const describe = () => {
    for (const field of document.querySelectorAll("[aria-describedby]")) {
      const described = field.getAttribute("aria-describedby");
      field.setAttribute("aria-describedby", described.replace(/\S+(_helptext|_error|_beside)/g, `${field.id}$1`));
    }
  };
  document.addEventListener("formset:added", describe);
  document.addEventListener("formset:removed", describe);
}
