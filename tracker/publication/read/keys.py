"""Which record a key means: a slug it ever had, or an ISO 3166-1 code, of then or else of any time.

A slug once public belongs to one record for ever, so only codes depend on the edition. Every noun can also be asked
for by number; the records of nouns without a slug have no other key.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from tracker.publication.read.connection import rows, stands
from tracker.values.nouns import Noun

BY_SLUG = frozenset({Noun.ISSUE, Noun.ACTOR})
Asked = tuple[Noun, str | int]  # a slug or code as text, a number as int


def record_of(noun: Noun, key: str) -> str:
    """Return SQL for the record that the SQL expression `key` means, or null; `{k}` says what stood."""
    if noun not in BY_SLUG:
        return _numbered(noun, key)
    found = [f"(SELECT k.record FROM tracker_{noun}document k WHERE k.slug = {key} LIMIT 1)"]
    if noun is Noun.ACTOR:
        code = f"(SELECT k.record FROM tracker_actordocument k WHERE k.iso3 = {key}"
        found += [f"{code} AND {{k}} LIMIT 1)", f"{code} ORDER BY k.opened DESC LIMIT 1)"]
    return f"coalesce({', '.join(found)})"


def resolve(asked: Collection[Asked], edition: int | None) -> dict[Asked, int | None]:
    """Return the record that each key means in `edition` (None: the latest), None if it never was; one statement."""
    if not asked:
        return {}
    keys: dict[tuple[Noun, bool], list[Any]] = defaultdict(list)
    for noun, key in asked:
        keys[noun, isinstance(key, int)].append(key)
    parameters: dict[str, Any] = {"edition": edition}
    selects = []
    for (noun, is_number), wanted in keys.items():
        name, kind = f"{noun}_{'numbers' if is_number else 'keys'}", "int" if is_number else "text"
        parameters[name] = wanted
        found = _numbered(noun, "key") if is_number else record_of(noun, "key")
        selects.append(f"SELECT '{noun}', {is_number}, key::text, {found} FROM unnest(%({name})s::{kind}[]) AS key")
    found_rows = rows(" UNION ALL ".join(selects).format_map(stands(edition)), parameters)
    return {(Noun(noun), int(key) if is_number else key): record for noun, is_number, key, record in found_rows}


def _numbered(noun: Noun, key: str) -> str:
    return f"(SELECT k.record FROM tracker_{noun}document k WHERE k.record = {key} LIMIT 1)"
