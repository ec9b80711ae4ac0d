"""The six nouns: the records that have an address, a version, a workflow state and a history."""

from enum import StrEnum


class Noun(StrEnum):
    """A kind of record; the value is the model's name in lower case, singular."""

    ISSUE = "issue"
    ACTOR = "actor"
    SOURCE = "source"
    STANCE = "stance"
    ALIGNMENT = "alignment"
    MEETING = "meeting"

    @property
    def plural(self) -> str:
        """Return the word in addresses and file names."""
        return f"{self.value}s"

    @classmethod
    def of_plural(cls, plural: str) -> "Noun":
        """Return the noun whose plural this is; raise ValueError if there is none."""
        return cls(plural.removesuffix("s")) if plural.endswith("s") else cls(plural + "?")
