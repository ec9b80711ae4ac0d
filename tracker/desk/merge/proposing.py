"""Proposing a merge: where four eyes are asked for, one person proposes what another carries out.

A proposal is a step in the loser's review, and names both at the versions that were looked at: it
ends with the next change of either. Only a merge that readers see needs one; the desk alone is
everybody's who may edit it.
"""

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from tracker.desk.merge.planning import MergePlan, plan
from tracker.history import current
from tracker.models import Review
from tracker.models.nouns import records_of
from tracker.publishing.batch import Chosen, by_noun
from tracker.publishing.four_eyes import is_asked_for
from tracker.publishing.locking import all_or_nothing, lock_desk
from tracker.values.nouns import MERGEABLE, Noun
from tracker.values.problems import Problem, RefusedError
from tracker.values.texts import stripped
from tracker.values.vocabularies import ReviewStep

ALREADY = "you proposed this merge already; somebody else has to carry it out"
UNPROPOSED = (
    "readers see it, so somebody else must propose this merge first: of version {loser} into "
    "version {survivor} of {0}"
)


def propose(*, loser: Chosen, survivor: Chosen, text: str = "") -> None:
    """Propose to merge one record into another, as they are now, for somebody else to carry out.

    Raises RefusedError with all that would block the merge, ValueError if nobody is known to
    propose it or the two are not of one noun that can be merged, and OutsideChangeSet outside
    `history.changeset()`.
    """
    by = current().made_by
    if by is None:
        raise ValueError("a proposal is somebody's: say who in history.changeset(made_by=…)")
    check_nouns(loser, survivor)
    noun, chosen = loser.noun, by_noun([loser, survivor])
    with all_or_nothing(chosen):
        versions, problems = lock_desk(chosen)
        problems = problems or plan(noun=noun, loser=loser.id, survivor=survivor.id).problems
        if (
            not problems
            and proposals(noun, loser.id, survivor=survivor.id).filter(made_by=by).exists()
        ):
            problems = [Problem("refused", ALREADY, record=(noun, loser.id))]
        if problems:
            raise RefusedError(problems)
        Review.objects.create(
            noun=noun,
            record=loser.id,
            version=versions[noun][loser.id],
            step=ReviewStep.MERGE_PROPOSED,
            text=stripped(text),
            survivor=survivor.id,
            survivor_version=versions[noun][survivor.id],
            made_by_id=by,
        )


def check_nouns(loser: Chosen, survivor: Chosen) -> None:
    """Raise ValueError if two records are not of one noun whose records can be merged."""
    if loser.noun is not survivor.noun or loser.noun not in MERGEABLE:
        raise ValueError(f"a {loser.noun} can't be merged into a {survivor.noun}")


def proposals(noun: Noun, loser: int, *, survivor: int | None = None) -> "QuerySet[Review]":
    """Return the proposals to merge a record, as it is and into one as that is,
    the newest first.
    """
    rows = _open(noun).filter(record=loser)
    return (rows if survivor is None else rows.filter(survivor=survivor)).order_by("-id")


def open_proposals(*, but_by: int, most: int) -> list[tuple[Noun, int]]:
    """Return records that others propose to merge, the oldest proposal first, at most so many;
    one query.
    """
    rows = Review.objects.filter(
        reduce(or_, (Q(pk__in=_open(noun).values("pk")) for noun in MERGEABLE))
    )
    pairs = rows.exclude(made_by=but_by).order_by("id").values_list("noun", "record")
    return list(dict.fromkeys((Noun(noun), record) for noun, record in pairs[:most]))


def unproposed(plan: MergePlan, by: int | None) -> Problem | None:
    """Return that somebody else must propose a merge first, before the person `by` carries it out;
    None if that is so.

    It is asked of nobody but people who log in, if publishing takes two,
    and if readers see the loser.
    """
    if by is None or plan.public is None or not is_asked_for():
        return None
    if proposals(plan.noun, plan.loser, survivor=plan.survivor).exclude(made_by=by).exists():
        return None
    loser, survivor = (snapshot.record.version for snapshot in plan.desk or plan.public)
    versions, others = {"loser": loser, "survivor": survivor}, ((plan.noun, plan.survivor),)
    return Problem(
        "refused", UNPROPOSED, params=versions, record=(plan.noun, plan.loser), others=others
    )


def _open(noun: Noun) -> "QuerySet[Review]":
    records = records_of(noun).unmerged()
    loser = records.filter(pk=OuterRef("record"), version=OuterRef("version"))
    survivor = records.filter(pk=OuterRef("survivor"), version=OuterRef("survivor_version"))
    return Review.objects.filter(
        Exists(loser), Exists(survivor), noun=noun, step=ReviewStep.MERGE_PROPOSED
    )
