"""Reading a query string: every parameter is declared, parsed in one place, and never ignored."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict

from tracker.api.errors import BadRequest, Fault
from tracker.publication.read.editions import as_of, latest
from tracker.publication.read.keys import Asked, resolve
from tracker.publication.shapes.filters import BadValue, Filter, Ids, Keys, OneOf, Single, Whole


@dataclass(frozen=True, slots=True)
class Moment(Single):
    """A moment with an offset, as RFC 3339 writes it."""

    def parse_one(self, value: str) -> datetime:
        """Return the moment; raise BadValue."""
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


AS_OF = Moment("as_of", "As the publication was at this moment (RFC 3339 with offset).", "")
EDITION = Whole("edition", "As the publication was in this edition.", "", minimum=1, maximum=2_147_483_647)
FORMAT = OneOf("format", "The form of the answer.", "", words=("json",))
PAGE_SIZE = Whole("page_size", "How many results a page has.", "", minimum=1, maximum=500)
COUNT = OneOf("count", "Also count all results.", "", words=("true", "false"))
CURSOR = Single("cursor", "Where the page begins; taken from `next`, never made up.", "")
RECORDED = (AS_OF, EDITION)


class Query:
    """A query string read by its declaration: values by name, and the faults found so far."""

    def __init__(self, declared: Iterable[Filter], given: QueryDict) -> None:
        self.declared = {parameter.name: parameter for parameter in declared}
        self.values: dict[str, Any] = {}
        self.faults: list[Fault] = []
        for name in given:
            self._read(name, given.getlist(name))
        if "certain" in self.values and "on" not in self.values and "on" in self.declared:
            self.fault("certain", "needs", "“certain” says how to read “on”; give “on” too")

    def fault(self, parameter: str, code: str, detail: str) -> None:
        """Note what is wrong with a parameter."""
        self.faults.append(Fault(parameter, code, detail))

    def check(self) -> None:
        """Raise BadRequest with every fault, if there is one."""
        if self.faults:
            raise BadRequest(self.faults)

    def edition(self) -> int | None:
        """Return the edition asked for by `as_of` or `edition`; None: the latest."""
        if "as_of" in self.values and "edition" in self.values:
            self.fault("as_of", "conflict", "give “as_of” or “edition”, not both")
        if "edition" in self.values:
            number: int = self.values["edition"]
            if number > (last := latest()):
                self.fault("edition", "unknown", f"there is no edition {number} yet; the latest is {last}")
            return number
        if "as_of" in self.values:
            found = as_of(self.values["as_of"])
            if found is None:
                self.fault("as_of", "future", "this moment is still to come")
            return found
        return None

    def filters(self, filters: Iterable[Filter], edition: int | None) -> dict[str, Any]:
        """Return the values of the filters that are given, with keys resolved to numbers in `edition`."""
        given = [narrowing for narrowing in filters if narrowing.name in self.values]
        keyed = [narrowing for narrowing in given if isinstance(narrowing, Keys | Ids)]
        asked: set[Asked] = {(by.noun, key) for by in keyed for key in self.values[by.name]}
        found = resolve(asked, edition)
        values = {narrowing.name: self.values[narrowing.name] for narrowing in given}
        for by in keyed:
            values[by.name] = self._numbers(by, found)
        return values

    def _numbers(self, by: Keys | Ids, found: Mapping[Asked, int | None]) -> list[int]:
        numbers = []
        for key in self.values[by.name]:
            number = found[by.noun, key]
            if number is None:
                self.fault(by.name, "unknown", f"no {by.noun} was ever published under “{key}”")
            else:
                numbers.append(number)
        return numbers

    def _read(self, name: str, values: list[str]) -> None:
        if name not in self.declared:
            known = ", ".join(sorted(self.declared))
            self.fault(name, "unknown_parameter", f"there is no parameter “{name}” here; there are: {known}")
            return
        declared = self.declared[name]
        if declared.splits:
            values = [part for value in values for part in value.split(",")]
        try:
            if any("\x00" in value for value in values) or (any(value == "" for value in values)):
                raise BadValue("a value is empty or has a NUL in it; leave the parameter out or give it a value")
            self.values[name] = declared.parse(values)
        except BadValue as error:
            self.fault(name, "invalid", str(error))
