// Gives names to what Django's own scripts make without one, for those who hear the page.
"use strict";
{
    const nameSelects = () => {
        for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
            const shown = select.nextElementSibling?.querySelector(".select2-selection");
            const name = select.getAttribute("aria-label") || select.labels[0]?.textContent.replace(/:$/, "");
            if (!shown || !name) {
                continue;
            }
            const chosen = shown.querySelector(".select2-selection__rendered");
            chosen.setAttribute("aria-label", name);
            shown.setAttribute("aria-label", name);
            shown.setAttribute("aria-labelledby", `${select.id}-name ${chosen.id}`);
            shown.id = `${select.id}-name`;
        }
        for (const tip of document.querySelectorAll(".help-tooltip[aria-label]:not([role])")) {
            tip.setAttribute("role", "img");
        }
    };

    // Selects are made when jQuery is ready, which may be after the page is loaded; tips when the page is loaded.
    window.django?.jQuery?.(nameSelects);
    window.addEventListener("load", nameSelects);
    document.addEventListener("formset:added", () => setTimeout(nameSelects));
}
