"""What a newcomer has to know before the first request: the front matter of the OpenAPI document."""

INTRODUCTION = """\
Which position does each actor take on an issue, how do two actors work together on it, when did they meet about it,
and which source says so? Ask for any day in the world, and for the tracker as it was at any moment since it first
published.

**Nouns.** *Actors* take *stances* on *issues* (a tree); *alignments* say how two actors relate on an issue; *meetings*
say who met whom, when and about what; each of these claims cites *sources*. Every record has an `id` that is never used
again. Issues and actors are addressed by their slug (`venezuela`, `china`), the others by their `id`. In a filter an
actor's ISO 3166-1 alpha-3 code will do as well (`actor=CHN`), and so will a slug that it had earlier; in an address
these answer 308 to the present one.

**Two time axes.** *Valid* time is when a thing was so in the world: `on=2019-02-28` finds what was possibly so on that
day, with `certain=true` only what certainly was. *Recorded* time is when the tracker said so: `edition=3`,
`as_of=2026-11-25T00:00:00Z` for the edition that was the latest at that moment, or `release=2026.1` for one that has a
name. Both can be combined, and everything in the answer, names included, is then as it was published at the time. The
header `Edition` says which edition answered.

**Lists** come in pages: `results`, and in `next` the whole address of the next page, null on the last. Pages are pinned
to one edition, so walking through all of them gives one consistent snapshot even while new editions are published.
`page_size` is 50 and may be 1 to 500; `count=true` adds how many results there are in all. `ordering` sorts them, and
`fields` leaves out what you don't need.

**Filters** are any-of: repeat one, or separate keys and terms by commas. Different filters must all hold. Claims are
shown if the team accepts them; `standing=any` shows contested ones too.

**Search.** `q` finds words in records and in the names that they refer to, blind to accents and case, with near
spellings of names, in any script; symbols (`A/RES/71/102`, `usip.org`, `1.5`) whole and in parts; “phrases” in
quotation marks, `or`, and `-` before what must not be there. The best come first, of the latest 1,000 that are found;
of actors and issues, those of that name.

**Forms.** Lists of records come as `csv` and `ndjson` too, sources as `bib`, `ris` and `csljson`, meetings as `ics`,
changes as `atom`: at addresses of their own (`/api/v1/stances.csv`, `/api/v1/sources/1.bib`), or by `format` or
`Accept`. Such an answer holds the whole list, without pages; the feed has them. Of any other record `bib`, `ris` and
`csljson` (`/api/v1/stances/35.bib`) lead, by a 302, to how its page is cited.

**Dates** are as vague as the evidence: `edtf` has what was written (`2018-12`), `earliest` and `latest` the first and
last day that it can mean.

**Four kinds of nothing.** `neutral` is a position with a score of 0. `silent` and `no_evidence` are documented and
have no score (null). Where there is no stance at all, the matter is not coded.

**Keeping a copy.** `/api/v1/changes/` tells every change of every record exactly once, in order; follow `next` for
ever. The `digest` of an edition proves a copy. `changed_since` finds the records that changed after an edition or a
moment.

**Keeping answers.** Every answer has an `ETag`: send it as `If-None-Match`, and what has not changed since is a 304
without a body. What an edition did not touch keeps its tag. An answer from an address that names an edition never
changes. `HEAD` is answered as `GET` is, without a body; the publication has no other method. Pages of any other site
may read all of it. Files of releases, and tables of up to 4 MB, are sent in parts too (`Range`).

**The desk.** `/api/v1/desk/` is the team's: drafts, workflow, history. It takes a token (`Authorization: Bearer …`) or
the admin's session. Lists take the same filters. Whatever changes a record says in `If-Match` which version it is
about, and in `Change-Reason` why; a POST with an `Idempotency-Key` does nothing twice; `Change-Set` tells what to undo.

**What may come.** Version 1 only ever gains things: addresses, parameters, fields, media types. Ignore fields that you
don't know. Vocabularies stay as they are, unless they say here that they may gain terms.

**Errors** are problems (RFC 9457, `application/problem+json`). Parameters that are unknown or don't parse are never
ignored: a 400 names all of them at once in `errors`. A record that was withdrawn answers 410, one that never was 404.
An address of more than 8,180 characters is a 414.
"""
