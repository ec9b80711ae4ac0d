"""Reading a query string, of API and pages:
every parameter is declared, parsed in one place, and never ignored.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Self
from unicodedata import normalize

from django.http import QueryDict

from tracker.public.http.pagination import decode
from tracker.public.read.editions import AnsweringEdition, is_to_come
from tracker.schema.filters import (
    LARGEST_ID,
    BadValueError,
    Filter,
    Flag,
    Moment,
    OneOf,
    ReleaseName,
    Single,
    Words,
)
from tracker.schema.number_filters import Number
from tracker.schema.records import CLAIMS, FILTERS, SHAPES
from tracker.values.nearness import nearest
from tracker.values.nouns import Noun
from tracker.values.problems import MOST_EXPLAINED

USUAL_PAGE, LARGEST_PAGE = 50, 500
CHARACTERS_SHOWN = 60  # of a name that is repeated
MOST_VALUES = 1000  # values of one parameter
# What stands where a query string is no UTF-8 is U+FFFD.
UNREADABLE = re.compile("[\x00\ufffd]")


AS_OF = Moment(
    "as_of", "As the publication was at this moment (recorded time; RFC 3339 with offset)."
)
EDITION = Number(
    "edition", "As the publication was in this edition (recorded time); 0 is before the first.",
    minimum=0, maximum=LARGEST_ID,
)  # fmt: skip
RELEASE = ReleaseName(
    "release", "As the publication was in the edition of this release (recorded time)."
)
RECORDED = (AS_OF, EDITION, RELEASE)
PAGE_SIZE = Number(
    "page_size",
    f"How many results a page has; usually {USUAL_PAGE}.",
    minimum=1,
    maximum=LARGEST_PAGE,
)
COUNT = Flag("count", "Also count all results, as `count`.")
NOTHING_TO_FIND = (
    "invalid",
    "it names no word that must be there; write at least one without “-” before it",
)
# What other APIs call parameters, and what these may be called here, the likeliest first.
SYNONYMS: Mapping[str, Sequence[str]] = {
    "after": ("from", "changed_since", "issued_from"),
    "before": ("to", "as_of", "issued_to"),
    "changed_since": ("since", "after"),
    "country": ("actor", "voter", "actors"),
    "date": ("on", "as_of"),
    "end": ("to", "as_of", "issued_to"),
    "fields": ("field",),
    "from": ("since", "after", "issued_from"),
    "limit": ("page_size",),
    "offset": ("cursor",),
    "page": ("cursor",),
    "per_page": ("page_size",),
    "query": ("q",),
    "search": ("q",),
    "since": ("from", "changed_since", "issued_from"),
    "sort": ("ordering",),
    "start": ("from", "since", "after", "issued_from"),
    "to": ("as_of", "issued_to"),
    "until": ("to", "as_of", "issued_to"),
    "updated_since": ("changed_since", "since", "after"),
}
MOST_MEANT = 2  # of its synonyms that are told
FUTURE = ("future", "this moment is still to come")
CURSOR = Single("cursor", "Where the page begins; taken from `next`, never made up.")


def meant_by(name: str, valid: Sequence[str]) -> list[str]:
    """Return which parameters may be meant by a name that none has, the likeliest first.

    A name that is usual elsewhere means its synonyms alone:
    “from” is spelled like “format”, and never means it.
    """
    synonyms = SYNONYMS.get(name.casefold())
    if synonyms is None:
        near = nearest(name, valid)
        return [near] if near else []
    return [synonym for synonym in synonyms if synonym in valid][:MOST_MEANT]


def format_of(words: Iterable[str]) -> OneOf:
    """Return the parameter by which the form of an answer is chosen."""
    names = tuple(words)
    more = (
        " Those but json have addresses of their own too, such as `/api/v1/stances.csv`."
        if len(names) > 1
        else ""
    )
    return OneOf("format", f"The form of the answer.{more}", words=names)


FORMAT = format_of(["json"])


def fields_of(noun: Noun) -> Words:
    """Return the parameter by which records are narrowed to some of their fields."""
    head = ("edition", "is_stale") if noun in CLAIMS else ("edition",)
    return Words(
        "fields",
        "Only these fields of each record.",
        words=(*head, *SHAPES[noun].__struct_fields__),
    )


def of_a_day(noun: Noun) -> list[Filter]:
    """Return the parameter by which one claim is told as of a day; other records have none."""
    return [by for by in FILTERS[noun] if by.name == "on"] if noun in CLAIMS else []


NEEDS = (
    ("certain", "on", "says how to read"),
    ("choice", "voter", "says what was cast by"),
    ("cursor", "edition", "is a place in"),
    ("on", "member_of", "is the day of a membership in"),
    ("stale", "on", "is told as of"),
    ("with_settled", "on", "adds to what is told of"),
)
# What the least of a range is called, and the greatest:
# min_score and max_score, issued_from and issued_to.
LEAST, GREATEST = re.compile(r"^min(?=_)|(?<![^_])from$"), {"min": "max", "from": "to"}


class Choice(NamedTuple):
    """What may be meant, in words, and the value of the parameter that says so."""

    words: str
    value: str


@dataclass(frozen=True, slots=True)
class ParameterProblem:
    """What is wrong with a parameter,
    and the name (where `code` is unknown_parameter) or value that may be meant.

    Where several may be meant, they are `choices`.
    """

    parameter: str
    code: str
    detail: str
    meant: str = ""
    choices: tuple[Choice, ...] = ()


class BadRequestError(Exception):
    """A request that can't be answered as asked; `problems` say why, all at once."""

    def __init__(self, problems: list[ParameterProblem]) -> None:
        self.problems = problems
        super().__init__("The request has parameters that are unknown or can't be used as given.")


