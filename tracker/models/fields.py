"""Kinds of values, each a field:
a record's field says by its class what it holds, and is declared in one line.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar, NamedTuple, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models.functions import Cast

from tracker.models.kinds import (
    SAYS_SOMETHING,
    Get,
    Kind,
    ListKind,
    NumberKind,
    Schema,
    Set,
    TextKind,
    short_enough,
)
from tracker.values import dates, days
from tracker.values.addresses import LONGEST_URL, shortened, without_tracking
from tracker.values.countries import countries
from tracker.values.names import LANGUAGE, InvalidNamesError, checked_authors, checked_names
from tracker.values.nouns import Noun
from tracker.values.problems import invalid_value, near, one_of
from tracker.values.vocabularies import Vocabulary

Checked = TypeVar("Checked")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NUMBER = re.compile(r"[+-]?[0-9]{1,50}(\.[0-9]{1,50})?")
_is_url = URLValidator()


class LineField(TextKind[Set, Get], models.CharField):  # type: ignore[type-arg]
    """A line of text."""

    def __init__(self, help_text: str, *, max_length: int = 300, **options: Any) -> None:
        super().__init__(help_text, max_length=max_length, **options)


class ProseField(TextKind[Set, Get], models.TextField):  # type: ignore[type-arg]
    """A text of any length."""

    may_have_lines = True


class CodePattern(NamedTuple):
    """How a code is spelled, and what is said of one that isn't."""

    pattern: str
    says: str


class CodeField(LineField[Set, Get]):
    """A text of a form."""

    is_trimmed = True
    form: ClassVar[CodePattern]

    def read(self, value: str) -> str:
        if not re.fullmatch(self.form.pattern, value.strip()):
            raise invalid_value("it does not have the form of its kind", self.form.says.rstrip("."))
        return super().read(value)


class KeyField(CodeField[Set, Get]):
    """By what others name a record, beside its number."""

    def written(self, value: Any) -> Any:
        if isinstance(value, str) and value.isdecimal():
            raise invalid_value(
                "digits alone are the number of a record", "add a letter or a hyphen"
            )
        return super().written(value)


class SlugField(KeyField[Set, Get]):
    """The key in addresses."""

    form = CodePattern(
        r"^[a-z0-9]+(-[a-z0-9]+)*$", "use lower-case words and digits, joined by hyphens."
    )

    def __init__(self) -> None:
        says = "The key in addresses: lower-case words, hyphenated."
        super().__init__(says, max_length=80, required=True, unique=True)

    def schemas(self) -> list[Schema]:
        return [
            {
                "type": "string",
                "pattern": self.form.pattern.replace("^", r"^\s*").replace("$", r"\s*$"),
            }
        ]


class RefField(KeyField[Set, Get]):
    """The key that a record has in files."""

    form = CodePattern(
        r"^[a-z0-9][a-z0-9._-]*$", "use lower-case letters, digits, dots and hyphens."
    )


class WikidataField(CodeField[Set, Get]):
    """An item of Wikidata."""

    form = CodePattern(r"^Q[1-9][0-9]*$", "a Q and a number, e.g. Q148.")


class CountryField(CodeField[Set, Get]):
    """An alpha-3 code of ISO 3166-1, or of ISO 3166-3 for a country that is no more."""

    form = CodePattern(r"^[A-Z]{3}$", "three capital letters (ISO 3166-1 alpha-3).")

    def __init__(self, help_text: str, **options: Any) -> None:
        super().__init__(help_text, max_length=3, **options)

    def read(self, value: str) -> str:
        code = value.strip()
        known, upper = countries(), code.upper()
        if code in known:
            return code
        meant = (
            upper
            if upper in known
            else next((three for three, of in known.items() if of.other_code == upper), "")
        )
        remedy = (
            "write the three letters of ISO 3166-1, e.g. CHN, or of a former state those of ISO "
            "3166-3, e.g. SUN"
        )
        raise invalid_value(
            "it is no alpha-3 code of ISO 3166", "write {meant}" if meant else remedy, meant=meant
        )


class LanguageField(LineField[Set, Get]):
    """A BCP 47 tag."""

    is_trimmed = True

    def __init__(self, help_text: str) -> None:
        super().__init__(help_text, max_length=35)

    def read(self, value: str) -> str:
        tag = value.strip()
        if (self.max_length and len(tag) > self.max_length) or not LANGUAGE.fullmatch(tag):
            raise invalid_value("it is no BCP 47 language tag", "write e.g. en, zh-Hans or pt-BR")
        return tag


