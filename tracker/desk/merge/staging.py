"""The publication's part of a merge: the loser's document closes, and those that named it name the survivor."""

from collections import defaultdict

from more_itertools import chunked

from tracker.desk.merge.planning import MergePlan
from tracker.models.nouns import DOCUMENTS
from tracker.publishing.batch import Batch, Chosen, by_noun
from tracker.publishing.live import live, naming
from tracker.publishing.merges import Merge
from tracker.publishing.names import NAME_FIELD, references
from tracker.publishing.new_documents import change_of, stage_published
from tracker.publishing.renames import Renaming
from tracker.publishing.rules import broken_rules
from tracker.publishing.stage import Stage, StagedChange
from tracker.publishing.status import statuses
from tracker.publishing.unmerging import rendered_again
from tracker.schema.parts import Reference
from tracker.values.nouns import Noun
from tracker.values.problems import Problem
from tracker.values.vocabularies import Operation


def stage_merged(plan: MergePlan, before: Batch, joined: int | None) -> tuple[Stage, list[Problem]]:
    """Stage the edition of a merge that was done at the desk; nothing if the loser is not public.

    `before` are the versions that the desk had: a record whose document is of that version is rendered from the desk.
    So is the survivor, if the desk has it as readers are to see it, at the version `joined`.
    """
    result = Stage()
    loser = live(plan.noun, [plan.loser]).get(plan.loser)
    if loser is None:
        return result, []
    renamed = _called_otherwise(plan)
    closes = StagedChange(
        plan.noun, plan.loser, loser.key(), Operation.MERGED, {}, previous=loser.id, into=plan.survivor
    )
    result.add(plan.noun, [closes])
    in_step, behind = _sorted(plan, before)
    if joined is not None:
        in_step.append(Chosen(plan.noun, plan.survivor, joined))
    batch = by_noun(in_step)
    problems = list(stage_published(result, batch, renamed))
    merge = Merge(plan.noun, plan.loser, plan.survivor)
    for noun, records in behind.items():
        for ids in chunked(records, noun.at_once):
            again = rendered_again(noun, ids, batch, beginning=[merge])
            result.add(noun, [change_of(rendered, document, renamed) for rendered, document in again])
    return result, [*problems, *broken_rules(result)]


def _called_otherwise(plan: MergePlan) -> Renaming:
    """Return the survivor's name for the loser's address, where documents name such records at all."""
    if plan.noun not in NAME_FIELD:
        return Renaming()
    public = references([(plan.noun, plan.loser), (plan.noun, plan.survivor)])
    survivor = public[plan.noun, plan.survivor]
    renamed = Renaming(references={public[plan.noun, plan.loser].url: survivor})
    if isinstance(survivor, Reference):
        slugs = DOCUMENTS[plan.noun].objects.filter(record=plan.loser).values_list("slug", flat=True).distinct()
        renamed.keys.update({(plan.noun, slug): survivor.slug for slug in slugs})
    return renamed


def _sorted(plan: MergePlan, before: Batch) -> tuple[list[Chosen], dict[Noun, list[int]]]:
    """Return those that name the loser, and the survivor: which are in step with the desk, and which behind it."""
    in_step: list[Chosen] = []
    behind: dict[Noun, list[int]] = defaultdict(list)
    for noun in Noun:
        for rows in chunked(naming(noun, [(plan.noun, plan.loser)]), noun.at_once):
            ids = [record for record, _ in rows if (noun, record) != (plan.noun, plan.loser)]
            for record, status in statuses(noun, ids).items():
                if (version := before.get(noun, {}).get(record)) is not None and version == status.version:
                    in_step.append(Chosen(noun, record, version))
                else:
                    behind[noun].append(record)
    return in_step, behind
