"""Approvals: who approved the very version that a record has now, and approving what is published in the same step."""

from collections.abc import Iterable, Mapping
from typing import Any

from tracker.models import Edition, Review
from tracker.publishing.batch import by_noun
from tracker.publishing.clock import MESSAGE as AHEAD
from tracker.publishing.four_eyes import UNSEEN
from tracker.publishing.locking import all_or_nothing
from tracker.publishing.publish import Chosen, blockers, publish
from tracker.publishing.review.steps import approve, objections_to_approving
from tracker.publishing.stage import NO_REASONS, Reasons
from tracker.values.nouns import Noun
from tracker.values.problems import Problem
from tracker.values.vocabularies import ReviewStep


def approve_and_publish(
    *, records: Iterable[Chosen], note: str = "", reasons: Reasons = NO_REASONS, text: str = ""
) -> Edition | None:
    """Approve the very versions of records in review that are named, and publish them as one edition.

    `note` and `reasons` are for readers, `text` is kept with each record. Raises RefusedError, as approving and as
    publishing does.
    """
    chosen = list(records)
    with all_or_nothing(by_noun(chosen)):
        approve(records=chosen, text=text)
        return publish(records=chosen, note=note, reasons=reasons)


def objections_to_approving_and_publishing(*, records: Iterable[Chosen], by: int) -> list[Problem]:
    """Return why somebody can't approve and publish records, all at once; nothing is done, nobody is waited for.

    Whether the clock is right is not asked: whoever does it says so with it.
    """
    chosen = list(records)
    problems = objections_to_approving(records=chosen, by=by)
    objected = {problem.record for problem in problems}
    publishing = [problem for problem in blockers(records=chosen, by=by) if problem.message != AHEAD]
    problems += [problem for problem in publishing if problem.message != UNSEEN or problem.record not in objected]
    return list(dict.fromkeys(problems))


def approvers(noun: Noun, versions: Mapping[int, int]) -> dict[int, Any]:
    """Return who approved records last at these versions, of those that somebody did; one query at most."""
    if not versions:
        return {}
    steps = Review.objects.filter(noun=noun, record__in=list(versions), step=ReviewStep.APPROVED).order_by("id")
    approved = (step for step in steps.select_related("made_by") if step.version == versions[step.record])
    return {step.record: step.made_by for step in approved}
