"""The tables of a release, and what Frictionless' Table Schema says of each column."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct

from tracker.formats import csv_documents
from tracker.formats.lists import About, Chunks
from tracker.schema.parts import Date, Reference, SourceReference
from tracker.schema.records import SHAPES
from tracker.values.nouns import Noun
from tracker.values.vocabulary import Vocabulary

PLAIN = {bool: "boolean", int: "integer", date: "date", str: "string"}
Described = dict[str, Any]


class Table(NamedTuple):
    """A table: all records of a noun, or all parts of one kind, which are the noun's `field`."""

    noun: Noun
    field: str = ""

    @property
    def name(self) -> str:
        """Return what it is called, also as a file."""
        return f"{self.noun.plural}-{self.field}" if self.field else self.noun.plural

    def write(self, chunks: Chunks) -> Iterator[bytes]:
        """Yield the table as CSV, from the records of the noun."""
        if self.field:
            return csv_documents.write_parts(chunks, self.noun, self.field)
        return csv_documents.write(chunks, About(self.noun, None, None, ""))

    def rows(self, chunks: Chunks) -> Iterator[Sequence[Any]]:
        """Yield the values of each row, in the order of the columns."""
        if self.field:
            return csv_documents.part_rows(chunks, self.noun, self.field)
        return csv_documents.rows(chunks, csv_documents.layout(self.noun))


@cache
def tables() -> Sequence[Table]:
    """Return all tables: each noun's, and those of its parts."""
    return [Table(noun, field) for noun in Noun for field in ("", *csv_documents.parts(noun))]


@cache
def schema(table: Table) -> Described:
    """Return the Table Schema: columns, keys, and which column names a record of another table."""
    shape: type[Struct] = csv_documents.parts(table.noun)[table.field] if table.field else SHAPES[table.noun]
    hints = get_type_hints(shape, include_extras=True)
    keys: Sequence[str] = [table.noun, "place"] if table.field else ["id"]
    own = [{"fields": table.noun, "reference": {"resource": table.noun.plural, "fields": "id"}}] if table.field else []
    named = [*own, *(one for field, hint in hints.items() for one in _foreign(field, hint))]
    return {
        "fields": [*_first(table), *(one for field, hint in hints.items() for one in _columns(field, hint))],
        "missingValues": [""],
        "primaryKey": keys,
        **({"foreignKeys": named} if named else {}),
    }


def _first(table: Table) -> list[Described]:
    if not table.field:
        return [_column("edition", "integer", "The edition that opened this version.", required=True)]
    return [
        _column(table.noun, "integer", f"The number of the {table.noun}.", required=True),
        _column("place", "integer", "Its place among those of its record, from 1.", required=True),
    ]


def _columns(field: str, hint: Any) -> Iterator[Described]:
    kinds, says = _kinds(hint), _said(hint)
    required = type(None) not in kinds
    of = next(kind for kind in kinds if kind is not type(None))
    if of in (Reference, SourceReference):
        key, type_ = ("slug", "string") if of is Reference else ("number", "integer")
        yield _column(field, type_, says or f"The {key} of the record that is meant.", required=required)
        yield _column(f"{field}_name", "string", "Its name.", required=required)
    elif of is Date:
        yield _column(field, "string", says or "As the evidence has it (EDTF).")
        yield _column(f"{field}_earliest", "date", "The first day that it can mean.")
        yield _column(f"{field}_latest", "date", "The last day that it can mean.")
    elif get_origin(of) is dict:
        yield _column(field, "object", says or "As JSON.")
    elif get_origin(of) is list:
        is_text = all(isinstance(one, type) and issubclass(one, str) for one in get_args(of))
        yield _column(field, "array", says or "As JSON.") | ({"arrayItem": {"type": "string"}} if is_text else {})
    elif issubclass(of, Vocabulary):
        yield _column(field, "string", says or of.definition(), required=required, enum=of.values)
    else:
        yield _column(field, PLAIN[of], says, required=required)


def _column(name: str, type_: str, says: str, *, required: bool = False, enum: Sequence[str] = ()) -> Described:
    constraints = {**({"required": True} if required else {}), **({"enum": list(enum)} if enum else {})}
    return {
        "name": str(name),
        "type": type_,
        **({"description": says} if says else {}),
        **({"constraints": constraints} if constraints else {}),
    }


def _foreign(field: str, hint: Any) -> Iterator[Described]:
    kinds = _kinds(hint)
    if SourceReference in kinds:
        yield {"fields": field, "reference": {"resource": "sources", "fields": "id"}}
    elif Reference in kinds:
        plural = "issues" if field in ("issue", "parent") else "actors"
        yield {"fields": field, "reference": {"resource": plural, "fields": "slug"}}


def _kinds(hint: Any) -> Sequence[Any]:
    """Return the alternatives of a hint, without what is annotated."""
    while hasattr(hint, "__metadata__"):
        hint = hint.__origin__
    is_choice = get_args(hint) and get_origin(hint) not in (list, dict)
    return [kind for one in get_args(hint) for kind in _kinds(one)] if is_choice else [hint]


def _said(hint: Any) -> str:
    said = (one.description for one in getattr(hint, "__metadata__", ()) if isinstance(one, Meta))
    return next((says for says in said if says), "")
