"""All nouns: their shapes, and the filters and orders of their lists,
made of what fields are marked with.

In an answer, `edition` (the number of the edition that opened this
version) stands before the fields of a shape.
"""

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any, NamedTuple

import msgspec
from django.db.models import Q
from msgspec import Struct

from tracker.schema.claims import ANY_CLAIM
from tracker.schema.examples import Examples
from tracker.schema.fields import Field, fields
from tracker.schema.filters import (
    Applied,
    Codes,
    Filter,
    Flag,
    Ids,
    Keys,
    Refs,
    Search,
    Since,
    Terms,
    Texts,
)
from tracker.schema.growth import newest, upgrade
from tracker.schema.markers import (
    AnyOf,
    Bounds,
    Computed,
    DefaultOrder,
    FilterByPart,
    Ordered,
    Stored,
)
from tracker.schema.number_filters import Number, Numbers
from tracker.schema.ordering import EDITION, ID, Order, Ordering, leads, orders, usual
from tracker.values.nouns import Noun
from tracker.values.vocabularies import ActorKind, Operation, Standing, Vocabulary


class Declared(NamedTuple):
    """What `tracker/schema/<plural>.py` has:
    a shape, examples, filters and orders that no field says.

    One that says `HAS_PAGES = False` is for readers in data alone, to which pages lead.
    """

    shape: type[Struct]
    examples: Examples
    filters: Sequence[Filter]
    orders: Sequence[Order] = ()
    has_pages: bool = True


def _declared(noun: Noun) -> Declared:
    module = import_module(f"tracker.schema.{noun.plural}")
    shape, has_pages = getattr(module, noun.capitalize()), getattr(module, "HAS_PAGES", True)
    return Declared(
        shape, module.EXAMPLES, module.FILTERS, getattr(module, "ORDERS", ()), has_pages
    )


NOUNS = {noun: _declared(noun) for noun in Noun}
SHAPES = {noun: declared.shape for noun, declared in NOUNS.items()}
CLAIMS = tuple(noun for noun, shape in SHAPES.items() if "standing" in shape.__struct_fields__)
OCCURRENCES = tuple(
    noun for noun, shape in SHAPES.items() if "participants" in shape.__struct_fields__
)


def shape_of(noun: Noun) -> int:
    """Return the number of the shape in which a noun is rendered now."""
    return newest(SHAPES[noun])


def read_body(noun: Noun, body: str | bytes) -> dict[str, Any]:
    """Return a record that is JSON, in whichever shape it was rendered,
    as of the shape that is declared.
    """
    return upgrade(SHAPES[noun], msgspec.json.decode(body))


def kept(noun: Noun) -> list[Field]:
    """Return the fields of which documents keep a column as the desk does;
    what is computed is kept otherwise.
    """
    return [
        field
        for field in fields(SHAPES[noun]).values()
        if field.mark(Stored) and not field.mark(Computed)
    ]


