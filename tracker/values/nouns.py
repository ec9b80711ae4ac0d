"""The nouns: the records that have an address, a version, a workflow state and a history."""

from enum import StrEnum
from typing import Self


class Noun(StrEnum):
    """A kind of record: the model's name in lower case, and `plural`,
    the word in addresses and names of files.

    `at_once` is how many records are held in memory at once: fewer of votes, whose ballots are up
    to 1,000. Digests of editions take nouns in this order, so a new one comes last.
    """

    ISSUE = "issue", "issues"
    ACTOR = "actor", "actors"
    SOURCE = "source", "sources"
    STANCE = "stance", "stances"
    ALIGNMENT = "alignment", "alignments"
    MEETING = "meeting", "meetings"
    VOTE = "vote", "votes", 100
    ACT = "act", "acts"

    plural: str
    at_once: int

    def __new__(cls, value: str, plural: str = "", at_once: int = 2000) -> Self:
        """Make one of those above; by its value alone it is looked up among them."""
        noun = str.__new__(cls, value)
        noun._value_, noun.plural, noun.at_once = value, plural, at_once
        return noun

    @property
    def with_article(self) -> str:
        """Return “an act”, “a vote”."""
        return f"{'an' if self[0] in 'aeiou' else 'a'} {self}"

    def counted(self, count: int) -> str:
        """Return so many of them in words: “1 vote”, “3,800 votes”."""
        return f"{count:,} {self if count == 1 else self.plural}"


BY_PLURAL = {noun.plural: noun for noun in Noun}
# claims are contested or retracted instead
MERGEABLE = (Noun.ISSUE, Noun.ACTOR, Noun.SOURCE, Noun.MEETING, Noun.ACT)
