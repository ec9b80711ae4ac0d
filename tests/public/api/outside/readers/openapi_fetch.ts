// `node openapi_fetch.js URL` reads every list by openapi-fetch, typed by openapi-typescript, and writes what it reads.

import createClient from "openapi-fetch";
import type { components, paths } from "./tracker.js";

type Schemas = components["schemas"];

const client = createClient<paths>({ baseUrl: process.argv[2] ?? "" });
const whole = { params: { query: { page_size: 500 } } };

/** Return what was answered, which must be no problem. */
async function good<T>(asked: Promise<{ data?: T; error?: unknown }>): Promise<T> {
  const { data, error } = await asked;
  if (data === undefined) throw new Error(JSON.stringify(error));
  return data;
}

const issues: Schemas["Issue"][] = (await good(client.GET("/api/v1/issues/", whole))).results;
const actors: Schemas["Actor"][] = (await good(client.GET("/api/v1/actors/", whole))).results;
const sources: Schemas["Source"][] = (await good(client.GET("/api/v1/sources/", whole))).results;
const stances: Schemas["Stance"][] = (await good(client.GET("/api/v1/stances/", whole))).results;
const alignments: Schemas["Alignment"][] = (await good(client.GET("/api/v1/alignments/", whole))).results;
const meetings: Schemas["Meeting"][] = (await good(client.GET("/api/v1/meetings/", whole))).results;
const acts: Schemas["Act"][] = (await good(client.GET("/api/v1/acts/", whole))).results;
const votes: Schemas["Vote"][] = (await good(client.GET("/api/v1/votes/", whole))).results;
const changes: Schemas["Change"][] = (await good(client.GET("/api/v1/changes/", whole))).results;
const editions: Schemas["Edition"][] = (await good(client.GET("/api/v1/editions/", whole))).results;
const forecasts: Schemas["Forecast"][] = (await good(client.GET("/api/v1/forecasts/", whole))).results;
const releases: Schemas["Release"][] = (await good(client.GET("/api/v1/releases/", whole))).results;
const pair = { params: { query: { actors: ["CHN", "RUS"] } } };
const agreement: Schemas["Agreement"][] = (await good(client.GET("/api/v1/agreement/", pair))).results;
const codebook: Schemas["VocabularyInUse"][] = (await good(client.GET("/api/v1/codebook/"))).vocabularies;

const told = { issues, actors, sources, stances, alignments, meetings, acts, votes, agreement };
const lists = { ...told, changes, editions, forecasts, releases, codebook };
console.log(JSON.stringify(lists));
