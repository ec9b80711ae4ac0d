"""Every document, rendered again: its own data from the desk's version that it names, by way of
history, and with the survivors of merges; its names from the documents of the edition that opened
it. Then its body, its columns, its mentions and its change must be so, and its digest that of its
body. So must the words by which it is found, which PostgreSQL works out again.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

import msgspec
from psycopg.sql import SQL, Identifier, Literal

from tracker.history.snapshots import versions
from tracker.models.nouns import own_columns
from tracker.models.queries import chunks_of, compose, rows_of
from tracker.models.snapshots import Snapshot
from tracker.public.read.lists import numbered
from tracker.publishing.live import changed_fields, mentions_of
from tracker.publishing.merges import PublicMerge, merges, with_survivors
from tracker.publishing.names import Keys, keys_in
from tracker.publishing.render import Names, Rendered, render
from tracker.schema.grouping import grouped
from tracker.schema.growth import as_of_shape
from tracker.schema.records import SHAPES, kept, read_body, shape_of
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Operation
from tracker.verify.queries import PastReferences, Progress, past_references

DOCUMENTS = """
    SELECT d.id, d.record, d.version, d.opened, d.closed, d.shape, d.body, d.digest, c.operation,
        c.key, c.changed::text
    FROM {documents} d
    LEFT JOIN tracker_change c ON c.noun = {noun} AND c.record = d.record AND c.edition = d.opened
    ORDER BY d.record, d.opened, d.id
"""
DIFFERING = """
    SELECT id, columns FROM (
        SELECT d.id, d.record, d.opened, array_to_string(ARRAY[{columns}, CASE
            WHEN d.id = ANY(%(sound)s) AND d.search IS DISTINCT FROM public.document_words(d.body)
                THEN 'search'
        END], ', ') AS columns
        FROM jsonb_populate_recordset(NULL::{documents}, %(rows)s) r JOIN {documents} d USING (id)
    ) d WHERE columns <> '' ORDER BY record, opened, id
