"""What a filter is: a named parameter, how its values are read, and the condition it stands for,
in two halves.

The publication's is a template of SQL over a document `d`, in which `%(name)s` is the value, but
`{name}` of keys, as the numbers of the records meant, and `{named_noun}` what these are. `{noun}`
is the noun, `{number}` the number of the edition that is asked for, `{live}` the condition that
another document, by the alias `o`, was live in it; `below` has the issues `under` those asked for.
Constants that it needs are bound, too (`binds`). The desk's is a `Q` over its own records.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, NamedTuple

from django.db.models import Q

from tracker.values.nearness import nearest
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Vocabulary

LARGEST_ID = 2_147_483_647
# Neither is ever empty or has a NUL in it, and keys may be several, separated by commas.
TEXT, KEYS = r"^[^\u0000]+$", r"^[^,\u0000]+(,[^,\u0000]+)*$"


class BadValueError(ValueError):
    """A value that does not parse; the message names it and says what would be valid."""


class By(StrEnum):
    """By what a record is asked for:
    its key (a slug or code, else its number), its number, or its text key.
    """

    KEY = "key"
    NUMBER = "number"
    REF = "ref"


class Applied(NamedTuple):
    """A filter as it is applied at the desk:
    its value (keys as numbers) and all values that are given, by name.

    `having` is the condition that a record has a part, of this list, for which a condition holds.
    """

    value: Any
    parameters: Mapping[str, Any]
    having: Callable[[str, Q], Q]


@dataclass(frozen=True, slots=True)
class Filter:
    """A parameter. One that narrows a list has `sql`,
    which may depend on which other parameters are given, and `desk`.

    What the desk finds by other tables than those of the noun has no `desk` here.
    """

    name: str
    help: str
    sql: str | Callable[[frozenset[str]], str] = ""
    desk: Callable[[Applied], Q] | None = field(default=None, compare=False)
    example: Any = field(default=None, kw_only=True)
    # what else its SQL needs
    binds: Mapping[str, Any] = field(default_factory=dict, kw_only=True, compare=False)

    many: ClassVar[bool] = True
    splits: ClassVar[bool] = True

    def condition(self, parameters: frozenset[str]) -> str:
        """Return the condition, knowing the names of all parameters that are given."""
        return self.sql if isinstance(self.sql, str) else self.sql(parameters)

    def parse(self, values: Sequence[str]) -> Any:
        """Return the value that the condition binds; raise BadValueError."""
        return [self.parse_one(value) for value in values]

    def parse_one(self, value: str) -> Any:
        """Return one value, parsed; raise BadValueError."""
        return value

    def near(self, value: str) -> str:
        """Return the valid value that is nearest to one that isn't; "" if there is none near."""
        return ""

    def bound(self, value: Any) -> dict[str, Any]:
        """Return what the condition binds for a value, by name."""
        return {self.name: value, **self.binds}

    def schema(self) -> dict[str, Any]:
        """Return the JSON schema of one value."""
        return {"type": "string", "pattern": TEXT, **self.examples()}

    def examples(self) -> dict[str, Any]:
        """Return what a schema says of the example, if there is one."""
        return {} if self.example is None else {"examples": [self.example]}


@dataclass(frozen=True, slots=True)
class Terms(Filter):
    """Terms of a vocabulary, any of."""

    _: KW_ONLY
    vocabulary: type[Vocabulary]

    def parse_one(self, value: str) -> str:
        """Return the term; raise BadValueError with all valid ones."""
        return one_of(value, terms_of(self.vocabulary))

    def near(self, value: str) -> str:
        """Return the term that is spelled most alike."""
        return nearest(value, terms_of(self.vocabulary))

    def schema(self) -> dict[str, Any]:
        """Return a reference to the vocabulary."""
        return {"$ref": f"#/components/schemas/{self.vocabulary.__name__}", **self.examples()}


@dataclass(frozen=True, slots=True)
class Words(Filter):
    """Some of a few words that are no vocabulary, any of."""

    _: KW_ONLY
    words: tuple[str, ...]

    def parse_one(self, value: str) -> str:
        """Return the word; raise BadValueError with all valid ones."""
        return one_of(value, self.words)

    def near(self, value: str) -> str:
        """Return the word that is spelled most alike."""
        return nearest(value, self.words)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class Keys(Filter):
    """Keys of records, any of: bound as the numbers that they resolve to."""

    _: KW_ONLY
    noun: Noun

    by: ClassVar[By] = By.KEY

    def schema(self) -> dict[str, Any]:
        """Return the form of a key."""
        usual = "china" if self.noun is Noun.ACTOR else "venezuela"
        return {"type": "string", "pattern": KEYS, "examples": [self.example or usual]}


