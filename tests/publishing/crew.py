"""What processes do beside each other:
publishers held at barriers inside their transactions, editors, a follower.
"""

import random
import resource
import time
from collections.abc import Iterable
from threading import BrokenBarrierError
from typing import Any

import django

django.setup()

from django.db import connections  # noqa: E402 - a process of its own begins here
from django.test import Client  # noqa: E402

from tests.consistency.walker import Walker  # noqa: E402
from tracker import history  # noqa: E402
from tracker.models.nouns import RECORDS  # noqa: E402
from tracker.publishing import edition as editions  # noqa: E402
from tracker.publishing import publish as publishing  # noqa: E402
from tracker.publishing.publish import Chosen  # noqa: E402
from tracker.values.nouns import Noun  # noqa: E402
from tracker.values.vocabularies import Channel  # noqa: E402

Records = list[tuple[str, int]]
Copy = dict[tuple[str, int], str]


def changeset() -> Any:
    return history.changeset(made_by=None, reason="", channel=Channel.COMMAND)


def chosen(records: Iterable[tuple[str, int]]) -> list[Chosen]:
    return [Chosen(Noun(noun), record) for noun, record in records]


def meet(barrier: Any, patience: float) -> None:
    """Wait until all are here, or for so many seconds:
    those behind the publication's lock can't come.
    """
    try:
        barrier.wait(patience)
    except BrokenBarrierError:
        return


def publisher(records: Records, begun: Any, rendered: Any, is_locked: bool) -> None:
    """Publish, waiting for the others twice:
    inside the transaction before the lock, and before the edition is written.

    If not `is_locked`, nothing is locked in between.
    """
    take_lock, make_edition = publishing.take_lock, editions.make_edition

    def wait_before_the_lock() -> None:
        begun.wait(30)
        if is_locked:
            take_lock()

    def wait_before_writing(*arguments: Any, **how: Any) -> Any:
        meet(rendered, 0.5 if is_locked else 30)
        return make_edition(*arguments, **how)

    publishing.take_lock, editions.make_edition = wait_before_the_lock, wait_before_writing
    with changeset():
        publishing.publish(records=chosen(records))


def publish_renamed(actor: int, name: str) -> None:
    """Rename an actor at the desk and publish it."""
    with changeset():
        RECORDS[Noun.ACTOR]._default_manager.filter(pk=actor).update(name=name)
        publishing.publish(records=[Chosen(Noun.ACTOR, actor)])


def walker(seed: int, acts: dict[str, int], begun: Any, seconds: float) -> tuple[int, int]:
    """Do these things again and again;
    return how many editions that made, and how many changes of the desk.
    """
    someone = Walker(random.Random(seed), acts)
    begun.wait(30)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        someone.turn()
    return someone.editions, len(someone.changes)


def follower(begun: Any, seconds: float) -> tuple[int, list[str]]:
    """Keep a copy by the feed of changes, as the reader;
    return at which edition, and what was not as it should be.
    """
    copy: Copy = {}
    done, wrong = 0, []
    begun.wait(30)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        latest = ask("SELECT coalesce(max(number), 0) FROM tracker_edition")[0][0]
        numbers = [
            number
            for (number,) in ask("SELECT number FROM tracker_edition WHERE number <= %s", latest)
        ]
        if sorted(numbers) != list(range(1, latest + 1)):
            wrong.append(f"at edition {latest} there are {numbers}")
        told_before = ask("SELECT count(*) FROM tracker_change WHERE edition <= %s", done)[0][0]
        follow(copy, done, latest)
        if (
            told_before
            != ask("SELECT count(*) FROM tracker_change WHERE edition <= %s", done)[0][0]
        ):
            wrong.append(f"something was added to editions up to {done} later")
        if copy != as_of(latest):
            wrong.append(f"the copy differs from the list of edition {latest}")
        done = latest
    return done, wrong


def poller(begun: Any, seconds: float) -> tuple[set[tuple[int, int]], list[str]]:
    """Ask over the API, again and again,
    what stances changed since the moment of the last edition that was seen.

    Return each that was told, with the edition that opened it,
    and the moments of the editions that were seen.
    """
    client = Client(SERVER_NAME="localhost")
    changed: set[tuple[int, int]] = set()
    moments = [client.get("/api/v1/editions/?page_size=1").json()["results"][0]["published_at"]]
    begun.wait(30)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        latest = client.get("/api/v1/editions/?page_size=1").json()["results"][0]
        if latest["published_at"] != moments[-1]:
            query = {
                "changed_since": moments[-1],
                "standing": "any",
                "edition": latest["number"],
                "page_size": 100,
            }
            records = client.get("/api/v1/stances/", query).json()["results"]
            changed |= {(record["id"], record["edition"]) for record in records}
            moments.append(latest["published_at"])
        time.sleep(0.02)  # so that the limit of one address isn't reached
    return changed, moments


def follow(copy: Copy, done: int, latest: int) -> None:
    """Apply the changes after edition `done` up to `latest` to a copy."""
    for noun, record, edition, operation in ask(
        "SELECT noun, record, edition, operation FROM tracker_change WHERE edition > %s AND "
        "edition <= %s ORDER BY edition, position",
        done,
        latest,
    ):
        if operation in ("retracted", "merged"):
            del copy[noun, record]
        else:
            [(copy[noun, record],)] = ask(
                f"SELECT body FROM tracker_{noun}document WHERE record = %s AND opened = %s",
                record,
                edition,
            )


def as_of(edition: int) -> Copy:
    sql = "SELECT noun, record, body FROM tracker_document WHERE opened <= %s AND gone > %s"
    return {(noun, record): body for noun, record, body in ask(sql, edition, edition)}


def ask(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connections["publication"].cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def memory_of_publishing(noun: str, first: int, last: int) -> float:
    """Publish the records whose ids are in a range;
    return how many MB more this process used for it at its peak.
    """
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with changeset():
        publishing.publish(
            records=(Chosen(Noun(noun), record) for record in range(first, last + 1))
        )
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
