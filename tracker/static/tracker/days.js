"use strict";

/* Which days a date can mean, asked of the server as it is typed. */
{
  const PAUSE = 150;
  const SIGNED_OUT = { text: "Your session has ended. What you type is kept when you save.", is_wrong: true };
  const answers = new Map();
  const waiting = new WeakMap();

  const address = (field) => {
    const query = new URLSearchParams({ text: field.value.trim() });
    if (field.dataset.interval) query.set("interval", field.dataset.interval);
    return `${field.dataset.days}?${query}`;
  };

  async function ask(url) {
    const answer = await fetch(url, { redirect: "manual", headers: { Accept: "application/json" } });
    if (!answer.ok) return SIGNED_OUT;
    const said = await answer.json();
    answers.set(url, said);
    return said;
  }

  async function explain(field) {
    const url = address(field);
    const said = answers.get(url) ?? (await ask(url));
    if (url !== address(field)) return; // something else has been typed meanwhile
    const beside = field.nextElementSibling;
    beside.textContent = said.text;
    beside.classList.toggle("wrong", said.is_wrong);
    field.setAttribute("aria-invalid", said.is_wrong);
  }

  document.addEventListener("input", ({ target }) => {
    if (!target.matches("input.vague-date")) return;
    clearTimeout(waiting.get(target));
    waiting.set(target, setTimeout(() => explain(target).catch(() => {}), PAUSE));
  });
}
