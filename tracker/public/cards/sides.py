"""On which questions two actors take the same side:
one rule for every headline, section, group and filter.

A question is compared if claims of both actors that count say which side they take. Claims checked
within the time come first. Where one of the two is older, the question is told as of the last
check; what was decided is told as of the decision.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from tracker.public.cards.age import Age, age, months_confirmed
from tracker.public.cards.context import Body, Context
from tracker.public.cards.grammar import straight
from tracker.values import days
from tracker.values.vocabularies import Standing

LONGEST = 205  # letters: two lines of a page
MOST_NAMED = 2  # questions on which two differ; of more it is told how many there are


class Checked(IntEnum):
    """When the claims on a question were checked, as seen from the context's day."""

    LATELY = 0
    EARLIER = 1
    DECIDED = 2


CHECKED = {Age.STALE: Checked.EARLIER, Age.SETTLED: Checked.DECIDED}


class Compared(NamedTuple):
    """A question on which both actors take a side, whether it is the same,
    and the claims that date it.
    """

    title: str
    checked: Checked
    is_same: bool
    claims: list[Body]


def counts(body: Body, context: Context) -> bool:
    """Tell whether a claim is counted:
    it is known to hold on the day, and is neither one of rivals nor a forecast.
    """
    is_so = age(body, context) is not Age.POSSIBLE
    return is_so and body["standing"] == Standing.ACCEPTED and not body["likelihood"]


def checked(body: Body, context: Context) -> Checked:
    """Return when a claim that holds on the day was checked."""
    return CHECKED.get(age(body, context), Checked.LATELY)


def side(stance: Body) -> int:
    """Return on which side of its question a stance with a score is:
    1 for a yes, -1 for a no, 0 for neither.
    """
    score: int = stance["score"]
    return (score > 0) - (score < 0)


def compare(stances: Iterable[Body], context: Context) -> Compared | None:
    """Return whether two actors take the same side, by their stances on one issue;
    None if one takes none.
    """
    by_check = defaultdict[Checked, list[Body]](list)
    for stance in stances:
        if counts(stance, context) and stance["score"] is not None:
            by_check[checked(stance, context)].append(stance)
    lately, earlier = by_check[Checked.LATELY], by_check[Checked.EARLIER]
    candidates = {
        Checked.LATELY: lately,
        Checked.EARLIER: [*earlier, *lately],
        Checked.DECIDED: by_check[Checked.DECIDED],
    }
    for when, claims in candidates.items():
        sides = defaultdict[str, set[int]](set)
        for claim in claims:
            sides[claim["actor"]["slug"]].add(side(claim))
        if len(sides) == 2:
            first, other = sides.values()
            title = straight(claims[0]["issue"]["name"])
            return Compared(
                title, when, first == other, earlier if when is Checked.EARLIER else claims
            )
    return None


def same_side(pair: str, questions: Sequence[Compared], context: Context) -> str:
    """Say on how many questions two actors take the same side,
    and name those on which they differ.
    """
    first, *others = _by_check(questions)
    claims = [claim for question in first for claim in question.claims]
    agreed = sum(question.is_same for question in first)
    differing = [question.title for question in first if not question.is_same]
    number = f"{agreed} of {many(len(first), 'question')}"
    if first[0].checked is Checked.LATELY:
        sentence = f"{pair} take the same side on {number}, {checked_in(claims)}."
        differ = "They differ on"
    else:
        sentence = f"{_at_the_time(first, context)}, {pair} took the same side on {number}."
        differ = "They differed on"
    sentences = [f" {_of_more(group, agreed=True, context=context)}" for group in others]
    rest = "".join(sentences)
    for named in (MOST_NAMED, 1):
        names = f" {differ} {_titles(differing, named)}." if differing else ""
        if len(sentence + names + rest) <= LONGEST:
            break
    return sentence + names + rest


