"use strict";

/* A source that nobody has coded yet: its form opens beside, filled from the address, and what is saved is chosen. */
{
  const $ = django.jQuery;
  const awaited = new Set();

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
    if (awaited.delete(target)) $(target).next().find(".select2-selection").trigger("focus");
  });
}
