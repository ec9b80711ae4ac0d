"""What a form must know of a list, besides its records:
what it holds, as of when, and where it comes from.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

import msgspec

from tracker.schema.growth import upgrade
from tracker.schema.records import SHAPES
from tracker.values.nouns import Noun

DECODER = msgspec.json.Decoder()
Codes = Mapping[str, str]
Chunks = Iterable[bytes]  # each some records as JSON, every one with the end of a line


class About(NamedTuple):
    """A list: `fields` are those asked for, None for all;
    `root` is the scheme and host that its addresses lack.

    `published_at` is the moment of the edition that answers, None before the first; `on` the day of
    which claims are told, if one was asked for; `codes` returns the country codes of actors by
    slug.
    """

    noun: Noun
    fields: Collection[str] | None
    published_at: datetime | None
    root: str
    on: date | None = None
    codes: Callable[[], Codes] = dict


class Write(Protocol):
    """Writes a list in a form, piece by piece."""

    def __call__(self, chunks: Chunks, about: About) -> Iterator[bytes]: ...


def records(chunks: Chunks, noun: Noun) -> Iterator[dict[str, Any]]:
    """Yield the records of a noun, decoded and brought up to its shape, one by one."""
    for chunk in chunks:
        yield from (upgrade(SHAPES[noun], body) for body in DECODER.decode_lines(chunk))
