"use strict";

/* The coding rule of the term that is chosen, beside the choice; the option carries it. */
document.addEventListener("change", (event) => {
  const beside = event.target.nextElementSibling;
  if (event.target.matches("select") && beside?.matches("output.rule")) {
    beside.textContent = event.target.selectedOptions[0]?.dataset.rule ?? "";
  }
});
