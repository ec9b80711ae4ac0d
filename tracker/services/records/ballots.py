"""Ballots held against what the vote says of itself: more than its tally counts, or a veto that nobody cast."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from tracker.values.problems import Problem
from tracker.values.vocabularies import TALLY, Choice, VoteOutcome

MORE = "{cast} members cast “{choice}”, and the tally counts {counted}"
UNCAST = "it was vetoed, and no member voted against it"


def miscounted(vote: Any, choices: Sequence[str]) -> Iterator[Problem]:
    """Yield what a vote, as it would be, says otherwise than the choices of its ballots."""
    cast = Counter(choices)
    for choice, field in TALLY.items():
        if (counted := getattr(vote, field)) is not None and cast[choice] > counted:
            params = {"cast": cast[choice], "choice": choice.label, "counted": counted}
            yield Problem("invalid", MORE, ("ballots",), params, remedy="correct the ballots or the tally")
    if vote.outcome == VoteOutcome.VETOED and not cast[Choice.NO]:
        remedy = "add the ballot of the permanent member, or choose another outcome"
        yield Problem("invalid", UNCAST, ("outcome",), remedy=remedy, value=vote.outcome)
