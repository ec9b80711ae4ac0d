"use strict";

/* Whoever has to mend something begins where it is: once all has run that gives a form its first focus. */
addEventListener("load", () => document.querySelector("[aria-invalid=true]")?.focus());