"""


class DocumentRow(NamedTuple):
    """A document, and what the change of the edition that opened it says;
    Nones if there is no such change.
    """

    id: int
    record: int
    version: int
    opened: int
    closed: int | None
    shape: int
    body: str
    digest: bytes
    operation: str | None
    key: str | None
    changed: dict[str, Any] | None


# the record's document before it, if there is one, and a document
Pair = tuple[DocumentRow | None, DocumentRow]
Snapshots = dict[int, Snapshot]  # by the id of a document


def complaints(progress: Progress) -> Iterator[str]:
    """Yield what is otherwise in a document, or in the change that opened it,
    than rendering gives.
    """
    merged = merges()
    for noun in Noun:
        total, done = _count(noun), 0
        before: DocumentRow | None = None
        for documents in _documents(noun):
            progress(f"documents of {noun.plural}", done, total)
            pairs: list[Pair] = []
            for document in documents:
                pairs.append(
                    (before if before and before.record == document.record else None, document)
                )
                before = document
            yield from _of_chunk(noun, pairs, merged)
            done += len(documents)


def _count(noun: Noun) -> int:
    count: int = rows_of(compose("SELECT count(*) FROM {documents}", noun))[0][0]
    return count


def _documents(noun: Noun) -> Iterator[list[DocumentRow]]:
    for rows in chunks_of(compose(DOCUMENTS, noun), size=noun.at_once):
        yield [DocumentRow._make([*row[:-1], row[-1] and json.loads(row[-1])]) for row in rows]


def _of_chunk(noun: Noun, pairs: Sequence[Pair], merged: Sequence[PublicMerge]) -> Iterator[str]:
    snapshots, befores = _snapshots(noun, pairs, merged)
    names = _names(pairs, snapshots, befores)
    keys = keys_then(
        noun,
        {
            document.id: (
                before.body if before and before.closed == document.opened else None,
                document.body,
            )
            for before, document in pairs
        },
    )
    mentions = mentions_of(noun, [document.id for _, document in pairs])
    rendered: dict[int, Rendered] = {}
    for before, document in pairs:
        where = f"{noun} {document.record}, opened by edition {document.opened}"
        if sha256(numbered(document.body.encode(), document.opened)).digest() != document.digest:
            yield f"{where}: its digest is not that of its body"
        snapshot = snapshots.get(document.id)
        if snapshot is None:
            yield f"{where}: its history has no version {document.version}"
            continue
        if not 1 <= document.shape <= (known := shape_of(noun)):
            yield (
                f"{where}: rendered in form {document.shape}, which is not the one that is known "
                f"here, {known}"
            )
            continue
        again, missing, trouble = rendered_then(snapshot, names, document.opened, keys[document.id])
        if again is None:
            yield f"{where}: version {document.version} can't be rendered: {trouble}"
            continue
        rendered[document.id] = again
        # Who is named and not public is told by the check of references.
        says = [] if missing else [*_body(document, again)]
        says += _mentions(again, set(mentions[document.id]))
        then = befores.get(document.id)
        renames = then is not None and _renames(
            then, again, names, document.opened, keys[document.id]
        )
        says += _change(noun, before, document, _key(again), renames)
        yield from (f"{where}: {complaint}" for complaint in says)
    yield from _columns(noun, pairs, rendered)


def _snapshots(
    noun: Noun, pairs: Sequence[Pair], merged: Sequence[PublicMerge]
) -> tuple[Snapshots, Snapshots]:
    """Return what documents were rendered from, and what those before them were,
    both with the survivors of then.
    """
    wanted: dict[int, set[int]] = defaultdict(set)
    for pair in pairs:
        for document in filter(None, pair):
            wanted[document.record].add(document.version)
    by_version = {
        (snapshot.record.pk, snapshot.record.version): snapshot
        for snapshot in versions(noun, wanted)
    }
    snapshots, befores = Snapshots(), Snapshots()
    for before, document in pairs:
        holding = [merge for merge in merged if merge.holds_in(document.opened)]
        if snapshot := by_version.get((document.record, document.version)):
            snapshots[document.id] = with_survivors(snapshot, holding)
        if before and (snapshot := by_version.get((before.record, before.version))):
            # it said nothing twice by these
            held = [merge for merge in holding if merge.holds_in(before.opened)]
            begun = [merge for merge in holding if merge not in held]
            befores[document.id] = with_survivors(with_survivors(snapshot, held), begun, twice=True)
    return snapshots, befores


def _names(pairs: Sequence[Pair], *rendered: Snapshots) -> PastReferences:
    wanted = {
        (*name, document.opened)
        for _, document in pairs
        for snapshot in filter(None, (snapshots.get(document.id) for snapshots in rendered))
        for name in snapshot.named()
    }
    return past_references(wanted)


def keys_then(noun: Noun, bodies: Mapping[int, tuple[str | None, str]]) -> dict[int, Keys]:
    """Return by which keys alone each body names records as the one before it did,
    if it follows one.
    """
    if not grouped(SHAPES[noun]):
        return dict.fromkeys(bodies, Keys())
    befores = {
        which: before for which, (before, _) in bodies.items() if before and fields_of(noun, before)
    }
    afters = {which: after for which, (_, after) in bodies.items() if fields_of(noun, after)}
    before, after = keys_in(noun, befores), keys_in(noun, afters)
    return {
        which: dict(before.get(which, Keys()).items() & after.get(which, Keys()).items())
        for which in bodies
    }


def rendered_then(
    snapshot: Snapshot, references: PastReferences, edition: int, keys: Keys | None = None
) -> tuple[Rendered | None, bool, str]:
    """Return the record rendered with the names of an edition, whether one was missing,
    and why it can't be.

    `keys` are those that it has from before.
    """
    named = snapshot.named()
    names = Names(
        {name: references[(*name, edition)] for name in named if (*name, edition) in references},
        keys or {},
    )
    try:
        return render(snapshot, names), bool(names.missing), ""
    except (ValueError, TypeError, AttributeError, msgspec.MsgspecError) as error:
        return None, False, str(error)


def _key(rendered: Rendered) -> str:
    return str(getattr(rendered.shape, "slug", rendered.record))


def is_as_rendered(document: DocumentRow, rendered: Rendered) -> bool:
    """Tell whether a body is what its record renders to in the shape that it has."""
    if document.shape == shape_of(rendered.noun):
        return document.body == rendered.body
    whole = msgspec.json.decode(rendered.body)
    earlier = as_of_shape(SHAPES[rendered.noun], whole, document.shape)
    return document.body == msgspec.json.encode(earlier).decode()


def _body(document: DocumentRow, rendered: Rendered) -> Iterator[str]:
    if not is_as_rendered(document, rendered):
        different = changed_fields(
            fields_of(rendered.noun, document.body), fields_of(rendered.noun, rendered.body)
        )
        where = ", ".join(different) or "the order or spelling of its fields"
        yield f"its body is not what version {document.version} renders to: {where}"


def fields_of(noun: Noun, body: str) -> dict[str, Any]:
    """Return the fields of a body; none of one that is damaged."""
    try:
        fields = read_body(noun, body)
    except (msgspec.DecodeError, AttributeError):
        return {}
    return fields if isinstance(fields, dict) else {}


def _mentions(rendered: Rendered, noted: set[tuple[Noun, int]]) -> Iterator[str]:
    for verb, names in (
        ("lack", rendered.mentions - noted),
        ("have too many, as", noted - rendered.mentions),
    ):
        if names:
            yield (
                f"its mentions {verb} "
                f"{', '.join(f'{noun} {record}' for noun, record in sorted(names))}"
            )


def _renames(
    before: Snapshot, rendered: Rendered, references: PastReferences, edition: int, keys: Keys
) -> bool:
    """Tell whether the document before would come out the same,
    were it rendered with the names of this edition.
    """
    again, _, _ = rendered_then(before, references, edition, keys)
    return again is not None and again.body == rendered.body


def _change(
    noun: Noun, before: DocumentRow | None, document: DocumentRow, key: str, renames: bool
) -> Iterator[str]:
    """Yield what the change says that is not so;
    that there is none, or one of another sort, is told with editions.
    """
    if document.operation is None or document.changed is None:
        return
    follows = before is not None and before.closed == document.opened
    expected = Operation.RENAMED if renames else Operation.UPDATED
    if (
        follows
        and document.operation in (Operation.RENAMED, Operation.UPDATED)
        and document.operation != expected
    ):
        yield f"its change says “{document.operation}”, but it was {expected}"
    if document.key != key:
        yield f"its change has the key “{document.key}”, not “{key}”"
    changed = (
        changed_fields(fields_of(noun, before.body), fields_of(noun, document.body))
        if before and follows
        else {}
    )
    if different := changed_fields(changed, document.changed):
        yield f"its change does not tell how the two bodies differ: {', '.join(different)}"


def _columns(noun: Noun, pairs: Sequence[Pair], rendered: dict[int, Rendered]) -> Iterator[str]:
    """Let PostgreSQL compare the columns of documents, as it keeps them, with rendered ones,
    as it would keep them.

    And the words, of documents whose bodies are as rendered: of others, more is wrong than these.
    """
    sound = [
        document.id
        for _, document in pairs
        if document.id in rendered and is_as_rendered(document, rendered[document.id])
    ]
    shapes = {document.id: document.shape for _, document in pairs}
    later = {column: field.shape for field in kept(noun) for column in field.columns}
    rows = [
        {
            "id": id_,
            **{
                name: value
                for name, value in rendering.columns.items()
                if later.get(name, 1) <= shapes[id_]
            },
        }
        for id_, rendering in rendered.items()
    ]
    where = {
        document.id: f"{noun} {document.record}, opened by edition {document.opened}"
        for _, document in pairs
    }
    differs = SQL("CASE WHEN d.{} IS DISTINCT FROM r.{} THEN {} END")
    named = [
        differs.format(Identifier(name), Identifier(name), Literal(name))
        for name in own_columns(noun)
    ]
    query = compose(DIFFERING, noun, columns=SQL(", ").join(named))
    for id_, different in rows_of(query, {"rows": json.dumps(rows, default=str), "sound": sound}):
        yield f"{where[id_]}: its columns are not those of its record: {different}"
