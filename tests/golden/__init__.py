"""Golden answers: what the tracker said of the base when its answers were last written down.

The base, `content.dump.xz`, is a dump of the first content, bootstrapped on 20 October 2026, with a
correction, a retraction, a merge, an issue that moved, a release, and drafts that say DRAFT-CANARY.
It is never made anew: the commit under test migrates it, so that old editions are proved, too.
`questions/` has what is asked, a line an address, and `answers/` what came back, a line an answer
in one sorted file a resource: status, media type, length, a digest of the body and one of the
headers. Of HTML there are two digests, of its words and of its facts. `events.txt` has the events
of five hundred turns at the desk, by forms, the API, imports, selections, undoing and merging.

`make golden` writes the answers anew. `make golden-diff BASE=commit` shows what differs in such a
way that a person can read it. A commit that changes an answer says why.
"""
