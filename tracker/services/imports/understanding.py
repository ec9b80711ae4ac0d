"""What people write in cells, as it is kept: terms by their labels; lists, names, authors and parts as plain text.

What is written as an export writes it (codes, JSON) is left as it is.
"""

import re
from functools import cache
from typing import Any

from tracker.formats import csv_cells as cells
from tracker.formats.csv_json import write_json
from tracker.services.imports.columns import Column, Part
from tracker.values import names
from tracker.values.csl import Locator
from tracker.values.nouns import Noun
from tracker.values.vocabulary import Vocabulary

ITEMS = re.compile(r"[;\n]")
IN_BRACKETS = re.compile(r"(?P<key>[^()]+?) *\((?P<role>[^()]+)\)")
PLACE = re.compile(r"(?P<label>§§?|¶¶?|[A-Za-z]+\.?) *(?P<locator>[^\s.].*)", re.DOTALL)
ABBREVIATED = {
    "p": Locator.PAGE, "pp": Locator.PAGE, "pages": Locator.PAGE, "pg": Locator.PAGE,
    "§": Locator.SECTION, "§§": Locator.SECTION, "sec": Locator.SECTION, "sect": Locator.SECTION,
    "sections": Locator.SECTION, "¶": Locator.PARAGRAPH, "¶¶": Locator.PARAGRAPH, "para": Locator.PARAGRAPH,
    "paras": Locator.PARAGRAPH, "par": Locator.PARAGRAPH, "paragraphs": Locator.PARAGRAPH,
    "ch": Locator.CHAPTER, "chap": Locator.CHAPTER, "chapters": Locator.CHAPTER,
    "art": Locator.ARTICLE_LOCATOR, "arts": Locator.ARTICLE_LOCATOR, "article": Locator.ARTICLE_LOCATOR,
    "articles": Locator.ARTICLE_LOCATOR, "n": Locator.NOTE, "fn": Locator.NOTE, "footnote": Locator.NOTE,
    "l": Locator.LINE, "ll": Locator.LINE, "fig": Locator.FIGURE, "tab": Locator.TABLE, "vol": Locator.VOLUME,
    "col": Locator.COLUMN, "app": Locator.APPENDIX, "annex": Locator.APPENDIX, "pt": Locator.PART,
    "fol": Locator.FOLIO, "v": Locator.VERSE, "ver": Locator.VERSION, "at": Locator.TIMESTAMP,
}  # fmt: skip


def understood(column: Column, cell: str) -> str:
    """Return a cell as it would be kept, as far as it is written in another way."""
    if column.vocabulary is not None:
        return _terms(column.vocabulary, cell)
    if column.read in _READ and not cell.lstrip().startswith(("[", "{")):
        try:
            return write_json(_READ[column.read]("\n".join(ITEMS.split(cell))))
        except names.InvalidNames as error:
            raise cells.BadCell("it can't be read", "{why}", why="; ".join(error.wrong)) from error
    return cell


def items(part: Part, cell: str) -> list[dict[str, Any]]:
    """Return the items of a part: of JSON, or of plain text, “usip-2019-06 p. 4; undoc-1 § 3”; raise BadCell."""
    if cell.lstrip().startswith(("[", "{")):
        return cells.objects(cell)
    key = next(column for column in part.columns.values() if column.refers_to)
    return [_item(part, key, " ".join(one.split())) for one in ITEMS.split(cell) if one.strip()]


def _item(part: Part, key: Column, written: str) -> dict[str, Any]:
    if key.refers_to is Noun.SOURCE:
        source, _, place = written.partition(" ")
        return {key.name: int(source) if source.isascii() and source.isdecimal() else source, **_place(place)}
    if "role" in part.columns and (match := IN_BRACKETS.fullmatch(written)):
        return {key.name: match["key"], "role": match["role"]}
    return {key.name: written}


def _place(written: str) -> dict[str, str]:
    """Return where in a source something is found: what it is called, if that is plain, and where."""
    if match := PLACE.fullmatch(written):
        said = match["label"].rstrip(".").lower()
        label = ABBREVIATED.get(said) or _codes(Locator).get(said)
        if label:
            return {"locator_label": str(label), "locator": match["locator"]}
    return {"locator": written} if written else {}


def _terms(vocabulary: type[Vocabulary], cell: str) -> str:
    if cell.lstrip().startswith("["):
        return cell
    codes = _codes(vocabulary)
    return ";".join(codes.get(_plain(one), one) for one in cell.split(";"))


@cache
def _codes(vocabulary: type[Vocabulary]) -> dict[str, str]:
    """Return the terms of a vocabulary by their codes and labels, as people may write both."""
    return {_plain(said): term.value for term in vocabulary for said in (term.label, term.value)}


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[_-]", " ", text).casefold().split())


_READ = {cells.names: names.read_names, cells.authors: names.read_authors}
