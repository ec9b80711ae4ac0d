"""What an edition is made of: the chosen records, rendered from the desk, and what names them, rendered again.

Everything goes in chunks, a constant number of statements each, so an edition of any size is made in flat memory.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from tracker.models import Unchanged
from tracker.models.nouns import PARTS
from tracker.publication.publish.live import NAME, Known, Standing, mentions_of, naming, references, standing
from tracker.publication.publish.render import Names, Rendered, reference_of, render
from tracker.publication.publish.render.again import with_new_names
from tracker.publication.publish.render.desk import Whole, load
from tracker.publication.publish.stage import Stage, Staged, own_columns
from tracker.publication.read.keys import BY_SLUG
from tracker.schema.parts import Reference, SourceReference
from tracker.schema.records import read_body, shape_of
from tracker.values.chunks import chunks
from tracker.values.nouns import Noun
from tracker.values.problems import Problem
from tracker.values.vocabularies import Operation

Batch = dict[Noun, dict[int, int]]  # by noun and id, the version that is published
Missing = dict[tuple[Noun, int], list[tuple[Noun, int]]]  # by who is named but not public, who names it
NAMES_AT_DESK = " UNION ALL ".join(
    f"SELECT '{noun}', id, {'slug' if noun in BY_SLUG else 'NULL'}, {name} FROM tracker_{noun} WHERE id = ANY(%s)"
    for noun, name in NAME.items()
)
UNCITED = "a published claim or held meeting cites at least one source, with a locator or a quote"


@dataclass(frozen=True, slots=True)
class Renaming:
    """Which public records an edition calls otherwise: who they are, and the new reference by the old address."""

    records: list[tuple[Noun, int]] = field(default_factory=list)
    references: dict[str, Reference | SourceReference] = field(default_factory=dict)
    apart: set[tuple[Noun, int]] = field(default_factory=set)  # named anew already, apart from this


def renaming(batch: Batch) -> Renaming:
    """Return which records of a batch are public under another name, slug or title than the one to be published."""
    found = Renaming()
    for noun in NAME:
        for ids in chunks(batch.get(noun, {})):
            new = names_at_desk((noun, record) for record in ids)
            for name, old in references(new).items():
                if old != new[name]:
                    found.records.append(name)
                    found.references[old.url] = new[name]
    return found


def stage_published(stage: Stage, batch: Batch, renamed: Renaming) -> Iterator[Problem]:
    """Stage the records of a batch that come out otherwise than they stand; yield why others can't be published."""
    missing: Missing = defaultdict(list)
    for noun, versions in batch.items():
        for ids in chunks(versions):
            yield from _stage_chunk(stage, noun, ids, batch, renamed, missing)
    yield from _not_public(missing)


def stage_renamed(stage: Stage, batch: Batch, renamed: Renaming) -> None:
    """Stage again, with the new names, the standing documents that name a record whose name changes."""
    if not renamed.records:
        return
    for noun in Noun:
        others = (
            record
            for record, _ in naming(noun, renamed.records)
            if record not in batch.get(noun, {}) and (noun, record) not in renamed.apart
        )
        for ids in chunks(others):
            stage.add(noun, list(_again(noun, ids, renamed)))


