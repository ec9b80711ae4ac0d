// `node hey_api.js URL` reads every list by a client that Hey API made, and writes what it reads.

import { client } from "./tracker/client.gen.js";
import * as tracker from "./tracker/index.js";

client.setConfig({ baseUrl: process.argv[2] ?? "", throwOnError: true });
const whole = { query: { page_size: 500 }, throwOnError: true } as const;

const issues: tracker.Issue[] = (await tracker.issueList(whole)).data.results;
const actors: tracker.Actor[] = (await tracker.actorList(whole)).data.results;
const sources: tracker.Source[] = (await tracker.sourceList(whole)).data.results;
const stances: tracker.Stance[] = (await tracker.stanceList(whole)).data.results;
const alignments: tracker.Alignment[] = (await tracker.alignmentList(whole)).data.results;
const meetings: tracker.Meeting[] = (await tracker.meetingList(whole)).data.results;
const acts: tracker.Act[] = (await tracker.actList(whole)).data.results;
const votes: tracker.Vote[] = (await tracker.voteList(whole)).data.results;
const changes: tracker.Change[] = (await tracker.changeList(whole)).data.results;
const editions: tracker.Edition[] = (await tracker.editionList(whole)).data.results;
const forecasts: tracker.Forecast[] = (await tracker.forecastList(whole)).data.results;
const releases: tracker.Release[] = (await tracker.releaseList(whole)).data.results;
const pair = { query: { actors: ["CHN", "RUS"] }, throwOnError: true as const };
const agreement: tracker.Agreement[] = (await tracker.agreementList(pair)).data.results;
const codebook: tracker.VocabularyInUse[] = (await tracker.codebookView({ throwOnError: true })).data.vocabularies;

const told = { issues, actors, sources, stances, alignments, meetings, acts, votes, agreement };
const lists = { ...told, changes, editions, forecasts, releases, codebook };
console.log(JSON.stringify(lists));
