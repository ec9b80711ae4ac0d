"""Publishing and merging for tests of the API, by the number of the edition that comes of it."""

from typing import Any

from tests.factories import SourceFactory
from tests.publishing.acts import changeset, published, retracted
from tracker.desk.merge import merge as services_merge
from tracker.models import Issue, Record
from tracker.models.nouns import noun_of
from tracker.models.snapshots import load
from tracker.publishing.publish import Chosen
from tracker.publishing.stage import NO_REASONS, Reasons
from tracker.values.nouns import Noun


def publish(*records: Record, note: str = "", reasons: Reasons = NO_REASONS) -> int:
    """Publish exactly these records as one edition, and return its number."""
    return published(*records, note=note, reasons=reasons).number


def publish_whole(*records: Record, note: str = "") -> int:
    """Publish these records with all that they name, as they are, as one edition;
    return its number.
    """
    wanted: set[tuple[Noun, int]] = set()
    reached = {(noun_of(record), record.pk) for record in records}
    while reached - wanted:
        wanted |= reached
        reached = {
            named
            for noun, record in reached
            for whole in load(noun, [record])
            for named in whole.named()
        }
    return published(*(Chosen(noun, record) for noun, record in sorted(wanted)), note=note).number


def retract(*records: Record, note: str = "", reasons: Reasons = NO_REASONS) -> int:
    """Retract these records as one edition, and return its number."""
    return retracted(*records, note=note, reasons=reasons).number


def merge(record: Record, into: Record) -> int:
    """Merge a public record into another one as one edition, and return its number."""
    noun = noun_of(record)
    with changeset():
        edition = services_merge(loser=Chosen(noun, record.pk), survivor=Chosen(noun, into.pk))
    assert edition is not None, "it was not public"
    return edition.number


def edit(record: Any, **fields: Any) -> Any:
    """Change fields of a record at the desk, and return it as it is then."""
    type(record).objects.filter(pk=record.pk).update(**fields)
    record.refresh_from_db()
    return record


def settle(issue: Issue, day: str = "2019-07-01") -> Issue:
    """Settle the question of an issue at the desk, by a new source, and return it as it is then."""
    settled: Issue = edit(
        issue, settled=day, settlement="It was voted down.", settlement_source=SourceFactory(),
        settlement_locator="the vote",
    )  # fmt: skip
    return settled
