"""The issues of an edition as a tree: what is above and below each."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from tracker.public.read import lists
from tracker.public.read.editions import AsOf
from tracker.schema.records import USUAL
from tracker.values.nouns import Noun

EVERYTHING = 1_000_000


class _Parent(msgspec.Struct, frozen=True):
    slug: str


class TreeIssue(msgspec.Struct, frozen=True):
    """An issue, as far as the tree needs it; its `depth` is filled in by that.

    `settled` is a vague date, absent from documents of before issues had one.
    """

    id: int
    slug: str
    title: str
    question: str | None
    parent: _Parent | None
    themes: list[str]
    region: str | None
    settled: dict[str, Any] | None = None
    depth: int = 0

    def is_about(self, themes: Collection[str], regions: Collection[str]) -> bool:
        """Tell whether it has one of the themes and lies in one of the regions;
        none of them are any.
        """
        return (not themes or any(theme in themes for theme in self.themes)) and (
            not regions or self.region in regions
        )


class Tree:
    """The issues of an edition, by slug, in their order: each before those below it."""

    def __init__(self, issues: Sequence[TreeIssue]) -> None:
        below: dict[str, list[TreeIssue]] = {}
        self.below = below
        for issue in issues:
            below.setdefault(issue.parent.slug if issue.parent else "", []).append(issue)
        self.issues: dict[str, TreeIssue] = {}
        self.questions = {issue.slug: issue.question for issue in issues}
        self.settled = {issue.slug: issue.settled for issue in issues if issue.settled}
        waiting = [(issue, 0) for issue in reversed(below.get("", []))]
        while waiting:
            issue, depth = waiting.pop()
            self.issues[issue.slug] = msgspec.structs.replace(issue, depth=depth)
            waiting += [(part, depth + 1) for part in reversed(below.get(issue.slug, []))]

    def above(self, slug: str) -> list[TreeIssue]:
        """Return the issues of which one is a part, the widest first."""
        issues: list[TreeIssue] = []
        issue = self.issues.get(slug)
        while issue and issue.parent:
            issue = self.issues.get(issue.parent.slug)
            issues[:0] = [issue] if issue else []
        return issues

    def under(self, slug: str) -> list[TreeIssue]:
        """Return all issues below one, in order."""
        issues = list(self.issues.values())
        place = next(
            (place for place, issue in enumerate(issues) if issue.slug == slug), len(issues)
        )
        below = issues[place + 1 :]
        end = next(
            (n for n, issue in enumerate(below) if issue.depth <= issues[place].depth), len(below)
        )
        return below[:end]

    def groups(self, keys: Sequence[str], most: int) -> list[tuple[TreeIssue, list[TreeIssue]]]:
        """Return the widest issues (of `keys`, if there are any) with all that are below each;
        none stands twice.

        Those with most questions come first, those that stand alone last.
        One alone with more than `most` below it is divided as the whole tree is.
        """
        widest = [
            key
            for key in dict.fromkeys(keys)
            if not any(issue.slug in keys for issue in self.above(key))
        ]
        if len(widest) == 1 and len(self.under(widest[0])) > most:
            own = (self.issues[widest[0]], list[TreeIssue]())
            return [
                own,
                *self.groups([issue.slug for issue in self.below[widest[0]]], len(self.issues)),
            ]
        keys = widest or [issue.slug for issue in self.below.get("", ())]
        return sorted(((self.issues[key], self.under(key)) for key in keys), key=_importance)

    def by_importance(self) -> list[TreeIssue]:
        """Return all issues in the order of their groups."""
        issues = []
        for widest, below in self.groups((), len(self.issues)):
            issues += [widest, *below]
        return issues


def _importance(group: tuple[TreeIssue, list[TreeIssue]]) -> tuple[bool, int]:
    top, below = group
    questions = sum(issue.question is not None for issue in (top, *below))
    return (not below, -questions)


@lru_cache(maxsize=8)
def tree_of(edition: int, stamp: int | None) -> Tree:
    """Return the issues of an edition, whose moment is `stamp`;
    one statement, and kept, as they can't change.
    """
    question = lists.Question(
        Noun.ISSUE,
        {},
        order=USUAL[Noun.ISSUE],
        as_of=AsOf(edition),
        after=None,
        size=EVERYTHING,
        counts=False,
    )
    return Tree(
        [msgspec.json.decode(body, type=TreeIssue) for body in lists.page(question).page.results]
    )
