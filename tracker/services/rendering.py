"""What an edition is made of: the chosen records, rendered from the desk, and what names them, rendered again."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from tracker.models import Alignment, Citation, Document, Meeting, Stance
from tracker.models.nouns import DOCUMENTS, RECORDS
from tracker.publication.conflicts import Problem
from tracker.publication.render import Names, Rendered, reference_of, render
from tracker.publication.render.again import with_new_names
from tracker.publication.render.desk import Whole, load
from tracker.publication.shapes.parts import Reference, SourceReference
from tracker.publication.staging import Stage, Staged, own_columns
from tracker.publication.standing import NAME, Standing, mentions_of, naming, references, standing
from tracker.values.chunks import chunks
from tracker.values.nouns import Noun
from tracker.values.vocabularies import MeetingStatus, Operation, Position

Batch = dict[Noun, dict[int, int]]  # by noun and id, the version that is published
Known = dict[tuple[Noun, int], Reference | SourceReference]
UNCITED = "a published claim or held meeting cites at least one source, with a locator or a quote"


def stage_published(stage: Stage, batch: Batch) -> Iterator[Problem]:
    """Stage the records of a batch that come out otherwise than they stand; yield why others can't be published."""
    known = names_of_batch(batch)
    missing: dict[tuple[Noun, int], list[tuple[Noun, int]]] = defaultdict(list)
    for noun, versions in batch.items():
        for ids in chunks(versions):
            wholes = list(load(noun, ids))
            named = {name for whole in wholes for name in whole.named()}
            known |= references(named - known.keys())
            stood = standing(noun, ids)
            rows = []
            for whole in wholes:
                names = Names(known)
                rendered = render(whole.record, whole.parts, names)
                for name in names.missing:
                    missing[name].append((noun, whole.record.pk))
                if not _cites(whole):
                    yield Problem(noun, whole.record.pk, "citations", UNCITED)
                rows.append(_staged(rendered, stood.get(whole.record.pk)))
            stage.add(noun, [row for row in rows if row])
    yield from _not_public(missing)


def stage_renamed(stage: Stage, batch: Batch) -> None:
    """Stage again, with the new names, the standing documents that name a record whose name changes."""
    renamed, named = _new_names(batch)
    if not named:
        return
    naming_them: dict[Noun, dict[int, None]] = defaultdict(dict)
    for noun, record, _, _ in naming(named):
        if record not in batch.get(noun, {}):
            naming_them[noun][record] = None
    for noun, records in naming_them.items():
        for ids in chunks(records):
            stage.add(noun, list(_again(noun, ids, renamed)))


def names_of_batch(batch: Batch) -> Known:
    """Return how the records of a batch will be referred to, if nouns of theirs are named by others."""
    return {
        (noun, record): reference_of(noun, key, name)
        for noun in NAME
        for ids in chunks(batch.get(noun, {}))
        for record, key, name in RECORDS[noun]
        ._default_manager.filter(pk__in=ids)
        .values_list("pk", "pk" if noun is Noun.SOURCE else "slug", NAME[noun])
    }


def _staged(rendered: Rendered, stood: Standing | None) -> Staged | None:
    if stood and stood.body == rendered.body:
        return None
    return Staged(
        noun=rendered.noun,
        record=rendered.record,
        key=str(getattr(rendered.shape, "slug", rendered.record)),
        operation=Operation.UPDATED if stood else Operation.PUBLISHED,
        changed=changed_fields(stood, rendered.body) if stood else {},
        previous=stood.id if stood else None,
        version=rendered.version,
        body=rendered.body,
        columns=rendered.columns,
        mentions=rendered.mentions,
    )


def changed_fields(stood: Standing, body: str) -> dict[str, Any]:
    """Return the fields of the public form that differ: {field: [old, new]}."""
    old, new = stood.fields(), Standing(0, 0, 0, body).fields()
    return {field: [old.get(field), new.get(field)] for field in {**old, **new} if old.get(field) != new.get(field)}


def _again(noun: Noun, ids: list[int], renamed: dict[str, Reference | SourceReference]) -> Iterator[Staged]:
    stood = standing(noun, ids)
    columns = own_columns(noun)
    model: type[Document] = DOCUMENTS[noun]
    own = dict(model._default_manager.filter(pk__in=[d.id for d in stood.values()]).in_bulk())
    mentions = mentions_of(noun, list(own))
    for record, document in stood.items():
        body = with_new_names(document.body, renamed)
        if body != document.body:
            yield Staged(
                noun=noun,
                record=record,
                key=str(document.fields().get("slug", record)),
                operation=Operation.RENAMED,
                changed=changed_fields(document, body),
                previous=document.id,
                version=document.version,
                body=body,
                columns={column: getattr(own[document.id], column) for column in columns},
                mentions=mentions[document.id],
            )


def _new_names(batch: Batch) -> tuple[dict[str, Reference | SourceReference], list[tuple[Noun, int]]]:
    new = names_of_batch(batch)
    old = references(new)
    changed = [name for name, reference in old.items() if reference != new[name]]
    return {old[name].url: new[name] for name in changed}, changed


def _cites(whole: Whole) -> bool:
    record = whole.record
    exempt = (
        record.position == Position.NO_EVIDENCE
        if isinstance(record, Stance)
        else record.status != MeetingStatus.HELD
        if isinstance(record, Meeting)
        else not isinstance(record, Alignment)
    )
    return exempt or any(
        isinstance(part, Citation) and (part.locator or part.quote) for part in whole.parts["citation"]
    )


def _not_public(missing: dict[tuple[Noun, int], list[tuple[Noun, int]]]) -> Iterator[Problem]:
    for noun in {noun for noun, _ in missing}:
        ids = [record for to, record in missing if to is noun]
        titles = {record.pk: str(record) for record in RECORDS[noun]._default_manager.filter(pk__in=ids)}
        for record in ids:
            for by, by_record in missing[noun, record]:
                name = f"{noun} {record} (“{titles.get(record, '?')}”)"
                yield Problem(by, by_record, noun, f"{name} is named but not public; publish it too, or first")
