"""The desk's part of a merge: what named the loser names the survivor, which gains what only the loser had."""

from django.db import IntegrityError, transaction

from tracker.history.snapshots import Snapshot
from tracker.models.nouns import records_of
from tracker.publication.publish.desk import load
from tracker.publication.publish.names import references
from tracker.services.merge.joining import gains, joined, write
from tracker.services.merge.planning import MergePlan
from tracker.services.merge.rivals import rival_note
from tracker.values.chunks import chunks
from tracker.values.problems import Problem, Refused
from tracker.values.vocabularies import Standing

UNWRITABLE = "it has edits that wait, and what readers see of it can't stand at the desk any more; publish it first"


def move(what: MergePlan) -> None:
    """Let what names the loser name the survivor, and say of the loser that it is merged; they are locked."""
    for column, rows in what.dropped.items():
        for ids in chunks(rows):
            column.rows.filter(pk__in=ids).delete()
    for column, rows in what.moved.items():
        for ids in chunks(rows):
            column.rows.filter(pk__in=ids).update(**{column.name: what.survivor})
    _contest(what)
    records_of(what.noun).filter(pk=what.loser).update(merged_into=what.survivor)


def gain_in_public(what: MergePlan) -> int | None:
    """Write the survivor as readers see it, with what they saw of the loser; return that version, to be published.

    None if they see nothing new of it. Raises Refused if the desk can't hold it.
    """
    gained = gains(what.noun, what.public) if what.public else None
    if not (what.desk and what.public and gained):
        return None
    try:
        with transaction.atomic():
            write(what.noun, what.desk.survivor, joined(what.public.survivor, gained))
    except IntegrityError as error:
        raise Refused([Problem("refused", UNWRITABLE, record=(what.noun, what.survivor))]) from error
    version: int = records_of(what.noun).values_list("version", flat=True).get(pk=what.survivor)
    return version


def gain_the_rest(what: MergePlan) -> None:
    """Write the survivor as the desk has it, with what that has of the loser; what readers don't see of it waits."""
    if what.desk:
        [now] = load(what.noun, [what.survivor])
        becomes = joined(what.desk.survivor, gains(what.noun, what.desk))
        write(what.noun, Snapshot(now.record, now.parts), becomes)


def _contest(what: MergePlan) -> None:
    """Mark the claims that would be accepted beside another as contested, and say why, in words that are public."""
    if not what.contested:
        return
    names = {row.pk: str(row) for row in records_of(what.noun).filter(pk__in=(what.loser, what.survivor))}
    names |= {record: one.name for (_, record), one in references((what.noun, record) for record in names).items()}
    for claims, rivals in what.contested.items():
        rows = list(records_of(claims).filter(pk__in=rivals))
        for row in rows:
            row.standing = Standing.CONTESTED
            row.standing_note = rival_note(claims, rivals[row.pk], names[what.loser], names[what.survivor])
        records_of(claims).bulk_update(rows, ["standing", "standing_note"], batch_size=1000)
