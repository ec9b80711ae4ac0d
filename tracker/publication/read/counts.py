"""How many records of each noun are public."""

from functools import lru_cache

from tracker.publication.read.connection import rows
from tracker.values.nouns import Noun


@lru_cache(maxsize=100)
def counts(edition: int, stamp: int | None) -> dict[Noun, int]:
    """Return the number of public records by noun in an edition, whose moment is `stamp`; kept, as it can't change."""
    found = rows(
        " UNION ALL ".join(
            f"SELECT '{noun}', count(*) FROM tracker_{noun}document"
            " WHERE opened <= %(edition)s::int AND gone > %(edition)s::int"
            for noun in Noun
        ),
        {"edition": edition},
    )
    return {Noun(noun): number for noun, number in found}
