"""CSL-JSON, which citation processors and reference managers read:
items read as rows of sources, and written of them.

BibTeX and RIS are read into items of CSL, too; see docs/importing.md. What these forms can't say
is left out: the tables of sources (CSV) are what comes back as it was.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import msgspec
import pycountry

from tracker.public.formats.lists import About, Chunks, records
from tracker.values import dates
from tracker.values.csl import SourceType

Source = dict[str, Any]
COLUMNS = [
    "type",
    "title",
    "english_title",
    "authors",
    "publisher",
    "container_title",
    "issued",
    "url",
    "archive_url",
    "accessed_on",
    "language",
    "keywords",
    "doi",
]
NAME_PARTS = ("family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle")
MARKUP = re.compile(r"</?(?:i|b|em|strong|sub|sup|span|sc)\b[^>]*>", re.IGNORECASE)
DOI = re.compile(r"10\.[0-9]{4,9}/[^\s\"<>]+")
WIDTHS = (4, 2, 2)


def key(source: Source) -> str:
    """Return the key by which documents cite a source: its text key, else its number."""
    return source["ref"] or f"source-{source['id']}"


def issued(source: Source) -> tuple[str, ...]:
    """Return year, month and day of issue, as far as they are certain:
    none of `201X`, the month of two of its days.
    """
    when = source["issued"]
    if when is None:
        return ()
    first, last = when["earliest"].split("-"), when["latest"].split("-")
    sure = next((place for place in range(3) if first[place] != last[place]), 3)
    return tuple(first[:sure])


def note(source: Source) -> str:
    """Return the date of issue as it is written, if the certain parts of it say less;
    else nothing.
    """
    when = source["issued"]
    return (
        ""
        if when is None or when["edtf"] == "-".join(issued(source))
        else f"Issued: {when['edtf']} (EDTF)"
    )


def accessed(source: Source) -> tuple[str, ...]:
    """Return year, month and day of the last reading."""
    day = source["accessed_on"]
    return () if day is None else tuple(date.fromisoformat(day).isoformat().split("-"))


def name_parts(name: dict[str, Any]) -> tuple[str, str, str, str]:
    """Return the literal, family and given name and suffix of a CSL name, with its particles;
    empty: none.

    What is no text is left out: names of sources that were published long ago may have it.
    """

    def joined(*parts: str) -> str:
        texts = (name.get(part) for part in parts)
        return " ".join(part for part in texts if isinstance(part, str) and part.strip())

    family, given = joined("non-dropping-particle", "family"), joined("given", "dropping-particle")
    return joined("literal"), family, given, joined("suffix")


def source(item: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of a source: what the item says, no value for the rest."""
    doi = DOI.search(_text(item.get("DOI")))
    url = _text(item.get("URL"))
    archived = _text(item.get("archive_location") or item.get("archive"))
    return {
        "type": _type(_text(item.get("type"))),
        "title": _plain(item.get("title")),
        "english_title": _plain(item.get("translated-title")),
        "authors": _names(item.get("author") or item.get("editor")),
        "publisher": _plain(item.get("publisher")),
        "container_title": _plain(
            item.get("container-title") or item.get("collection-title") or item.get("event-title")
        ),
        "issued": vague(item.get("issued")),
        "url": url or (f"https://doi.org/{doi[0]}" if doi else ""),
        "archive_url": archived if archived.startswith(("http://", "https://")) else "",
        "accessed_on": _day(vague(item.get("accessed"))),
        "language": language(_text(item.get("language"))),
        "keywords": keywords(item.get("keyword")),
        "doi": doi[0] if doi else "",
    }


def vague(value: Any) -> str:
    """Return a CSL date as EDTF:
    its parts, a range of days as one of them, else what is written if it is a date.
    """
    if not isinstance(value, dict):
        return edtf(_text(value))
    parts = [_joined(date) for date in value.get("date-parts") or [] if isinstance(date, list)]
    parts = [part for part in parts if part]
    about = "~" if value.get("circa") and len(parts) == 1 else ""
    if len(parts) > 1:
        return one_of(*parts[:2])
    return f"{parts[0]}{about}" if parts else edtf(_text(value.get("raw") or value.get("literal")))


def one_of(first: str, last: str) -> str:
    """Return “some day from the one to the other” of two dates."""
    try:
        return f"[{dates.parse(first).earliest}..{dates.parse(last).latest}]"
    except dates.InvalidDateError:
        return f"{first}/{last}"


def edtf(written: str) -> str:
    """Return a date as EDTF if it is one, else as written, for import to say what is wrong."""
    written = (
        written.strip().replace("/", "-").strip("-")
        if re.fullmatch(r"[0-9/]+", written.strip())
        else written
    )
    if ends := dates.split_interval(written.strip()):
        return one_of(*ends) if all(ends) else (ends[0] or ends[1])
    return re.sub(r"-([0-9])\b", r"-0\1", written.strip())


def language(written: str) -> str:
    """Return the tag of a language that is given by its English name, else what is written."""
    entry = (
        None
        if re.fullmatch(r"[A-Za-z]{2,3}(-\w+)*", written)
        else pycountry.languages.get(name=written.title())
    )
    return str(getattr(entry, "alpha_2", "") or written.replace("_", "-"))


def keywords(value: Any) -> list[str]:
    """Return keywords, each once, of a list or of a text with commas or semicolons."""
    items = value if isinstance(value, list) else re.split(r"[;,]", _text(value))
    return list(dict.fromkeys(word for item in items if (word := _plain(item))))


def _type(value: str) -> str:
    return value if value in SourceType.values else "document"


def _joined(parts: Sequence[Any]) -> str:
    numbers = [str(part) for part in parts if str(part).strip("-").isdecimal()]
    return "-".join(number.zfill(width) for number, width in zip(numbers, WIDTHS, strict=False))


def _day(written: str) -> str:
    return written if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written) else ""


def _names(value: Any) -> list[dict[str, Any]]:
    names = []
    for name in value if isinstance(value, list) else []:
        kept = (
            {part: _text(name[part]) for part in NAME_PARTS if name.get(part)}
            if isinstance(name, dict)
            else {}
        )
        if "family" in kept or "literal" in kept:
            names.append(kept)
        elif "given" in kept:
            names.append({"literal": kept["given"]})
    return names


def _plain(value: Any) -> str:
    return " ".join(MARKUP.sub("", _text(value)).split())


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()


def write(chunks: Chunks, about: About) -> Iterator[bytes]:
    """Yield a JSON array of items, one a line."""
    before = b"["
    for source in records(chunks, about.noun):
        yield before + b"\n" + msgspec.json.encode(item(source))
        before = b","
    yield b"\n]\n" if before == b"," else b"[]\n"


def item(source: Source) -> dict[str, Any]:
    """Return the item of a source, without what it does not say."""
    says = {
        "id": key(source),
        "type": source["type"],
        "title": source["title"],
        "author": source["authors"],
        "publisher": source["publisher"],
        "container-title": source["container_title"],
        "issued": _date(issued(source)),
        "URL": source["url"],
        "archive_location": source["archive_url"],
        "accessed": _date(accessed(source)),
        "language": source["language"],
        "keyword": ", ".join(source["keywords"]),
        "note": ". ".join(filter(None, [_translation(source), note(source)])),
    }
    return {name: value for name, value in says.items() if value}


def _translation(source: Source) -> str:
    """Return its title in English, for which CSL has no place of its own."""
    english_title = source.get("english_title")
    return f"In English: {english_title}" if english_title else ""


def _date(parts: Sequence[str]) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[int(part) for part in parts]]} if parts else None
