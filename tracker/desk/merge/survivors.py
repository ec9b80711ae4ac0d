"""Which records are, at the desk, what merged ones became part of."""

from collections.abc import Collection

from tracker.models.nouns import records_of
from tracker.values.nouns import MERGEABLE, Noun


def survivors(noun: Noun, ids: Collection[int]) -> dict[int, int]:
    """Return the survivor of each of `ids` that was merged, itself not merged; two queries at most if none is.

    One more query for each further merge in a row.
    """
    if noun not in MERGEABLE or not ids:
        return {}
    survivor_of: dict[int, int] = {}
    into = _merged(noun, ids)
    while into:
        survivor_of = {loser: into.get(survivor, survivor) for loser, survivor in survivor_of.items()} | into
        into = _merged(noun, set(into.values()))
    return survivor_of


def _merged(noun: Noun, ids: Collection[int]) -> dict[int, int]:
    return dict(records_of(noun).filter(pk__in=ids, merged_into__isnull=False).values_list("pk", "merged_into"))
