"""What the field of a shape can be marked with, in `Annotated`, beside its `Meta`:
what is to be done with it.

A reader of the declaration (documents' columns, filters, orders, cells, OpenAPI) takes from the
field's type how it is done. What can't be said so is written by hand beside the shape: a filter,
with its public half and the desk's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tracker.values.nouns import Noun
from tracker.values.vocabularies import Vocabulary


@dataclass(frozen=True, slots=True)
class RefersTo:
    """Of a reference: the noun of the record that is meant."""

    noun: Noun


@dataclass(frozen=True, slots=True)
class Stored:
    """Documents keep it in a column of its name,
    for rules or for filters that are written by hand.
    """


@dataclass(frozen=True, slots=True)
class AnyOf(Stored):
    """A filter by its values, any of; `name` is the parameter's, if it isn't the field's.

    Of texts: whole and exact or, with a `pattern`, codes of that form,
    of which `example` or the field's own is one.
    """

    help: str
    name: str = ""
    pattern: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Bounds(Stored):
    """Two filters of a number, `min_` and `max_`;
    `help` says of what, as in “Meetings of at least this importance”.
    """

    help: str


@dataclass(frozen=True, slots=True)
class FilterByPart(Stored):
    """Of a list of parts: a filter `name` by the records that their `field` refers to,
    any of or every one.

    `represented_by` is the part's field for the person who came for it.
    People are found by either field.
    """

    help: str
    name: str
    field: str
    every: bool = False
    represented_by: str = ""


@dataclass(frozen=True, slots=True)
class Grouped(Stored):
    """Of parts that are told as one Struct, which has a list for each of `terms`:
    keys of records of `noun`.

    Each part says by `key` which record, and by `by` in which list it stands; the Struct's `notes`
    are what it says by `note`, by key. `part` is the form of one of them, as tables have it.
    Documents keep a column for each list, of the numbers of records. A record that is named so
    stands there by its key alone, without its name: so many parts fit into a page. It keeps the key
    under which it was published there, whatever slug it has by now.
    """

    noun: Noun
    key: str
    by: str
    terms: type[Vocabulary]
    note: str
    part: type


@dataclass(frozen=True, slots=True)
class Ordered(Stored):
    """Lists can be ordered by it; what is null comes before all else."""


@dataclass(frozen=True, slots=True)
class DefaultOrder:
    """Lists are ordered by it if nothing else is asked for:
    texts from A to Z, dates the latest first.
    """


@dataclass(frozen=True, slots=True)
class Computed:
    """It is made of another field, and nobody writes it."""

    of: str
    by: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class SinceShape:
    """The field came with this shape of its noun, from 2 on:
    documents of an earlier one lack it, and stay so.
    """

    shape: int
