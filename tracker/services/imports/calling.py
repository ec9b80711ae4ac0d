"""Issues and actors by all that they are called here: codes, names, other names, names in other languages.

A file names them by their slugs; what is no slug is looked for here. All are read once, when that first happens.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from tracker.models import Actor, Issue
from tracker.services.imports.duplicates import folded
from tracker.values.nouns import Noun


class Called:
    """The records of both nouns by what they are called."""

    def __init__(self) -> None:
        self._here: dict[Noun, dict[str, set[int]]] = {}
        self._slugs: dict[tuple[Noun, int], str] = {}

    def find(self, noun: Noun, said: str) -> set[int]:
        """Return the records that are called so: by a code if one has it, else by any name."""
        if noun not in _ALL:
            return set()
        if noun not in self._here:
            by: dict[str, set[int]] = defaultdict(set)
            for pk, slug, keys, names in _ALL[noun]():
                self._slugs[noun, pk] = slug
                for key in (*(f"key {key.upper()}" for key in keys if key), *map(folded, filter(None, names))):
                    by[key].add(pk)
            self._here[noun] = by
        here, key = self._here[noun], folded(said)
        return here.get(f"key {said.strip().upper()}") or (here.get(key, set()) if key else set())

    def slugs(self, noun: Noun, records: tuple[int, ...]) -> list[str]:
        """Return the slugs of records that were found."""
        return sorted(slug for record in records if (slug := self._slugs.get((noun, record))))


Row = tuple[int, str, tuple[Any, ...], tuple[str, ...]]


def _actors() -> Iterator[Row]:
    fields = ("pk", "slug", "iso3", "ref", "wikidata_id", "name", "short_name", "names", "aliases")
    for pk, slug, iso3, ref, item, name, short, names, aliases in Actor.objects.values_list(*fields).iterator():
        yield pk, slug, (iso3, ref, item), (name, short, *names.values(), *aliases)


def _issues() -> Iterator[Row]:
    for pk, slug, ref, title in Issue.objects.values_list("pk", "slug", "ref", "title").iterator():
        yield pk, slug, (ref,), (title,)


_ALL = {Noun.ACTOR: _actors, Noun.ISSUE: _issues}
