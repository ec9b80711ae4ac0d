"use strict";

/* Which days a date can mean, or what could be meant, asked of the server as it is typed; an interval is split. */
{
  const PAUSE = 150;
  const SIGNED_OUT = { text: "Your session has ended. What you type is kept when you save.", is_wrong: true };
  const answers = new Map();
  const waiting = new WeakMap();
  let released = Promise.resolve();

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

  async function explain(field, note = "") {
    const url = address(field);
    const said = answers.get(url) ?? (await ask(url));
    await released;
    if (url !== address(field)) return; // something else has been typed meanwhile
    const beside = field.nextElementSibling;
    beside.textContent = note + said.text;
    beside.classList.toggle("wrong", said.is_wrong);
    beside.classList.toggle("split", note !== "");
    field.setAttribute("aria-invalid", said.is_wrong);
    offer(field, said.meant ?? []);
    return said;
  }

  /* Buttons that write what could be meant. */
  function offer(field, meant) {
    const shown = field.parentElement.querySelector(`[data-meant-by="${field.id}"]`);
    const of = JSON.stringify(meant);
    if (shown?.dataset.of === of) return; // one of them may be being pressed
    shown?.remove();
    if (!meant.length) return;
    const choices = document.createElement("span");
    choices.className = "meant";
    choices.dataset.of = of;
    choices.dataset.meantBy = field.id;
    for (const { edtf, if_so } of meant) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = `Write ${edtf}`;
      button.title = if_so;
      button.addEventListener("click", () => write(field, edtf));
      choices.append(button);
    }
    field.nextElementSibling.after(choices);
  }

  async function write(field, edtf) {
    field.value = edtf;
    field.focus();
    await explain(field);
    await split(field);
  }

  const otherEnd = ({ form, name }) =>
    form?.elements[name.replace(/(since|until)$/, (end) => (end === "since" ? "until" : "since"))];

  /* Both ends of an interval go into their fields, where they can be looked at. */
  async function split(field) {
    const other = otherEnd(field);
    const written = field.value.trim();
    if (!written.includes("/") || !field.dataset.interval || !other || other.value.trim()) return;
    const { ends } = (await explain(field)) ?? {};
    if (!ends || other.value.trim()) return;
    const [since, until] = field.name.endsWith("since") ? [field, other] : [other, field];
    [since.value, until.value] = ends;
    for (const end of [since, until]) {
      clearTimeout(waiting.get(end));
      explain(end, `Split from ${written}: `).catch(() => {});
    }
  }

  /* What is being pressed does not move away: nothing is written until the press has ended, and has been a click. */
  const press = () => {
    released = new Promise((resolve) => {
      const end = () => setTimeout(resolve);
      for (const ended of ["pointerup", "pointercancel"]) document.addEventListener(ended, end, { once: true });
    });
  };
  document.addEventListener("pointerdown", press, { capture: true });

  document.addEventListener("change", ({ target }) => {
    if (target.matches("input.vague-date")) split(target).catch(() => {});
  });

  document.addEventListener("input", ({ target }) => {
    if (!target.matches("input.vague-date")) return;
    clearTimeout(waiting.get(target));
    waiting.set(target, setTimeout(() => explain(target).catch(() => {}), PAUSE));
  });

  for (const field of document.querySelectorAll(".vague-date:has(+ .wrong)")) explain(field).catch(() => {});
}
