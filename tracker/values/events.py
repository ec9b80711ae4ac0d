"""Events on issues: what may have changed a claim since somebody checked it."""

from datetime import date
from typing import NamedTuple

from tracker.values.nouns import Noun


class IssueEvent(NamedTuple):
    """A vote, a meeting or an act on an issue;
    `first` is the first day that it may have been on, `when` its day.
    """

    noun: Noun
    record: int
    title: str
    first: date
    when: str
