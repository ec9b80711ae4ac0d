"""Publishing as it was before a shape grew:
by a declaration without the field, which is then gained.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import get_type_hints
from unittest import mock

import msgspec
from django.db import connection
from psycopg.sql import SQL

from tracker.publishing import render, rules, stage
from tracker.schema.growth import gained
from tracker.schema.records import SHAPES
from tracker.values.nouns import Noun

MADE_OF = (
    render._of_noun,
    render._kept_columns,
    rules._compose,
    stage.compose_staged_table,
)


@contextmanager
def published_before(noun: Noun = Noun.MEETING) -> Iterator[None]:
    """Let what is published here be published in the noun's first shape;
    columns of what it gained stay empty.
    """
    later = {field.name for field in gained(SHAPES[noun])}
    hints = get_type_hints(SHAPES[noun], include_extras=True)
    earlier = msgspec.defstruct(
        SHAPES[noun].__name__,
        [(name, hint) for name, hint in hints.items() if name not in later],
        frozen=True,
    )
    own = tuple(name for name in stage.own_columns(noun) if name not in later)
    others = stage.own_columns

    def columns(of: Noun) -> tuple[str, ...]:
        return own if of is noun else others(of)

    _forget(noun)
    with (
        mock.patch.dict(SHAPES, {noun: earlier}),
        mock.patch.object(stage, "own_columns", columns),
        mock.patch.object(rules, "own_columns", columns),
    ):
        yield
    _forget(noun)


def _forget(noun: Noun) -> None:
    for made in MADE_OF:
        made.cache_clear()
    with connection.cursor() as cursor:
        cursor.execute(SQL("DROP TABLE IF EXISTS {}").format(stage.staged_table(noun)))
