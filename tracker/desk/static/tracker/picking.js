"use strict";

{
  const $ = django.jQuery;
  const awaited = new Set();

  /* A searching select lies over the one of the form: the focus, of a label or of a new form, belongs to what is seen. */
  const toWhatIsSeen = ({ target }) => {
    if (target.matches?.("select.select2-hidden-accessible")) $(target).next().find(".select2-selection").trigger("focus");
  };
  document.addEventListener("focusin", toWhatIsSeen);
  $(() => toWhatIsSeen({ target: document.activeElement }));

  /* Whoever adds a part goes on in it; selects become searching ones only after a part is there. */
  document.addEventListener("formset:added", ({ target }) => {
    const first = target.querySelector("select, textarea, input:not([type=hidden])");
    setTimeout(() => first?.focus());
  });

  /* A source that nobody has coded yet: its form opens beside, filled from the address, and what is saved is chosen. */

  $(document).on("select2:selecting", "select", (event) => {
    const { form } = event.params.args.data;
    const select = event.target;
    const add = document.getElementById(`add_${select.id}`);
    if (!form || !add) return;
    event.preventDefault();
    $(select).select2("close");
    const link = add.cloneNode();
    link.href = `${form}&${new URL(add.href).searchParams}`;
    awaited.add(select);
    window.showRelatedObjectPopup(link);
  });

  $(document).on("change", "select", ({ target }) => {
    if (awaited.delete(target)) toWhatIsSeen({ target });
  });
}
