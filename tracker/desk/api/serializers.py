"""Records as the desk shows them: in the publication's shapes, with what the desk alone knows of them in front."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from tracker.desk.api.shapes import DeskHead, DeskPublic
from tracker.history.authorship import made_by
from tracker.models import Edition, Record
from tracker.models.nouns import noun_of
from tracker.models.snapshots import Snapshot, load
from tracker.public.read.keys import BY_SLUG
from tracker.publishing.names import References, names_at_desk
from tracker.publishing.render import Names, render
from tracker.publishing.status import Status, statuses
from tracker.schema.parts import address
from tracker.values.nouns import Noun

Public = tuple[str, DeskPublic | None]  # the state of a record in one word, and what readers see of it
ROOT = "/api/v1/desk/"


class Serialized(NamedTuple):
    """A record as JSON; the key of its address, and its version."""

    key: str | int
    version: int
    body: bytes


def serialized(noun: Noun, ids: Iterable[int]) -> dict[int, Serialized]:
    """Return these records as JSON; a number of queries that does not depend on how many they are."""
    snapshots = list(load(noun, ids))
    records = [snapshot.record for snapshot in snapshots]
    public, authors = published(noun, records), made_by(noun, [record.pk for record in records])
    survivors = {(noun, into) for record in records if (into := _survivor(record)) and noun in BY_SLUG}
    named = names_at_desk({named for snapshot in snapshots for named in snapshot.named()} | survivors)
    # References lead to the desk.
    references = {
        key: msgspec.structs.replace(reference, url=reference.url.replace("/api/v1/", ROOT, 1))
        for key, reference in named.items()
    }
    return {
        snapshot.record.pk: _serialized(
            snapshot, references, public[snapshot.record.pk], authors.get(snapshot.record.pk)
        )
        for snapshot in snapshots
    }


def published(noun: Noun, records: Iterable[Record]) -> dict[int, Public]:
    """Return the state of each record in one word, and what readers see of it; two queries."""
    listed = list(records)
    status_of = statuses(noun, [record.pk for record in listed])
    editions: dict[int, Edition] = Edition.objects.in_bulk(
        {status.edition for status in status_of.values() if status.edition}
    )
    return {record.pk: _public(record, status_of[record.pk], editions) for record in listed}


def desk_address(noun: Noun, key: str | int) -> str:
    """Return the root-relative address of a record at the desk."""
    return address(noun, key).replace("/api/v1/", ROOT, 1)


def key_of(record: Record) -> str | int:
    """Return the key in a record's address."""
    key: str | int = getattr(record, "slug", record.pk)
    return key


def _serialized(snapshot: Snapshot, references: References, seen: Public, author: str | None) -> Serialized:
    record, (state, public), into = snapshot.record, seen, _survivor(snapshot.record)
    survivor = references.get((noun_of(record), into or 0))
    merged_into = survivor.url if survivor else desk_address(noun_of(record), into) if into else None
    head = DeskHead(record.version, state, public, author, merged_into)
    body = render(snapshot, Names(references)).body
    return Serialized(key_of(record), record.version, msgspec.json.encode(head)[:-1] + b"," + body[1:].encode())


def _survivor(record: Record) -> int | None:
    into: int | None = getattr(record, "merged_into_id", None)
    return into


def _public(record: Record, status: Status, editions: Mapping[int, Edition]) -> Public:
    state = "merged" if _survivor(record) else status.word(state=record.state, version=record.version)
    if status.edition is None or status.version is None:
        return state, None
    edition = editions[status.edition]
    is_changed = status.version != record.version
    return state, DeskPublic(edition.number, edition.published_at, status.version, is_changed)
