"""Merging: two records that turn out to be one become one, at the desk and, where they are public,
in one edition.

Whatever names the loser names the survivor from then on, in one change set; the loser itself stays
as it was, points to the survivor, and its address leads there. A record with edits that were not
published yet keeps them at the desk: its document is rendered from the version that was published,
with the survivor in the loser's place. So do the two themselves: readers see of the loser, in the
survivor, what they saw of it before. Where publishing takes two people, one proposes a merge that
readers will see, and another carries it out.
"""

from tracker.desk.merge.moving import move, stage_merged, write_draft, write_public
from tracker.desk.merge.naming import ReferenceColumn, survivors
from tracker.desk.merge.planning import MergePlan, lock_what_names, plan
from tracker.desk.merge.proposing import check_nouns, open_proposals, proposals, propose, unproposed
from tracker.history import current
from tracker.models import Edition
from tracker.publishing.batch import Chosen, by_noun
from tracker.publishing.edition import blank_note, make_edition
from tracker.publishing.four_eyes import reviewer_required_for
from tracker.publishing.locking import all_or_nothing, lock_desk, take_lock
from tracker.publishing.publish import clock_ahead
from tracker.values.problems import RefusedError

__all__ = [
    "MergePlan",
    "ReferenceColumn",
    "merge",
    "open_proposals",
    "plan",
    "proposals",
    "propose",
    "survivors",
    "unproposed",
]


def merge(*, loser: Chosen, survivor: Chosen, note: str = "") -> Edition | None:
    """Merge one record into another;
    return the edition that tells of it, or None if the loser is not public.

    Of a person it is asked that somebody else proposed it, where publishing takes two.

    Raises RefusedError with all that blocks it, ValueError if the two are not of one noun that can
    be merged, and OutsideChangeSet outside `history.changeset()`.
    """
    check_nouns(loser, survivor)
    context = current()
    chosen = by_noun([loser, survivor])
    with all_or_nothing(chosen):
        versions, problems = lock_desk(chosen, wholly=True)
        problems += blank_note(note)
        if problems:
            raise RefusedError(problems)
        for noun, locked in lock_what_names(loser.noun, loser.id, survivor.id).items():
            versions[noun] = {**versions.get(noun, {}), **locked}
        take_lock()
        what = plan(noun=loser.noun, loser=loser.id, survivor=survivor.id)
        if problem := unproposed(what, reviewer_required_for(context)):
            what.problems.append(problem)
        if what.public is not None:
            what.problems.extend(clock_ahead(context))
        if what.problems:
            raise RefusedError(what.problems)
        move(what)
        stage, problems = stage_merged(what, versions, write_public(what))
        if problems:
            raise RefusedError(problems)
        write_draft(what)
        return make_edition(stage, note=note, published_by=context.made_by)
