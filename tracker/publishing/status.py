"""Whether records are public, and which version of the desk is:
of some records, and as a condition of lists.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from psycopg.sql import SQL, Composed

from tracker.models import Ahead, Change, Unchanged
from tracker.models.merging import UNMERGED
from tracker.models.nouns import DOCUMENTS
from tracker.models.queries import compose, rows_of
from tracker.schema.records import NOUNS
from tracker.values.nouns import MERGEABLE, Noun
from tracker.values.vocabularies import Operation, State

MERGED = "merged"
STATUSES = """
    SELECT c.record, coalesce(u.version, d.version), d.opened, c.operation, {last}, c.key
    FROM (
        SELECT DISTINCT ON (record) record, operation, key FROM tracker_change
        WHERE noun = {noun} AND record = ANY(%s) ORDER BY record, edition DESC
    ) c LEFT JOIN {documents} d ON d.record = c.record AND d.closed IS NULL
    LEFT JOIN LATERAL (
        SELECT max(version) AS version FROM tracker_unchanged
        WHERE noun = {noun} AND record = c.record AND same_as = d.version
    ) u ON true
"""
LAST_SEEN = """greatest(
    0,
    (SELECT max(version) FROM {documents} WHERE record = {record} AND version < {before}),
    (SELECT max(version) FROM tracker_unchanged WHERE noun = {noun} AND record = {record}
        AND version < {before})
)"""


@dataclass(frozen=True, slots=True)
class Status:
    """What the publication says of a record: the version and edition that are live, or None;
    and what happened last.

    A later version of the desk that came out as the live one is live as well. `last` is the last
    version that readers saw, live or not; 0: none. `key` is that of its address, once it has been
    public.
    """

    version: int | None = None
    edition: int | None = None
    operation: Operation | None = None
    last: int = 0
    key: str = ""

    def address(self, noun: Noun) -> str:
        """Return the page on which readers find the record, or why it is there no more;
        "" if there is none.
        """
        return f"/{noun.plural}/{self.key}/" if self.key and NOUNS[noun].has_pages else ""

    def word(self, *, state: str, version: int) -> str:
        """Return the one word for a record at the desk:
        draft, in_review, published, changed or retracted.
        """
        if self.version == version:
            return "published"
        if self.is_in_review(state=state, version=version):
            return "in_review"
        if self.version is not None:
            return "changed"
        return "draft" if self.operation is None else "retracted"

    def is_in_review(self, *, state: str, version: int) -> bool:
        """Tell whether a record is up for review;
        that is over once readers saw it, whatever its state says.
        """
        return state == State.IN_REVIEW and version > self.last


NEVER_PUBLIC = Status()


def statuses(noun: Noun, ids: Iterable[int]) -> dict[int, Status]:
    """Return the status of each of these records, in one query;
    records never public have NEVER_PUBLIC.
    """
    ids = list(ids)
    query = compose(STATUSES, noun, last=last_seen(noun, "c.record"))
    status_of = {
        record: Status(version, edition, Operation(operation), last, key)
        for record, version, edition, operation, last, key in rows_of(query, [ids])
    }
    return {record: status_of.get(record, NEVER_PUBLIC) for record in ids}


def last_seen(noun: Noun, record: str, before: str = "2147483647") -> Composed:
    """Return the SQL expression for the last version of a record that readers saw, `before` one; 0:
    none.
    """
    return compose(LAST_SEEN, noun, record=SQL(record), before=SQL(before))


def states_of(noun: Noun) -> list[str]:
    """Return the states that records of a noun can have."""
    return [*_CONDITIONS, *([MERGED] if noun in MERGEABLE else [])]


def in_state(noun: Noun, state: str) -> Q:
    """Return the condition that a record is in a state;
    one that is part of another is that, and nothing else.
    """
    if state == MERGED:
        return ~UNMERGED
    condition = UNMERGED if noun in MERGEABLE else Q()
    if state in _AMONG:
        condition &= Q(pk__in=_AMONG[state].filter(noun=noun).values("record"))
    return condition & _CONDITIONS[state](*_public(noun))


def _public(noun: Noun) -> tuple[Q, Q, Q, Q]:
    """Return the conditions:
    it has a live document, one of this version, ever had one, and is to be reviewed.
    """
    documents: Any = DOCUMENTS[noun]._default_manager
    live = documents.live().filter(record=OuterRef("pk"))
    same = Unchanged.objects.filter(
        noun=noun,
        record=OuterRef("record"),
        same_as=OuterRef("version"),
        version=OuterRef(OuterRef("version")),
    )
    in_step = live.filter(Q(version=OuterRef("version")) | Exists(same))
    ever = Change.objects.filter(noun=noun, record=OuterRef("pk"))
    seen = [
        Exists(documents.filter(record=OuterRef("pk"), version__gte=OuterRef("version"))),
        Exists(
            Unchanged.objects.filter(noun=noun, record=OuterRef("pk"), version=OuterRef("version"))
        ),
    ]
    review = Q(state=State.IN_REVIEW) & ~Q(seen[0]) & ~Q(seen[1])
    return Q(Exists(live)), Q(Exists(in_step)), Q(Exists(ever)), review


# by state, the few records of all nouns among which those in it are found
_AMONG: dict[str, QuerySet[Any]] = {
    "draft": Ahead.objects.all(),
    "changed": Ahead.objects.all(),
    "retracted": Change.objects.filter(operation=Operation.RETRACTED),
}
_CONDITIONS: dict[str, Callable[[Q, Q, Q, Q], Q]] = {
    "published": lambda live, in_step, ever, review: in_step,
    "in_review": lambda live, in_step, ever, review: review,
    "changed": lambda live, in_step, ever, review: live & ~in_step & ~review,
    "retracted": lambda live, in_step, ever, review: ever & ~live & ~review,
    "draft": lambda live, in_step, ever, review: ~ever & ~review,
}
