"use strict";

/* Whoever leaves a form with something unsaved is asked first. Ctrl+S and Ctrl+Enter save. */
{
  // What a page asks to be sent again was never saved, nor what it shows beside an error.
  const again = document.querySelector("#send-again, #login-form");
  const form = again ?? document.querySelector(".change-form #content-main > form[id$=_form]");
  const save = form?.querySelector("[name=_save]");
  const written = () => new URLSearchParams(new FormData(form)).toString();
  let isSent = false;

  if (again || save) {
    const saved = again || document.querySelector(".errornote") ? null : written();
    window.addEventListener("pageshow", () => (isSent = false));
    form.addEventListener("submit", () => (isSent = true));
    window.addEventListener("beforeunload", (event) => {
      if (!isSent && written() !== saved) event.preventDefault();
    });
  }

  if (save) {
    save.setAttribute("aria-keyshortcuts", "Control+S Control+Enter");
    save.title = "Ctrl+S or Ctrl+Enter";
    document.addEventListener("keydown", (event) => {
      const saves = event.key === "Enter" || event.key.toLowerCase() === "s";
      if (!saves || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      form.requestSubmit(save);
    });
  }
}
