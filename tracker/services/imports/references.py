"""Keys by which rows name issues, actors and sources: which record each is, here or in the files.

Keys are looked up by the chunk and remembered; so are the few things that other rows must know of a record: whether an
issue has a question, and for which day a source vouches.
"""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any, NamedTuple

from django.db.models import QuerySet

from tracker.models.nouns import RECORDS
from tracker.services.claims import known_on
from tracker.services.imports.calling import Called
from tracker.services.imports.identities import COLUMN, COLUMNS, LARGEST_ID, normalised
from tracker.services.imports.survey import Survey
from tracker.services.keys import KNOWN, Row
from tracker.services.merging import survivors
from tracker.values.nouns import Noun

MOST_CANDIDATES, MOST_SUGGESTIONS, LONGEST_KEY = 20_000, 100, 100


class Key(NamedTuple):
    """A reference as written: the slug of an issue or actor; the ref, id or address of a source."""

    noun: Noun
    written: str | int

    @property
    def kind(self) -> str:
        """Return which kind of key it is."""
        if self.noun is not Noun.SOURCE:
            return "slug"
        return "id" if isinstance(self.written, int) else "address" if "://" in self.written else "ref"


class References:
    """The records that keys name: a number of the survey for each key, and what must be known of it."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._here: dict[Key, tuple[int, ...]] = {}
        self._questions: dict[int, bool] = {}
        self._days: dict[int, tuple[date | None, date | None]] = {}
        self._survivors: dict[Noun, dict[int, int]] = defaultdict(dict)
        self._candidates: dict[tuple[Noun, str], list[str]] = {}
        self._suggested: dict[Key, str] = {}
        self._called = Called()

    def learn(self, keys: Iterable[Key]) -> None:
        """Look up keys that are not known yet, a few statements for all of them."""
        wanted: dict[tuple[Noun, str], list[Key]] = defaultdict(list)
        described: dict[Noun, list[int]] = defaultdict(list)
        for key in {key for key in keys if key not in self._here}:
            if (record := self._described(key)) is None:
                wanted[key.noun, key.kind].append(key)
            else:
                described[key.noun].append(record)
        for (noun, kind), unknown in wanted.items():
            self._look_up(noun, kind, unknown)
        for noun, records in described.items():
            self.learn_ids(noun, records)
            self._survivors[noun] |= survivors(noun, [record for record in records if record > 0])

    def learn_ids(self, noun: Noun, ids: Collection[int]) -> None:
        """Look up what must be known of records by their ids."""
        if noun is Noun.ACTOR:
            return
        known: Container[int] = self._questions if noun is Noun.ISSUE else self._days
        if unknown := [pk for pk in set(ids) if pk > 0 and pk not in known]:
            for row in _found(noun, "id", unknown):
                self.remember(noun, row)

    def find(self, key: Key) -> tuple[int, ...]:
        """Return the records that a key names: one, if all is well. What was merged means the survivor."""
        described = self._described(key)
        found = self._here[key] if described is None else (described,)
        merged = self._survivors[key.noun]
        return tuple({merged.get(record, record) for record in found})

    def has_question(self, issue: int) -> bool:
        """Say whether an issue has a question, once the files are imported."""
        said = self._survey.said.has_question.get(issue)
        return self._questions[issue] if said is None else said

    def known_on(self, source: int) -> date | None:
        """Return the day for which a source vouches, once the files are imported."""
        issued, accessed = self._days.get(source, (None, None))
        said = self._survey.said
        return known_on(
            issued_earliest=said.issued_earliest.get(source, issued), accessed_on=said.accessed_on.get(source, accessed)
        )

    def meant(self, key: Key) -> list[str]:
        """Return the slugs of the several records that a key can mean."""
        return self._called.slugs(key.noun, self.find(key))

    def near(self, key: Key) -> str:
        """Return the key that is nearest to one that nothing has, or "" (always so after many)."""
        if key not in self._suggested and len(self._suggested) < MOST_SUGGESTIONS and isinstance(key.written, str):
            matches = get_close_matches(key.written[:LONGEST_KEY], self._candidates_like(key), n=1, cutoff=0.5)
            self._suggested[key] = matches[0] if matches else ""
        return self._suggested.get(key, "")

    def remember(self, noun: Noun, row: Row) -> None:
        """Keep what must be known of a record."""
        if noun is Noun.ISSUE:
            self._questions[row["id"]] = row["question"] != ""
        elif noun is Noun.SOURCE:
            self._days[row["id"]] = (row["issued_earliest"], row["accessed_on"])

    def _described(self, key: Key) -> int | None:
        """Return the record of the files that a slug, ref or id names."""
        if key.kind == "id":
            return self._survey.said.source_ids.get(int(key.written))
        if key.kind == "address":
            return None  # it may be that of several sources, in the files and here
        return self._survey.keys[key.noun, key.kind].get(key.written)

    def _look_up(self, noun: Noun, kind: str, keys: Sequence[Key]) -> None:
        kept: Sequence[str | int] = [key.written for key in keys]
        if kind == "address":
            kept = normalised([str(key.written) for key in keys])
        here: dict[str | int, set[int]] = defaultdict(set)
        for row in _found(noun, kind, kept):
            here[row[COLUMNS.get(kind, kind)]].add(row["id"])
            self.remember(noun, row)
        for value in kept if kind == "slug" else ():
            if value not in here and (named := self._called.find(noun, str(value))):
                here[value] = named
                self.learn_ids(noun, named)
        merged = survivors(noun, {record for records in here.values() for record in records})
        self._survivors[noun] |= merged
        self.learn_ids(noun, merged.values())
        for key, value in zip(keys, kept, strict=True):
            described = self._survey.said.addresses.get(str(value), set()) if kind == "address" else set()
            self._here[key] = tuple(here.get(value, set()) | described)

    def _candidates_like(self, key: Key) -> list[str]:
        if (key.noun, key.kind) not in self._candidates:
            described = [str(known) for known in self._survey.keys[key.noun, key.kind]]
            column = COLUMN.get(key.kind, key.kind)
            here = RECORDS[key.noun]._default_manager.exclude(**{column: None}).values_list(column, flat=True)
            self._candidates[key.noun, key.kind] = [*described, *here[:MOST_CANDIDATES]][:MOST_CANDIDATES]
        return self._candidates[key.noun, key.kind]


def _found(noun: Noun, kind: str, values: Iterable[Any]) -> Iterable[Row]:
    """Return the records with one of these keys: the key, the id and what must be known of the record."""
    column = COLUMNS.get(kind, kind)
    values = [value for value in values if not isinstance(value, int) or 0 < value <= LARGEST_ID]
    having: QuerySet[Any] = RECORDS[noun]._default_manager.filter(**{f"{column}__in": values})
    return having.values(*dict.fromkeys(["id", column, *KNOWN.get(noun, ())]))
