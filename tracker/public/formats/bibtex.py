"""BibTeX and BibLaTeX, read into items of CSL and written of sources.

Read as Zotero and others write it, LaTeX becoming plain text;
written in UTF-8, types that BibTeX lacks being those of biblatex.
"""

import re
from collections.abc import Iterator
from typing import Any

from bibtexparser.library import Library
from bibtexparser.middlewares.parsestack import default_parse_stack
from bibtexparser.model import Block, Entry, ParsingFailedBlock, String
from bibtexparser.splitter import Splitter
from pylatexenc import latex2text, latexwalker  # type: ignore[import-untyped]
from pylatexenc.macrospec import MacroSpec  # type: ignore[import-untyped]

from tracker.public.formats.csl import (
    Source,
    accessed,
    edtf,
    issued,
    key,
    keywords,
    name_parts,
    note,
    one_of,
)
from tracker.public.formats.lists import About, Chunks, records
from tracker.public.formats.rows import UnreadableError
from tracker.values.texts import one_line

GRAVE = "\ue000"  # stands for a grave accent that opens no quote, until quotes are found
LONGEST_TEXT = 20_000  # characters: the library takes the square of it
# what it raises for commands without what they need, as \verb at the end
REFUSALS = (latexwalker.LatexWalkerError, LookupError, TypeError, AttributeError, ValueError)
# whose first argument is no word of the text, and which the library does not know or not as such
AFTER_THE_FIRST = (
    "href",
    "foreignlanguage",
    "parbox",
    "raisebox",
    "scalebox",
    "hyperref",
    "hyperlink",
    "hypertarget",
)
NO_WORDS = (
    "color",
    "pagecolor",
    "definecolor",
    "label",
    "hphantom",
    "vphantom",
    "hspace",
    "selectlanguage",
    "today",
)
BRACED_WORDS = re.compile(r"\{(?:\w|[.,:;()/]|-(?!-)|(?<! ) )*\}")
WORDS = ("url", "title", "author", "date")  # of a whole document, or in brackets, to the library
# Commands of babel and csquotes, of which the library knows none.
QUOTE_MARKS = {
    "glqq": "„",
    "grqq": "“",
    "glq": "‚",
    "grq": "‘",
    "flqq": "«",
    "frqq": "»",
    "flq": "‹",
    "frq": "›",
    "og": "«",
    "fg": "»",
    "lq": "‘",
    "rq": "’",
    "textasciigrave": GRAVE,
}
QUOTING = ("enquote", "textquote", "foreignquote")
SINGLE_QUOTES = re.compile(r"(?<!\w)`([^`']+)'")


class NotPlainError(ValueError):
    """Text that can't be read as LaTeX; the message says why."""


def plain(latex: str) -> str:
    """Return the text without commands, accents composed, braces gone; raise NotPlainError."""
    if not re.search(r"[\\{}$~%`]|--", latex):
        return latex.strip()
    # as titles are written, of every page too: to parse one takes a millisecond
    if BRACED_WORDS.fullmatch(latex):
        return latex[1:-1].strip()
    if len(latex) > LONGEST_TEXT:
        raise NotPlainError(f"a field is longer than {LONGEST_TEXT:,} characters")
    guarded = re.sub(r"(?<!\\)%", r"\\%", latex)  # in a field it begins no comment
    try:
        text = _TO_TEXT.latex_to_text(guarded, latex_context=_COMMANDS)
    except RecursionError as error:
        raise NotPlainError("its braces or commands are too deeply nested") from error
    except REFUSALS as error:
        raise NotPlainError(f"it has LaTeX that can't be read: {latex[:80]}") from error
    quoted = SINGLE_QUOTES.sub(r"‘\1’", str(text))
    return quoted.replace(GRAVE, "`").replace("\xa0", " ").strip()


def _commands() -> "latexwalker.LatexContextDb":
    """Return which arguments commands have;
    one that is not known has none, so what follows it is text.
    """
    context = latexwalker.get_default_latex_context_db()
    second = [MacroSpec(name, "[{{" if name == "hyperref" else "{{") for name in AFTER_THE_FIRST]
    first = [MacroSpec(name, "{") for name in ("hspace", "selectlanguage")]
    quoting = [
        MacroSpec("enquote", "*{"),
        MacroSpec("textquote", "*[[{"),
        MacroSpec("foreignquote", "*{{"),
    ]
    context.add_context_category("bibliographies", macros=[*second, *first, *quoting], prepend=True)
    return context