def parse(parameter: Filter, values: list[str], most: int = MOST_VALUES) -> Any:
    """Return the value of a parameter that is given as these; raise BadValueError."""
    if parameter.splits:
        values = [part for value in values for part in value.split(",")]
    if len(values) > most and parameter.many:
        raise BadValueError(f"it has {len(values):,} values; give at most {most:,} at a time")
    if any(value == "" or UNREADABLE.search(value) for value in values):
        raise BadValueError(
            "a value is empty, has a NUL in it or is no UTF-8; leave the parameter out or mend it"
        )
    return parameter.parse(values)


class Query:
    """A query string read by its declaration: values by name, and the problems found so far."""

    most_values = MOST_VALUES

    def __init__(self, declared: Iterable[Filter], sent: QueryDict) -> None:
        self.declared = {parameter.name: parameter for parameter in declared}
        self.values: dict[str, Any] = {}
        self.problems: list[ParameterProblem] = []
        unknown = [name for name in sent if name not in self.declared]
        for name, values in sent.lists():
            try:
                if name in self.declared:
                    given = [normalize("NFC", value) for value in values]
                    self.values[name] = parse(self.declared[name], given, self.most_values)
                elif name in unknown[:MOST_EXPLAINED]:
                    known = sorted(self.declared)
                    says = f"there is no parameter “{name[:CHARACTERS_SHOWN]}” here"
                    meant = meant_by(name, known)
                    asks = (
                        f"; did you mean {' or '.join(meant)}? there are: "
                        if meant
                        else "; there are: "
                    )
                    self.fault(
                        name,
                        "unknown_parameter",
                        f"{says}{asks}{', '.join(known)}",
                        "".join(meant[:1]),
                    )
            except BadValueError as error:
                self.fault(
                    name,
                    "invalid",
                    str(error),
                    next(filter(None, map(self.declared[name].near, values)), ""),
                )
        if more := unknown[MOST_EXPLAINED:]:
            self.fault(
                more[0],
                "unknown_parameter",
                f"there is none of this name, nor of {len(more) - 1:,} more names",
            )
        self._check_together(sent)

    def _check_together(self, sent: QueryDict) -> None:
        """Note which parameters need others, or exclude them."""
        for name, needed, why in NEEDS:
            if name in self.values and needed in self.declared and needed not in sent:
                self.fault(name, "needs", f"“{name}” {why} “{needed}”; give both")
        for first in self.values:
            last = LEAST.sub(lambda match: GREATEST[match[0]], first)
            if first != last in self.values and self.values[first] > self.values[last]:
                than = "greater" if first.startswith("min_") else "later"
                self.fault(
                    first,
                    "conflict",
                    f"“{first}” is {than} than “{last}”, so nothing fits; exchange the two",
                )
        if "is_stale" in self.values.get("fields", ()) and "on" not in sent:
            self.fault("fields", "needs", "“is_stale” is told as of the day in “on”; give both")
        recorded = [by.name for by in RECORDED if by.name in self.values]
        if len(recorded) > 1:
            *others, last = [f"“{by.name}”" for by in RECORDED if by.name in self.declared]
            self.fault(
                recorded[0], "conflict", f"give one of {', '.join(others)} and {last}, not more"
            )

    def fault(
        self,
        parameter: str,
        code: str,
        detail: str,
        meant: str = "",
        *,
        choices: Iterable[Choice] = (),
    ) -> None:
        """Note what is wrong with a parameter, and what may be meant."""
        self.problems.append(ParameterProblem(parameter, code, detail, meant, tuple(choices)))

    def copy(self) -> Self:
        """Return another to note faults at: those of one answer aren't those of the next."""
        other = copy(self)
        other.problems = [*self.problems]
        return other

    def note_answered(self, answering: AnsweringEdition) -> None:
        """Note what only the publication knows to be wrong with
        the recorded time that is asked for.
        """
        for name in ("edition", "changed_since"):
            value = self.values.get(name)
            if isinstance(value, int) and value > answering.latest:
                says = f"there is no edition {value} yet; the latest is {answering.latest}"
                self.fault(name, "unknown", says, str(answering.latest or ""))
            if isinstance(value, datetime) and is_to_come(value):
                self.fault(name, *FUTURE)
        if answering.number is None and "release" in self.values:
            says = (
                f"there is no release {self.values['release']}; /api/v1/releases/ lists those "
                f"that there are"
            )
            self.fault("release", "unknown", says)
        elif answering.number is None:
            self.fault("as_of", *FUTURE)

    def check(self) -> None:
        """Raise BadRequestError with every problem, if there is one."""
        if self.problems:
            raise BadRequestError(self.problems)

    @property
    def size(self) -> int:
        """Return how many results a page has."""
        size: int = self.values.get("page_size", USUAL_PAGE)
        return size

    @property
    def counts(self) -> bool:
        """Tell whether all results are to be counted."""
        return self.values.get("count") is True

    def after(self, *kinds: type) -> tuple[Any, ...] | None:
        """Return the place that `cursor` stands for, made of values of these types;
        None at the beginning.
        """
        try:
            return decode(self.values["cursor"], *kinds) if "cursor" in self.values else None
        except BadValueError as error:
            self.fault("cursor", "invalid", str(error))
            return None

    def before(self, largest: int = LARGEST_ID) -> int | None:
        """Return the number, of an edition usually, that `cursor` stands for;
        None at the beginning.
        """
        place = self.after(int)
        return max(-1, min(place[0], largest)) if place else None
