"""From the desk to documents:
a record in its public form, what it is filtered and sorted by, and whom it names.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any

import msgspec
from django.db import models
from msgspec import Struct

from tracker.models import Record
from tracker.models.nouns import RECORDS, noun_of
from tracker.models.snapshots import Snapshot
from tracker.models.tables import table_of
from tracker.schema.fields import Field, fields
from tracker.schema.markers import Computed, DefaultOrder, FilterByPart, Grouped
from tracker.schema.parts import Reference, SourceReference, VagueDate, address
from tracker.schema.records import CLAIMS, SHAPES, kept
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Relation, Vocabulary

__all__ = ["Names", "Rendered", "reference_of", "render"]

UNKNOWN_BEGINNING = date.min
Known = Mapping[tuple[Noun, int], Reference | SourceReference]


def reference_of(noun: Noun, key: str | int, name: str) -> Reference | SourceReference:
    """Return how documents refer to a record: by its address, key and name."""
    if noun is Noun.SOURCE:
        return SourceReference(address(noun, key), int(key), name)
    return Reference(address(noun, key), str(key), name)


class Names:
    """The references one document may use; it notes which were used, and which are missing.

    `keys` are those by which it goes on naming records that it names by their keys alone.
    """

    def __init__(
        self, known: Known, keys: Mapping[tuple[Noun, int], str] = MappingProxyType({})
    ) -> None:
        self._known, self._keys = known, keys
        self.mentioned: set[tuple[Noun, int]] = set()
        self.missing: list[tuple[Noun, int]] = []

    def reference(self, noun: Noun, record: int) -> Reference | SourceReference:
        self.mentioned.add((noun, record))
        if reference := self._known.get((noun, record)):
            return reference
        self.missing.append((noun, record))
        return reference_of(noun, 0, "")

    def key(self, noun: Noun, record: int) -> str | int:
        """Return the key of a record that is named by it alone."""
        reference = self.reference(noun, record)
        if key := self._keys.get((noun, record)):
            return key
        return reference.id if isinstance(reference, SourceReference) else reference.slug


Parts = Mapping[str, Sequence[Any]]
Make = Callable[[Any, Parts, Names], Any]
MakeColumn = Callable[[Any, Parts], Any]


def shaped(noun: Noun, record: models.Model, parts: Parts, names: Names) -> Struct:
    """Return a record in its public form."""
    return SHAPES[noun](
        **{name: make(record, parts, names) for name, make in _of_noun(noun).items()}
    )


def part_of(noun: Noun, field: str) -> str:
    """Return the name under which history keeps the parts that a field of a noun lists."""
    model: Any = RECORDS[noun]._meta.get_field(field).related_model
    return table_of(model).part


@cache
def _of_noun(noun: Noun) -> dict[str, Make]:
    makers = _makers(SHAPES[noun])
    for name, field in fields(SHAPES[noun]).items():
        if grouped := field.mark(Grouped):
            makers[name] = _groups(part_of(noun, name), field.type, grouped)
        elif field.is_list and field.is_a(Struct):
            makers[name] = _parts(part_of(noun, name), field.type)
    return makers


@cache
def _makers(shape: type[Struct]) -> dict[str, Make]:
    return {name: _maker(field) for name, field in fields(shape).items()}


def _parts(part: str, shape: type[Struct]) -> Make:
    makers = _makers(shape)

    def make(record: Any, parts: Parts, names: Names) -> Any:
        return [
            shape(**{name: of(row, parts, names) for name, of in makers.items()})
            for row in parts[part]
        ]

    return make


def _groups(part: str, shape: type[Struct], mark: Grouped) -> Make:
    key, by, note = attrgetter(f"{mark.key}_id"), attrgetter(mark.by), attrgetter(mark.note)

    def make(record: Any, parts: Parts, names: Names) -> Any:
        lists: dict[str, list[str]] = {term: [] for term in mark.terms.values}
        notes = {}
        for row in parts[part]:
            called = str(names.key(mark.noun, key(row)))
            lists[by(row)].append(called)
            if text := note(row):
                notes[called] = text
        return shape(**lists, notes=notes)

    return make


def _maker(field: Field) -> Make:
    name, of = field.name, field.type
    value = attrgetter(name)
    if computed := field.mark(Computed):
        source, by = attrgetter(computed.of), computed.by
        return lambda row, parts, names: by(source(row))
    if noun := field.noun:
        key = attrgetter(f"{name}_id")
        return lambda row, parts, names: (
            None if (record := key(row)) is None else names.reference(noun, record)
        )
    if of is VagueDate:
        days = attrgetter(name, f"{name}_earliest", f"{name}_latest")
        return lambda row, parts, names: VagueDate(*written) if all(written := days(row)) else None
    if field.is_a(Vocabulary):
        term = _term(of)
        if field.is_list:
            return lambda row, parts, names: [term(text) for text in value(row)]
        if field.is_optional:
            return lambda row, parts, names: term(text) if (text := value(row)) else None
        return lambda row, parts, names: term(value(row))
    if of is str and field.is_optional:
        return lambda row, parts, names: value(row) or None
    if of is float:
        return lambda row, parts, names: None if (number := value(row)) is None else float(number)
    return lambda row, parts, names: value(row)


def _term(vocabulary: type[Vocabulary]) -> Callable[[str], Vocabulary]:
    """Return what finds a term, several times as fast as the vocabulary does;
    ValueError if there is none.
    """
    term_of: dict[str, Vocabulary] = {term.value: term for term in vocabulary}
    return lambda text: term_of.get(text) or vocabulary(text)


def columns_of(noun: Noun, record: Record, parts: Parts) -> dict[str, Any]:
    """Return the columns of a record's document, `ref` among them."""
    kept = {name: make(record, parts) for name, make in _kept_columns(noun).items()}
    return {"ref": record.ref, **kept, **record.document_columns()}


