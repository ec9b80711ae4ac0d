"""The context of a change set: who makes it, why, and through which channel.

The edge opens one, once, around everything that belongs together: one context = one transaction =
one change set. It is a setting of the transaction, so it reaches every trigger, whatever wrote
(ORM, COPY, SQL functions), and ends with the transaction. The change set itself is made by the
first event; a save that changes nothing leaves none.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import connection, transaction

from tracker.values.vocabularies import Channel


class OutsideChangeSetError(RuntimeError):
    """A service was called without anybody having said who changes, why,
    and through which channel.
    """


@dataclass(frozen=True, slots=True)
class ChangeContext:
    """Who, why and through which channel; `id` is that of the change set, if one comes of it.

    `clock_checked` says that the clock is right, although the last edition is ahead of it.
    """

    id: UUID
    made_by: int | None
    reason: str
    channel: Channel
    clock_checked: bool = False


@contextmanager
def changeset(
    *, made_by: int | None, reason: str, channel: Channel, clock_checked: bool = False
) -> Iterator[ChangeContext]:
    """Open the transaction of a change set by the user with the id `made_by`;
    raise RuntimeError inside another one.
    """
    context = ChangeContext(uuid4(), made_by, reason.replace("\x00", ""), channel, clock_checked)
    setting = {
        "id": str(context.id),
        "made_by": made_by,
        "reason": context.reason,
        "channel": channel.value,
    }
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('tracker.change', %s, true)", [json.dumps(setting)])
        opened = _opened.set(context)
        try:
            yield context
        finally:
            _opened.reset(opened)


def current() -> ChangeContext:
    """Return the context of the current transaction;
    raise OutsideChangeSetError if nobody opened one.
    """
    context = _opened.get()
    if context is None:
        raise OutsideChangeSetError(
            "open history.changeset(made_by=…, reason=…, channel=…) around the call"
        )
    return context


_opened: ContextVar[ChangeContext | None] = ContextVar("opened", default=None)