class CopyAddressField(TextKind[Set, Get], models.URLField):  # type: ignore[type-arg]
    """The web address of an archived copy, which is at this very address;
    shortened if it is too long.
    """

    is_trimmed = True

    def __init__(self, help_text: str, **options: Any) -> None:
        super().__init__(help_text, max_length=LONGEST_URL, **options)

    def read(self, value: str) -> str:
        address = super().read(shortened(value.strip()))
        try:
            _is_url(address)
        except ValidationError:
            raise invalid_value("it is no web address", "write it whole, with https://") from None
        return address


class AddressField(CopyAddressField[Set, Get]):
    """A web address, kept without what a link was tagged with to track who follows it."""

    def read(self, value: str) -> str:
        return super().read(without_tracking(value.strip()))


class TermField(Kind[Set, Get], models.CharField):  # type: ignore[type-arg]
    """One term of a vocabulary; its help is the vocabulary's definition."""

    vocabulary: type[Vocabulary]

    def __init__(self, vocabulary: type[Vocabulary], **options: Any) -> None:
        self.vocabulary = vocabulary
        choices = vocabulary.choices
        super().__init__(
            max_length=40, choices=choices, **{"help_text": vocabulary.definition(), **options}
        )

    def read(self, value: str) -> str:
        return _term(value, self.vocabulary)

    def schemas(self) -> list[Schema]:
        return [_of_vocabulary(self.vocabulary)]


class TermsField(ListKind[Set, Get]):
    """Any number of terms of a vocabulary, each once."""

    vocabulary: type[Vocabulary]

    def __init__(self, vocabulary: type[Vocabulary], **options: Any) -> None:
        self.vocabulary = vocabulary
        options = {"help_text": f"{vocabulary.definition()} Any number.", **options}
        super().__init__(models.CharField(max_length=40, choices=vocabulary.choices), **options)

    def read(self, value: list[Any]) -> list[str]:
        codes = [_term(code, self.vocabulary) for code in super().read(value) if code.strip()]
        if len(set(codes)) < len(codes):
            raise invalid_value("a term comes twice", "name each once")
        return codes

    def schemas(self) -> list[Schema]:
        return [{"type": "array", "items": _of_vocabulary(self.vocabulary)}]


class TextsField(ListKind[Set, Get]):
    """Any number of lines of text."""

    longest: ClassVar[int] = 200

    def __init__(self, help_text: str) -> None:
        super().__init__(models.CharField(max_length=self.longest), help_text=help_text)

    def read(self, value: list[Any]) -> list[str]:
        return [short_enough(item, self.longest) for item in super().read(value)]

    def schemas(self) -> list[Schema]:
        return [{"type": "array", "items": {"type": "string", "maxLength": self.longest}}]


class FlagField(Kind[Set, Get], models.BooleanField):  # type: ignore[type-arg]
    """Yes or no."""

    types, wrong, remedy = (bool,), "it is neither true nor false", "write true or false"

    def schemas(self) -> list[Schema]:
        return [{"type": "boolean"}]


class DayField(Kind[Set, Get], models.DateField):  # type: ignore[type-arg]
    """One day, 2019-06-05, or as the site writes it, 5 June 2019; null if unknown."""

    def __init__(self, help_text: str) -> None:
        super().__init__(null=True, blank=True, help_text=help_text)

    def read(self, value: str) -> date:
        text = days.read(value) or value.strip()
        try:
            if DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError as error:
            says = "it is no day of the calendar ({why})"
            raise invalid_value(says, "write a day as 2019-06-05", why=str(error)) from error
        raise invalid_value("it is no day", "write a day as 2019-06-05")

    def schemas(self) -> list[Schema]:
        return [{"type": "string", "format": "date"}]


class VagueDateField(Kind[Set, Get], models.CharField):  # type: ignore[type-arg]
    """A date of the EDTF subset, kept as written; empty if unknown."""

    def __init__(self, help_text: str) -> None:
        super().__init__(max_length=30, blank=True, default="", help_text=help_text)

    def read(self, value: str) -> str:
        try:
            return dates.bounds(value.strip()).edtf
        except dates.InvalidDateError as error:
            raise invalid_value(error.wrong, "{meant}", meant=error.remedy) from error

    def of_object(self, value: dict[str, Any]) -> Any:
        return value.get("edtf", value)

    @property
    def demand(self) -> str:
        return "a date"

    def schemas(self) -> list[Schema]:
        return [{"type": "string"}, _component("VagueDate")]


class WholeNumberField(NumberKind[Set, Get], models.SmallIntegerField):  # type: ignore[type-arg]
    """A whole number."""

    types, wrong, remedy = (int,), "it is no whole number", "write digits only, e.g. 12"
    json_type = "integer"


