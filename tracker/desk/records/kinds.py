"""Kinds of values: which of JSON's types each has, and what of a value is kept.

A reader takes a value of the right type, which is not empty (what an empty one means is its field's to say), and
returns what is kept, or raises Invalid with what is wrong and what to write instead. No word stands for “no value”:
`NA` is the text NA.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar
from unicodedata import normalize

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from tracker.values import dates, days
from tracker.values.addresses import shortened, without_tracking
from tracker.values.countries import countries
from tracker.values.names import LANGUAGE, InvalidNames, checked_authors, checked_names
from tracker.values.problems import Invalid, Problem, near, one_of
from tracker.values.texts import unprintable
from tracker.values.vocabularies import Vocabulary

Reader = Callable[[Any], Any]
Kept = TypeVar("Kept")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NUMBER = re.compile(r"[+-]?[0-9]{1,50}(\.[0-9]{1,50})?")
KEYS = ("ref", "slug")  # by which others name a record, beside its number
_is_url = URLValidator(schemes=["http", "https", "ftp"])


class Kind(StrEnum):
    """What sort of value a field holds."""

    TEXT = "text"
    TERM = "term"
    TERMS = "terms"
    TEXTS = "texts"
    FLAG = "flag"
    DAY = "day"
    VAGUE_DATE = "vague date"
    INTEGER = "integer"
    DECIMAL = "decimal"
    REFERENCE = "reference"
    NAMES = "names"
    AUTHORS = "authors"


OF_TEXTS = frozenset({Kind.TEXT, Kind.TEXTS, Kind.NAMES, Kind.AUTHORS})


class Form(NamedTuple):
    """What JSON has for values of a kind, and what is said of a value that is of another type."""

    types: tuple[type, ...]
    says: str
    remedy: str


_OTHER = "it is not of the kind that is wanted here"
_TEXT = Form((str,), _OTHER, "write text in quotation marks")
_LIST = Form((list,), _OTHER, "write a list: […]")
FORMS: dict[Kind, Form] = {
    **dict.fromkeys((Kind.TEXT, Kind.TERM, Kind.DAY, Kind.VAGUE_DATE), _TEXT),
    **dict.fromkeys((Kind.TERMS, Kind.TEXTS, Kind.AUTHORS), _LIST),
    Kind.FLAG: Form((bool,), "it is neither true nor false", "write true or false"),
    Kind.INTEGER: Form((int,), "it is no whole number", "write digits only, e.g. 12"),
    Kind.DECIMAL: Form((int, float, str), "it is no number", "write e.g. 12 or 0.5"),
    Kind.REFERENCE: Form((str, int), "it is no key", "write the slug, or the number, of a record"),
    Kind.NAMES: Form((dict,), _OTHER, "write an object: {{…}}"),
}


def invalid_value(message: str, remedy: str, **params: Any) -> Invalid:
    """Return the exception that says what is wrong with a value, and what to write instead."""
    return Invalid([Problem("invalid", message, params=params, remedy=remedy)])


def with_texts(value: Any, spell: Callable[[str], str]) -> Any:
    """Return a value with all its texts spelt otherwise."""
    if isinstance(value, str):
        return spell(value)
    if isinstance(value, list):
        return [with_texts(item, spell) for item in value]
    is_object = isinstance(value, dict)
    return {spell(key): with_texts(item, spell) for key, item in value.items()} if is_object else value


def composed(value: Any) -> Any:
    """Return a value with all its texts in Unicode's form C."""
    return with_texts(value, lambda text: normalize("NFC", text))


def with_line_feeds(value: Any) -> Any:
    """Return a value with the lines of all its texts ended by line feeds alone, as they are kept."""
    return with_texts(value, lambda text: text.replace("\r\n", "\n"))


def written(name: str, value: Any, *, may_have_lines: bool) -> Any:
    """Return as what a new value of a field is kept; raise Invalid. What is kept already may be otherwise."""
    if name in KEYS and isinstance(value, str) and value.isdecimal():
        raise invalid_value("digits alone are the number of a record", "add a letter or a hyphen")
    if isinstance(value, str) and may_have_lines:
        value = with_line_feeds(value)
    if signs := unprintable(value, may_have_lines=may_have_lines):
        says = f"it has {{signs}}, which no {'text' if may_have_lines else 'line of text'} may have"
        raise invalid_value(says, "remove it, or write a blank instead", signs=", ".join(signs))
    return value


def text(max_length: int | None = None) -> Reader:
    """Return a reader of text of at most `max_length` characters."""

    def read(value: str) -> str:
        if max_length and len(value) > max_length:
            raise invalid_value("it is {length} characters long", f"write at most {max_length}", length=len(value))
        return value

    return read


def matching(pattern: str, max_length: int | None, remedy: str) -> Reader:
    """Return a reader of text of a form, such as a slug; `remedy` is a template."""
    form, whole = re.compile(pattern), text(max_length)

    def read(value: str) -> str:
        if not form.fullmatch(value.strip()):
            raise invalid_value("it does not have the form of its kind", remedy)
        return str(whole(value.strip()))

    return read


def term(vocabulary: type[Vocabulary]) -> Reader:
    codes = frozenset(vocabulary.values)

    def read(value: str) -> str:
        if (code := value.strip()) not in codes:
            nearest = near(code, vocabulary.values)
            raise invalid_value("it is no term of the codebook", one_of(vocabulary.values), near=nearest)
        return code

    return read