def different_sides(pair: str, questions: Sequence[Compared], context: Context) -> str:
    """Say on how many questions two actors take different sides: what `same_side` leaves."""
    first, *others = _by_check(questions)
    claims = [claim for question in first for claim in question.claims]
    differing = sum(not question.is_same for question in first)
    number = f"{differing} of {many(len(first), 'question')}"
    if first[0].checked is Checked.LATELY:
        sentence = f"{pair} differ on {number}, {checked_in(claims)}."
    else:
        sentence = f"{_at_the_time(first, context)}, {pair} differed on {number}."
    return " ".join(
        [sentence, *(_of_more(group, agreed=False, context=context) for group in others)]
    )


def _by_check(questions: Iterable[Compared]) -> list[list[Compared]]:
    """Return the questions checked lately, those checked earlier, and those decided,
    without a group that is empty.
    """
    groups = defaultdict[Checked, list[Compared]](list)
    for question in questions:
        groups[question.checked].append(question)
    return [groups[when] for when in sorted(groups)]


def _of_more(questions: Sequence[Compared], *, agreed: bool, context: Context) -> str:
    """Say of how many other questions it was so when they were checked or decided."""
    number = sum(question.is_same is agreed for question in questions)
    verb = "agreed" if agreed else "differed"
    claims = [claim for question in questions for claim in question.claims]
    if questions[0].checked is Checked.DECIDED:
        which = f"decided ({years(months_decided(claims, context))})"
    else:
        when = last_checked(claims)
        which = f"more ({'last checked ' if when else 'never checked'}{when})"
    return f"Of {len(questions)} {which}, they {verb} on {number}."


def _at_the_time(questions: Sequence[Compared], context: Context) -> str:
    """Return as of when older questions are told."""
    claims = [claim for question in questions for claim in question.claims]
    if questions[0].checked is Checked.DECIDED:
        return f"When decided ({years(months_decided(claims, context))})"
    when = last_checked(claims)
    return f"When last checked ({when})" if when else "By claims never checked"


def last_checked(claims: Sequence[Body]) -> str:
    """Return the month in which older claims were last checked, or the years,
    and how many never were.
    """
    never = sum(claim["confirmed_on"] is None for claim in claims)
    if never == len(claims):
        return ""
    others = f", {never} never" if never else ""
    return f"{years(months_confirmed(claims))}{others}"


def checked_in(claims: Iterable[Body]) -> str:
    """Return in which months claims were checked:
    “checked January to April 2026”, “never checked”.
    """
    months = months_confirmed(claims)
    if not months:
        return "never checked"
    first, last = months[0], months[-1]
    if first == last:
        return f"checked {first}"
    if first[-4:] == last[-4:]:
        first = first[:-5]
    return f"checked {first} to {last}"


def months_decided(claims: Iterable[Body], context: Context) -> list[str]:
    """Return the first and the last month in which the question
    of any of the claims was decided.
    """
    last_days = sorted({context.settled[claim["issue"]["slug"]]["latest"] for claim in claims})
    return list(
        dict.fromkeys(
            days.month(date.fromisoformat(day)) for day in (*last_days[:1], *last_days[-1:])
        )
    )


def years(months: Sequence[str]) -> str:
    """Write from which to which of two months: the month if there is one, else their years."""
    return "–".join(ends(months))


def ends(months: Sequence[str]) -> list[str]:
    """Return the month if there is one, else the years of two."""
    if len(months) < 2:
        return [*months]
    return list(dict.fromkeys(month[-4:] for month in months))


def many(number: int, thing: str) -> str:
    """Return a number of things: “1 question”, “2 claims”."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _titles(titles: Sequence[str], limit: int) -> str:
    """Join titles, each after a preposition of its own, since one may have an “and” in it."""
    parts = [*titles[:limit]]
    if len(titles) > limit:
        parts.append(f"{len(titles) - limit} more")
    if len(parts) == 1:
        return parts[0]
    return f"{', on '.join(parts[:-1])} and on {parts[-1]}"
