"""Contested claims that nothing contests any more once others are withdrawn,
and accepting them in the same change.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from tracker.models.nouns import records_of
from tracker.models.querysets import RecordQuerySet
from tracker.publishing.batch import Chosen, by_noun
from tracker.publishing.locking import all_or_nothing, lock_desk
from tracker.publishing.review import submit
from tracker.schema.records import CLAIMS
from tracker.values.nouns import Noun
from tracker.values.periods import Days, Ends, asserted, meet
from tracker.values.problems import Key, Problem, RefusedError
from tracker.values.vocabularies import Position, Standing

SIDES = {Noun.STANCE: ("actor_id",), Noun.ALIGNMENT: ("actor_id", "counterpart_id")}
ENDS = ("since_earliest", "since_latest", "until_earliest", "until_latest")
STILL_CONTESTED = "it is contested by more than what is withdrawn, or not contested"
REMEDY = "leave it out; it is shown and edited by itself"


class Rival(NamedTuple):
    """A claim at the desk: what it is about, on which days, and whether it is contested."""

    id: int
    about: tuple[int, ...]
    days: Days
    is_contested: bool


def contested_alone(withdrawn: Iterable[Key]) -> list[Key]:
    """Return contested claims beside which no other stands but what is withdrawn;
    two queries a noun of claims.
    """
    ids: dict[Noun, set[int]] = defaultdict(set)
    for noun, record in withdrawn:
        if noun in CLAIMS:
            ids[noun].add(record)
    return [(noun, record) for noun, records in ids.items() for record in _alone(noun, records)]


def accept(*, records: Iterable[Chosen], withdrawn: Iterable[Key]) -> None:
    """Accept claims that only what is withdrawn contests, and put them up for review.

    Raises RefusedError with every problem, and OutsideChangeSetError outside `history.changeset()`.
    """
    chosen = by_noun(records)
    if not chosen:
        return
    with all_or_nothing(chosen):
        batch, problems = lock_desk(chosen)
        alone = set(contested_alone(withdrawn))
        keys = [(noun, record) for noun, versions in batch.items() for record in versions]
        for key in keys:
            if key not in alone:
                problems.append(
                    Problem("refused", STILL_CONTESTED, ("standing",), record=key, remedy=REMEDY)
                )
        if problems:
            raise RefusedError(problems)
        for noun, versions in batch.items():
            claims = records_of(noun).filter(pk__in=list(versions))
            claims.update(standing=Standing.ACCEPTED, standing_note="")
        submit(
            records=[Chosen(*key) for key in keys],
            text="Accepted, as what contested it was withdrawn.",
        )


def _alone(noun: Noun, withdrawn: set[int]) -> list[int]:
    gone = _rivals(noun, records_of(noun).filter(pk__in=withdrawn))
    issues = {claim.about[0] for claim in gone}
    standing = records_of(noun).filter(issue__in=issues).exclude(pk__in=withdrawn).not_withdrawn()
    others: dict[tuple[int, ...], list[Rival]] = defaultdict(list)
    for claim in _rivals(noun, standing):
        others[claim.about].append(claim)
    alone = []
    for about, claims in others.items():
        rivals = [claim for claim in gone if claim.about == about]
        for claim in claims:
            is_contested_by_gone = claim.is_contested and _meets_any(claim, rivals)
            if is_contested_by_gone and not _meets_any(claim, claims):
                alone.append(claim.id)
    return sorted(alone)


def _meets_any(claim: Rival, others: Iterable[Rival]) -> bool:
    return any(other.id != claim.id and meet(claim.days, other.days) for other in others)


def _rivals(noun: Noun, claims: RecordQuerySet) -> list[Rival]:
    """Return claims as rivals;
    that nothing was found is of the day on which one looked, and is none.
    """
    rows = claims.order_by("pk")
    if noun is Noun.STANCE:
        rows = rows.exclude(position=Position.NO_EVIDENCE)
    rivals = []
    for row in rows.values("pk", "issue_id", "standing", *SIDES[noun], *ENDS):
        sides = sorted(row[name] for name in SIDES[noun])
        days = asserted(Ends(*(row[name] for name in ENDS)))
        rivals.append(
            Rival(row["pk"], (row["issue_id"], *sides), days, row["standing"] == Standing.CONTESTED)
        )
    return rivals