class DecimalField(NumberKind[Set, Get], models.DecimalField):  # type: ignore[type-arg]
    """A number of `max_digits`, `decimal_places` of them after the point."""

    types, wrong, remedy = (int, float, str), "it is no number", "write e.g. 12 or 0.5"
    json_type = "number"

    def read(self, value: int | float | str) -> Decimal:
        digits, places = self.max_digits, self.decimal_places
        if isinstance(value, str) and not NUMBER.fullmatch(value.strip()):
            raise invalid_value(self.wrong, self.remedy)
        try:
            number = Decimal(str(value).strip())
            if number != round(number, places):
                raise invalid_value(
                    "it is too exact", f"write at most {places} digits after the point"
                )
        except InvalidOperation as error:
            raise invalid_value("it is out of range", f"write at most {digits} digits") from error
        if abs(number) >= 10 ** (digits - places):
            raise invalid_value(
                "it is out of range", f"write at most {digits - places} digits before the point"
            )
        return Decimal(super().read(number))


class ReferenceField(Kind[Set, Get], models.ForeignKey):  # type: ignore[type-arg]
    """A record, by its key; whoever is named stays."""

    types, wrong = (str, int), "it is no key"
    remedy = "write the slug, or the number, of a record"

    def __init__(
        self,
        to: Any,
        help_text: str,
        *,
        null: bool = False,
        related_name: str = "+",
        **options: Any,
    ) -> None:
        options |= {
            "help_text": help_text,
            "null": null,
            "blank": null,
            "related_name": related_name,
        }
        super().__init__(to, models.PROTECT, **options)

    def read(self, value: str | int) -> str | int:
        return value.strip() if isinstance(value, str) else value

    def of_object(self, value: dict[str, Any]) -> Any:
        return value.get("slug", value.get("id"))

    @property
    def demand(self) -> str:
        return f"the key of the {self.refers_to}"

    @property
    def refers_to(self) -> Noun:
        return Noun(self.related_model._meta.model_name or "")

    def schemas(self) -> list[Schema]:
        text = {"type": "string", **({"pattern": SAYS_SOMETHING} if self.required else {})}
        read = "Reference" if hasattr(self.related_model, "slug") else "SourceReference"
        return [text, {"type": "integer"}, _component(read)]

    def get_internal_type(self) -> str:
        return "ForeignKey"


class NamesField(Kind[Set, Get], models.JSONField):
    """Names by language: `{"zh":"中国"}`; blank ones too, so that exports come back the same."""

    types, remedy = (dict,), "write an object: {{…}}"

    def __init__(self, help_text: str) -> None:
        super().__init__(default=dict, blank=True, help_text=help_text)

    def read(self, value: dict[str, Any]) -> dict[str, str]:
        return _checked(lambda: checked_names(value.items(), may_be_blank=True))

    def schemas(self) -> list[Schema]:
        return [{"type": "object", "additionalProperties": {"type": "string"}}]


class AuthorsField(Kind[Set, Get], models.JSONField):
    """CSL names: `[{"family":"Stokes","given":"Jacob"}]`; of blanks too."""

    types, remedy = (list,), "write a list: […]"

    def __init__(self, help_text: str) -> None:
        super().__init__(default=list, blank=True, help_text=help_text)

    def read(self, value: list[Any]) -> list[dict[str, Any]]:
        return _checked(lambda: checked_authors(value, may_be_blank=True))

    def schemas(self) -> list[Schema]:
        return [{"type": "array", "items": {"type": "object"}}]


def first_day(field: str) -> models.GeneratedField:
    """Return the first day that the vague date in `field` can mean; null if that is empty."""
    return _bound(field, "edtf_earliest", f"The first day that “{field}” can mean.")


def last_day(field: str) -> models.GeneratedField:
    """Return the last day that the vague date in `field` can mean; null if that is empty."""
    return _bound(field, "edtf_latest", f"The last day that “{field}” can mean.")


def _bound(field: str, function: str, help_text: str) -> models.GeneratedField:
    day = models.DateField(null=True)
    written = Cast(field, models.TextField())
    return models.GeneratedField(
        expression=models.Func(written, function=function, output_field=day),
        output_field=day,
        db_persist=True,
        help_text=help_text,
    )


def _term(value: str, vocabulary: type[Vocabulary]) -> str:
    if (code := value.strip()) not in vocabulary:
        nearest = near(code, vocabulary.values)
        raise invalid_value(
            "it is no term of the codebook", one_of(vocabulary.values), near=nearest
        )
    return code


def _checked(read: Callable[[], Checked]) -> Checked:
    try:
        return read()
    except InvalidNamesError as error:
        raise invalid_value(
            "it can't be kept", "{why}", why=" ".join(error.wrong).rstrip(".")
        ) from error


def _component(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _of_vocabulary(vocabulary: type[Vocabulary]) -> Schema:
    return _component(vocabulary.__name__)
