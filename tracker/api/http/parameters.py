"""Reading a query string: every parameter is declared, parsed in one place, and never ignored."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from unicodedata import normalize

from django.http import QueryDict
from django.utils import timezone

from tracker.api.http.exceptions import BadRequest
from tracker.api.http.pagination import decode
from tracker.publication.read.editions import Answering, AsOf, answering
from tracker.publication.read.keys import records
from tracker.publication.read.lists import Listed, Question, lines, narrowed
from tracker.publication.read.pages import Place
from tracker.schema.answers import Fault
from tracker.schema.filters import (
    LARGEST_ID,
    BadValue,
    Filter,
    Flag,
    Keys,
    Moment,
    OneOf,
    ReleaseName,
    Single,
    Whole,
    Words,
)
from tracker.schema.ordering import BY_RANK
from tracker.schema.records import CLAIMS, FILTERS, SHAPES, USUAL, with_usual
from tracker.values.nouns import Noun

USUAL_PAGE, LARGEST_PAGE = 50, 500
MOST = 1000  # values of one parameter
# What stands where a query string is no UTF-8 is U+FFFD.
UNREADABLE = re.compile("[\x00\ufffd]")


AS_OF = Moment("as_of", "As the publication was at this moment (recorded time; RFC 3339 with offset).")
EDITION = Whole(
    "edition", "As the publication was in this edition (recorded time); 0 is before the first.",
    minimum=0, maximum=LARGEST_ID,
)  # fmt: skip
RELEASE = ReleaseName("release", "As the publication was in the edition of this release (recorded time).")
RECORDED = (AS_OF, EDITION, RELEASE)
PAGE_SIZE = Whole("page_size", f"How many results a page has; usually {USUAL_PAGE}.", minimum=1, maximum=LARGEST_PAGE)
COUNT = Flag("count", "Also count all results, as `count`.")
NOTHING_TO_FIND = ("invalid", "it names no word that must be there; write at least one without “-” before it")
FUTURE = ("future", "this moment is still to come")
CURSOR = Single("cursor", "Where the page begins; taken from `next`, never made up.")


def format_of(words: Iterable[str]) -> OneOf:
    """Return the parameter by which the form of an answer is chosen."""
    names = tuple(words)
    more = " Those but json have addresses of their own too, such as `/api/v1/stances.csv`." if len(names) > 1 else ""
    return OneOf("format", f"The form of the answer.{more}", words=names)


FORMAT = format_of(["json"])


def fields_of(noun: Noun) -> Words:
    """Return the parameter by which records are narrowed to some of their fields."""
    head = ("edition", "is_stale") if noun in CLAIMS else ("edition",)
    return Words("fields", "Only these fields of each record.", words=(*head, *SHAPES[noun].__struct_fields__))


def of_a_day(noun: Noun) -> list[Filter]:
    """Return the parameter by which one claim is told as of a day; other records have none."""
    return [by for by in FILTERS[noun] if by.name == "on"] if noun in CLAIMS else []


NEEDS = (
    ("certain", "on", "says how to read"),
    ("cursor", "edition", "is a place in"),
    ("on", "member_of", "is the day of a membership in"),
    ("stale", "on", "is told as of"),
)
BOUNDS = (("from", "to"), ("issued_from", "issued_to"))


WITHOUT_PAGES = ("page_size", "cursor", "count")
NOTHING: Mapping[str, Sequence[int | None]] = {}


def as_of(given: QueryDict) -> AsOf:
    """Return the recorded time that a query string asks for which was answered once."""
    edition, moment = given.get("edition"), given.get("as_of")
    return AsOf(
        EDITION.parse_one(edition) if edition else None,
        AS_OF.parse_one(moment) if moment else None,
        given.get("release"),
    )


class Query:
    """A query string read by its declaration: values by name, and the faults found so far."""

    def __init__(self, declared: Iterable[Filter], given: QueryDict) -> None:
        self.declared = {parameter.name: parameter for parameter in declared}
        self.values: dict[str, Any] = {}
        self.faults: list[Fault] = []
        for name, values in given.lists():
            self._read(name, [normalize("NFC", value) for value in values])
        for name, needed, why in NEEDS:
            if name in self.values and needed in self.declared and needed not in given:
                self.fault(name, "needs", f"“{name}” {why} “{needed}”; give both")
        for first, last in BOUNDS:
            if {first, last} <= self.values.keys() and self.values[first] > self.values[last]:
                self.fault(first, "conflict", f"“{first}” is later than “{last}”, so nothing fits; exchange the two")
        if "is_stale" in self.values.get("fields", ()) and "on" not in given:
            self.fault("fields", "needs", "“is_stale” is told as of the day in “on”; give both")
        recorded = [by.name for by in RECORDED if by.name in self.values]
        if len(recorded) > 1:
            self.fault(recorded[0], "conflict", "give one of “as_of”, “edition” and “release”, not more")

    @property
    def size(self) -> int:
        """Return how many results a page has."""
        size: int = self.values.get("page_size", USUAL_PAGE)
        return size

    @property
    def counts(self) -> bool:
        """Tell whether all results are to be counted."""
        return self.values.get("count") is True

    def narrowed(self, record: bytes) -> bytes:
        """Return a record, which is JSON, with the fields that are asked for."""
        return narrowed(record, self.values["fields"]) if "fields" in self.values else record

    def narrowed_lines(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """Return records, which are lines of JSON, with the fields that are asked for."""
        if "fields" not in self.values:
            return chunks
        return (lines(map(self.narrowed, chunk.splitlines())) for chunk in chunks)

    def fault(self, parameter: str, code: str, detail: str) -> None:
        """Note what is wrong with a parameter."""
        self.faults.append(Fault(parameter, code, detail))

    def check(self) -> None:
        """Raise BadRequest with every fault, if there is one."""
        if self.faults:
            raise BadRequest(self.faults)

    @property
    def as_of(self) -> AsOf:
        """Return the recorded time that is asked for."""
        return AsOf(self.values.get("edition"), self.values.get("as_of"), self.values.get("release"))

    def answering(self) -> Answering:
        """Return the edition that answers; raise BadRequest with every fault."""
        found = answering(self.as_of)
        self.check_answered(found)
        return found

    def after(self, *kinds: type) -> Place | None:
        """Return the place that `cursor` stands for, made of values of these types; None at the beginning."""
        try:
            return decode(self.values["cursor"], *kinds) if "cursor" in self.values else None
        except BadValue as error:
            self.fault("cursor", "invalid", str(error))
            return None

    def before(self, largest: int = LARGEST_ID) -> int | None:
        """Return the number, of an edition usually, that `cursor` stands for; None at the beginning."""
        place = self.after(int)
        return max(-1, min(place[0], largest)) if place else None

    def check_whole(self, form: str, *, narrows: bool) -> None:
        """Note the parameters that mean nothing where a form holds the whole list."""
        for name in WITHOUT_PAGES if narrows else (*WITHOUT_PAGES, "fields"):
            if name in self.values:
                self.fault(
                    name, "conflict", f"“{name}” means nothing in {form}, which holds the whole list; leave it out"
                )

    def question(self, noun: Noun, size: int | None = None) -> Question:
        """Return what is asked of the list of a noun, by the page or in chunks; whatever has a fault is left out."""
        order = self.values.get("ordering", BY_RANK if "q" in self.values else USUAL[noun])
        return Question(
            noun,
            with_usual(noun, {by.name: self.values[by.name] for by in FILTERS[noun] if by.name in self.values}),
            order=order,
            as_of=self.as_of,
            after=self.after(*(by.type for by in order)),
            size=size or self.size,
            counts=self.counts,
        )

    def records(self, name: str, edition: int) -> list[int]:
        """Return the records that the keys of a parameter mean in an edition; none if it is not given."""
        by = self.declared[name]
        if name not in self.values or not isinstance(by, Keys):
            return []
        found = records(by.noun, self.values[name], edition=edition)
        self._check_known(name, found)
        return [record for record in found if record is not None]

    def check_listed(self, listed: Listed) -> None:
        """Raise BadRequest with every fault, also those that only the publication knows of."""
        if not listed.finds:
            self.fault("q", *NOTHING_TO_FIND)
        self.check_answered(listed.answering, listed.unknown)

    def check_answered(self, answering: Answering, unknown: Mapping[str, Sequence[int | None]] = NOTHING) -> None:
        """Raise BadRequest with every fault, also those that only the publication knows of."""
        for name, found in unknown.items():
            if name in self.declared:
                self._check_known(name, found)
        for name in ("edition", "changed_since"):
            given = self.values.get(name)
            if isinstance(given, int) and given > answering.latest:
                self.fault(name, "unknown", f"there is no edition {given} yet; the latest is {answering.latest}")
            if isinstance(given, datetime) and given > timezone.now():
                self.fault(name, *FUTURE)
        if answering.number is None and "release" in self.values:
            says = f"there is no release {self.values['release']}; /api/v1/releases/ lists those that there are"
            self.fault("release", "unknown", says)
        elif answering.number is None:
            self.fault("as_of", *FUTURE)
        self.check()

    def _check_known(self, name: str, found: Sequence[int | None]) -> None:
        by = self.declared[name]
        if isinstance(by, Keys):
            for key, record in zip(self.values[name], found, strict=True):
                if record is None:
                    self.fault(name, "unknown", f"no {by.noun} was ever published under “{key}”")

    def _read(self, name: str, values: list[str]) -> None:
        if name not in self.declared:
            known = ", ".join(sorted(self.declared))
            self.fault(name, "unknown_parameter", f"there is no parameter “{name}” here; there are: {known}")
            return
        declared = self.declared[name]
        if declared.splits:
            values = [part for value in values for part in value.split(",")]
        try:
            if len(values) > MOST and declared.many:
                raise BadValue(f"it has {len(values):,} values; give at most {MOST:,} at a time")
            if any(value == "" or UNREADABLE.search(value) for value in values):
                raise BadValue("a value is empty, has a NUL in it or is no UTF-8; leave the parameter out or mend it")
            self.values[name] = declared.parse(values)
        except BadValue as error:
            self.fault(name, "invalid", str(error))
