"""Renames: what an edition calls otherwise, and the live documents that name it,
written anew with the new names.

They are made of themselves, never of the desk, so what waits there for publication goes on waiting.
Who is named in them by a key alone, as in ballots, keeps that key: a new slug rewrites no vote.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from tracker.models.nouns import own_columns
from tracker.publishing.batch import Batch, in_chunks
from tracker.publishing.live import LiveDocument, changed_fields, live, mentions_of, naming_besides
from tracker.publishing.names import NAME_FIELD, names_at_desk, references
from tracker.publishing.render import Rendered
from tracker.publishing.stage import Stage, StagedChange
from tracker.schema.grouping import with_new_keys
from tracker.schema.parts import Reference, SourceReference
from tracker.schema.records import SHAPES, read_body, shape_of
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Operation


@dataclass(frozen=True, slots=True)
class Renaming:
    """Which public records an edition calls otherwise:
    who they are, and the new reference by the old address.

    `keys` are those of records that become others, where they stand by their keys alone.
    """

    records: list[tuple[Noun, int]] = field(default_factory=list)
    references: dict[str, Reference | SourceReference] = field(default_factory=dict)
    keys: dict[tuple[Noun, str], str] = field(default_factory=dict)
    apart: set[tuple[Noun, int]] = field(default_factory=set)  # named anew already, apart from this


def renaming(batch: Batch) -> Renaming:
    """Return which records of a batch are public under another name,
    slug or title than the one to be published.
    """
    renamed = Renaming()
    for noun, ids in in_chunks(batch, NAME_FIELD):
        new = names_at_desk((noun, record) for record in ids)
        for name, old in references(new).items():
            if old != new[name]:
                renamed.records.append(name)
                renamed.references[old.url] = new[name]
    return renamed


def change_of(
    rendered: Rendered,
    document: LiveDocument | None,
    renamed: Renaming,
    unmerged: str | None = None,
) -> StagedChange:
    """Return what an edition does to a record that was rendered;
    `document` is the live one that it replaces.

    `unmerged` is that one's body as it reads once merges have ended that this edition ends,
    if they change it.
    """
    operation, changed = Operation.PUBLISHED, {}
    if document:
        old = unmerged or with_new_names(rendered.noun, document.body, renamed)
        new = read_body(rendered.noun, rendered.body)
        operation = Operation.RENAMED if read_body(rendered.noun, old) == new else Operation.UPDATED
        changed = changed_fields(document.fields(), new)
    return StagedChange(
        noun=rendered.noun,
        record=rendered.record,
        key=str(getattr(rendered.shape, "slug", rendered.record)),
        operation=operation,
        changed=changed,
        previous=document.id if document else None,
        version=rendered.version,
        shape=shape_of(rendered.noun),
        body=rendered.body,
        columns=rendered.columns,
        mentions=rendered.mentions,
    )


def stage_renamed(stage: Stage, batch: Batch, renamed: Renaming) -> None:
    """Stage again, with the new names, the live documents that name a record whose name changes."""
    for noun, ids in naming_besides(batch, renamed.records, by_name=True):
        stage.add(
            noun, _renamed(noun, [id_ for id_ in ids if (noun, id_) not in renamed.apart], renamed)
        )


def with_new_names(noun: Noun, body: str, renamed: Renaming) -> str:
    """Return `body` with every reference to what is called otherwise, by its old address,
    replaced by the new one.

    A slug, once public, belongs to one record for ever,
    so an address says which record a reference is to.
    """
    if not renamed.references:
        return body
    document = _replaced(msgspec.json.decode(body), renamed.references)
    document = with_new_keys(SHAPES[noun], document, renamed.keys) if renamed.keys else document
    return msgspec.json.encode(document).decode()


def _renamed(noun: Noun, ids: list[int], renamed: Renaming) -> Iterator[StagedChange]:
    documents = live(noun, ids, own_columns(noun))
    mentions = mentions_of(noun, [document.id for document in documents.values()])
    for record, document in documents.items():
        body = with_new_names(noun, document.body, renamed)
        if body != document.body:
            yield StagedChange(
                noun=noun,
                record=record,
                key=document.key(),
                operation=Operation.RENAMED,
                changed=changed_fields(document.fields(), read_body(noun, body)),
                previous=document.id,
                version=document.version,
                shape=document.shape,
                body=body,
                columns=document.columns,
                mentions=mentions[document.id],
            )


def _replaced(value: Any, renamed: Mapping[str, Reference | SourceReference]) -> Any:
    if isinstance(value, dict):
        if value.keys() in ({"url", "slug", "name"}, {"url", "id", "name"}):
            return renamed.get(value["url"], value)
        return {name: _replaced(inner, renamed) for name, inner in value.items()}
    if isinstance(value, list):
        return [_replaced(inner, renamed) for inner in value]
    return value
