"""Keys by which a record names others: which record each means, and what must be known of it.

Keys are looked up by the chunk and remembered; so is what others must know of a source:
for which day it vouches.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, NamedTuple

from django.db.models import QuerySet

from tracker.desk.records.keys import KNOWN, NAMED, Row, look_up
from tracker.models import Event
from tracker.models.nouns import records_of
from tracker.values.nearness import OF_NAMES, nearest
from tracker.values.nouns import Noun
from tracker.values.problems import Path, Problem

MOST_CANDIDATES, MOST_SUGGESTIONS, LONGEST_KEY = 20_000, 100, 100


def known_on(*, issued_earliest: date | None, accessed_on: date | None) -> date | None:
    """Return the day for which a source vouches:
    the first day it can have appeared on, else the day it was read.

    The last day of a source of “2026” may be months to come,
    and nobody can have checked anything on it.
    """
    return issued_earliest or accessed_on


def default_confirmed_on(*, sources: Iterable[date | None], today: date) -> date | None:
    """Return the day on which a claim was last checked, if nobody said:
    that of the newest of the sources it cites.

    A source may be dated ahead, as journals are; the claim was checked today at the latest.
    """
    newest = max((day for day in sources if day), default=None)
    return min(newest, today) if newest else None


class Key(NamedTuple):
    """A reference as written: a slug, code, text key, number or, of a source, address."""

    noun: Noun
    written: str | int

    @property
    def kind(self) -> str:
        """Return which kind of key it looks like:
        that of most records of the noun, unless it is something else.
        """
        if self.noun is not Noun.SOURCE:
            return "slug"
        return (
            "id" if isinstance(self.written, int) else "address" if "://" in self.written else "ref"
        )


def had_key(record: int, key: Key) -> bool:
    """Tell whether a record had a key at any time, be it deleted by now."""
    if isinstance(key.written, int):
        return key.written == record
    rows = Event.objects.filter(noun=key.noun, record=record, part="")
    return rows.filter(**{f"after__{key.kind}": key.written}).exists()


class SourceDays(NamedTuple):
    """The first and the last day a source can have appeared on, and the day it was read."""

    issued_earliest: date | None = None
    issued_latest: date | None = None
    accessed_on: date | None = None


class References:
    """The records that keys mean, and what must be known of them."""

    kinds: ClassVar[Mapping[Noun, tuple[str, ...]]] = NAMED

    def __init__(self) -> None:
        self.here: dict[Key, tuple[int, ...]] = {}
        self.days: dict[int, SourceDays] = {}
        self._candidates: dict[tuple[Noun, str], list[str]] = {}
        self._suggested: dict[Key, str] = {}

    def learn(self, keys: Iterable[Key]) -> None:
        """Look up keys that are not known yet, by one query,
        and a few for what that doesn't find.
        """
        wanted: dict[Noun, list[str | int]] = defaultdict(list)
        for key in dict.fromkeys(key for key in keys if key not in self.here):
            wanted[key.noun].append(key.written)
        for noun, (meant, here) in look_up(wanted, self.kinds).items():
            self.here |= {Key(noun, key): ids for key, ids in meant.items()}
            for row in here:
                self._remember(noun, row)
            self.learn_ids(noun, {record for ids in meant.values() for record in ids})

    def learn_ids(self, noun: Noun, ids: Collection[int]) -> None:
        """Look up what must be known of records by their ids."""
        if noun is Noun.SOURCE and (
            unknown := [pk for pk in set(ids) if pk > 0 and pk not in self.days]
        ):
            rows: QuerySet[Any] = records_of(noun).filter(pk__in=unknown)
            for row in rows.values("id", *KNOWN[noun]):
                self._remember(noun, row)

    def find(self, key: Key) -> tuple[int, ...]:
        """Return the records that a key means: one, if all is well."""
        return self.here[key]

    def becoming(
        self, noun: Noun, settled: Callable[[Noun, int], int]
    ) -> dict[int, dict[str, Any]]:
        """Return what becomes of issues or sources besides, by their ids as they will be."""
        return {}

    def known_on(self, source: int) -> date | None:
        """Return the day for which a source vouches."""
        days = self.source_days(source)
        return known_on(issued_earliest=days.issued_earliest, accessed_on=days.accessed_on)

    def source_days(self, source: int) -> SourceDays:
        """Return the days of a source, all None if it is not known."""
        return self.days.get(source, SourceDays())

    def problem(self, key: Key, path: Path) -> Problem:
        """Return why a key is of no use: there is no such record, or there are several."""
        record = self.find(key)
        says, remedy = self.several(key, record) if record else self.none(key)
        meant = "" if record else self.near(key)
        params = {
            "near": f"did you mean {meant}? " if meant else "",
            "meant": " or ".join(self.names(key, record)),
        }
        return Problem("unknown", says, path, params, remedy=remedy, value=str(key.written))

    def several(self, key: Key, ids: tuple[int, ...]) -> tuple[str, str]:
        """Return what is said of a key that several records have, and what to write instead."""
        return f"several {key.noun.plural} have this {key.kind}", "give the number: {meant}"

    def none(self, key: Key) -> tuple[str, str]:
        """Return what is said of a key that no record has, and what to write instead."""
        kinds = ", ".join(self.kinds[key.noun][:-1])
        return f"there is no {key.noun} with this key", f"{{near}}give its {kinds} or number"

    def names(self, key: Key, ids: tuple[int, ...]) -> list[str]:
        """Return by what each of several records can be named."""
        return sorted(map(str, ids))

    def near(self, key: Key) -> str:
        """Return the key that is nearest to one that nothing has, or "" (always so after many)."""
        if (
            key not in self._suggested
            and len(self._suggested) < MOST_SUGGESTIONS
            and isinstance(key.written, str)
        ):
            self._suggested[key] = self.nearest(key, key.written[:LONGEST_KEY])
        return self._suggested.get(key, "")

    def nearest(self, key: Key, written: str) -> str:
        """Return the key that is nearest to what was written, or "": `near` remembers it."""
        if (key.noun, key.kind) not in self._candidates:
            self._candidates[key.noun, key.kind] = self.candidates(key)[:MOST_CANDIDATES]
        return nearest(written, self._candidates[key.noun, key.kind], OF_NAMES)

    def candidates(self, key: Key) -> list[str]:
        """Return the keys of the same kind, of which one may be meant."""
        column = "url" if key.kind == "address" else key.kind
        here = records_of(key.noun).exclude(**{column: None}).values_list(column, flat=True)
        return [str(record) for record in here[:MOST_CANDIDATES]]

    def _remember(self, noun: Noun, row: Row) -> None:
        if noun is Noun.SOURCE:
            self.days[row["id"]] = SourceDays(*(row[name] for name in KNOWN[noun]))
