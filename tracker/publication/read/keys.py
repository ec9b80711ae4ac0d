"""Which record a key means: a slug it ever had, or an ISO 3166-1 code, of then or else of any time.

A slug once public belongs to one record for ever, and so does a stable text key; only codes depend on the edition.
A key of a record that is merged into another means the survivor.
"""

from collections.abc import Sequence

from tracker.publication.read.connection import Standing, rows
from tracker.schema.filters import By
from tracker.values.nouns import Noun

BY_SLUG = frozenset({Noun.ISSUE, Noun.ACTOR})


def record_of(noun: Noun, key: str) -> str:
    """Return SQL for the record that the SQL expression `key`, a text, means in an address, or null.

    This and the next are for `str.format_map`: `{k}` says what stood, `{number}` in which edition.
    """
    then, ever = _records(noun, By.KEY, key)
    return f"coalesce({', '.join([*then, *ever])})"


def survivor_of(noun: Noun, by: By, key: str) -> str:
    """Return SQL for the record that `key` means in a filter, or null: one that is merged means its survivor."""
    then, ever = _records(noun, by, key)
    return f"coalesce({', '.join(then)}, public.survivor('{noun}', coalesce({', '.join(ever)}), {{number}}))"


def records(noun: Noun, keys: Sequence[str], *, edition: int) -> list[int | None]:
    """Return the record that each key means in an edition, None for one that no record ever had; one statement."""
    sql = f"SELECT {record_of(noun, 'wanted.key')} FROM unnest(%(keys)s::text[]) WITH ORDINALITY AS wanted (key, place)"
    found = rows(
        f"{sql} ORDER BY wanted.place".format_map(Standing("%(edition)s::int", now=False)),
        {"keys": keys, "edition": edition},
    )
    return [record for (record,) in found]


def _records(noun: Noun, by: By, key: str) -> tuple[list[str], list[str]]:
    """Return SQL for the record that had a key then, and for the one that ever had it."""
    columns = {
        By.KEY: ["slug", "iso3"] if noun is Noun.ACTOR else ["slug"] if noun in BY_SLUG else ["record"],
        By.NUMBER: ["record"],
        By.REF: ["ref"],
    }[by]
    found = [
        f"SELECT k.record FROM tracker_{noun}document k WHERE k.{column} = {key}{'::int' * (column == 'record')}"
        for column in columns
    ]
    return [f"({one} AND {{k}} LIMIT 1)" for one in found], [f"({one} ORDER BY k.opened DESC LIMIT 1)" for one in found]
