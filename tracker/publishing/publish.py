"""Publishing and retracting: the only makers of editions, but for merges.
What is published was seen by four eyes.

What happens when Publish is pressed (`desk/admin/actions/publish.py`), in the transaction that
`history.changeset` opened:

1. `lock_desk` locks the records at the versions that were reviewed, `take_lock` the publication.
2. `NewEdition` renders them onto a stage, temporary tables, and finds all problems; `unreviewed`
   those of four eyes.
3. If there are any, or something changes while the last edition is ahead of the clock, Refused
   undoes everything and carries them all, with the rules that are broken.
4. `NewEdition.make` stages those that are named otherwise then, and `make_edition` writes the
   edition, its documents, whom they name, and its changes, which are the feed.
5. A trigger, `prove_edition` (`models/sql/editions.sql`), checks it and its rules, and links it to
   the one before. Where it refuses, `NewEdition` finds all rules that are broken, in words.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.db import transaction

from tracker.history import ChangeContext, current
from tracker.models import Edition
from tracker.models.queries import rows_of
from tracker.publishing.batch import Chosen, by_noun
from tracker.publishing.edition import NewEdition, RetractionEdition, blank_note
from tracker.publishing.four_eyes import (
    resolved_by_author,
    reviewer_required_for,
    unproposed_retractions,
    unreviewed,
)
from tracker.publishing.locking import all_or_nothing, lock_desk, take_lock
from tracker.publishing.stage import NO_REASONS, Reasons
from tracker.values.problems import Problem, RefusedError

__all__ = ["Chosen", "blockers", "clock_ahead", "publish", "retract"]
LATEST_AHEAD = """
    SELECT number, to_char(published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'),
           extract(epoch FROM published_at - clock_timestamp())::bigint
    FROM tracker_edition
    WHERE number = (SELECT max(number) FROM tracker_edition)
        AND published_at > clock_timestamp() + interval '1 minute'
"""
AHEAD = (
    "edition {edition} is of {moment} UTC, {ahead} ahead of the clock, and the next would be "
    "dated after it"
)
AHEAD_REMEDY = (
    "set the clock right or, if it is right now, confirm that: by the box at the desk, "
    "“Clock-Checked: yes” over the API, import --clock-checked in a shell"
)


def publish(
    *, records: Iterable[Chosen], note: str = "", reasons: Reasons = NO_REASONS
) -> Edition | None:
    """Publish records as one edition; None if that would change nothing that readers see.

    `note` tells readers what the edition is about, `reasons` why single records of it are changed.
    Records that come out as they are in public are in step from then on.

    Raises RefusedError with every problem, and OutsideChangeSet outside `history.changeset()`.
    """
    context = current()
    chosen = by_noun(records)
    with all_or_nothing(chosen):
        batch, problems = lock_desk(chosen)
        take_lock()
        edition = NewEdition(batch, reasons)
        problems += [*blank_note(note), *edition.problems]
        others = [
            *_unreviewed(edition, reviewer_required_for(context)),
            *(clock_ahead(context) if edition.changes_something else ()),
        ]
        if problems or others:
            raise RefusedError([*problems, *edition.broken_rules(), *others])
        return edition.make(note, context.made_by)


def blockers(*, records: Iterable[Chosen], by: int | None) -> list[Problem]:
    """Return why somebody can't publish records as they are, all at once;
    nothing is done, nobody is waited for.

    None: whoever publishes them, four eyes apart.
    """
    chosen = by_noun(records)
    with transaction.atomic():
        batch, problems = lock_desk(chosen, lock=False)
        edition = NewEdition(batch)
        clock = clock_ahead() if edition.changes_something else ()
        problems += [*edition.problems, *edition.broken_rules(), *_unreviewed(edition, by), *clock]
        transaction.set_rollback(True)
    return problems


def retract(*, records: Iterable[Chosen], note: str = "", reasons: Reasons = NO_REASONS) -> Edition:
    """Retract public records as one edition; their addresses say so, and why, for ever.

    Raises RefusedError if one is not public, is named by a record that stays, or needs a proposal
    of somebody else; ValueError without records, and OutsideChangeSet outside
    `history.changeset()`.
    """
    context = current()
    chosen = by_noun(records)
    with all_or_nothing(chosen):
        batch, problems = lock_desk(chosen)
        take_lock()
        retraction = RetractionEdition(batch, reasons)
        problems += [
            *blank_note(note),
            *retraction.problems,
            *unproposed_retractions(batch, reviewer_required_for(context)),
            *clock_ahead(context),
        ]
        if problems:
            raise RefusedError(problems)
        return retraction.make(note, context.made_by)


def _unreviewed(edition: NewEdition, by: int | None) -> Iterator[Problem]:
    if by is not None:
        published = edition.published()
        yield from unreviewed(published, by)
        yield from resolved_by_author(published)


def clock_ahead(context: ChangeContext | None = None) -> list[Problem]:
    """Return what is wrong if the last edition is more than a minute ahead of the database's clock.

    Nothing, if whoever made `context` says that the clock is right.
    """
    if context and context.clock_checked:
        return []
    return [
        Problem(
            "refused",
            AHEAD,
            (),
            {"edition": edition, "moment": moment, "ahead": timedelta(seconds=ahead)},
            remedy=AHEAD_REMEDY,
        )
        for edition, moment, ahead in rows_of(LATEST_AHEAD)
    ]
