"""Reading a query string: every parameter is declared, parsed in one place, and never ignored."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict

from tracker.api.cursors import decode
from tracker.api.errors import BadRequest
from tracker.publication.read.editions import as_of, latest
from tracker.publication.read.keys import Asked, resolve
from tracker.publication.read.pages import Place
from tracker.publication.shapes.answers import Fault
from tracker.publication.shapes.filters import LARGEST_ID, BadValue, Filter, Flag, Keys, OneOf, Single, Whole
from tracker.values.nouns import Noun

USUAL_PAGE, LARGEST_PAGE = 50, 500


@dataclass(frozen=True, slots=True)
class Moment(Single):
    """A moment with an offset, as RFC 3339 writes it."""

    def parse_one(self, value: str) -> datetime:
        """Return the moment; raise BadValue."""
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise BadValue(f"“{value}” is a day, not a moment; write time and offset too, e.g. {value}T00:00:00Z")
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None or not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt]", value):
            raise BadValue(f"“{value}” is not a moment with an offset; write e.g. 2026-11-25T00:00:00Z, and + as %2B")
        return moment

    def schema(self) -> dict[str, Any]:
        """Return the form of a moment."""
        return {"type": "string", "format": "date-time", "examples": ["2026-11-25T00:00:00Z"]}


AS_OF = Moment("as_of", "As the publication was at this moment (recorded time; RFC 3339 with offset).")
EDITION = Whole(
    "edition", "As the publication was in this edition (recorded time); 0 is before the first.",
    minimum=0, maximum=LARGEST_ID,
)  # fmt: skip
RECORDED = (AS_OF, EDITION)
FORMAT = OneOf("format", "The form of the answer.", words=("json",))
PAGE_SIZE = Whole("page_size", f"How many results a page has; usually {USUAL_PAGE}.", minimum=1, maximum=LARGEST_PAGE)
COUNT = Flag("count", "Also count all results, as `count`.")
CURSOR = Single("cursor", "Where the page begins; taken from `next`, never made up.")


class Query:
    """A query string read by its declaration: values by name, and the faults found so far."""

    def __init__(self, declared: Iterable[Filter], given: QueryDict) -> None:
        self.declared = {parameter.name: parameter for parameter in declared}
        self.values: dict[str, Any] = {}
        self.faults: list[Fault] = []
        for name, values in given.lists():
            self._read(name, values)
        for name, needed, why in (("certain", "on", "says how to read"), ("cursor", "edition", "is a place in")):
            if name in self.values and needed in self.declared and needed not in given:
                self.fault(name, "needs", f"“{name}” {why} “{needed}”; give both")

    @property
    def size(self) -> int:
        """Return how many results a page has."""
        size: int = self.values.get("page_size", USUAL_PAGE)
        return size

    @property
    def counts(self) -> bool:
        """Tell whether all results are to be counted."""
        return self.values.get("count") is True

    def fault(self, parameter: str, code: str, detail: str) -> None:
        """Note what is wrong with a parameter."""
        self.faults.append(Fault(parameter, code, detail))

    def check(self) -> None:
        """Raise BadRequest with every fault, if there is one."""
        if self.faults:
            raise BadRequest(self.faults)

    def edition(self) -> int | None:
        """Return the edition asked for by `as_of` or `edition`; None: the latest, whichever that is when it is read."""
        if "as_of" in self.values and "edition" in self.values:
            self.fault("as_of", "conflict", "give “as_of” or “edition”, not both")
        elif "edition" in self.values:
            number: int = self.values["edition"]
            if number > (last := latest()):
                self.fault("edition", "unknown", f"there is no edition {number} yet; the latest is {last}")
            return number
        elif "as_of" in self.values:
            found = as_of(self.values["as_of"])
            if found is None:
                self.fault("as_of", "future", "this moment is still to come")
            return found
        # A code can pass from one actor to another between the statement that resolves it and the one that uses it.
        return latest() if self._asks_by_code() else None

    def after(self, *kinds: type) -> Place | None:
        """Return the place that `cursor` stands for, made of values of these types; None at the beginning."""
        try:
            return decode(self.values["cursor"], *kinds) if "cursor" in self.values else None
        except BadValue as error:
            self.fault("cursor", "invalid", str(error))
            return None

    def before(self) -> int | None:
        """Return the number of an edition that `cursor` stands for; None at the beginning."""
        place = self.after(int)
        return place[0] if place else None

    def filters(self, filters: Iterable[Filter], edition: int | None) -> dict[str, Any]:
        """Return the values of the filters that are given, with keys resolved to numbers in `edition`."""
        given = [narrowing for narrowing in filters if narrowing.name in self.values]
        keyed = [narrowing for narrowing in given if isinstance(narrowing, Keys)]
        found = resolve({(by.noun, by.by, key) for by in keyed for key in self.values[by.name]}, edition)
        resolved = {by.name: self._numbers(by, found) for by in keyed}
        return {narrowing.name: self.values[narrowing.name] for narrowing in given} | resolved

    def _numbers(self, by: Keys, found: Mapping[Asked, int | None]) -> list[int]:
        numbers = []
        for key in self.values[by.name]:
            number = found[by.noun, by.by, key]
            if number is None:
                self.fault(by.name, "unknown", f"no {by.noun} was ever published under “{key}”")
            else:
                numbers.append(number)
        return numbers

    def _asks_by_code(self) -> bool:
        return any(
            isinstance(by, Keys) and by.noun is Noun.ACTOR and any(re.fullmatch("[A-Z]{3}", key) for key in keys)
            for by, keys in ((self.declared[name], value) for name, value in self.values.items())
        )

    def _read(self, name: str, values: list[str]) -> None:
        if name not in self.declared:
            known = ", ".join(sorted(self.declared))
            self.fault(name, "unknown_parameter", f"there is no parameter “{name}” here; there are: {known}")
            return
        declared = self.declared[name]
        if declared.splits:
            values = [part for value in values for part in value.split(",")]
        try:
            if any(value == "" or "\x00" in value for value in values):
                raise BadValue("a value is empty or has a NUL in it; leave the parameter out or give it a value")
            self.values[name] = declared.parse(values)
        except BadValue as error:
            self.fault(name, "invalid", str(error))
