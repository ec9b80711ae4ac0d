"""Which columns of the desk name records of a noun: of records and of their parts."""

from functools import cache
from typing import Any, NamedTuple

from django.db import models

from tracker.models.nouns import PARTS, RECORDS, mergeable_references
from tracker.values.nouns import MERGEABLE, Noun


class Column(NamedTuple):
    """A column of a table that names records; `owner` is the noun whose record a row is, or belongs to."""

    owner: Noun
    part: str
    model: type[models.Model]
    name: str

    @property
    def rows(self) -> Any:
        return self.model._default_manager.all()

    @property
    def record(self) -> str:
        """Return the column with the id of the record that a row is, or belongs to."""
        return f"{self.owner}_id" if self.part else "pk"

    def named(self, loser: int) -> Any:
        """Return the rows that name a record, but for the parts of one that was merged."""
        rows = self.rows.filter(**{self.name: loser})
        if not self.part:
            return rows.unmerged()
        return rows.filter(**{f"{self.owner}__merged_into": None}) if self.owner in MERGEABLE else rows


@cache
def columns(noun: Noun) -> tuple[Column, ...]:
    """Return the columns that name records of a noun, in one order."""
    tables: list[tuple[Noun, str, type[models.Model]]] = [(owner, "", RECORDS[owner]) for owner in Noun]
    tables += [(owner, part, model) for owner in Noun for part, model in PARTS[owner].items()]
    return tuple(
        Column(owner, part, model, name)
        for owner, part, model in tables
        for name, named in mergeable_references(model).items()
        if named is noun
    )
