// `node orval.js URL` reads every list by a client that Orval made, and writes what it reads.

import * as tracker from "./tracker.js";

const whole = { page_size: 500 };

// The addresses in the client have no host: in a browser the page's own is meant, here the tracker's.
const plain = globalThis.fetch;
globalThis.fetch = (address, init) => plain(new URL(String(address), process.argv[2]), init);

/** Return what was answered, which must be no problem. */
function good<T extends { status: number; data: unknown }>(answer: T): Extract<T, { status: 200 }>["data"] {
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.data));
  return answer.data;
}

const issues: tracker.Issue[] = good(await tracker.issueList(whole)).results;
const actors: tracker.Actor[] = good(await tracker.actorList(whole)).results;
const sources: tracker.Source[] = good(await tracker.sourceList(whole)).results;
const stances: tracker.Stance[] = good(await tracker.stanceList(whole)).results;
const alignments: tracker.Alignment[] = good(await tracker.alignmentList(whole)).results;
const meetings: tracker.Meeting[] = good(await tracker.meetingList(whole)).results;
const acts: tracker.Act[] = good(await tracker.actList(whole)).results;
const votes: tracker.Vote[] = good(await tracker.voteList(whole)).results;
const changes: tracker.Change[] = good(await tracker.changeList(whole)).results;
const editions: tracker.Edition[] = good(await tracker.editionList(whole)).results;
const forecasts: tracker.Forecast[] = good(await tracker.forecastList(whole)).results;
const releases: tracker.Release[] = good(await tracker.releaseList(whole)).results;
const agreement: tracker.Agreement[] = good(await tracker.agreementList({ actors: ["CHN", "RUS"] })).results;
const codebook: tracker.VocabularyInUse[] = good(await tracker.codebookView()).vocabularies;

const told = { issues, actors, sources, stances, alignments, meetings, acts, votes, agreement };
const lists = { ...told, changes, editions, forecasts, releases, codebook };
console.log(JSON.stringify(lists));
