"""What two sides made of what both had seen: pure, and knowing nothing of what it is.

What is merged is taken over whole: a field of a record, or a part.
Where a version lacks it, it is None there.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Changed(StrEnum):
    NOBODY = "nobody"
    THEIRS = "theirs"
    MINE = "mine"
    ALIKE = "alike"  # both, in the same way
    DIFFERENTLY = "differently"  # both, so that somebody has to choose


class Side(StrEnum):
    THEIRS = "theirs"
    MINE = "mine"


@dataclass(frozen=True, slots=True)
class ThreeWay(Generic[Value]):
    """One thing, as both sides had seen it, and as each has it now;
    with what was in dispute and chosen before.
    """

    seen: Value | None
    theirs: Value | None
    mine: Value | None
    chosen: str = ""
    was_disputed: bool = False

    @property
    def changed(self) -> Changed:
        """Tell who changed it since it was seen."""
        if self.theirs == self.seen:
            return Changed.NOBODY if self.mine == self.seen else Changed.MINE
        if self.mine == self.seen:
            return Changed.THEIRS
        return Changed.ALIKE if self.mine == self.theirs else Changed.DIFFERENTLY

    @property
    def is_disputed(self) -> bool:
        """Tell whether somebody has to choose; once that is so, it is until both are the same."""
        return self.changed is Changed.DIFFERENTLY or (
            self.was_disputed and self.mine != self.theirs
        )

    @property
    def choice(self) -> Side | None:
        """Return what was chosen, unless theirs is another by now."""
        is_valid = (
            self.is_disputed
            and self.was_disputed
            and self.seen == self.theirs
            and self.chosen in set(Side)
        )
        return Side(self.chosen) if is_valid else None

    @property
    def shows_mine(self) -> bool:
        """Tell whether mine is shown for it meanwhile, else theirs."""
        return self.is_disputed or self.changed is Changed.MINE

    @property
    def saves_mine(self) -> bool:
        """Tell whether mine comes of it, else theirs;
        nothing is saved before everything is chosen.
        """
        return self.shows_mine and self.choice is not Side.THEIRS
