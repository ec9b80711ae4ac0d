"""What all forms of a bibliography say alike of a source."""

from datetime import date
from typing import Any

Source = dict[str, Any]


def key(source: Source) -> str:
    """Return the key by which documents cite a source: its text key, else its number."""
    return source["ref"] or f"source-{source['id']}"


def issued(source: Source) -> tuple[str, ...]:
    """Return year, month and day of issue, as far as they are certain: none of `201X`, the month of two of its days."""
    when = source["issued"]
    if when is None:
        return ()
    first, last = when["earliest"].split("-"), when["latest"].split("-")
    sure = next((place for place in range(3) if first[place] != last[place]), 3)
    return tuple(first[:sure])


def note(source: Source) -> str:
    """Return the date of issue as it is written, if the certain parts of it say less; else nothing."""
    when = source["issued"]
    return "" if when is None or when["edtf"] == "-".join(issued(source)) else f"Issued: {when['edtf']} (EDTF)"


def accessed(source: Source) -> tuple[str, ...]:
    """Return year, month and day of the last reading."""
    day = source["accessed_on"]
    return () if day is None else tuple(date.fromisoformat(day).isoformat().split("-"))


def name_parts(name: dict[str, Any]) -> tuple[str, str, str, str]:
    """Return the literal, family and given name and suffix of a CSL name, with its particles; empty: none.

    What is no text is left out: names of sources that were published long ago may have it.
    """

    def joined(*parts: str) -> str:
        texts = (name.get(part) for part in parts)
        return " ".join(part for part in texts if isinstance(part, str) and part.strip())

    family, given = joined("non-dropping-particle", "family"), joined("given", "dropping-particle")
    return joined("literal"), family, given, joined("suffix")
