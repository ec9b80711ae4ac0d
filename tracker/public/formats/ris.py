"""RIS, tagged lines that every reference manager reads:
read into items of CSL, and written of sources.
"""

import re
from collections.abc import Iterator
from typing import Any

import rispy  # type: ignore[import-untyped]

from tracker.public.formats.csl import (
    Source,
    accessed,
    edtf,
    issued,
    key,
    name_parts,
    note,
)
from tracker.public.formats.lists import About, Chunks, records
from tracker.public.formats.rows import UnreadableError
from tracker.values.texts import one_line

CSL_TYPES = {
    "JOUR": "article-journal",
    "EJOUR": "article-journal",
    "MGZN": "article-magazine",
    "NEWS": "article-newspaper",
    "INPR": "article",
    "BOOK": "book",
    "EBOOK": "book",
    "EDBOOK": "book",
    "WHOLE": "book",
    "CHAP": "chapter",
    "ECHAP": "chapter",
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "THES": "thesis",
    "RPRT": "report",
    "GOVDOC": "report",
    "BLOG": "post-weblog",
    "ELEC": "webpage",
    "ICOMM": "post",
    "BILL": "bill",
    "STAT": "legislation",
    "LEGAL": "legislation",
    "CASE": "legal_case",
    "HEAR": "hearing",
    "DATA": "dataset",
    "DBASE": "dataset",
    "AGGR": "dataset",
    "COMP": "software",
    "MAP": "map",
    "MPCT": "motion_picture",
    "VIDEO": "motion_picture",
    "SOUND": "song",
    "MUSIC": "musical_score",
    "PAMP": "pamphlet",
    "PAT": "patent",
    "PCOMM": "personal_communication",
    "MANSCPT": "manuscript",
    "UNPB": "manuscript",
    "STAND": "standard",
    "ENCYC": "entry-encyclopedia",
    "DICT": "entry-dictionary",
    "ART": "graphic",
    "FIGURE": "figure",
    "SLIDE": "speech",
    "ANCIENT": "classic",
    "CLSWK": "classic",
    "SER": "periodical",
    "JFULL": "periodical",
    "ADVS": "broadcast",
}
RIS_TYPES = {
    "article": "UNPB",
    "article-journal": "JOUR",
    "review": "JOUR",
    "review-book": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "broadcast": "VIDEO",
    "chapter": "CHAP",
    "classic": "CLSWK",
    "dataset": "DATA",
    "entry": "ENCYC",
    "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC",
    "figure": "FIGURE",
    "graphic": "ART",
    "hearing": "HEAR",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "MANSCPT",
    "map": "MAP",
    "motion_picture": "MPCT",
    "musical_score": "MUSIC",
    "pamphlet": "PAMP",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "periodical": "SER",
    "personal_communication": "PCOMM",
    "post": "ELEC",
    "post-weblog": "BLOG",
    "regulation": "GOVDOC",
    "report": "RPRT",
    "software": "COMP",
    "song": "SOUND",
    "standard": "STAND",
    "thesis": "THES",
    "treaty": "LEGAL",
    "webpage": "ELEC",
}
END = "ER  - \r\n\r\n"
LONGEST_LINE = 60  # characters of an entry that can't be read
BEGINS, TAG = re.compile(r"TY\s*-"), re.compile(r"[A-Z][A-Z0-9]  -")


def read_ris(text: str) -> list[dict[str, Any] | UnreadableError]:
    """Return the entries as items of CSL, in the place of each that can't be read why not,
    with the line.
    """
    return [_read(line, lines) for line, lines in _entries(text.removeprefix("\ufeff"))]


