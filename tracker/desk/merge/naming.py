"""Which columns of the desk name records of a noun: of records and of their parts;
and what merged ones are part of.
"""

from collections.abc import Collection
from functools import cache
from typing import Any, NamedTuple

from tracker.models.nouns import records_of
from tracker.models.tables import TABLES, DeskTable
from tracker.values.nouns import MERGEABLE, Noun


class ReferenceColumn(NamedTuple):
    """A column of a table that names records."""

    table: DeskTable
    name: str

    @property
    def owner(self) -> Noun:
        return self.table.noun

    @property
    def part(self) -> str:
        return self.table.part

    @property
    def record(self) -> str:
        """Return the column with the id of the record that a row is, or belongs to."""
        return self.table.owner

    @property
    def rest_of_key(self) -> tuple[str, ...]:
        """Return the columns that with this one tell parts apart;
        none if it is not needed for that.
        """
        key = self.table.key
        return tuple(name for name in key if name != self.name) if self.name in key else ()

    @property
    def rows(self) -> Any:
        return self.table.model._default_manager.all()

    def named(self, loser: int) -> Any:
        """Return the rows that name a record, but for the parts of one that was merged."""
        rows = self.rows.filter(**{self.name: loser})
        if not self.part:
            return rows.unmerged()
        return (
            rows.filter(**{f"{self.owner}__merged_into": None}) if self.owner in MERGEABLE else rows
        )


@cache
def columns(noun: Noun) -> tuple[ReferenceColumn, ...]:
    """Return the columns that name records of a noun, those of records first."""
    tables = sorted(TABLES, key=lambda table: bool(table.part))
    return tuple(
        ReferenceColumn(table, name)
        for table in tables
        for name, named in table.references.items()
        if named is noun
    )


def survivors(noun: Noun, ids: Collection[int]) -> dict[int, int]:
    """Return the survivor of each of `ids` that was merged, itself not merged;
    two queries at most if none is.

    One more query for each further merge in a row.
    """
    if noun not in MERGEABLE or not ids:
        return {}
    survivor_of: dict[int, int] = {}
    into = _merged(noun, ids)
    while into:
        survivor_of = {
            loser: into.get(survivor, survivor) for loser, survivor in survivor_of.items()
        } | into
        into = _merged(noun, set(into.values()))
    return survivor_of


def _merged(noun: Noun, ids: Collection[int]) -> dict[int, int]:
    return dict(
        records_of(noun)
        .filter(pk__in=ids, merged_into__isnull=False)
        .values_list("pk", "merged_into")
    )
