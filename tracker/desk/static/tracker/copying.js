"use strict";

/* A button copies the internal reason into the public field, where it can be edited before readers see it. */
for (const field of document.querySelectorAll("[data-desk-words]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button secondary copy-words";
  button.textContent = "Copy the internal reason";
  button.addEventListener("click", () => {
    const typed = field.value.trim();
    field.value = typed ? `${typed}\n${field.dataset.deskWords}` : field.dataset.deskWords;
    field.focus();
  });
  field.after(button);
}
