"""What wants attention at the desk, whoever's turn it is:
rivals, claims long unchecked, forecasts, meetings and acts.

Each kind is a condition that an index serves,
so the first of them are found without a look at the whole table.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.db.models import Exists, F, OrderBy, OuterRef, Q

from tracker.models.indexes import CONTESTED, FORECAST, TO_COME, WITHOUT_END
from tracker.models.nouns import noun_of, records_of
from tracker.models.querysets import RecordQuerySet
from tracker.schema.claims import unconfirmed
from tracker.schema.records import CLAIMS, OCCURRENCES
from tracker.schema.settlement import held_when_settled
from tracker.values.nouns import Noun
from tracker.values.vocabularies import ForecastOutcome, MeetingStatus

SOONEST = (F("since_earliest").asc(), F("id").asc())


class Want(StrEnum):
    """Why a record wants attention."""

    CONTESTED = "contested"
    TO_CHECK = "to-check"
    UNCONFIRMED = "unconfirmed"
    DUE = "due"
    TO_COME = "to-come"
    OVERDUE = "overdue"


class AttentionRule(NamedTuple):
    """What wants attention for one reason:
    of which nouns, on which condition as of a day, which of it first.

    With `is_seen`, only what readers see: of what they don't, a review asks the same and more.
    """

    nouns: tuple[Noun, ...]
    condition: Callable[[Noun, date], Q]
    order: tuple[OrderBy, ...]
    is_seen: bool = False


def _ended(day: date) -> Q:
    return Q(until_latest__lt=day) | Q(until_latest__isnull=True, since_latest__lt=day)


def _has_not_ended(day: date) -> Q:
    return Q(until_latest__gte=day) | Q(until_latest__isnull=True) & (
        Q(since_latest__gte=day) | Q(since_latest__isnull=True)
    )


def _has_later_event(today: date) -> Q:
    """Return the condition that something happened on a claim's issue after it was checked,
    as readers are told.

    That is a vote, a meeting or an act which readers see, and which was over by today.
    """
    votes = records_of(Noun.VOTE).filter(
        issue=OuterRef("issue"), held_earliest__gt=OuterRef("confirmed_on"), held_latest__lte=today
    )
    condition = Q(Exists(votes.seen()))
    for noun in OCCURRENCES:
        events = records_of(noun).filter(
            _ended(today + timedelta(days=1)),
            issues__issue=OuterRef("issue"),
            since_earliest__gt=OuterRef("confirmed_on"),
        )
        events = events.exclude(TO_COME | Q(status=MeetingStatus.CANCELLED))
        condition |= Q(Exists(events.seen()))
    return condition


def _is_to_check(noun: Noun, today: date) -> Q:
    begun = Q(since_earliest=None) | Q(since_earliest__lte=today)
    decided = Q(resolutions__isnull=False) & ~Q(resolutions__outcome=ForecastOutcome.OPEN)
    return WITHOUT_END & begun & ~held_when_settled(today) & ~decided & _has_later_event(today)


KINDS: dict[Want, AttentionRule] = {
    Want.CONTESTED: AttentionRule(CLAIMS, lambda noun, today: CONTESTED, (F("id").desc(),)),
    Want.TO_CHECK: AttentionRule(
        CLAIMS, _is_to_check, (F("confirmed_on").asc(), F("id").asc()), is_seen=True
    ),
    Want.UNCONFIRMED: AttentionRule(
        CLAIMS,
        lambda noun, today: WITHOUT_END & unconfirmed(noun, today),
        (F("confirmed_on").asc(nulls_first=True), F("id").asc()),
        is_seen=True,
    ),
    Want.DUE: AttentionRule(
        CLAIMS,
        # by its resolution, if it has one; else by its own days
        lambda noun, today: (
            FORECAST
            & (
                Q(resolutions__outcome=ForecastOutcome.OPEN, resolutions__due__lt=today)
                | Q(resolutions__isnull=True)
                & (Q(since_latest__lte=today) | Q(until_latest__lt=today))
            )
        ),
        (F("since_latest").asc(), F("id").asc()),
    ),
    Want.TO_COME: AttentionRule(
        OCCURRENCES, lambda noun, today: TO_COME & _has_not_ended(today), SOONEST
    ),
    Want.OVERDUE: AttentionRule(OCCURRENCES, lambda noun, today: TO_COME & _ended(today), SOONEST),
}


def wanting(records: RecordQuerySet, want: Want, *, today: date) -> RecordQuerySet:
    """Return those records of a noun that want attention for one reason:
    neither retracted nor merged.
    """
    rule = KINDS[want]
    return (records.seen() if rule.is_seen else records.not_withdrawn()).filter(
        rule.condition(noun_of(records.model), today)
    )


def first_wanting(want: Want, noun: Noun, *, today: date, most: int) -> list[int]:
    """Return the ids of the records of a noun that want attention most for one reason,
    at most so many.
    """
    records = wanting(records_of(noun), want, today=today).order_by(*KINDS[want].order)
    return list(records.values_list("pk", flat=True)[:most])


def wants_of(noun: Noun) -> Iterable[Want]:
    """Return for which reasons records of a noun can want attention."""
    return [want for want, rule in KINDS.items() if noun in rule.nouns]
