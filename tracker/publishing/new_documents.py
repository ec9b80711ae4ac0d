"""New documents: the records of a batch, rendered from the desk,
as they go onto the stage or into a preview.

Own data come from the desk for the records that are published, and for no others; names come from
documents of this edition. All goes in chunks, a constant number of statements each, so an edition
of any size is made in flat memory.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from tracker.models import Unchanged
from tracker.models.snapshots import load
from tracker.publishing.batch import Batch, in_chunks
from tracker.publishing.live import LiveDocument, live
from tracker.publishing.merges import PublicMerge, rendered_again
from tracker.publishing.names import keys_in, names_at_desk, names_with, references
from tracker.publishing.renames import Renaming, change_of
from tracker.publishing.render import Names, Rendered, render
from tracker.publishing.stage import Stage, StagedChange
from tracker.schema.records import read_body, shape_of
from tracker.values.nouns import Noun
from tracker.values.problems import Problem


class Preview(NamedTuple):
    """A record's public form as readers see it, empty if they don't, and as they would see it."""

    old: dict[str, Any]
    new: dict[str, Any]


# by who is named but not public, who names it
Missing = dict[tuple[Noun, int], list[tuple[Noun, int]]]


def stage_published(
    stage: Stage, batch: Batch, renamed: Renaming, ending: Collection[PublicMerge] = ()
) -> Iterator[Problem]:
    """Stage the records of a batch that come out otherwise than they are,
    and note those that don't (`Unchanged`).

    `ending` are the merges that end with this edition. Yields why some can't be published.
    """
    missing: Missing = defaultdict(list)
    for noun, ids in in_chunks(batch):
        _stage_chunk(stage, noun, ids, batch, renamed, ending, missing)
    for name in sorted(missing):
        for by in missing[name]:
            says = "{0} is named but not public; publish it too, or first"
            yield Problem("refused", says, (name[0].value,), record=by, others=(name,))


def preview(noun: Noun, record: int) -> Preview:
    """Return the two public forms of one record, as `previews` does."""
    return previews(noun, [record])[record]


def previews(noun: Noun, records: Sequence[int]) -> dict[int, Preview]:
    """Return by id each record's public form as it is, empty if it is not public,
    and as it would be if published now.

    What they name is called as in the publication, or, where that doesn't have it, as at the desk.
    Twenty records take as many queries as one.
    """
    snapshots = list(load(noun, records))
    named = {name for snapshot in snapshots for name in snapshot.named()}
    known = {**names_at_desk(named), **references(named)}
    documents = live(noun, records)
    keys = keys_in(noun, {record: document.body for record, document in documents.items()})
    forms: dict[int, Preview] = {}
    for snapshot in snapshots:
        record = snapshot.record.pk
        rendered = render(snapshot, Names(known, keys.get(record, {})))
        document = documents.get(record)
        forms[record] = Preview(
            document.fields() if document else {}, read_body(noun, rendered.body)
        )
    return forms


def _stage_chunk(
    stage: Stage,
    noun: Noun,
    ids: list[int],
    batch: Batch,
    renamed: Renaming,
    ending: Collection[PublicMerge],
    missing: Missing,
) -> None:
    """Stage one chunk, all of which is let go before the next one is read.

    Versions that come out as what is public are noted, so that their records are in step.
    """
    snapshots = list(load(noun, ids))
    known = names_with(batch, {name for snapshot in snapshots for name in snapshot.named()})
    documents = live(noun, ids)
    keys = keys_in(noun, {record: document.body for record, document in documents.items()})
    again = rendered_again(noun, ids, batch, ending=ending) if ending else ()
    unmerged = {rendered.record: rendered.body for rendered, _ in again}
    unchanged: list[Unchanged] = []

    def rows() -> Iterator[StagedChange]:
        for snapshot in snapshots:
            names = Names(known, keys.get(snapshot.record.pk, {}))
            rendered = render(snapshot, names)
            for name in rendered.missing:
                missing[name].append((noun, rendered.record))
            document = documents.get(rendered.record)
            if document is None or not _is_same(document, rendered):
                yield change_of(rendered, document, renamed, unmerged.get(rendered.record))
            elif document.version < rendered.version:
                same = {"version": rendered.version, "same_as": document.version}
                unchanged.append(Unchanged(noun=noun, record=rendered.record, **same))

    stage.add(noun, rows())
    Unchanged.objects.bulk_create(unchanged, ignore_conflicts=True)


def _is_same(document: LiveDocument, rendered: Rendered) -> bool:
    """Tell whether a record comes out as it is;
    what its shape gained since counts only if it says something.
    """
    if document.body == rendered.body:
        return True
    return document.shape < shape_of(document.noun) and document.fields() == read_body(
        document.noun, rendered.body
    )
