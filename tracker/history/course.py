"""The course of a record: which versions it had, by which change set each, and what came before and after one."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import IntegerField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from tracker.models import ChangeSet, Event
from tracker.values.nouns import Noun


@dataclass(frozen=True, slots=True)
class Course:
    """Each version by the change set that made it; `ends` are those to which the change sets brought it, in order."""

    made_in: Mapping[int, UUID]
    ends: tuple[int, ...]

    def before(self, version: int) -> int | None:
        """Return the version to which the change before one had brought the record; None if it began there."""
        place = bisect_left(self.ends, version)
        return self.ends[place - 1] if place else None

    def after(self, version: int) -> int | None:
        """Return the version to which the next change brought the record; None if there is none."""
        place = bisect_right(self.ends, version)
        return self.ends[place] if place < len(self.ends) else None

    def changes(self, old: int, new: int) -> int:
        """Return how many changes lead from one version to another."""
        return bisect_left(self.ends, new) - bisect_left(self.ends, old)

    def makers(self, versions: Iterable[int]) -> dict[int, ChangeSet]:
        """Return the change sets that made some versions, with who made them; one query."""
        wanted = {version: self.made_in[version] for version in versions}
        found = ChangeSet.objects.select_related("made_by").in_bulk(set(wanted.values()))
        return {version: found[changeset] for version, changeset in wanted.items()}


def course(noun: Noun, record: int) -> Course:
    """Return the course of a record; one query."""
    own = Event.objects.filter(noun=noun, record=record, part="", after__isnull=False)
    rows = own.order_by("id").values_list(Cast(KT("after__version"), IntegerField()), "changeset_id")
    made_in = dict(rows)
    return Course(made_in, tuple(sorted({changeset: version for version, changeset in made_in.items()}.values())))
