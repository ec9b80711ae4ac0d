"""What one cell says: readers of text, codes, dates, lists and objects.

A reader takes the text of a cell that is not empty (what an empty one means is its column's to say) and returns the
value, or raises BadCell, which says what is wrong and what to write instead. No word stands for "no value": a cell
`NA` is the text NA.
"""

import re
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Any

import pycountry
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from tracker.formats.csv_json import NotJson, read_json
from tracker.values import dates
from tracker.values.addresses import shortened
from tracker.values.vocabulary import Vocabulary

Reader = Callable[[str], Any]

LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CSL_NAME = {
    "family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle", "comma-suffix",
    "static-ordering", "parse-names",
}  # fmt: skip
LONGEST_WORD = 100  # of what may be meant by something else
FLAGS = {"true": True, "false": False}
_is_url = URLValidator(schemes=["http", "https", "ftp"])


class BadCell(ValueError):
    """What a cell says can't be taken; `problem` is what is wrong, `remedy` what to write instead.

    Both are given as templates of `str.format`, and kept as `message` and `write`, so that the same is the same in
    whichever cell; `params` is what they say of this one.
    """

    def __init__(self, message: str, write: str, **params: Any) -> None:
        self.message, self.write, self.params = message, write, params
        self.problem, self.remedy = message.format(**params), write.format(**params)
        super().__init__(f"{self.problem}; {self.remedy}")


def text(max_length: int | None = None) -> Reader:
    """Return a reader of text of at most `max_length` characters."""

    def read(cell: str) -> str:
        if max_length and len(cell) > max_length:
            raise BadCell("it is {length} characters long", f"write at most {max_length}", length=len(cell))
        return cell

    return read


def matching(pattern: str, max_length: int | None, remedy: str) -> Reader:
    """Return a reader of text of a form, such as a slug."""
    form, whole = re.compile(pattern), text(max_length)

    def read(cell: str) -> str:
        if not form.fullmatch(cell.strip()):
            raise BadCell("it does not have the form of its kind", remedy)
        return str(whole(cell.strip()))

    return read


def term(vocabulary: type[Vocabulary]) -> Reader:
    """Return a reader of one term of a vocabulary."""
    known = frozenset(vocabulary.values)

    def read(cell: str) -> str:
        if (code := cell.strip()) not in known:
            raise BadCell(
                "it is no term of the codebook", one_of(vocabulary.values), near=near(code, vocabulary.values)
            )
        return code

    return read


def terms(vocabulary: type[Vocabulary]) -> Reader:
    """Return a reader of any number of terms: `["energy","trade"]` or `energy; trade`."""
    one = term(vocabulary)

    def read(cell: str) -> list[str]:
        written = _strings(cell) if cell.lstrip().startswith("[") else cell.split(";")
        found = [one(code) for code in written if code.strip()]
        if len(set(found)) < len(found):
            raise BadCell("a term comes twice", "name each once")
        return found

    return read


def texts(max_length: int | None) -> Reader:
    """Return a reader of a list of texts: `["one","another"]` or `one; another`."""
    one = text(max_length)

    def read(cell: str) -> list[str]:
        if cell.lstrip().startswith("["):
            return [one(item) for item in _strings(cell)]
        return [one(item.strip()) for item in cell.split(";") if item.strip()]

    return read


def flag(cell: str) -> bool:
    """Read `true` or `false`."""
    try:
        return FLAGS[cell.strip().lower()]
    except KeyError:
        raise BadCell("it is neither true nor false", "write true or false") from None


def day(cell: str) -> date:
    """Read one day, 2019-06-05."""
    try:
        if DAY.fullmatch(cell.strip()):
            return date.fromisoformat(cell.strip())
    except ValueError as error:
        raise BadCell("it is no day of the calendar ({why})", "write a day as 2019-06-05", why=error) from error
    raise BadCell("it is no day", "write a day as 2019-06-05")


@lru_cache(maxsize=4096)
def bounds(edtf: str) -> dates.VagueDate:
    """Return a vague date with its first and last day; raise dates.InvalidDate."""
    return dates.parse(edtf)


