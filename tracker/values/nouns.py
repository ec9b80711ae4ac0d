"""The nouns: the records that have an address, a version, a workflow state and a history."""

from enum import StrEnum
from typing import Self


class Noun(StrEnum):
    """A kind of record: the model's name in lower case, and `plural`, the word in addresses and names of files.

    Digests of editions take them in this order, so a new one comes last.
    """

    ISSUE = "issue", "issues"
    ACTOR = "actor", "actors"
    SOURCE = "source", "sources"
    STANCE = "stance", "stances"
    ALIGNMENT = "alignment", "alignments"
    MEETING = "meeting", "meetings"
    VOTE = "vote", "votes"

    plural: str

    def __new__(cls, value: str, plural: str = "") -> Self:
        """Make one of those above; by its value alone it is looked up among them."""
        noun = str.__new__(cls, value)
        noun._value_, noun.plural = value, plural
        return noun

    @property
    def at_once(self) -> int:
        """Return how many records of it are held in memory at once: fewer of votes, whose ballots are up to 1,000."""
        return 100 if self is Noun.VOTE else 2000


BY_PLURAL = {noun.plural: noun for noun in Noun}
