"""Publishing for tests, by the services: some records exactly, or with all that they name."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from tracker.history import change
from tracker.models import Edition
from tracker.models.nouns import noun_of
from tracker.publication.render.desk import load
from tracker.services import publishing
from tracker.services.publishing import Chosen
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Channel


def publish(*records: Any, note: str = "") -> int:
    """Publish exactly these records as one edition, and return its number."""
    return _publish({(noun_of(record), record.pk) for record in records}, note)


def publish_whole(*records: Any, note: str = "") -> int:
    """Publish these records with all that they name, as they are, as one edition; return its number."""
    wanted: set[tuple[Noun, int]] = set()
    found = {(noun_of(record), record.pk) for record in records}
    while found - wanted:
        wanted |= found
        found = {named for noun, record in found for whole in load(noun, [record]) for named in whole.named()}
    return _publish(wanted, note)


def retract(*records: Any, note: str = "") -> int:
    """Retract these records as one edition, and return its number."""
    with changing():
        chosen = [Chosen(noun_of(record), record.pk) for record in records]
        return publishing.retract(records=chosen, note=note).number


def merge(record: Any, into: Any) -> int:
    """Merge a public record into another one as one edition, by SQL, there being no service yet; return its number."""
    noun = noun_of(record)
    with changing(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tracker_edition (number, published_at, note) "
            "SELECT max(number) + 1, now(), '' FROM tracker_edition RETURNING number"
        )
        number: int = cursor.fetchone()[0]
        cursor.execute(
            f"UPDATE tracker_{noun}document SET closed = %s WHERE record = %s AND closed IS NULL", [number, record.pk]
        )
        cursor.execute(
            "INSERT INTO tracker_change (edition, position, noun, record, key, operation, changed, \"into\") "
            "SELECT %s, 1, noun, record, key, 'merged', '{}', %s FROM tracker_change "
            "WHERE noun = %s AND record = %s ORDER BY edition DESC LIMIT 1",
            [number, into.pk, noun.value, record.pk],
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return number


def edit(record: Any, **fields: Any) -> Any:
    """Change fields of a record at the desk, and return it as it is then."""
    type(record).objects.filter(pk=record.pk).update(**fields)
    record.refresh_from_db()
    return record


def _publish(chosen: set[tuple[Noun, int]], note: str) -> int:
    with changing():
        edition = publishing.publish(records=[Chosen(noun, record) for noun, record in sorted(chosen)], note=note)
    assert isinstance(edition, Edition), "nothing that readers see was changed"
    return edition.number


@contextmanager
def changing() -> Iterator[None]:
    """Publish in a context, and then go on in the one before: a test's transaction has but one change set."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('tracker.change', true)")
        before = cursor.fetchone()[0]
        with change(made_by=None, reason="test", channel=Channel.COMMAND):
            yield
        cursor.execute("SELECT set_config('tracker.change', %s, true)", [before])
