"""The desk's tables as an undo sees them: what is written, what it names, and what may be there once only."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

from tracker.models import Record
from tracker.models.nouns import IN_ORDER, PARTS, RECORDS, noun_of
from tracker.values.nouns import Noun

SET_BY_TRIGGERS = {"id", "version", "state"}
# of a row p that is not in the table yet, columns that the table would compute; null: may be there any number of times
COMPUTED = {"url_key": SQL("nullif(public.normalised_url(p.url), '')")}
COMPUTED_FROM = {"url_key": "url"}


class UniqueKey(NamedTuple):
    """Columns whose values together only one row may have; and the condition that `t` has those of `p`."""

    columns: list[str]
    same: Composable


@dataclass(frozen=True)
class DeskTable:
    """A table of records of a noun, or of a part of them."""

    noun: Noun
    part: str

    @property
    def model(self) -> type[models.Model]:
        return PARTS[self.noun][self.part] if self.part else RECORDS[self.noun]

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def owner(self) -> str:
        """Return the column of the record that a row is, or belongs to."""
        return f"{self.noun}_id" if self.part else "id"

    def compose(self, template: str, **parts: Composable) -> Composed:
        """Return a query about the table: of its `{noun}` and `{part}`, its `{table}` and the column of its `{owner}`.

        `{where}` is the condition that a row of the work, `u`, is one of this table that is to be written.
        """
        noun, part = Literal(self.noun.value), Literal(self.part)
        where = SQL("u.noun = {} AND u.part = {} AND NOT u.left_out").format(noun, part)
        of_table = {"noun": noun, "part": part, "table": Identifier(self.name), "owner": Identifier(self.owner)}
        return SQL(template).format(**of_table, where=where, **parts)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that are put back: not those that the database computes or triggers set."""
        fields = self.model._meta.concrete_fields
        return tuple(
            str(field.column) for field in fields if not field.generated and field.column not in SET_BY_TRIGGERS
        )

    @cached_property
    def defaults(self) -> str:
        """Return, as JSON, what stands in columns about which a row of the past says nothing."""
        fields = (field for field in self.model._meta.concrete_fields if field.column in self.columns)
        return json.dumps({field.column: field.get_default() for field in fields}, cls=DjangoJSONEncoder)

    @cached_property
    def references(self) -> dict[str, Noun]:
        """Return the noun that each referring column names, without that of the record to which a part belongs."""
        return {
            field.column: noun_of(named)
            for field in self.model._meta.concrete_fields
            if isinstance(field, models.ForeignKey) and field.column != self.owner
            if isinstance(named := field.related_model, type) and issubclass(named, Record)
        }

    @cached_property
    def unique_keys(self) -> tuple[UniqueKey, ...]:
        """Return what only one row may have: of each unique column, and of each rule over several."""
        meta = self.model._meta
        single = [(field.name,) for field in meta.concrete_fields if field.unique and not field.primary_key]
        several = [rule.fields for rule in meta.constraints if isinstance(rule, models.UniqueConstraint)]
        return tuple(self._unique_key(names) for names in (*single, *several))

    def _unique_key(self, names: Iterable[str]) -> UniqueKey:
        columns = [next(str(field.column) for field in self.model._meta.fields if field.name == name) for name in names]
        same = [
            SQL("{} = {}").format(Identifier("t", column), COMPUTED.get(column, Identifier("p", column)))
            for column in columns
        ]
        return UniqueKey([COMPUTED_FROM.get(column, column) for column in columns], SQL(" AND ").join(same))


# parts before their record, so that one that is restored has them all in its first version
TABLES = tuple(DeskTable(noun, part) for noun in IN_ORDER for part in (*PARTS[noun], ""))
