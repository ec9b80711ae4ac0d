"use strict";

/* The address of a new source fills what is still empty, by the form that a chooser opens for an address. */
{
  const url = document.querySelector("[data-guesses]");
  const guesses = new Map(); // by the field's id

  const isFree = (field) =>
    ["", field.dataset.default].includes(field.value) || field.value === guesses.get(field.id);

  function fill(field, value) {
    if (!field || !value || !isFree(field)) return false;
    guesses.set(field.id, value);
    field.value = value;
    const folded = field.closest("details");
    if (folded) folded.open = true;
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
    return true;
  }

  /* An address of an archived copy has that of the original in it. */
  function splitCopy(form) {
    const copy = form.getElementById("id_archive_url").value;
    if (copy && fill(document.getElementById("id_archive_url"), copy)) url.value = form.getElementById("id_url").value;
  }

  async function guess() {
    const address = url.value.trim();
    if (!address) return;
    const query = new URLSearchParams({ address });
    const answer = await fetch(`${url.dataset.guesses}?${query}`, { redirect: "manual" }).catch(() => undefined);
    if (!answer?.ok) return;
    const form = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (address !== url.value.trim()) return; // another has been typed meanwhile
    splitCopy(form);
    for (const note of form.querySelectorAll(".help .guess")) {
      const help = note.closest(".help");
      const id = help.id.replace("_helptext", "");
      const guessed = form.getElementById(id).value;
      if (fill(document.getElementById(id), guessed)) document.getElementById(help.id).innerHTML = help.innerHTML;
    }
  }

  url?.addEventListener("change", ({ isTrusted }) => {
    if (isTrusted) guess();
  });
}