@cache
def _kept_columns(noun: Noun) -> dict[str, MakeColumn]:
    leading = next(field for field in fields(SHAPES[noun]).values() if field.mark(DefaultOrder))
    makers = {name: make for field in kept(noun) for name, make in _columns(noun, field)}
    return {"sort": _sort(leading), **makers}


def _sort(field: Field) -> MakeColumn:
    if field.type is str:
        return lambda record, parts: getattr(record, field.name).casefold()
    return lambda record, parts: getattr(record, f"{field.name}_earliest") or UNKNOWN_BEGINNING


def _columns(noun: Noun, field: Field) -> Iterator[tuple[str, MakeColumn]]:
    if grouped := field.mark(Grouped):
        yield from ((term, _group(noun, field, grouped, term)) for term in field.columns)
    elif holds := field.mark(FilterByPart):
        part, key = part_of(noun, field.name), attrgetter(f"{holds.field}_id")
        yield field.column, lambda record, parts: [key(row) for row in parts[part]]
    else:
        value = attrgetter(f"{field.name}_id" if field.noun else field.name)
        yield field.column, lambda record, parts: value(record)


def _group(noun: Noun, field: Field, grouped: Grouped, term: str) -> MakeColumn:
    part, key, by = (
        part_of(noun, field.name),
        attrgetter(f"{grouped.key}_id"),
        attrgetter(grouped.by),
    )
    return lambda record, parts: sorted(key(row) for row in parts[part] if by(row) == term)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A record in its public form.

    `columns` are those of its noun's table of documents, `ref` among them;
    `missing` are named by it, and not known.
    """

    noun: Noun
    record: int
    version: int
    shape: msgspec.Struct
    body: str
    columns: dict[str, Any]
    mentions: set[tuple[Noun, int]]
    missing: list[tuple[Noun, int]]


def _sources(noun: Noun, parts: Parts, names: Names) -> dict[str, list[int]]:
    """Return the columns of sources that claims have:
    those that support it, and all that it names.
    """
    if noun not in CLAIMS:
        return {}
    backing = {
        citation.source_id
        for citation in parts["citation"]
        if citation.relation == Relation.SUPPORTS
    }
    cited = [record for named, record in names.mentioned if named is Noun.SOURCE]
    return {"backing": sorted(backing), "cited": sorted(cited)}


def render(snapshot: Snapshot, names: Names) -> Rendered:
    """Render a record of the desk, or of its history, with the names that `names` knows."""
    record, parts = snapshot
    noun = noun_of(record)
    shape = shaped(noun, record, parts, names)
    return Rendered(
        noun=noun,
        record=record.pk,
        version=record.version,
        shape=shape,
        body=msgspec.json.encode(shape).decode(),
        columns=columns_of(noun, record, parts) | _sources(noun, parts, names),
        mentions=names.mentioned,
        missing=[*dict.fromkeys(names.missing)],
    )
