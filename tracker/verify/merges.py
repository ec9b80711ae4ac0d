"""Merges: what an edition tells of one is what readers saw before it,
with the survivor in the loser's place.

Each document that such an edition opened is rendered from the version of the one that it closed:
with the survivors of merges, the survivor itself with the parts and names that readers saw of the
loser. No desk has a say in that, so what was never published shows. Only a claim may differ, which
became contested: in that, and in a note of public names.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracker.desk.merge.joining import MergePair, gains, joined
from tracker.desk.merge.rivals import rival_note
from tracker.history.snapshots import versions
from tracker.models.queries import chunks_of, compose
from tracker.models.snapshots import Snapshot
from tracker.publishing.live import changed_fields
from tracker.publishing.merges import PublicMerge, merges, with_survivors
from tracker.publishing.names import NAME_FIELD
from tracker.publishing.render import Rendered
from tracker.schema.records import CLAIMS
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Standing
from tracker.verify.documents import fields_of, keys_then, rendered_then
from tracker.verify.queries import Progress, past_references

OPENED = """
    SELECT d.record, d.body, b.version, b.body FROM {documents} d
    LEFT JOIN {documents} b ON b.record = d.record AND b.closed = d.opened
    WHERE d.opened = %s ORDER BY d.record
"""
RIVAL = "\x00"  # stands for the rival's number; no name has it


class Opened(NamedTuple):
    """A document that the edition of a merge opened;
    version and body of the one that it closed, if it closed one.
    """

    record: int
    body: str
    before: int | None
    body_before: str | None


def complaints(progress: Progress) -> Iterator[str]:
    """Yield what editions of merges tell that was not public before."""
    merged = merges()
    for number, merge in enumerate(merged):
        progress("merges", number, len(merged))
        holding = [earlier for earlier in merged if earlier.holds_in(merge.edition)]
        for noun in Noun:
            for rows in chunks_of(compose(OPENED, noun), [merge.edition], size=noun.at_once):
                yield from _of_chunk(noun, [Opened(*row) for row in rows], merge, holding)


def _of_chunk(
    noun: Noun, opened: Sequence[Opened], merge: PublicMerge, holding: Sequence[PublicMerge]
) -> Iterator[str]:
    wanted = {
        document.record: {document.before} for document in opened if document.before is not None
    }
    snapshots = {
        snapshot.record.pk: with_survivors(snapshot, holding) for snapshot in versions(noun, wanted)
    }
    if noun is merge.noun and merge.survivor in snapshots:
        snapshots[merge.survivor] = _joined(snapshots[merge.survivor], merge, holding)
    named = {name for snapshot in snapshots.values() for name in snapshot.named()}
    names = past_references({(*name, merge.edition) for name in named})
    note = _note(noun, merge)
    keys = keys_then(
        noun, {document.record: (document.body_before, document.body) for document in opened}
    )
    for document in opened:
        where = f"{noun} {document.record}, opened by edition {merge.edition}"
        if document.before is None:
            yield f"{where}: a merge made it public, which only publishing does"
        elif (snapshot := snapshots.get(document.record)) and (
            more := _more(
                noun,
                document,
                rendered_then(snapshot, names, merge.edition, keys[document.record])[0],
                note,
            )
        ):
            yield (
                f"{where}: the merge tells otherwise than what was public before it: "
                f"{', '.join(more)}"
            )


def _joined(survivor: Snapshot, merge: PublicMerge, holding: Sequence[PublicMerge]) -> Snapshot:
    """Return the survivor with what readers saw of the loser."""
    closed = chunks_of(
        compose("SELECT version FROM {documents} WHERE record = %s AND closed = %s", merge.noun),
        [merge.loser, merge.edition],
    )
    before = [earlier for earlier in holding if earlier is not merge]
    for loser in versions(
        merge.noun, {merge.loser: {version for rows in closed for (version,) in rows}}
    ):
        pair = MergePair(with_survivors(loser, before), survivor)
        survivor = joined(survivor, gains(merge.noun, pair))
    return survivor


def _more(
    noun: Noun, document: Opened, again: Rendered | None, note: tuple[str, str] | None
) -> list[str]:
    """Return the fields in which a document is not what was public before;
    that it can't be rendered is told there.
    """
    if again is None or again.body == document.body:
        return []
    is_, was = fields_of(noun, document.body), fields_of(noun, again.body)
    differ = set(changed_fields(was, is_))
    if note and differ == {"standing", "standing_note"} and is_["standing"] == Standing.CONTESTED:
        text, (before, after) = is_["standing_note"] or "", note
        is_so = (
            text.startswith(before)
            and text.endswith(after)
            and text[len(before) : -len(after)].isdecimal()
        )
        differ = set() if is_so else {"standing_note"}
    return sorted(differ)


def _note(noun: Noun, merge: PublicMerge) -> tuple[str, str] | None:
    """Return what is said of a claim that a merge makes contested, before and after its rival:
    with public names.
    """
    if noun not in CLAIMS or merge.noun not in NAME_FIELD:
        return None
    references = past_references(
        {(merge.noun, record, merge.edition - 1) for record in (merge.loser, merge.survivor)}
    )
    loser, survivor = (
        named.name if (named := references.get((merge.noun, record, merge.edition - 1))) else ""
        for record in (merge.loser, merge.survivor)
    )
    before, after = rival_note(noun, RIVAL, loser, survivor).split(RIVAL)
    return before, after
