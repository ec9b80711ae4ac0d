"""In which state records of the desk are: the one word of `Status.word`, as a condition by which lists are narrowed."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from tracker.models import Ahead, Change, Unchanged
from tracker.models.merging import MERGEABLE
from tracker.models.nouns import DOCUMENTS
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Operation, State

MERGED = "merged"


def states_of(noun: Noun) -> list[str]:
    """Return the states that records of a noun can have."""
    return [*_CONDITIONS, *([MERGED] if noun in MERGEABLE else [])]


def in_state(noun: Noun, state: str) -> Q:
    """Return the condition that a record is in a state; one that is part of another is that, and nothing else."""
    if state == MERGED:
        return Q(merged_into__isnull=False)
    stands = Q(merged_into__isnull=True) if noun in MERGEABLE else Q()
    if state in _AMONG:
        stands &= Q(pk__in=_AMONG[state].filter(noun=noun).values("record"))
    return stands & _CONDITIONS[state](*_public(noun))


def _public(noun: Noun) -> tuple[Q, Q, Q, Q]:
    """Return the conditions that a document stands, that it stands at this version, ever did, and is to be reviewed."""
    documents = DOCUMENTS[noun]._default_manager
    stands = documents.filter(record=OuterRef("pk"), closed__isnull=True)
    same = Unchanged.objects.filter(
        noun=noun, record=OuterRef("record"), same_as=OuterRef("version"), version=OuterRef(OuterRef("version"))
    )
    in_step = stands.filter(Q(version=OuterRef("version")) | Exists(same))
    ever = Change.objects.filter(noun=noun, record=OuterRef("pk"))
    seen = [
        Exists(documents.filter(record=OuterRef("pk"), version__gte=OuterRef("version"))),
        Exists(Unchanged.objects.filter(noun=noun, record=OuterRef("pk"), version=OuterRef("version"))),
    ]
    review = Q(state=State.IN_REVIEW) & ~Q(seen[0]) & ~Q(seen[1])
    return Q(Exists(stands)), Q(Exists(in_step)), Q(Exists(ever)), review


# by state, the few records of all nouns among which those in it are found
_AMONG: dict[str, QuerySet[Any]] = {
    "draft": Ahead.objects.all(),
    "changed": Ahead.objects.all(),
    "retracted": Change.objects.filter(operation=Operation.RETRACTED),
}
_CONDITIONS: dict[str, Callable[[Q, Q, Q, Q], Q]] = {
    "published": lambda stands, in_step, ever, review: in_step,
    "in_review": lambda stands, in_step, ever, review: review,
    "changed": lambda stands, in_step, ever, review: stands & ~in_step & ~review,
    "retracted": lambda stands, in_step, ever, review: ever & ~stands & ~review,
    "draft": lambda stands, in_step, ever, review: ~ever & ~review,
}
