"use strict";

/* Which sources have the address already, asked of the server when its field was left. */
document.addEventListener("change", async ({ target }) => {
  if (!target.dataset?.alike) return;
  const typed = target.value;
  const asked = `${target.dataset.alike}&${new URLSearchParams({ url: typed })}`;
  const answer = await fetch(asked, { redirect: "manual" }).catch(() => undefined);
  const says = answer?.ok ? await answer.text() : "";
  if (target.value === typed) document.getElementById(`${target.id}_beside`).innerHTML = says;
});