def terms(vocabulary: type[Vocabulary]) -> Reader:
    """Return a reader of any number of terms."""
    read_term = term(vocabulary)

    def read(value: list[Any]) -> list[str]:
        codes = [read_term(code) for code in _texts(value) if code.strip()]
        if len(set(codes)) < len(codes):
            raise invalid_value("a term comes twice", "name each once")
        return codes

    return read


def texts(max_length: int | None) -> Reader:
    """Return a reader of a list of texts, each of at most `max_length` characters."""
    read_text = text(max_length)
    return lambda value: [read_text(item) for item in _texts(value)]


def _texts(value: list[Any]) -> list[str]:
    if not all(isinstance(item, str) for item in value):
        raise invalid_value("it is no list of texts", 'write ["one","another"]')
    return value


def flag(value: bool) -> bool:
    return value


def day(value: str) -> date:
    """Read one day, 2019-06-05, or as the site writes it, 5 June 2019."""
    text = days.read(value) or value.strip()
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError as error:
        raise invalid_value(
            "it is no day of the calendar ({why})", "write a day as 2019-06-05", why=str(error)
        ) from error
    raise invalid_value("it is no day", "write a day as 2019-06-05")


def vague_date(value: str) -> str:
    """Read a vague date, kept as written."""
    try:
        return dates.bounds(value.strip()).edtf
    except dates.InvalidDate as error:
        raise invalid_value(error.wrong, "{meant}", meant=error.remedy) from error


def integer(least: int | None, most: int | None) -> Reader:
    """Return a reader of whole numbers in a range."""

    def read(value: int) -> int:
        _check_range(value, least, most)
        return value

    return read


def decimal(digits: int, places: int, least: Any = None, most: Any = None) -> Reader:
    """Return a reader of numbers of so many digits, so many of them after the point."""

    def read(value: int | float | str) -> Decimal:
        form = FORMS[Kind.DECIMAL]
        if isinstance(value, str) and not NUMBER.fullmatch(value.strip()):
            raise invalid_value(form.says, form.remedy)
        try:
            number = Decimal(str(value).strip())
            if number != round(number, places):
                raise invalid_value("it is too exact", f"write at most {places} digits after the point")
        except InvalidOperation as error:
            raise invalid_value("it is out of range", f"write at most {digits} digits") from error
        if abs(number) >= 10 ** (digits - places):
            raise invalid_value("it is out of range", f"write at most {digits - places} digits before the point")
        _check_range(number, least, most)
        return number

    return read


def _check_range(value: Any, least: Any, most: Any) -> None:
    if (least is not None and value < least) or (most is not None and value > most):
        span = (
            f"a number from {least} to {most}"
            if None not in (least, most)
            else (f"at least {least}" if most is None else f"at most {most}")
        )
        raise invalid_value("it is out of range", f"write {span}")


def country(value: str) -> str:
    """Read an alpha-3 code of ISO 3166-1, or of ISO 3166-3 for a country that is no more."""
    code = value.strip()
    known, upper = countries(), code.upper()
    if code in known:
        return code
    meant = upper if upper in known else next((three for three, of in known.items() if of.other_code == upper), "")
    remedy = "write the three letters of ISO 3166-1, e.g. CHN, or of a former state those of ISO 3166-3, e.g. SUN"
    raise invalid_value("it is no alpha-3 code of ISO 3166", "write {meant}" if meant else remedy, meant=meant)


def language(value: str) -> str:
    """Read a BCP 47 tag."""
    if len(value.strip()) > 35 or not LANGUAGE.fullmatch(value.strip()):
        raise invalid_value("it is no BCP 47 language tag", "write e.g. en, zh-Hans or pt-BR")
    return value.strip()


def url(max_length: int | None, *, untracked: bool = False) -> Reader:
    """Return a reader of web addresses; those `untracked` lose the parameters by which readers are tracked."""
    whole = text(max_length)

    def read(value: str) -> str:
        stripped = without_tracking(value.strip()) if untracked else value.strip()
        address: str = whole(shortened(stripped))
        try:
            _is_url(address)
        except ValidationError:
            raise invalid_value("it is no web address", "write it whole, with https://") from None
        return address

    return read


def names(value: dict[str, Any]) -> dict[str, str]:
    """Read names by language: `{"zh":"中国"}`; of blanks too, as what was exported comes back the same."""
    return _checked(lambda: checked_names(value.items(), may_be_blank=True))


def authors(value: list[Any]) -> list[dict[str, Any]]:
    """Read CSL names: `[{"family":"Stokes","given":"Jacob"}]`; of blanks too."""
    return _checked(lambda: checked_authors(value, may_be_blank=True))


def _checked(read: Callable[[], Kept]) -> Kept:
    try:
        return read()
    except InvalidNames as error:
        raise invalid_value("it can't be kept", "{why}", why=" ".join(error.wrong).rstrip(".")) from error


def range_of(validators: Sequence[Any]) -> tuple[Any, Any]:
    """Return the least and the largest number that validators of Django's let pass; None: any."""
    least = [validator.limit_value for validator in validators if getattr(validator, "code", "") == "min_value"]
    most = [validator.limit_value for validator in validators if getattr(validator, "code", "") == "max_value"]
    return max(least, default=None), min(most, default=None)