def _entries(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line of each entry, and its lines, those that go on with a value joined to it."""
    begun, entry = 0, list[list[str]]()
    for number, line in enumerate(text.split("\n"), 1):
        if BEGINS.match(line):
            if begun:
                yield begun, [" ".join(pieces) for pieces in entry]
            begun, entry = number, [[line.rstrip()]]
        elif TAG.match(line):
            entry.append([line.rstrip()])
        elif entry and line.strip():
            entry[-1].append(line.strip())
    if begun:
        yield begun, [" ".join(pieces) for pieces in entry]


def _read(line: int, lines: list[str]) -> dict[str, Any] | UnreadableError:
    try:
        (entry,) = rispy.loads("\n".join(lines))
    except ValueError:  # there is no other than one
        says, remedy = (
            "the entry has no end that can be read",
            "let each begin with “TY  - ” and end with “ER  - ”",
        )
        return UnreadableError(line, says, remedy, f"{lines[0][:LONGEST_LINE]} …")
    return _item(entry)


def _item(entry: dict[str, Any]) -> dict[str, Any]:
    title = entry.get("title") or entry.get("primary_title")
    names = (
        entry.get("authors") or entry.get("first_authors") or entry.get("secondary_authors") or []
    )
    containers = (
        "secondary_title",
        "journal_name",
        "alternate_title3",
        "alternate_title1",
        "tertiary_title",
    )
    return {
        "type": CSL_TYPES.get(entry.get("type_of_reference", ""), "document"),
        "title": title or entry.get("secondary_title"),
        "translated-title": entry.get("translated_title"),
        "author": [name(written) for written in names],
        "publisher": entry.get("publisher"),
        "container-title": next(
            (entry[tag] for tag in containers if title and entry.get(tag)), None
        ),
        "issued": _edtf(entry.get("date") or entry.get("year") or entry.get("publication_year")),
        "URL": next(iter(entry.get("urls", [])), None),
        "DOI": entry.get("doi"),
        "accessed": _edtf(entry.get("access_date")),
        "language": entry.get("language"),
        "keyword": entry.get("keywords"),
    }


def name(written: str) -> dict[str, str]:
    """Return a name `Family, Given, Suffix`; one without a comma is that of a body."""
    parts = [part.strip() for part in written.split(",")]
    if len(parts) == 1:
        return {"literal": parts[0]}
    author = {"family": parts[0], "given": parts[1], "suffix": ", ".join(parts[2:])}
    return {key: part for key, part in author.items() if part}


def _edtf(written: str | None) -> str:
    """Return `2019/06/05/late` without what is empty,
    and without the note behind the third slash.
    """
    parts = [part.strip() for part in (written or "").split("/")[:3]]
    return edtf("-".join(part for part in parts if part))


def write(chunks: Chunks, about: About) -> Iterator[bytes]:
    for source in records(chunks, about.noun):
        text = "".join(f"{tag}  - {one_line(value)}\r\n" for tag, value in _lines(source))
        yield f"{text}{END}".encode()


def _lines(source: Source) -> Iterator[tuple[str, str]]:
    yield "TY", RIS_TYPES.get(source["type"], "GEN")
    yield "ID", key(source)
    yield "TI", source["title"]
    yield from (("AU", author) for author in map(_author, source["authors"]) if author)
    tags = {
        "TT": source.get("english_title"),
        "PB": source["publisher"],
        "T2": source["container_title"],
        "PY": "".join(issued(source)[:1]),
        "DA": _date(issued(source)),
        "UR": source["url"],
        "L2": source["archive_url"],
        "Y2": _date(accessed(source)),
        "LA": source["language"],
        "N1": note(source),
    }
    yield from ((tag, value) for tag, value in tags.items() if value)
    yield from (("KW", keyword) for keyword in source["keywords"])


def _author(name: dict[str, Any]) -> str:
    literal, *parts = name_parts(name)
    return literal or ", ".join(filter(None, parts))


def _date(parts: tuple[str, ...]) -> str:
    """Return a date as RIS has it: three slashes, with what is not known left out."""
    return "/".join([*parts, "", "", ""][:3]) + "/" if parts else ""
