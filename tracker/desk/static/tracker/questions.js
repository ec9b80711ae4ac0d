"use strict";

/* The question of the issue that is chosen, below its field: what a position supports or opposes. */
{
  const below = (select) => document.getElementById(`${select.id}_question`);

  django.jQuery(document).on("select2:select", "select.admin-autocomplete", ({ target, params }) => {
    if (below(target)) below(target).textContent = params.data.question ?? "";
  });
  django.jQuery(document).on("select2:clear", "select.admin-autocomplete", ({ target }) => {
    if (below(target)) below(target).textContent = "";
  });
}