@dataclass(frozen=True, slots=True)
class Pair(Keys):
    """Keys of two records, both of which count."""

    most: ClassVar[int] = 2
    wanted: ClassVar[str] = "two"

    def parse(self, values: Sequence[str]) -> Any:
        """Return the keys; raise BadValueError if they are too few or too many,
        or one comes twice.
        """
        if len(set(values)) != len(values) or not 2 <= len(values) <= self.most:
            raise BadValueError(
                f"it names {self.noun.counted(len(set(values)))}; name {self.wanted}, e.g. CHN,RUS"
            )
        return list(values)


@dataclass(frozen=True, slots=True)
class Several(Pair):
    """Keys of two records or a few more, all of which count."""

    most: ClassVar[int] = 20
    wanted: ClassVar[str] = "two to 20"


@dataclass(frozen=True, slots=True)
class Under(Keys):
    """Keys of issues, which stand for all below them too."""


@dataclass(frozen=True, slots=True)
class Ids(Keys):
    """Numbers of records, any of."""

    by: ClassVar[By] = By.NUMBER

    def parse_one(self, value: str) -> str:
        """Return the number; raise BadValueError."""
        if not re.fullmatch(r"[0-9]{1,18}", value) or not 0 < int(value) <= LARGEST_ID:
            raise BadValueError(f"“{value}” is not the number of a record; write digits, e.g. 12")
        return str(int(value))

    def schema(self) -> dict[str, Any]:
        """Return the range of a number."""
        return {"type": "integer", "minimum": 1, "maximum": LARGEST_ID}


@dataclass(frozen=True, slots=True)
class Refs(Keys):
    """Stable text keys of records, any of."""

    by: ClassVar[By] = By.REF

    def schema(self) -> dict[str, Any]:
        """Return the form of a text key."""
        return {"type": "string", "pattern": KEYS, "examples": [f"{self.noun}-china-venezuela"]}


@dataclass(frozen=True, slots=True)
class Texts(Filter):
    """Free text, any of, whole and exact; repeated, never split at commas."""

    splits: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Codes(Filter):
    """Short texts of a fixed form, any of."""

    _: KW_ONLY
    pattern: str

    def parse_one(self, value: str) -> str:
        """Return the code; raise BadValueError."""
        if not re.fullmatch(self.pattern, value):
            raise BadValueError(f"“{value}” does not have the form of e.g. {self.example}")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{self.pattern}$", **self.examples()}


@dataclass(frozen=True, slots=True)
class Single(Filter):
    """A parameter that is given once."""

    many: ClassVar[bool] = False
    splits: ClassVar[bool] = False

    def parse(self, values: Sequence[str]) -> Any:
        """Return the one value; raise BadValueError if there are several."""
        if len(values) > 1:
            raise BadValueError("it is given more than once; give it once")
        return self.parse_one(values[0])


@dataclass(frozen=True, slots=True)
class ReleaseName(Single):
    def parse_one(self, value: str) -> str:
        """Return the name; raise BadValueError."""
        if not re.fullmatch(r"[0-9]{4}\.[1-9][0-9]{0,3}", value):
            raise BadValueError(
                f"“{value}” is no release; write a year, a dot and a number, e.g. 2026.1"
            )
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^[0-9]{4}\.[1-9][0-9]{0,3}$", "examples": ["2026.1"]}


@dataclass(frozen=True, slots=True)
class Search(Single):
    """Words to be found, in the syntax of web searches."""

    longest: ClassVar[int] = 1000

    def parse_one(self, value: str) -> str:
        """Return the query; raise BadValueError."""
        if len(value) > self.longest:
            raise BadValueError(
                f"it is {len(value):,} characters long; write at most {self.longest:,}"
            )
        return value

    def schema(self) -> dict[str, Any]:
        return {
            "type": "string",
            "pattern": TEXT,
            "maxLength": self.longest,
            "examples": ['sanctions -"North Korea"'],
        }


