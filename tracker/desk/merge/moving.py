"""The desk's part of a merge: what named the loser names the survivor, which gains what only the loser had."""

from django.db import IntegrityError, transaction
from more_itertools import chunked

from tracker.desk.merge.joining import gains, joined, write
from tracker.desk.merge.planning import MergePlan
from tracker.desk.merge.rivals import rival_note
from tracker.models.nouns import records_of
from tracker.models.snapshots import load
from tracker.publishing.names import references
from tracker.values.problems import Problem, RefusedError
from tracker.values.vocabularies import Standing

UNWRITABLE = "it has edits that wait, and what readers see of it can't stand at the desk any more; publish it first"


def move(plan: MergePlan) -> None:
    """Let what names the loser name the survivor, and say of the loser that it is merged; they are locked."""
    for column, rows in plan.dropped.items():
        for ids in chunked(rows, column.owner.at_once):
            column.rows.filter(pk__in=ids).delete()
    for column, rows in plan.moved.items():
        for ids in chunked(rows, column.owner.at_once):
            column.rows.filter(pk__in=ids).update(**{column.name: plan.survivor})
    _contest(plan)
    records_of(plan.noun).filter(pk=plan.loser).update(merged_into=plan.survivor)


def write_public(plan: MergePlan) -> int | None:
    """Write the survivor as readers see it, with what they saw of the loser; return that version, to be published.

    None if they see nothing new of it. Raises RefusedError if the desk can't hold it.
    """
    gained = gains(plan.noun, plan.public) if plan.public else None
    if not (plan.desk and plan.public and gained):
        return None
    try:
        with transaction.atomic():
            write(plan.noun, plan.desk.survivor, joined(plan.public.survivor, gained))
    except IntegrityError as error:
        raise RefusedError([Problem("refused", UNWRITABLE, record=(plan.noun, plan.survivor))]) from error
    version: int = records_of(plan.noun).values_list("version", flat=True).get(pk=plan.survivor)
    return version


def write_draft(plan: MergePlan) -> None:
    """Write the survivor as the desk has it, with what that has of the loser; what readers don't see of it waits."""
    if plan.desk:
        [now] = load(plan.noun, [plan.survivor])
        becomes = joined(plan.desk.survivor, gains(plan.noun, plan.desk))
        write(plan.noun, now, becomes)


def _contest(plan: MergePlan) -> None:
    """Mark the claims that would be accepted beside another as contested, and say why, in words that are public."""
    if not plan.contested:
        return
    names = {row.pk: str(row) for row in records_of(plan.noun).filter(pk__in=(plan.loser, plan.survivor))}
    names |= {
        record: reference.name for (_, record), reference in references((plan.noun, record) for record in names).items()
    }
    for claims, rivals in plan.contested.items():
        rows = list(records_of(claims).filter(pk__in=rivals))
        for row in rows:
            row.standing = Standing.CONTESTED
            row.standing_note = rival_note(claims, rivals[row.pk], names[plan.loser], names[plan.survivor])
        records_of(claims).bulk_update(rows, ["standing", "standing_note"], batch_size=1000)