def _texts() -> "latexwalker.LatexContextDb":
    """Return what commands are as text: for those of which nothing is known, their arguments."""
    context = latex2text.get_default_latex_context_db()
    macros = [
        *(latex2text.MacroTextSpec(name, simplify_repl=_last) for name in AFTER_THE_FIRST),
        *(latex2text.MacroTextSpec(name, discard=True) for name in NO_WORDS),
        *(latex2text.MacroTextSpec(name, discard=False) for name in WORDS),
        *(latex2text.MacroTextSpec(name, simplify_repl=mark) for name, mark in QUOTE_MARKS.items()),
        *(latex2text.MacroTextSpec(name, simplify_repl=_quoted) for name in QUOTING),
    ]
    context.add_context_category("bibliographies", macros=macros, prepend=True)
    context.set_unknown_macro_spec(latex2text.MacroTextSpec("", discard=False))
    return context


def _last(node: "latexwalker.LatexMacroNode", l2tobj: latex2text.LatexNodes2Text) -> str:
    return str(l2tobj.nodelist_to_text(node.nodeargd.argnlist[-1:]))


def _quoted(node: "latexwalker.LatexMacroNode", l2tobj: latex2text.LatexNodes2Text) -> str:
    """Return the words of a command of csquotes in quotes; in single ones with a star."""
    opening, closing = ("‘", "’") if node.nodeargd.argnlist[0] else ("“", "”")
    return f"{opening}{_last(node, l2tobj)}{closing}"


_COMMANDS = _commands()
_TO_TEXT = latex2text.LatexNodes2Text(math_mode="verbatim", latex_context=_texts())


