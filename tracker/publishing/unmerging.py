"""Records that other records' merges change in public, rendered again: from what was published of them, with the
survivors of the merges that hold then. So it is when two records become one, and when a merge ends, as the loser is
published again.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from tracker.history.snapshots import versions
from tracker.publishing.batch import Batch, in_chunks
from tracker.publishing.live import LiveDocument, live, naming_besides
from tracker.publishing.merges import Merge, merges_in, merges_of, with_survivors
from tracker.publishing.names import keys_in, names_with
from tracker.publishing.new_documents import change_of
from tracker.publishing.renames import Renaming
from tracker.publishing.render import Names, Rendered, render
from tracker.publishing.stage import Stage
from tracker.values.nouns import MERGEABLE, Noun
from tracker.values.vocabularies import Operation


def rendered_again(
    noun: Noun,
    ids: Sequence[int],
    batch: Batch,
    *,
    ending: Collection[Merge] = (),
    beginning: Collection[Merge] = (),
) -> Iterator[tuple[Rendered, LiveDocument]]:
    """Yield records as published, with the survivors of merges and the names of the edition that is made.

    Each with its live document. Merges that hold are followed, but those `ending`, and then those `beginning`; if some
    end, only records that then name one of their losers are yielded.
    """
    documents = live(noun, ids)
    published = {record: {document.version} for record, document in documents.items()}
    snapshots = list(versions(noun, published))
    holding = [*(merge for merge in merges_in(snapshots) if merge not in ending), *beginning]
    snapshots = [with_survivors(snapshot, holding) for snapshot in snapshots]
    if ending:
        losers = {(merge.noun, merge.loser) for merge in ending}
        snapshots = [snapshot for snapshot in snapshots if not snapshot.named().isdisjoint(losers)]
    references = names_with(batch, {name for snapshot in snapshots for name in snapshot.named()})
    keys = keys_in(noun, {record: document.body for record, document in documents.items()})
    for snapshot in snapshots:
        record = snapshot.record.pk
        yield render(snapshot, Names(references, keys[record])), documents[record]


def stage_unmerged(stage: Stage, batch: Batch, renamed: Renaming) -> None:
    """Stage again what named a survivor only by a merge that ends, as the loser is published again; note it."""
    merges = [
        merge for noun, ids in in_chunks(batch, MERGEABLE) for merge in merges_of((noun, record) for record in ids)
    ]
    ending = {merge for merge in merges if merge.loser in batch.get(merge.noun, ())}
    shown = {(merge.noun, _survivor(merge, merges)) for merge in ending}
    for noun, ids in naming_besides(batch, shown):
        rows = [
            replace(change_of(rendered, document, renamed), operation=Operation.RENAMED)
            for rendered, document in rendered_again(noun, ids, batch, ending=ending)
        ]
        stage.add(noun, rows)
        renamed.apart.update((noun, row.record) for row in rows)


def _survivor(merge: Merge, merges: Sequence[Merge]) -> int:
    """Return the record that is public for the loser of a merge, through those of the survivor if it has some."""
    record = merge.survivor
    for later in merges:
        if (later.noun, later.loser) == (merge.noun, record):
            record = later.survivor
    return record
