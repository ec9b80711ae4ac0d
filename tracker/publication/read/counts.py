"""How many records of each noun are public."""

from tracker.publication.read.connection import rows
from tracker.values.nouns import Noun


def counts() -> dict[Noun, int]:
    """Return the number of public records by noun, in the latest edition."""
    found = rows(
        " UNION ALL ".join(
            f"SELECT '{noun}', count(*) FROM tracker_{noun}document WHERE closed IS NULL" for noun in Noun
        ),
        {},
    )
    return {Noun(noun): number for noun, number in found}
