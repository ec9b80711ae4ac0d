"""What somebody looks for, in words:
what is asked of each kind of records, and what of it may be left out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations
from typing import Any

from tracker.public.cards.highlights import words_of
from tracker.public.read.names import EMPTY, Named
from tracker.schema.records import CLAIMS, OCCURRENCES
from tracker.values.nouns import Noun
from tracker.values.vocabularies import ActorKind

# Beside its name and plural, by which a kind of records may be named:
# what is looked for among them isn't that word.
CALLED = {
    Noun.STANCE: {"position", "positions"},
    Noun.ALIGNMENT: {"relation", "relations", "relationship"},
    Noun.MEETING: {"meet", "meets", "met"},
    Noun.VOTE: {"voted", "voting"},
}
MEMBERS = {"member", "members", "membership", "memberships", "who", "join", "joined", "belongs"}
JOINED = (ActorKind.ORGANIZATION, ActorKind.BLOC)
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
LONG = 4  # letters of a word that may be looked for instead of all
UNITS = 6  # words and names of which some may be left out


@dataclass(frozen=True)
class Asked:
    """What is typed, with the operators of a search: quotation marks, `-` and `or`."""

    text: str

    @cached_property
    def bare(self) -> list[str]:
        """Return its words, without what must not be there, and without words that say nothing,
        unless all do.
        """
        words = [word.strip("?!.,;:") for word in self.text.replace('"', " ").split()]
        words = [
            word for word in words if word and not word.startswith("-") and word.casefold() != "or"
        ]
        return [word for word in words if word.casefold() not in EMPTY] or words

    @cached_property
    def words(self) -> list[str]:
        """Return these as they are compared, the longest first."""
        return words_of(" ".join(self.bare))

    @property
    def is_plain(self) -> bool:
        """Tell whether it has no operators."""
        words = self.text.casefold().split()
        return (
            '"' not in self.text
            and "or" not in words
            and not any(word.startswith("-") for word in words)
        )

    @cached_property
    def year(self) -> int | None:
        """Return the one year that is named beside other words; None for none."""
        years = [int(word) for word in self.bare if YEAR.fullmatch(word)]
        return years[0] if len(years) == 1 < len(self.bare) else None

    @cached_property
    def asks_for_members(self) -> bool:
        """Tell whether one of its words asks who belongs to something."""
        words = {word.strip("?!.,;:") for word in self.text.casefold().split()}
        return bool(MEMBERS & words)

    def members_of(self, named: Sequence[Named]) -> list[Named]:
        """Return organizations and blocs, if their members are asked for or a state is named."""
        if not self.asks_for_members and all(actor.kind != ActorKind.STATE for actor in named):
            return []
        return [actor for actor in named if actor.kind in JOINED]

    def wanted(self, noun: Noun, text: str = "") -> list[Mapping[str, Any]]:
        """Return by which filters records of a noun are looked for;
        of a text instead of what is typed.

        A word for the noun itself is none that they have, nor is a year that their days are in.
        """
        words = text.split() if text else self.bare if self.is_plain else self.text.split()
        own = {noun, noun.plural} | CALLED.get(noun, set())
        words = [word for word in words if word.casefold() not in own] or words
        wanted: list[Mapping[str, Any]] = [{"q": " ".join(words)}]
        undated = " ".join(word for word in words if word != str(self.year))
        if self.year and undated and undated != wanted[0]["q"] and not text:
            if noun is Noun.VOTE:
                wanted.append({"q": undated, "year": [self.year]})
            elif noun in (*CLAIMS, *OCCURRENCES):
                ends = {"from": date(self.year, 1, 1), "to": date(self.year, 12, 31)}
                wanted.append({"q": undated, **ends})
        return wanted

    def fewer(self, named: Sequence[Named]) -> Iterator[tuple[int, int, str]]:
        """Yield how many words and names, of how many, are asked for if some may be missing,
        and that query.

        First one may be missing, then two, at last all but two; of two none may.
        """
        units = self._units(named)
        for most in (
            sorted({len(units) - 1, len(units) - 2, 2}, reverse=True) if self.is_plain else ()
        ):
            if not 1 < most < len(units):
                continue
            yield (
                most,
                len(units),
                " or ".join(" ".join(some) for some in combinations(units, most)),
            )

    def any_of(self, words: Sequence[str]) -> str:
        """Return the query for any of the longer of these words; "" if there is none."""
        longer = [word for word in words if len(word) >= LONG][:UNITS]
        return " or ".join(longer) if self.is_plain and len(self.bare) > 1 else ""

    def _units(self, named: Sequence[Named]) -> list[str]:
        """Return names of several words, and all other words, singly."""
        units, left = list[str](), list(self.bare)
        for name in named:
            together = [word for word in left if word.casefold() in name.words]
            if len(together) > 1 and len(together) == len(name.words):
                units.append(" ".join(together))
                left = [word for word in left if word not in together]
        return [*units, *dict.fromkeys(left)][:UNITS]
