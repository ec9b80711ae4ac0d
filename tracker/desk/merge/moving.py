"""A merge is done: what named the loser names the survivor, which gains what only the loser had.

First at the desk; then, in the publication, the loser's document closes,
and those that named it name the survivor.
"""

from collections import defaultdict

from django.db import IntegrityError, transaction
from more_itertools import chunked

from tracker.desk.merge.joining import gains, joined, write
from tracker.desk.merge.planning import MergePlan
from tracker.desk.merge.rivals import rival_note
from tracker.models.nouns import DOCUMENTS, records_of
from tracker.models.snapshots import load
from tracker.publishing.batch import Batch, Chosen, by_noun
from tracker.publishing.live import live, naming
from tracker.publishing.merges import PublicMerge, rendered_again
from tracker.publishing.names import NAME_FIELD, references
from tracker.publishing.new_documents import stage_published
from tracker.publishing.renames import Renaming, change_of
from tracker.publishing.rules import broken_rules
from tracker.publishing.stage import Stage, StagedChange
from tracker.publishing.status import statuses
from tracker.schema.parts import Reference
from tracker.values.nouns import Noun
from tracker.values.problems import Problem, RefusedError
from tracker.values.vocabularies import Operation, Standing

UNWRITABLE = (
    "it has edits that wait, and what readers see of it can't stand at the desk any more; "
    "publish it first"
)


def move(plan: MergePlan) -> None:
    """Let what names the loser name the survivor, and say of the loser that it is merged;
    they are locked.
    """
    for column, rows in plan.dropped.items():
        for ids in chunked(rows, column.owner.at_once):
            column.rows.filter(pk__in=ids).delete()
    for column, rows in plan.moved.items():
        for ids in chunked(rows, column.owner.at_once):
            column.rows.filter(pk__in=ids).update(**{column.name: plan.survivor})
    _contest(plan)
    records_of(plan.noun).filter(pk=plan.loser).update(merged_into=plan.survivor)


def write_public(plan: MergePlan) -> int | None:
    """Write the survivor as readers see it, with what they saw of the loser;
    return that version, to be published.

    None if they see nothing new of it. Raises RefusedError if the desk can't hold it.
    """
    gained = gains(plan.noun, plan.public) if plan.public else None
    if not (plan.desk and plan.public and gained):
        return None
    try:
        with transaction.atomic():
            write(plan.noun, plan.desk.survivor, joined(plan.public.survivor, gained))
    except IntegrityError as error:
        raise RefusedError(
            [Problem("refused", UNWRITABLE, record=(plan.noun, plan.survivor))]
        ) from error
    version: int = records_of(plan.noun).values_list("version", flat=True).get(pk=plan.survivor)
    return version


def write_draft(plan: MergePlan) -> None:
    """Write the survivor as the desk has it, with what that has of the loser;
    what readers don't see of it waits.
    """
    if plan.desk:
        [now] = load(plan.noun, [plan.survivor])
        becomes = joined(plan.desk.survivor, gains(plan.noun, plan.desk))
        write(plan.noun, now, becomes)


def _contest(plan: MergePlan) -> None:
    """Mark the claims that would be accepted beside another as contested, and say why,
    in words that are public.
    """
    if not plan.contested:
        return
    names = {
        row.pk: str(row) for row in records_of(plan.noun).filter(pk__in=(plan.loser, plan.survivor))
    }
    names |= {
        record: reference.name
        for (_, record), reference in references((plan.noun, record) for record in names).items()
    }
    for claims, rivals in plan.contested.items():
        rows = list(records_of(claims).filter(pk__in=rivals))
        for row in rows:
            row.standing = Standing.CONTESTED
            row.standing_note = rival_note(
                claims, rivals[row.pk], names[plan.loser], names[plan.survivor]
            )
        records_of(claims).bulk_update(rows, ["standing", "standing_note"], batch_size=1000)


def stage_merged(plan: MergePlan, before: Batch, joined: int | None) -> tuple[Stage, list[Problem]]:
    """Stage the edition of a merge that was done at the desk; nothing if the loser is not public.

    `before` are the versions that the desk had: a record whose document is of that version is
    rendered from the desk. So is the survivor, if the desk has it as readers are to see it, at the
    version `joined`.
    """
    result = Stage()
    loser = live(plan.noun, [plan.loser]).get(plan.loser)
    if loser is None:
        return result, []
    renamed = _called_otherwise(plan)
    closes = StagedChange(
        plan.noun,
        plan.loser,
        loser.key(),
        Operation.MERGED,
        {},
        previous=loser.id,
        into=plan.survivor,
    )
    result.add(plan.noun, [closes])
    in_step, behind = _sorted(plan, before)
    if joined is not None:
        in_step.append(Chosen(plan.noun, plan.survivor, joined))
    batch = by_noun(in_step)
    problems = list(stage_published(result, batch, renamed))
    merge = PublicMerge(plan.noun, plan.loser, plan.survivor)
    for noun, records in behind.items():
        for ids in chunked(records, noun.at_once):
            again = rendered_again(noun, ids, batch, beginning=[merge])
            result.add(
                noun, [change_of(rendered, document, renamed) for rendered, document in again]
            )
    return result, [*problems, *broken_rules(result)]


def _called_otherwise(plan: MergePlan) -> Renaming:
    """Return the survivor's name for the loser's address,
    where documents name such records at all.
    """
    if plan.noun not in NAME_FIELD:
        return Renaming()
    public = references([(plan.noun, plan.loser), (plan.noun, plan.survivor)])
    survivor = public[plan.noun, plan.survivor]
    renamed = Renaming(references={public[plan.noun, plan.loser].url: survivor})
    if isinstance(survivor, Reference):
        slugs = (
            DOCUMENTS[plan.noun]
            .objects.filter(record=plan.loser)
            .values_list("slug", flat=True)
            .distinct()
        )
        renamed.keys.update({(plan.noun, slug): survivor.slug for slug in slugs})
    return renamed


def _sorted(plan: MergePlan, before: Batch) -> tuple[list[Chosen], dict[Noun, list[int]]]:
    """Return those that name the loser, and the survivor:
    which are in step with the desk, and which behind it.
    """
    in_step: list[Chosen] = []
    behind: dict[Noun, list[int]] = defaultdict(list)
    for noun in Noun:
        for rows in chunked(naming(noun, [(plan.noun, plan.loser)]), noun.at_once):
            ids = [record for record, _ in rows if (noun, record) != (plan.noun, plan.loser)]
            for record, status in statuses(noun, ids).items():
                if (
                    version := before.get(noun, {}).get(record)
                ) is not None and version == status.version:
                    in_step.append(Chosen(noun, record, version))
                else:
                    behind[noun].append(record)
    return in_step, behind
