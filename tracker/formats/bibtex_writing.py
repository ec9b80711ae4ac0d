"""Sources as BibTeX, in UTF-8; types that BibTeX lacks are those of biblatex."""

import re
from collections.abc import Iterator
from typing import Any

from tracker.formats.citing import Source, accessed, issued, key, name_parts, note, one_line
from tracker.formats.lists import About, Chunks, records

TYPES = {
    "article": "unpublished", "article-journal": "article", "article-magazine": "article",
    "article-newspaper": "article", "review": "article", "review-book": "article", "book": "book",
    "chapter": "incollection",
    "entry-dictionary": "inreference", "entry-encyclopedia": "inreference", "paper-conference": "inproceedings",
    "report": "techreport", "thesis": "phdthesis", "pamphlet": "booklet", "manuscript": "unpublished",
    "patent": "patent", "dataset": "dataset", "software": "software", "legal_case": "jurisdiction",
    "legislation": "legislation", "bill": "legislation", "treaty": "legal", "webpage": "online", "post": "online",
    "post-weblog": "online", "broadcast": "audio", "song": "audio", "motion_picture": "movie",
    "personal_communication": "letter",
}  # fmt: skip
CONTAINER = {"incollection": "booktitle", "inproceedings": "booktitle", "inreference": "booktitle"}
PUBLISHER = {"techreport": "institution", "phdthesis": "school"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\lbrace{}", "}": r"\rbrace{}", "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}", **{char: f"\\{char}" for char in "&%$#_"},
    }
)  # fmt: skip
IN_ADDRESSES = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})


def write(chunks: Chunks, about: About) -> Iterator[bytes]:
    """Yield an entry for each source."""
    for source in records(chunks, about.noun):
        yield entry(source).encode()


def entry(source: Source) -> str:
    """Return the entry of a source."""
    kind = TYPES.get(source["type"], "misc")
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(source, kind).items() if value)
    return f"@{kind}{{{key(source)},\n{fields}}}\n\n"


def _fields(source: Source, kind: str) -> dict[str, str]:
    year, month, day = (*issued(source), "", "", "")[:3]
    return {
        "title": f"{{{_text(source['title'])}}}",  # twice in braces: it keeps its capitals
        "author": _braced(" and ".join(filter(None, map(_author, source["authors"])))),
        PUBLISHER.get(kind, "publisher"): _text(source["publisher"]),
        CONTAINER.get(kind, "journal"): _text(source["container_title"]),
        "year": _braced(year),
        "month": MONTHS[int(month) - 1] if month else "",
        "day": _braced(day.lstrip("0")),
        "url": _braced((source["url"] or "").translate(IN_ADDRESSES)),
        "urldate": _braced("-".join(accessed(source))),
        "language": _text(source["language"]),
        "keywords": _text(", ".join(source["keywords"])),
        "note": _text(". ".join(filter(None, [note(source), _archived(source)]))),
    }


def _archived(source: Source) -> str:
    return f"Archived: {source['archive_url']}" if source["archive_url"] else ""


def _author(name: dict[str, Any]) -> str:
    literal, family, given, suffix = name_parts(name)
    if literal:
        return _braced(_plain(literal))
    return ", ".join(_kept_together(_plain(part)) for part in (family, suffix, given) if part)


def _kept_together(part: str) -> str:
    """Return a part of a name in braces, if something in it would divide names."""
    return _braced(part) if "," in part or re.search(r"\band\b", part, re.IGNORECASE) else part


def _text(text: str | None) -> str:
    return _braced(_plain(text or ""))


def _plain(text: str) -> str:
    return one_line(text).translate(SPECIAL)


def _braced(text: str) -> str:
    return f"{{{text}}}" if text else ""
