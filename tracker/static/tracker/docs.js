"use strict";

const place = document.getElementById("swagger-ui");

/* The page stops at the addresses of forms (`/api/v1/stances.csv`), which say what their lists say: it leaves them out. */
const isOfAForm = (path) => path.includes(".");

fetch(place.dataset.schema)
  .then((answer) => answer.json())
  .then((spec) => {
    const paths = Object.entries(spec.paths).filter(([path]) => !isOfAForm(path));
    SwaggerUIBundle({
      domNode: place,
      spec: { ...spec, paths: Object.fromEntries(paths) },
      presets: [SwaggerUIBundle.presets.apis],
      layout: "BaseLayout",
      deepLinking: true,
      defaultModelsExpandDepth: 0,
      displayRequestDuration: true,
      // The usual badge asks a server elsewhere.
      validatorUrl: null,
    });
  });
