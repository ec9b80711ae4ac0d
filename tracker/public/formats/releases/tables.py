"""The tables of a release, and what Frictionless' Table Schema says of each column."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from msgspec import Struct

from tracker.public.formats import csv_documents
from tracker.public.formats.csv import Column, write_rows
from tracker.public.formats.lists import Chunks, Codes
from tracker.schema.fields import Field, fields
from tracker.schema.markers import SinceShape
from tracker.schema.parts import Reference, SourceReference, VagueDate
from tracker.schema.records import SHAPES
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Vocabulary

PLAIN = {bool: "boolean", int: "integer", float: "number", date: "date", str: "string"}
Described = dict[str, Any]


class ReleaseTable(NamedTuple):
    """A table: all records of a noun, or all parts of one kind, which are the noun's `field`."""

    noun: Noun
    field: str = ""

    @property
    def name(self) -> str:
        return f"{self.noun.plural}-{self.field}" if self.field else self.noun.plural

    @property
    def columns(self) -> Sequence[Column]:
        return (
            csv_documents.part_columns(self.noun, self.field)
            if self.field
            else csv_documents.columns(self.noun)
        )

    def write(self, chunks: Chunks, codes: Codes) -> Iterator[bytes]:
        """Yield the table as CSV,
        from the records of the noun and the country codes of actors by slug.
        """
        return write_rows(self.columns, self.rows(chunks, codes))

    def rows(self, chunks: Chunks, codes: Codes) -> Iterator[Sequence[Any]]:
        """Yield the values of each row, in the order of the columns."""
        if self.field:
            return csv_documents.part_rows(chunks, self.noun, self.field, codes)
        return csv_documents.rows(chunks, self.noun, csv_documents.layout(self.noun), codes)


@cache
def tables() -> Sequence[ReleaseTable]:
    """Return all tables: each noun's, and those of its parts."""
    return [
        ReleaseTable(noun, field) for noun in Noun for field in ("", *csv_documents.parts(noun))
    ]


@cache
def schema(table: ReleaseTable) -> Described:
    """Return the Table Schema: columns, keys, and which column names a record of another table."""
    shape: type[Struct] = (
        csv_documents.parts(table.noun)[table.field] if table.field else SHAPES[table.noun]
    )
    of = fields(shape).values()
    keys: Sequence[str] = [table.noun, "place"] if table.field else ["id"]
    own = (
        [{"fields": table.noun, "reference": {"resource": table.noun.plural, "fields": "id"}}]
        if table.field
        else []
    )
    named = [*own, *(key for field in of for key in _foreign(field))]
    return {
        "fields": [*_first(table), *(column for field in of for column in _columns(field))],
        "missingValues": [""],
        "primaryKey": keys,
        **({"foreignKeys": named} if named else {}),
    }


def _first(table: ReleaseTable) -> list[Described]:
    if not table.field:
        return [
            _column("edition", "integer", "The edition that opened this version.", required=True)
        ]
    return [
        _column(table.noun, "integer", f"The number of the {table.noun}.", required=True),
        _column("place", "integer", "Its place among those of its record, from 1.", required=True),
    ]


def _columns(field: Field) -> Iterator[Described]:
    name, says, of = field.name, field.says, field.type
    # A gained field is empty in records of before.
    required = not field.is_optional and not field.mark(SinceShape)
    if field.is_list:
        items = {"arrayItem": {"type": "string"}} if field.is_a(str) else {}
        yield _column(name, "array", says or "As JSON.") | items
    elif field.is_a(Reference, SourceReference):
        key, type_ = ("slug", "string") if of is Reference else ("number", "integer")
        yield _column(
            name, type_, says or f"The {key} of the record that is meant.", required=required
        )
        yield _column(f"{name}_name", "string", "Its name.", required=required)
    elif field.is_a(VagueDate):
        yield _column(name, "string", says or "As the evidence has it (EDTF).")
        yield _column(f"{name}_earliest", "date", "The first day that it can mean.")
        yield _column(f"{name}_latest", "date", "The last day that it can mean.")
    elif of is dict or field.is_a(Struct):
        yield _column(name, "object", says or "As JSON.")
    elif field.is_a(Vocabulary):
        yield _column(name, "string", says or of.definition(), required=required, enum=of.values)
    else:
        yield _column(name, PLAIN[of], says, required=required)
    if csv_documents.has_country_code(field):
        yield _column(
            f"{name}_iso3",
            "string",
            "Its country code, if it is a state: ISO 3166-1 alpha-3, or 3166-3.",
        )


def _column(
    name: str, type_: str, says: str, *, required: bool = False, enum: Sequence[str] = ()
) -> Described:
    constraints = {
        **({"required": True} if required else {}),
        **({"enum": list(enum)} if enum else {}),
    }
    return {
        "name": str(name),
        "type": type_,
        **({"description": says} if says else {}),
        **({"constraints": constraints} if constraints else {}),
    }


def _foreign(field: Field) -> Iterator[Described]:
    if field.noun:
        key = "id" if field.is_a(SourceReference) else "slug"
        yield {"fields": field.name, "reference": {"resource": field.noun.plural, "fields": key}}
