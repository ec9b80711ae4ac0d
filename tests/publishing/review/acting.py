"""The team, and what one of it does, in a line each."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.factories import UserFactory
from tests.publishing.acts import changeset
from tracker.models import Record, Review
from tracker.models.nouns import noun_of
from tracker.publishing.publish import Chosen
from tracker.values.problems import RefusedError
from tracker.values.vocabularies import Channel


def person(group: str, **fields: Any) -> Any:
    """Return somebody new in the team, in one of the groups."""
    return UserFactory(**{"groups": [group], "is_staff": True, **fields})


def at(record: Any) -> Chosen:
    """Return a record at the version that it has now."""
    record.refresh_from_db()
    return Chosen(noun_of(record), record.pk, record.version)


def by(
    who: Any,
    act: Callable[..., Any],
    *records: Record,
    channel: Channel = Channel.ADMIN,
    **how: Any,
) -> Any:
    """Let somebody do something with records, at the versions that they have now;
    return what comes of it.
    """
    arguments = {"records": [at(record) for record in records]} if records else {}
    with changeset(who and who.pk, channel):
        done = act(**arguments, **how)
    for record in records:
        record.refresh_from_db()
    return done


def edits(who: Any, record: Any, **fields: Any) -> None:
    """Let somebody edit a record in a change of their own."""
    by(
        who,
        lambda records: type(record)._default_manager.filter(pk=record.pk).update(**fields),
        record,
    )


def objections(who: Any, act: Callable[..., Any], *records: Record, **how: Any) -> list[str]:
    """Return what is said against what somebody wants to do."""
    with pytest.raises(RefusedError) as refusal:
        by(who, act, *records, **how)
    return [problem.text for problem in refusal.value.problems]


def steps(record: Record) -> list[tuple[Any, ...]]:
    """Return the steps of a record's review: version, act, who, to whom, and what was said."""
    rows = Review.objects.filter(noun=noun_of(record), record=record.pk).order_by("id")
    return list(rows.values_list("version", "step", "made_by", "to", "text"))
