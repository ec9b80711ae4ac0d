"""Keys by which rows name issues, actors and sources: which record each is, in the files or here.

What the files say comes first. An issue or actor is named by its slug, a code or a name;
a source by its ref, its id (a number) or its address.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Any

from tracker.desk.imports.survey import Named, Survey
from tracker.desk.merge import survivors
from tracker.desk.records import references
from tracker.desk.records.keys import normalised
from tracker.desk.records.references import MOST_CANDIDATES, Key, SourceDays
from tracker.models import Actor, Issue
from tracker.values.countries import code_of
from tracker.values.nearness import OF_NAMES, folded, nearest
from tracker.values.nouns import Noun


class SurveyedReferences(references.References):
    """The records that keys name:
    a number of the survey for each key, and what must be known of it.
    """

    kinds = {Noun.ISSUE: ("slug",), Noun.ACTOR: ("slug",), Noun.SOURCE: ("address", "ref", "id")}

    def __init__(self, survey: Survey) -> None:
        super().__init__()
        self._survey = survey
        self._called = NameIndex(survey.facts.named)
        # of the records that the files describe
        self._merged: dict[Noun, dict[int, int]] = defaultdict(dict)

    def learn(self, keys: Iterable[Key]) -> None:
        """Look up keys that are not known yet, a few statements for each noun."""
        described: dict[Noun, list[int]] = defaultdict(list)
        elsewhere = []
        for key in {key for key in keys if key not in self.here}:
            if (record := self._described(key)) is None:
                elsewhere.append(key)
            else:
                described[key.noun].append(record)
        for noun, records in described.items():
            self._merged[noun] |= survivors(noun, [record for record in records if record > 0])
            self.learn_ids(noun, {self._merged[noun].get(record, record) for record in records})
        super().learn(elsewhere)
        self._learn_names([key for key in elsewhere if key.kind == "slug" and not self.here[key]])
        self._learn_addresses([key for key in elsewhere if key.kind == "address"])

    def find(self, key: Key) -> tuple[int, ...]:
        """Return the records that a key names: one, if all is well.
        What was merged means the survivor.
        """
        record = self._described(key)
        return (
            super().find(key) if record is None else (self._merged[key.noun].get(record, record),)
        )

    def becoming(
        self, noun: Noun, settled: Callable[[Noun, int], int]
    ) -> dict[int, dict[str, Any]]:
        """Return what the files make of issues or sources, as far as others hang on it."""
        facts, rows = self._survey.facts, defaultdict[int, dict[str, Any]](dict)
        column, named = (
            ("parent_id", facts.parent) if noun is Noun.ISSUE else ("derives_from_id", facts.origin)
        )
        keys = {record: Key(noun, key) for record, key in named.items() if key}
        self.learn(keys.values())
        for record, has_question in facts.has_question.items() if noun is Noun.ISSUE else ():
            rows[settled(noun, record)]["question"] = "?" * has_question
        for record in named:
            found = self.find(keys[record]) if record in keys else ()
            rows[settled(noun, record)][column] = (
                settled(noun, found[0]) if len(found) == 1 else None
            )
        return rows

    def source_days(self, source: int) -> SourceDays:
        """Return the days of a source once the files are imported."""
        days, facts = super().source_days(source), self._survey.facts
        if source in facts.issued:
            issued = facts.issued[source]
            days = days._replace(
                issued_earliest=issued.earliest if issued else None,
                issued_latest=issued.latest if issued else None,
            )
        return days._replace(accessed_on=facts.accessed_on.get(source, days.accessed_on))

    def several(self, key: Key, ids: tuple[int, ...]) -> tuple[str, str]:
        """Return what is said of a key that several records have, and what to write instead."""
        if self.names(key, ids):
            return f"several {key.noun.plural} are called so", "write {meant}"
        return (
            f"several {key.noun.plural} have this {key.kind}",
            "name the one meant by its ref or id",
        )

    def none(self, key: Key) -> tuple[str, str]:
        """Return what is said of a key that no record has, and what to write instead."""
        by = "slug, code or name" if key.kind == "slug" else key.kind
        says = f"there is no {key.noun} with this {by}, neither here nor in these files"
        return says, f"{{near}}correct it, or add the {key.noun} to {key.noun.plural}.csv"

    def names(self, key: Key, ids: tuple[int, ...]) -> list[str]:
        """Return the slugs of several records that are called so; of others none."""
        return self._called.slugs(key.noun, ids)

    def nearest(self, key: Key, written: str) -> str:
        """Return the key that is nearest:
        of what is called nearly so, else one of the same kind.
        """
        return self._called.near(key.noun, written) or super().nearest(key, written)

    def candidates(self, key: Key) -> list[str]:
        """Return the keys of the same kind, of which one may be meant."""
        return [*map(str, self._survey.keys[key.noun, key.kind]), *super().candidates(key)]

    def _described(self, key: Key) -> int | None:
        """Return the record of the files that a slug, ref or id names."""
        if key.kind == "id":
            return self._survey.facts.source_ids.get(int(key.written))
        if key.kind == "address":
            return None  # it may be that of several sources, in the files and here
        return self._survey.keys[key.noun, key.kind].get(key.written)

    def _learn_names(self, keys: list[Key]) -> None:
        """Remember the issues and actors that are called so."""
        for noun in {key.noun for key in keys}:
            named = {
                key: self._called.find(noun, str(key.written)) for key in keys if key.noun is noun
            }
            merged = survivors(
                noun, {record for records in named.values() for record in records if record > 0}
            )
            for key, records in named.items():
                self.here[key] = tuple({merged.get(record, record) for record in records})
            self.learn_ids(noun, {record for key in named for record in self.here[key]})

    def _learn_addresses(self, keys: list[Key]) -> None:
        """Remember that sources of the files have an address, besides those that are here."""
        described = self._survey.facts.addresses
        for key, url in zip(keys, normalised([str(key.written) for key in keys]), strict=True):
            self.here[key] = tuple({*self.here[key], *described.get(url, ())})


class NameIndex:
    """The records of both nouns by what they are called, here and in files, if these say so too.

    What files give other names is called by those that it had only
    where nothing else will be called so.
    """

    def __init__(self, in_files: Mapping[Noun, Sequence[Named]] = MappingProxyType({})) -> None:
        self._in_files = in_files
        self._here: dict[Noun, dict[str, set[int]]] = {}
        self._slugs: dict[tuple[Noun, int], str] = {}

    def find(self, noun: Noun, written: str) -> set[int]:
        """Return the records that are called so:
        by a code if one has it, else by any name, else as a state.
        """
        if noun not in _ALL:
            return set()
        if noun not in self._here:
            by: dict[str, set[int]] = defaultdict(set)
            before: dict[str, set[int]] = defaultdict(set)
            in_files = self._in_files.get(noun, ())
            replaced = {(pk, field) for pk, _, _, names in in_files for field in names}
            for once, records in ((before, _ALL[noun]()), (by, in_files)):
                for pk, slug, keys, names in records:
                    self._slugs[noun, pk] = slug or self._slugs.get((noun, pk), "")
                    for key in filter(None, keys):
                        by[f"key {key.upper()}"].add(pk)
                    for field, texts in names.items():
                        for text in filter(None, texts):
                            (once if (pk, field) in replaced else by)[folded(text)].add(pk)
            self._here[noun] = {**before, **by}
        here, key = self._here[noun], folded(written)
        named = here.get(f"key {written.strip().upper()}") or (
            here.get(key, set()) if key else set()
        )
        if named or noun is not Noun.ACTOR:
            return named
        code = code_of(written)
        return here.get(f"key {code}", set()) if code else set()

    def near(self, noun: Noun, written: str) -> str:
        """Return the slug of what is called nearly so; "" if nothing is."""
        self.find(noun, written)
        names = (key for key in self._here.get(noun, ()) if not key.startswith("key "))
        meant = nearest(folded(written), islice(names, MOST_CANDIDATES), OF_NAMES)
        return "".join(self.slugs(noun, tuple(self._here[noun][meant]))[:1]) if meant else ""

    def slugs(self, noun: Noun, records: tuple[int, ...]) -> list[str]:
        """Return the slugs of records that were found."""
        return sorted(slug for record in records if (slug := self._slugs.get((noun, record))))


def _actors() -> Iterator[Named]:
    fields = ("pk", "slug", "iso3", "ref", "wikidata_id", "name", "short_name", "names", "aliases")
    for pk, slug, iso3, ref, item, name, short, names, aliases in Actor.objects.values_list(
        *fields
    ).iterator():
        yield pk, slug, (iso3, ref, item), {
            "name": [name], "short_name": [short], "names": [*names.values()], "aliases": aliases
        }  # fmt: skip


def _issues() -> Iterator[Named]:
    for pk, slug, ref, title in Issue.objects.values_list("pk", "slug", "ref", "title").iterator():
        yield pk, slug, (ref,), {"title": [title]}


_ALL = {Noun.ACTOR: _actors, Noun.ISSUE: _issues}