CSL_TYPES = {
    "article": "article-journal",
    "book": "book",
    "mvbook": "book",
    "collection": "book",
    "proceedings": "book",
    "booklet": "pamphlet",
    "inbook": "chapter",
    "incollection": "chapter",
    "bookinbook": "chapter",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "phdthesis": "thesis",
    "thesis": "thesis",
    "mastersthesis": "thesis",
    "techreport": "report",
    "report": "report",
    "manual": "report",
    "online": "webpage",
    "www": "webpage",
    "electronic": "webpage",
    "unpublished": "manuscript",
    "patent": "patent",
    "dataset": "dataset",
    "software": "software",
    "legislation": "legislation",
    "jurisdiction": "legal_case",
    "video": "motion_picture",
    "movie": "motion_picture",
    "audio": "song",
    "standard": "standard",
    "letter": "personal_communication",
    "periodical": "periodical",
    "inreference": "entry-encyclopedia",
    "review": "review",
    "map": "map",
}
SUBTYPES = {"newspaper": "article-newspaper", "magazine": "article-magazine"}
SUBTYPE_OF = {kind: subtype for subtype, kind in SUBTYPES.items()}
BIBTEX_TYPES = {
    "article": "unpublished",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "review": "article",
    "review-book": "article",
    "book": "book",
    "chapter": "incollection",
    "entry-dictionary": "inreference",
    "entry-encyclopedia": "inreference",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
    "pamphlet": "booklet",
    "manuscript": "unpublished",
    "patent": "patent",
    "dataset": "dataset",
    "software": "software",
    "legal_case": "jurisdiction",
    "legislation": "legislation",
    "bill": "legislation",
    "treaty": "legal",
    "webpage": "online",
    "post": "online",
    "post-weblog": "online",
    "broadcast": "audio",
    "song": "audio",
    "motion_picture": "movie",
    "personal_communication": "letter",
}
CONTAINER = {"incollection": "booktitle", "inproceedings": "booktitle", "inreference": "booktitle"}
PUBLISHER = {"techreport": "institution", "phdthesis": "school"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\lbrace{}",
        "}": r"\rbrace{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "`": r"\textasciigrave{}",
        **{char: f"\\{char}" for char in "&%$#_"},
    }
)
LIGATURE = re.compile(r"(?<=')(?=')|(?<=-)(?=-)")  # '' and --, which TeX makes one sign
IN_ADDRESSES = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
SUFFIX = re.compile(r"(Jr|Sr|II|III|IV)\.?", re.IGNORECASE)
READ = {
    "title",
    "subtitle",
    "url",
    "howpublished",
    "entrysubtype",
    "author",
    "editor",
    "publisher",
    "institution",
    "organization",
    "school",
    "journaltitle",
    "journal",
    "booktitle",
    "maintitle",
    "series",
    "doi",
    "urldate",
    "langid",
    "language",
    "hyphenation",
    "keywords",
    "keyword",
    "date",
    "year",
    "month",
    "day",
}
LONGEST_LINE = 60  # characters of an entry that can't be read
# each of one sign, or with its blanks looked at only: a run of blanks is gone through once
AND, COMMA, BLANK, BLANK_OR_TILDE = (
    re.compile(rf"\\.|[{{}}]|{separator}", re.DOTALL)
    for separator in (r"(?<=\s)and(?=\s)", ",", r"\s", r"[\s~]")
)
IN_A_COMMAND = re.compile(r"\\(?:url|href|path|nolinkurl)\s*\{([^{}]*)\}")
TILDE = re.compile(r"\{?\\(?:textasciitilde|string~)(?:\{\})?\}?")


def read_bibtex(text: str) -> list[dict[str, Any] | UnreadableError]:
    """Return the entries as items of CSL, in the place of each that can't be read why not,
    with the line.
    """
    blocks = Splitter(text.removeprefix("\ufeff")).split().blocks
    entries = [entry for block in blocks if (entry := _entry(block)) is not None]
    for number, entry in enumerate(entries):
        if isinstance(entry, Entry):
            entry.key = str(number)  # keys are of no use here, and may come twice
    strings = [block for block in blocks if isinstance(block, String)]
    library = Library([*strings, *(entry for entry in entries if isinstance(entry, Entry))])
    for middleware in default_parse_stack():
        library = middleware.transform(library)
    read = library.entries_dict
    return [_item(read[entry.key]) if isinstance(entry, Entry) else entry for entry in entries]


def _entry(block: Block) -> Entry | UnreadableError | None:
    """Return the entry of a block, or why it can't be read; None for what is none."""
    if isinstance(block, ParsingFailedBlock) and isinstance(block.ignore_error_block, Entry):
        return block.ignore_error_block  # its key, or one of its fields', comes twice
    if isinstance(block, ParsingFailedBlock) and block.ignore_error_block is None:
        return _unreadable(
            block,
            "this is no BibTeX that can be read",
            "close its braces and put commas between fields",
        )
    return block if isinstance(block, Entry) else None


def _unreadable(block: Block, problem: str, remedy: str) -> UnreadableError:
    beginning = " ".join((block.raw or "")[:LONGEST_LINE].split())
    return UnreadableError((block.start_line or 0) + 1, problem, remedy, f"{beginning} …")


def _item(entry: Entry) -> dict[str, Any] | UnreadableError:
    fields: dict[str, str] = {}
    for field in entry.fields:
        name, value = field.key.lower(), str(field.value)
        if name in READ and fields.setdefault(name, value) != value:
            return _unreadable(entry, f"the field {name} comes twice", "leave one of the two")
    try:
        return _csl(entry.entry_type.lower(), fields)
    except NotPlainError as error:
        return _unreadable(entry, str(error), "write it as plain text, without commands")


def _csl(kind: str, fields: dict[str, str]) -> dict[str, Any]:
    def first(*names: str) -> str:
        return next((fields[name] for name in names if fields.get(name, "").strip()), "")

    url = _address(first("url"))
    howpublished = first("howpublished")
    return {
        "type": _type(kind, first("entrysubtype").lower(), has_url=bool(url)),
        "title": plain(first("title"))
        + (f": {plain(first('subtitle'))}" if first("subtitle") else ""),
        "author": _names(first("author", "editor")),
        "publisher": plain(first("publisher", "institution", "organization", "school")),
        "container-title": plain(
            first("journaltitle", "journal", "booktitle", "maintitle", "series")
        )
        or ("" if "http" in howpublished or "\\url" in howpublished else plain(howpublished)),
        "issued": _issued(fields),
        "URL": url or _address(next(iter(re.findall(r"https?://[^\s{}]+", howpublished)), "")),
        "DOI": _address(first("doi")),
        "accessed": edtf(first("urldate")),
        "language": plain(first("langid", "language", "hyphenation")),
        "keyword": keywords(plain(first("keywords", "keyword"))),
    }


def _type(kind: str, subtype: str, *, has_url: bool) -> str:
    if kind == "misc":
        return "webpage" if has_url else "document"
    return SUBTYPES.get(subtype, CSL_TYPES.get(kind, "document"))


def _names(written: str) -> list[dict[str, str]]:
    """Return names, which stand between “and”; one in braces is that of a body."""
    names = []
    for name in _split(written, AND):
        parts = _split(name, COMMA)
        if name.lower() == "others" or not parts:
            continue
        if name.startswith("{") and name.endswith("}") and _split(name, BLANK) == [name]:
            names.append({"literal": body} if (body := plain(name)) else {})
        else:
            names.append(_name([plain(part) for part in parts], name))
    return [name for name in names if name]


def _name(parts: list[str], whole: str) -> dict[str, str]:
    """Return a name `Family, Given`, `Family, Jr, Given` or `Given Family`."""
    if len(parts) == 1:
        words = [plain(word) for word in _split(whole.rstrip(","), BLANK_OR_TILDE)]
        start = next(
            (n for n, word in enumerate(words[:-1]) if n and word.islower()), len(words) - 1
        )
        name = {"family": " ".join(words[start:]), "given": " ".join(words[:start])}
    elif len(parts) > 2 and SUFFIX.fullmatch(parts[1]):
        name = {"family": parts[0], "given": ", ".join(parts[2:]), "suffix": parts[1]}
    else:
        name = {"family": parts[0], "given": ", ".join(parts[1:])}
    return {key: part for key, part in name.items() if part}


def _split(text: str, separator: re.Pattern[str]) -> list[str]:
    """Return what stands between separators that are outside braces, without blanks around it,
    if that is anything.
    """
    pieces, depth, begin = [], 0, 0
    for match in separator.finditer(text):
        if match[0] in ("{", "}"):
            depth += 1 if match[0] == "{" else -1
        elif depth == 0 and not match[0].startswith("\\"):
            pieces.append(text[begin : match.start()])
            begin = match.end()
    return [part for piece in [*pieces, text[begin:]] if (part := piece.strip())]


def _issued(fields: dict[str, str]) -> str:
    """Return the date: of BibLaTeX, which is EDTF, or the year with its month and day."""
    if written := fields.get("date", "").strip():
        first, slash, last = written.partition("/")
        return (
            one_of(first, last)
            if slash and first and last not in ("", "..")
            else edtf(first or last)
        )
    year, month, day = (plain(fields.get(name, "")) for name in ("year", "month", "day"))
    number = (
        month
        if month.isdecimal()
        else next((str(n) for n, name in enumerate(MONTHS, 1) if _is(month, name)), "")
    )
    known = (
        [year, number.zfill(2), day.zfill(2)]
        if number and day.isdecimal()
        else [year, number.zfill(2)]
    )
    return "-".join(known) if year and number else year


def _is(month: str, name: str) -> bool:
    return month.lower().startswith(name)


def _address(written: str) -> str:
    """Return an address out of the command around it, its signs no longer escaped."""
    command = IN_A_COMMAND.search(written)
    bare = TILDE.sub("~", command[1] if command else written)
    return re.sub(r"\\([_%&#~$])", r"\1", bare).strip("{}<> ")


def write(chunks: Chunks, about: About) -> Iterator[bytes]:
    for source in records(chunks, about.noun):
        yield entry(source).encode()


def entry(source: Source) -> str:
    kind = BIBTEX_TYPES.get(source["type"], "misc")
    fields = {name: value for name, value in _fields(source, kind).items() if value}
    lines = "".join(f"  {name} = {value},\n" for name, value in fields.items())
    return f"@{kind}{{{key(source)},\n{lines}}}\n\n"


def _fields(source: Source, kind: str) -> dict[str, str]:
    year, month, day = (*issued(source), "", "", "")[:3]
    return {
        "title": f"{{{_text(source['title'])}}}",  # twice in braces: it keeps its capitals
        "titleaddon": _text(source.get("english_title")),
        "entrysubtype": _braced(SUBTYPE_OF.get(source["type"], "")),
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
    return LIGATURE.sub("{}", one_line(text).translate(SPECIAL))


def _braced(text: str) -> str:
    return f"{{{text}}}" if text else ""