@dataclass(frozen=True, slots=True)
class Day(Single):
    def parse_one(self, value: str) -> date:
        """Return the day; raise BadValueError."""
        try:
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                raise ValueError("no day")
            return date.fromisoformat(value)
        except ValueError:
            raise BadValueError(
                f"“{value}” is not a day; write YYYY-MM-DD, e.g. 2019-02-28"
            ) from None

    def near(self, value: str) -> str:
        """Return the day that is nearest to what looks like one: the last of June for its 31st."""
        if not (
            parts := re.match(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?", value)
        ):
            return ""
        year, month = max(int(parts[1]), 1), min(max(int(parts[2] or 1), 1), 12)
        return date(
            year, month, min(max(int(parts[3] or 1), 1), monthrange(year, month)[1])
        ).isoformat()

    def schema(self) -> dict[str, Any]:
        """Return the form of a day."""
        return {"type": "string", "format": "date", "examples": ["2019-02-28"]}


@dataclass(frozen=True, slots=True)
class Moment(Single):
    """A moment with an offset, as RFC 3339 writes it."""

    def parse_one(self, value: str) -> datetime:
        """Return the moment; raise BadValueError."""
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise BadValueError(
                f"“{value}” is a day, not a moment; write time and offset too, e.g. "
                f"{value}T00:00:00Z"
            )
        try:
            moment = datetime.fromisoformat(value.upper())
        except ValueError:
            moment = None
        if (
            moment is None
            or moment.tzinfo is None
            or not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt]", value)
        ):
            raise BadValueError(
                f"“{value}” is not a moment with an offset; write e.g. 2026-11-25T00:00:00Z, "
                f"and + as %2B"
            )
        # which PostgreSQL doesn't take
        if abs(moment.utcoffset() or timedelta()) >= timedelta(hours=16):
            raise BadValueError(
                f"“{value}” has an offset that no clock has; write e.g. +08:00, and + as %2B"
            )
        return moment

    def near(self, value: str) -> str:
        """Return when the day began that it looks like."""
        return f"{day}T00:00:00Z" if (day := Day(self.name, self.help).near(value[:10])) else ""

    def schema(self) -> dict[str, Any]:
        """Return the form of a moment."""
        return {"type": "string", "format": "date-time", "examples": ["2026-11-25T00:00:00Z"]}


@dataclass(frozen=True, slots=True)
class Since(Moment):
    """An edition, by its number, or a moment;
    bound as `name` and as `name`_moment, one of which is null.
    """

    def parse_one(self, value: str) -> int | datetime:  # type: ignore[override]
        """Return the number or the moment; raise BadValueError."""
        if re.fullmatch(r"[0-9]{1,9}", value):
            return int(value)
        return super(Since, self).parse_one(value)

    def bound(self, value: Any) -> dict[str, Any]:
        """Return what the condition binds."""
        is_moment = isinstance(value, datetime)
        moment = {f"{self.name}_moment": value if is_moment else None}
        return super(Since, self).bound(None if is_moment else value) | moment

    def schema(self) -> dict[str, Any]:
        """Return the two forms."""
        number = {"type": "integer", "minimum": 0, "maximum": 999_999_999}
        examples = super(Since, self).schema()["examples"]
        return {
            "anyOf": [number, {"type": "string", "format": "date-time"}],
            "examples": [1, *examples],
        }


@dataclass(frozen=True, slots=True)
class Flag(Single):
    """True or false."""

    def parse_one(self, value: str) -> bool:
        """Return the flag; raise BadValueError."""
        if value not in ("true", "false"):
            raise BadValueError(f"“{value}” is neither true nor false")
        return value == "true"

    def near(self, value: str) -> str:
        """Return what other words for yes mean."""
        return "true" if value.lower() in ("1", "yes", "on", "t") else ""

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean", **self.examples()}


@dataclass(frozen=True, slots=True)
class OneOf(Single, Words):
    """One of a few words."""


@cache
def terms_of(vocabulary: type[Vocabulary]) -> tuple[str, ...]:
    """Return the terms of a vocabulary, which the enumeration itself counts up each time."""
    return tuple(vocabulary.values)


def one_of(value: str, words: Sequence[str]) -> str:
    """Return a value that is one of these words;
    raise BadValueError with all of them if it is none.
    """
    if value not in words:
        raise BadValueError(f"“{value}” is not one of {', '.join(words)}")
    return value
