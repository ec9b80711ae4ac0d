"""The records of all histories: few, so that what is done to them meets."""

from tests.consistency.desk import Desk
from tests.consistency.oracle import Label

SOURCE = Label("source", 0)
ACTORS = [Label("actor", place) for place in range(3)]
ISSUES = [Label("issue", place) for place in range(6)]
STANCES = [Label("stance", place) for place in range(5)]
ALIGNMENTS = [Label("alignment", place) for place in range(3)]
MEETINGS = [Label("meeting", place) for place in range(3)]
CLAIMS = [*STANCES, *ALIGNMENTS]
CAST = [SOURCE, *ACTORS, *ISSUES, *CLAIMS, *MEETINGS]

KINDS = ["state", "state", "bloc"]
PARENTS = [None, ISSUES[0], ISSUES[1], None, ISSUES[3], ISSUES[4]]
ON_STANCES = [(0, 1, "accepted"), (1, 1, "accepted"), (0, 2, "accepted"), (2, 5, "accepted"), (0, 1, "contested")]
ON_ALIGNMENTS = [(0, 1, 2, "accepted"), (2, 1, 4, "accepted"), (1, 0, 2, "contested")]
ON_MEETINGS = [([0, 1], [1]), ([1, 2], [2, 5]), ([2], [])]
CLAIM = {
    "since": "2018", "until": "", "confirmed_on": "2018-12-05", "standing_note": "Rivals.", "citations": [SOURCE],
}  # fmt: skip
MEETING = {"title": "Talks", "since": "2018-12-05", "until": "", "citations": [SOURCE]}


def called(record: Label, number: int) -> dict[str, str]:
    """Return one of the names, and of the slugs, of a record."""
    name = {"actor": "name"}.get(record.noun, "title")
    slug = {} if record.noun == "source" else {"slug": f"{record.noun}-{record.place}-{number}"}
    return {name: f"{record.noun} {record.place}, {number}", **slug}


def cast() -> Desk:
    """Make the records at a desk; none of them is public."""
    desk = Desk()
    desk.create("source", **called(SOURCE, 0))
    for actor, kind in zip(ACTORS, KINDS, strict=True):
        desk.create("actor", kind=kind, **called(actor, 0))
    for issue, parent in zip(ISSUES, PARENTS, strict=True):
        desk.create("issue", parent=parent, **called(issue, 0))
    for actor, issue, standing in ON_STANCES:
        claim = {**CLAIM, "standing": standing, "defers_to": None if actor else ACTORS[1]}
        desk.create("stance", actor=ACTORS[actor], issue=ISSUES[issue], **claim)
    for actor, counterpart, issue, standing in ON_ALIGNMENTS:
        claim = {**CLAIM, "standing": standing, "counterpart": ACTORS[counterpart]}
        desk.create("alignment", actor=ACTORS[actor], issue=ISSUES[issue], **claim)
    for actors, issues in ON_MEETINGS:
        parts = {"participants": [ACTORS[actor] for actor in actors], "issues": [ISSUES[issue] for issue in issues]}
        desk.create("meeting", **MEETING, **parts)
    return desk
