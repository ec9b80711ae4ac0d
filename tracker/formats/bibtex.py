"""BibTeX and BibLaTeX read into items of CSL, as Zotero and others write them; LaTeX becomes plain text."""

import re
from typing import Any

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Entry
from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

from tracker.formats.csl_sources import edtf, keywords, one_of
from tracker.formats.rows import Unreadable

TYPES = {
    "article": "article-journal", "book": "book", "mvbook": "book", "collection": "book", "proceedings": "book",
    "booklet": "pamphlet", "inbook": "chapter", "incollection": "chapter", "bookinbook": "chapter",
    "inproceedings": "paper-conference", "conference": "paper-conference", "phdthesis": "thesis", "thesis": "thesis",
    "mastersthesis": "thesis", "techreport": "report", "report": "report", "manual": "report", "online": "webpage",
    "www": "webpage", "electronic": "webpage", "unpublished": "manuscript", "patent": "patent", "dataset": "dataset",
    "software": "software", "legislation": "legislation", "jurisdiction": "legal_case", "video": "motion_picture",
    "movie": "motion_picture", "audio": "song", "standard": "standard", "letter": "personal_communication",
    "periodical": "periodical", "inreference": "entry-encyclopedia", "review": "review", "map": "map",
}  # fmt: skip
SUBTYPES = {"newspaper": "article-newspaper", "magazine": "article-magazine"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SUFFIX = re.compile(r"(Jr|Sr|II|III|IV)\.?", re.IGNORECASE)


def read_bibtex(text: str) -> list[dict[str, Any]]:
    """Return the entries as items of CSL; raise Unreadable, with the line, for the first that can't be read."""
    library = parse_string(text.removeprefix("\ufeff"))
    doubles = {type(block).__name__ for block in library.failed_blocks} <= {"DuplicateBlockKeyBlock"}
    if library.failed_blocks and not doubles:
        line = min(block.start_line or 0 for block in library.failed_blocks) + 1
        raise Unreadable(line, "this is no BibTeX that can be read", "close its braces and put commas between fields")
    twice = [block.ignore_error_block for block in library.failed_blocks]
    entries = [block for block in [*library.entries, *twice] if isinstance(block, Entry)]
    return [_item(entry) for entry in sorted(entries, key=lambda entry: entry.start_line or 0)]


def _item(entry: Entry) -> dict[str, Any]:
    said = {field.key.lower(): str(field.value) for field in entry.fields}

    def first(*names: str) -> str:
        return next((said[name] for name in names if said.get(name, "").strip()), "")

    url = _address(first("url"))
    howpublished = first("howpublished")
    return {
        "type": _type(entry.entry_type.lower(), first("entrysubtype").lower(), has_url=bool(url)),
        "title": plain(first("title")) + (f": {plain(first('subtitle'))}" if first("subtitle") else ""),
        "author": _names(first("author", "editor")),
        "publisher": plain(first("publisher", "institution", "organization", "school")),
        "container-title": plain(first("journaltitle", "journal", "booktitle", "maintitle", "series"))
        or ("" if "http" in howpublished or "\\url" in howpublished else plain(howpublished)),
        "issued": _issued(said),
        "URL": url or _address(next(iter(re.findall(r"https?://[^\s{}]+", howpublished)), "")),
        "DOI": _address(first("doi")),
        "accessed": edtf(first("urldate")),
        "language": plain(first("langid", "language", "hyphenation")),
        "keyword": keywords(plain(first("keywords", "keyword"))),
    }


def plain(latex: str) -> str:
    """Return text without commands, accents composed, braces gone."""
    if not re.search(r"[\\{}$~%]|--", latex):
        return latex.strip()
    guarded = re.sub(r"(?<!\\)%", r"\\%", latex)  # in a field it begins no comment
    return str(LatexNodes2Text(math_mode="verbatim").latex_to_text(guarded)).replace("\xa0", " ").strip()


def _type(kind: str, subtype: str, *, has_url: bool) -> str:
    if kind == "misc":
        return "webpage" if has_url else "document"
    return SUBTYPES.get(subtype, TYPES.get(kind, "document"))


def _names(written: str) -> list[dict[str, str]]:
    """Return names, which stand between “and”; one in braces is that of a body."""
    found = []
    for name in _split(written, r"\s+and\s+"):
        if name.lower() == "others":
            continue
        if name.startswith("{") and name.endswith("}") and _split(name, r"\s+") == [name]:
            found.append({"literal": plain(name)})
        else:
            found.append(_name([plain(part) for part in _split(name, r"\s*,\s*")], name))
    return found


def _name(parts: list[str], whole: str) -> dict[str, str]:
    """Return a name `Family, Given`, `Family, Jr, Given` or `Given Family`."""
    if len(parts) == 1:
        words = [plain(word) for word in _split(whole, r"[\s~]+")]
        start = next((n for n, word in enumerate(words[:-1]) if n and word.islower()), len(words) - 1)
        found = {"family": " ".join(words[start:]), "given": " ".join(words[:start])}
    elif len(parts) > 2 and SUFFIX.fullmatch(parts[1]):
        found = {"family": parts[0], "given": ", ".join(parts[2:]), "suffix": parts[1]}
    else:
        found = {"family": parts[0], "given": ", ".join(parts[1:])}
    return {key: part for key, part in found.items() if part}


def _split(text: str, separator: str) -> list[str]:
    """Return what stands between separators that are outside braces."""
    found, depth, begin, at = [], 0, 0, 0
    pattern = re.compile(separator)
    while at < len(text):
        match = pattern.match(text, at) if depth == 0 else None
        if match and match.end() > at:
            found.append(text[begin:at])
            begin = at = match.end()
            continue
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        at += 1
    return [one.strip() for one in [*found, text[begin:]] if one.strip()]


def _issued(said: dict[str, str]) -> str:
    """Return the date: of BibLaTeX, which is EDTF, or the year with its month and day."""
    if written := said.get("date", "").strip():
        first, slash, last = written.partition("/")
        return one_of(first, last) if slash and first and last not in ("", "..") else edtf(first or last)
    year, month, day = (plain(said.get(name, "")) for name in ("year", "month", "day"))
    number = month if month.isdecimal() else next((str(n) for n, name in enumerate(MONTHS, 1) if _is(month, name)), "")
    known = [year, number.zfill(2), day.zfill(2)] if number and day.isdecimal() else [year, number.zfill(2)]
    return "-".join(known) if year and number else year


def _is(month: str, name: str) -> bool:
    return month.lower().startswith(name)


def _address(written: str) -> str:
    return re.sub(r"\\([_%&#~$])", r"\1", written).replace(r"{\textasciitilde}", "~").strip("{} ")
