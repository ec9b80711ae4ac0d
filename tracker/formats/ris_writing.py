"""Sources as RIS: tagged lines, which every reference manager reads."""

from collections.abc import Iterator
from typing import Any

from tracker.formats.citing import Source, accessed, issued, key, name_parts, note, one_line
from tracker.formats.lists import About, Chunks, records

TYPES = {
    "article": "UNPB", "article-journal": "JOUR", "review": "JOUR", "review-book": "JOUR", "article-magazine": "MGZN",
    "article-newspaper": "NEWS", "bill": "BILL", "book": "BOOK", "broadcast": "VIDEO", "chapter": "CHAP",
    "classic": "CLSWK", "dataset": "DATA", "entry": "ENCYC", "entry-dictionary": "DICT", "entry-encyclopedia": "ENCYC",
    "figure": "FIGURE", "graphic": "ART", "hearing": "HEAR", "legal_case": "CASE", "legislation": "STAT",
    "manuscript": "MANSCPT", "map": "MAP", "motion_picture": "MPCT", "musical_score": "MUSIC", "pamphlet": "PAMP",
    "paper-conference": "CPAPER", "patent": "PAT", "periodical": "SER", "personal_communication": "PCOMM",
    "post": "ELEC", "post-weblog": "BLOG", "regulation": "GOVDOC", "report": "RPRT", "software": "COMP",
    "song": "SOUND", "standard": "STAND", "thesis": "THES", "treaty": "LEGAL", "webpage": "ELEC",
}  # fmt: skip


def write(chunks: Chunks, about: About) -> Iterator[bytes]:
    """Yield the lines of each source."""
    for source in records(chunks, about.noun):
        yield "".join(f"{tag}  - {one_line(value)}\r\n" for tag, value in _lines(source)).encode()
        yield b"ER  - \r\n\r\n"


def _lines(source: Source) -> Iterator[tuple[str, str]]:
    yield "TY", TYPES.get(source["type"], "GEN")
    yield "ID", key(source)
    yield "TI", source["title"]
    yield from (("AU", author) for author in map(_author, source["authors"]) if author)
    said = {
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
    yield from ((tag, value) for tag, value in said.items() if value)
    yield from (("KW", keyword) for keyword in source["keywords"])


def _author(name: dict[str, Any]) -> str:
    literal, *parts = name_parts(name)
    return literal or ", ".join(filter(None, parts))


def _date(parts: tuple[str, ...]) -> str:
    """Return a date as RIS has it: three slashes, with what is not known left out."""
    return "/".join([*parts, "", "", ""][:3]) + "/" if parts else ""