def with_usual(noun: Noun, chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Return the chosen filters with what is meant where nothing is said:
    accepted claims, or by number any.
    """
    usual = (
        {"standing": [ANY_CLAIM if "id" in chosen else Standing.ACCEPTED.value]}
        if noun in CLAIMS
        else {}
    )
    return {**usual, **chosen}


def ordering(noun: Noun) -> Ordering:
    """Return the parameter by which lists of a noun are ordered."""
    first = USUAL[noun][0]
    usually = f"-{first.name}" if first.descending else first.name
    named = {order.name: order for order in ORDERS[noun]}
    says = (
        f"In which order: by {', '.join(named)}; “-” for descending, commas between several. "
        f"Usually {usually}."
    )
    return Ordering("ordering", says, fields=named)


def _every(noun: Noun) -> list[Filter]:
    says = "Only these records, by number" + ("; contested ones too." if noun in CLAIMS else ".")
    return [
        Ids("id", says, "d.record = ANY({id})", _is_one, noun=noun),
        Search(
            "q",
            "Full text, as in web searches: words that must all be there, “phrases” in "
            "quotation marks, `or`, `-` before what must not be there. Blind to accents and "
            "case; finds near spellings of names of five letters or more, some synonyms "
            "(drill, exercise), and symbols (A/RES/71/102, usip.org, 1.5) whole and in parts.",
            "d.search @@ %(q)s::tsquery",
        ),
        Refs(
            "ref",
            "Only these records, by stable text key.",
            "d.record = ANY({ref})",
            _is_one,
            noun=noun,
        ),
        Since(
            "changed_since",
            "Records of which anything but a name changed after this edition (its number) or "
            "moment (RFC 3339).",
            "d.record IN (SELECT c.record FROM tracker_change c WHERE c.noun = {noun} "
            "AND c.operation <> %(renamed)s AND c.edition <= {number} AND c.edition > "
            "coalesce(%(changed_since)s::int, (SELECT max(e.number) FROM tracker_edition e "
            "WHERE e.published_at <= %(changed_since_moment)s::timestamptz), 0))",
            binds={"renamed": Operation.RENAMED.value},
        ),
    ]


def _is_one(applied: Applied) -> Q:
    return Q(pk__in=applied.value)


def _filters(of: Field) -> Iterator[Filter]:
    """Yield the filters that a field is marked with."""
    if mark := of.mark(AnyOf):
        yield _any_of(of, mark)
    if bounds := of.mark(Bounds):
        yield from (_bound(of, bounds, least=least) for least in (True, False))
    yield from (_holds(of, mark) for mark in of.marks if isinstance(mark, FilterByPart))


def _any_of(of: Field, mark: AnyOf) -> Filter:
    name, column = mark.name or of.name, f"d.{of.column}"
    value = f"{{{name}}}" if of.noun else f"%({name})s"
    lookup, sql = f"{of.name}__in", f"{column} = ANY({value})"
    if of.is_list:
        lookup, sql = f"{of.name}__overlap", f"{column} && {value}::varchar[]"

    def desk(applied: Applied) -> Q:
        return Q(**{lookup: applied.value})

    example = mark.example or of.example
    if of.type is bool:
        return Flag(
            name, mark.help, f"{column} = %({name})s", lambda applied: Q(**{of.name: applied.value})
        )
    if of.is_a(Vocabulary):
        first = next(iter(of.type)).value
        return Terms(name, mark.help, sql, desk, vocabulary=of.type, example=example or first)
    if of.noun:
        by_key = Keys if "slug" in fields(SHAPES[of.noun]) else Ids
        return by_key(name, mark.help, sql, desk, noun=of.noun)
    if of.type in (int, float):
        return Numbers(name, mark.help, sql, desk, **_bounds(of))
    if of.type is not str:
        raise TypeError(f"{of.name} can't be filtered by any of its values")
    if mark.pattern:
        return Codes(name, mark.help, sql, desk, pattern=mark.pattern, example=example)
    return Texts(name, mark.help, sql, desk, example=example)


def _bound(of: Field, mark: Bounds, *, least: bool) -> Filter:
    name, lookup = (f"min_{of.name}", "gte") if least else (f"max_{of.name}", "lte")
    says = f"{mark.help.format(at='at least' if least else 'at most')}"
    sql = f"d.{of.column} {'>=' if least else '<='} %({name})s"
    return Number(
        name, says, sql, lambda applied: Q(**{f"{of.name}__{lookup}": applied.value}), **_bounds(of)
    )


def _bounds(of: Field) -> dict[str, Any]:
    if of.type not in (int, float) or None in (of.meta("ge"), of.meta("le")):
        raise TypeError(
            f"{of.name} has no bounds; give its number ge and le, in an Annotated of its own"
        )
    return {
        "minimum": of.meta("ge"),
        "maximum": of.meta("le"),
        "example": of.example,
        "kind": of.type,
    }


def _holds(of: Field, mark: FilterByPart) -> Filter:
    to = fields(of.type)[mark.field].noun
    assert to

    def desk(applied: Applied) -> Q:
        if not mark.every:
            return applied.having(of.name, _names_any(mark, applied.value))
        condition = Q()
        for record in applied.value:
            condition &= applied.having(of.name, _names_any(mark, [record]))
        return condition

    binds = {"person": ActorKind.PERSON.value} if mark.represented_by else {}
    return Keys(mark.name, mark.help, _holding(of, mark), desk, noun=to, binds=binds)


def _names_any(mark: FilterByPart, records: Sequence[int]) -> Q:
    """Return the condition that a part names one of these records, or is represented by it."""
    condition = Q(**{f"{mark.field}__in": records})
    if mark.represented_by:
        is_person = {f"{mark.represented_by}__kind": ActorKind.PERSON}
        condition |= Q(**{f"{mark.represented_by}__in": records}, **is_person)
    return condition


def _holding(of: Field, mark: FilterByPart) -> str:
    """Return SQL for what `_names_any` says, of any or every one of the filter's records."""
    column, records = f"d.{of.column}", f"{{{mark.name}}}"
    if not mark.represented_by:
        return f"{column} {'@>' if mark.every else '&&'} {records}"
    # The people are looked up once a statement.
    # All others are compared as before, without their mentions.
    people = (
        f"SELECT o.record FROM tracker_actordocument o WHERE o.record = ANY ({records}) "
        f"AND o.kind = %(person)s AND {{live}}"
    )
    named = "tracker_mention m WHERE m.named_noun = {named_noun} AND m.noun = {noun}"
    if not mark.every:
        to_people = f"SELECT m.document FROM {named} AND m.named IN ({people})"
        return f"({column} && {records} OR d.id IN ({to_people}))"
    others = f"SELECT r FROM unnest({records}) r WHERE (r = ANY (ARRAY({people}))) IS NOT TRUE"
    came = f"SELECT FROM {named} AND m.document = d.id AND m.named = p"
    everyone = f"SELECT FROM unnest(ARRAY({people})) p WHERE NOT EXISTS ({came})"
    return f"{column} @> ARRAY({others}) AND NOT EXISTS ({everyone})"


def _orders(declared: Declared) -> tuple[Order, ...]:
    of = fields(declared.shape).values()
    first = [leads(field) for field in of if field.mark(DefaultOrder)]
    return (
        *first,
        *(orders(field) for field in of if field.mark(Ordered)),
        *declared.orders,
        EDITION,
        ID,
    )


FILTERS: dict[Noun, list[Filter]] = {
    noun: [
        *_every(noun),
        *(by for field in fields(declared.shape).values() for by in _filters(field)),
        *declared.filters,
    ]
    for noun, declared in NOUNS.items()
}
ORDERS = {noun: _orders(declared) for noun, declared in NOUNS.items()}
USUAL = {noun: usual(ordered) for noun, ordered in ORDERS.items()}