def vague_date(cell: str) -> str:
    """Read a vague date, kept as written."""
    try:
        return bounds(cell.strip()).edtf
    except dates.InvalidDate as error:
        meant = f"write {' or '.join(map(str, error.meant))}" if error.meant else str(error)
        raise BadCell("it can't be kept as a date", "{meant}", meant=meant) from error


def country(cell: str) -> str:
    """Read an ISO 3166-1 alpha-3 code."""
    code = cell.strip()
    if code in country_codes():
        return code
    upper = code.upper()
    meant = upper if upper in country_codes() else next((c for c, two in country_codes().items() if two == upper), "")
    remedy = "write the three letters of ISO 3166-1, e.g. CHN"
    raise BadCell("it is no alpha-3 code of ISO 3166-1", "write {meant}" if meant else remedy, meant=meant)


@cache
def country_codes() -> dict[str, str]:
    """Return the alpha-3 codes of ISO 3166-1, each with its alpha-2 code."""
    return {country.alpha_3: country.alpha_2 for country in pycountry.countries}


def language(cell: str) -> str:
    """Read a BCP 47 tag."""
    if len(cell.strip()) > 35 or not LANGUAGE.fullmatch(cell.strip()):
        raise BadCell("it is no BCP 47 language tag", "write e.g. en, zh-Hans or pt-BR")
    return cell.strip()


def url(max_length: int | None) -> Reader:
    """Return a reader of web addresses."""
    whole = text(max_length)

    def read(cell: str) -> str:
        address: str = whole(shortened(cell.strip()))
        try:
            _is_url(address)
        except ValidationError:
            raise BadCell("it is no web address", "write it whole, with https://") from None
        return address

    return read


def number(cell: str) -> int:
    """Read an id."""
    if not re.fullmatch(r"[1-9][0-9]{0,17}", cell.strip()):
        raise BadCell("it is no id", "write a number, or leave it empty for a new record")
    return int(cell)


def names(cell: str) -> dict[str, str]:
    """Read names by language: `{"zh":"中国"}`."""
    value = parsed(cell)
    if not isinstance(value, dict) or not all(isinstance(name, str) and name for name in value.values()):
        raise BadCell("it is no object of names by language", 'write {{"zh":"中国","ru":"Китай"}}')
    for tag in value:
        language(tag)
    return value


def authors(cell: str) -> list[dict[str, Any]]:
    """Read CSL names: `[{"family":"Stokes","given":"Jacob"}]`."""
    value = parsed(cell)
    if not isinstance(value, list) or not all(_is_csl_name(name) for name in value):
        remedy = 'write [{{"family":"Stokes","given":"Jacob"}}], or [{{"literal":"…"}}] for a body'
        raise BadCell("it is no list of CSL names", remedy)
    return value


def objects(cell: str) -> list[dict[str, Any]]:
    """Read a list of objects, such as the citations of a claim."""
    value = parsed(cell)
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise BadCell("it is no list of objects", "write [{{…}},{{…}}]")
    return value


def parsed(cell: str) -> Any:
    """Return what the JSON of a cell says."""
    try:
        return read_json(cell)
    except NotJson as error:
        says, remedy = "it is no JSON that can be taken: {why}", "write compact JSON, quotation marks doubled"
        raise BadCell(says, remedy, why=str(error)) from error


def among(given: str, valid: list[str]) -> str:
    """Say what is valid, and what of it is nearest to what was given."""
    return one_of(valid).format(near=near(given, valid))


def one_of(valid: list[str]) -> str:
    """Return the template that says what is valid; its `near` is what `near` returns."""
    return f"{{near}}write one of {', '.join(valid)}"


def near(given: str, valid: list[str]) -> str:
    """Ask for what of the valid is nearest to what was given; empty: nothing is."""
    found = get_close_matches(given.lower()[:LONGEST_WORD], valid, n=1)
    return f"did you mean {found[0]}? " if found else ""


def _strings(cell: str) -> list[str]:
    value = parsed(cell)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadCell("it is no list of texts", 'write ["one","another"]')
    return value


def _is_csl_name(name: Any) -> bool:
    return (
        isinstance(name, dict)
        and name.keys() <= CSL_NAME
        and bool(name.get("family") or name.get("literal"))
        and all(isinstance(part, str | bool) for part in name.values())
    )
