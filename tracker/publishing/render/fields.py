"""A row of the desk in its public form: each field made, by its type, of the attribute that has its name."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import models
from msgspec import Struct

from tracker.models.nouns import RECORDS
from tracker.models.tables import table_of
from tracker.publishing.render.names import Names
from tracker.schema.fields import Field, fields
from tracker.schema.markers import Computed, Grouped
from tracker.schema.parts import VagueDate
from tracker.schema.records import SHAPES
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Vocabulary

Parts = Mapping[str, Sequence[Any]]
Make = Callable[[Any, Parts, Names], Any]


def shaped(noun: Noun, record: models.Model, parts: Parts, names: Names) -> Struct:
    """Return a record in its public form."""
    return SHAPES[noun](**{name: make(record, parts, names) for name, make in _of_noun(noun).items()})


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
        return [shape(**{name: of(row, parts, names) for name, of in makers.items()}) for row in parts[part]]

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
        return lambda row, parts, names: None if (record := key(row)) is None else names.reference(noun, record)
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
    """Return what finds a term, several times as fast as the vocabulary does; ValueError if there is none."""
    term_of: dict[str, Vocabulary] = {term.value: term for term in vocabulary}
    return lambda text: term_of.get(text) or vocabulary(text)
