"""Which record a key means: a slug it ever had, or an ISO 3166-1 code, of then or else of any time.

A slug once public belongs to one record for ever, and so does a stable text key; only codes depend on the edition.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from tracker.publication.read.connection import rows, stands
from tracker.publication.shapes.filters import By
from tracker.values.nouns import Noun

BY_SLUG = frozenset({Noun.ISSUE, Noun.ACTOR})
Asked = tuple[Noun, By, str]  # a number as its digits


def record_of(noun: Noun, key: str) -> str:
    """Return SQL for the record that the SQL expression `key` means, or null; `{k}` says what stood."""
    if noun not in BY_SLUG:
        return _record_with(noun, "record", key)
    found = [_record_with(noun, "slug", key)]
    if noun is Noun.ACTOR:
        code = f"(SELECT k.record FROM tracker_actordocument k WHERE k.iso3 = {key}"
        found += [f"{code} AND {{k}} LIMIT 1)", f"{code} ORDER BY k.opened DESC LIMIT 1)"]
    return f"coalesce({', '.join(found)})"


def resolve(asked: Collection[Asked], edition: int | None) -> dict[Asked, int | None]:
    """Return the record that each key means in `edition` (None: the latest), None if it never was; one statement."""
    if not asked:
        return {}
    keys: dict[tuple[Noun, By], list[str]] = defaultdict(list)
    for noun, by, key in asked:
        keys[noun, by].append(key)
    parameters: dict[str, Any] = {"edition": edition}
    selects = []
    for (noun, by), wanted in keys.items():
        name = f"{noun}_{by}"
        parameters[name] = wanted
        found = {
            By.KEY: record_of(noun, "key"),
            By.NUMBER: _record_with(noun, "record", "key::int"),
            By.REF: _record_with(noun, "ref", "key"),
        }[by]
        selects.append(f"SELECT '{noun}', '{by}', key, {found} FROM unnest(%({name})s::text[]) AS key")
    found_rows = rows(" UNION ALL ".join(selects).format_map(stands(edition)), parameters)
    return {(Noun(noun), By(by), key): record for noun, by, key, record in found_rows}


def _record_with(noun: Noun, column: str, value: str) -> str:
    return f"(SELECT k.record FROM tracker_{noun}document k WHERE k.{column} = {value} LIMIT 1)"
