"use strict";

/* A searching select takes what was typed: a key that chooses waits for the answer to it. */
{
  const $ = django.jQuery;
  const answered = new WeakMap(); // by chooser, what its list is the answer to
  let open = null; // the chooser that is open
  let isAwaited = false; // a key that chooses was pressed before the answer

  const options = (chooser) => chooser.$results.find("[aria-selected]");

  /* What was typed can mean one record alone: the only one found, or the only one that is called so. */
  const isPlain = (results) => {
    const called = results.filter((one) => one.is_exact);
    return (called.length ? called : results).length === 1;
  };

  function arrived(chooser, results, term) {
    answered.set(chooser, term);
    if (term) options(chooser).first().trigger("mouseenter"); // the best match, not what is chosen already
    if (chooser !== open || !isAwaited) return;
    isAwaited = false;
    if (isPlain(results)) chooser.trigger("results:select", {});
  }

  $(document).on("select2:open", ({ target }) => {
    open = $(target).data("select2");
    const chooser = open;
    if (!answered.has(chooser)) {
      chooser.on("results:all", ({ data, query }) => arrived(chooser, data.results, query.term ?? ""));
      chooser.on("results:message", () => nameMessage(chooser));
    }
    answered.set(chooser, null);
    isAwaited = false;
    nameParts(chooser, target);
  });

  /* What opens has no name of its own for those who hear it, nor is it said what the field controls. */
  function nameParts({ $selection, $dropdown, $results }, select) {
    const name = select.getAttribute("aria-label") || select.labels[0]?.textContent.replace(/:$/, "") || "Search";
    $selection.attr("aria-controls", $results.attr("id"));
    $dropdown.attr({ role: "region", "aria-label": `${name}: options` }); // it stands at the end of the page, in no part of it
    for (const part of [$dropdown.find(".select2-search__field"), $results]) part.attr("aria-label", name);
  }

  /* A list of options holds options alone; what stands in place of them is said all the same. */
  function nameMessage({ $results }) {
    $results.find(".select2-results__message").attr({ role: "option", "aria-disabled": true });
  }

  $(document).on("select2:close", ({ target }) => {
    if ($(target).data("select2") === open) open = null;
  });

  const opens = ({ key, ctrlKey, metaKey, altKey }) =>
    ctrlKey || metaKey ? key.toLowerCase() === "v" : key.length === 1 && key !== " " && !altKey;

  const chooses = ({ key, shiftKey, target }) => key === "Enter" || (key === "Tab" && !shiftKey && target.value.trim());

  /* Before what select2 does itself: it takes the option that is marked, whatever has been typed since. */
  const onKey = (event) => {
    const selection = event.target.closest?.(".select2-selection");
    if (selection && !open && opens(event)) {
      $(selection.closest(".select2-container").previousElementSibling).select2("open");
      open?.$dropdown.find(".select2-search__field").trigger("focus"); // at once, so that nothing that is typed is lost
    }
    if (!open || event.isComposing || !event.target.matches?.(".select2-search__field") || !chooses(event)) return;
    if (answered.get(open) !== event.target.value) {
      event.preventDefault();
      event.stopPropagation();
      isAwaited = Boolean(event.target.value.trim());
    } else if (event.key === "Tab") {
      open.trigger("results:select", {});
    }
  };
  document.addEventListener("keydown", onKey, { capture: true });

  document.addEventListener("input", ({ target }) => {
    if (target.matches(".select2-search__field")) isAwaited = false;
  });

  /* Each option with what tells it apart from others that are called alike. */
  $.fn.select2.defaults.set("templateResult", ({ text, name, about }) =>
    about ? $("<span>").append(document.createTextNode(`${name} `), $('<small class="apart">').text(about)) : text,
  );
}
