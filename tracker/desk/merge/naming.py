"""Which columns of the desk name records of a noun: of records and of their parts."""

from functools import cache
from typing import Any, NamedTuple

from tracker.models.tables import TABLES, DeskTable
from tracker.values.nouns import MERGEABLE, Noun


class Column(NamedTuple):
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
        """Return the columns that with this one tell parts apart; none if it is not needed for that."""
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
        return rows.filter(**{f"{self.owner}__merged_into": None}) if self.owner in MERGEABLE else rows


@cache
def columns(noun: Noun) -> tuple[Column, ...]:
    """Return the columns that name records of a noun, those of records first."""
    tables = sorted(TABLES, key=lambda table: bool(table.part))
    return tuple(Column(table, name) for table in tables for name, named in table.references.items() if named is noun)