def preview(noun: Noun, record: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a record's public form as it stands, empty if it does not, and as it would be if published as it is.

    What it names is called as in the publication, or, where that doesn't have it, as at the desk.
    """
    [whole] = load(noun, [record])
    named = whole.named()
    rendered = render(whole.record, whole.parts, Names({**names_at_desk(named), **references(named)}))
    stood = standing(noun, [record]).get(record)
    return (stood.fields() if stood else {}), read_body(noun, rendered.body)


def changed_fields(old: dict[str, Any], new: dict[str, Any]) -> dict[str, list[Any]]:
    """Return the fields of two public forms that differ: {field: [old, new]}."""
    return {name: [old.get(name), new.get(name)] for name in {**old, **new} if old.get(name) != new.get(name)}


def uncited(batch: Batch) -> Iterator[Problem]:
    """Yield which records of the desk lack the citation that they must have to be published."""
    for noun, versions in batch.items():
        if "citation" in PARTS[noun]:
            for ids in chunks(versions):
                lacking = (whole.record.pk for whole in load(noun, ids) if not cites_enough(whole))
                yield from (_uncited(noun, record) for record in lacking)


def _uncited(noun: Noun, record: int) -> Problem:
    return Problem("refused", UNCITED, ("citations",), record=(noun, record))


def cites_enough(whole: Whole) -> bool:
    """Tell whether a record cites what a published one must: a source, and where in it or in which words."""
    citations: Sequence[Any] = whole.parts.get("citation", ())
    return not whole.record.must_cite or any(citation.locator or citation.quote for citation in citations)


def _stage_chunk(
    stage: Stage, noun: Noun, ids: list[int], batch: Batch, renamed: Renaming, missing: Missing
) -> Iterator[Problem]:
    wholes = list(load(noun, ids))
    known = names_in(batch, {name for whole in wholes for name in whole.named()})
    stood = standing(noun, ids)
    rows = []
    for whole in wholes:
        names = Names(known)
        rendered = render(whole.record, whole.parts, names)
        for name in dict.fromkeys(names.missing):
            missing[name].append((noun, whole.record.pk))
        if not cites_enough(whole):
            yield _uncited(noun, whole.record.pk)
        old = stood.get(whole.record.pk)
        if old is None or not _is_same(old, rendered):
            rows.append(staged(rendered, old, renamed))
        elif old.version < rendered.version:
            same = Unchanged(noun=noun, record=rendered.record, version=rendered.version, same_as=old.version)
            stage.unchanged.append(same)
    stage.add(noun, rows)


def _is_same(stood: Standing, rendered: Rendered) -> bool:
    """Tell whether a record comes out as it stands; what its shape gained since counts only if it says something."""
    if stood.body == rendered.body:
        return True
    return stood.shape < shape_of(stood.noun) and stood.fields() == read_body(stood.noun, rendered.body)


def names_in(batch: Batch, named: set[tuple[Noun, int]]) -> Known:
    """Return how this edition refers to those named: as published with it, else as they stand."""
    published_too = {(noun, record) for noun, record in named if record in batch.get(noun, {})}
    return {**references(named - published_too), **names_at_desk(published_too)}


def names_at_desk(named: Iterable[tuple[Noun, int]]) -> Known:
    """Return how records are called at the desk; one query."""
    by_noun: dict[Noun, list[int]] = {noun: [] for noun in NAME}
    for noun, record in named:
        by_noun[noun].append(record)
    if not any(by_noun.values()):
        return {}
    with connection.cursor() as cursor:
        cursor.execute(NAMES_AT_DESK, list(by_noun.values()))
        return {
            (Noun(noun), record): reference_of(Noun(noun), slug or record, name)
            for noun, record, slug, name in cursor.fetchall()
        }


def staged(rendered: Rendered, stood: Standing | None, renamed: Renaming) -> Staged:
    """Return a rendered record's part in the edition; `stood` is what stands of it otherwise."""
    operation, changed = Operation.PUBLISHED, {}
    if stood:
        old, new = with_new_names(stood.body, renamed.references), read_body(rendered.noun, rendered.body)
        operation = Operation.RENAMED if read_body(rendered.noun, old) == new else Operation.UPDATED
        changed = changed_fields(stood.fields(), new)
    return Staged(
        noun=rendered.noun,
        record=rendered.record,
        key=str(getattr(rendered.shape, "slug", rendered.record)),
        operation=operation,
        changed=changed,
        previous=stood.id if stood else None,
        version=rendered.version,
        shape=shape_of(rendered.noun),
        body=rendered.body,
        columns=rendered.columns,
        mentions=rendered.mentions,
    )


def _again(noun: Noun, ids: list[int], renamed: Renaming) -> Iterator[Staged]:
    stood = standing(noun, ids, own_columns(noun))
    mentions = mentions_of(noun, [document.id for document in stood.values()])
    for record, document in stood.items():
        body = with_new_names(document.body, renamed.references)
        if body != document.body:
            yield Staged(
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


def _not_public(missing: Missing) -> Iterator[Problem]:
    for noun, record in sorted(missing):
        for by in missing[noun, record]:
            says = "{0} is named but not public; publish it too, or first"
            yield Problem("refused", says, (noun.value,), record=by, others=((noun, record),))
