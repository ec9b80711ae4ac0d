"""Whether records are public, in one word, for lists and forms: one query for a page."""

from collections.abc import Iterable

from django.urls import ResolverMatch
from django.utils.html import format_html
from django.utils.safestring import SafeString
from more_itertools import map_reduce

from tracker.desk.admin.site.labels import name_of, records_here
from tracker.models import Record
from tracker.models.nouns import noun_of
from tracker.publishing.review import approvers
from tracker.publishing.status import Status, statuses
from tracker.values.nouns import Noun
from tracker.values.numbers import number
from tracker.values.problems import Key

WORDS = {
    "draft": "draft",
    "in_review": "in review",
    "published": "published",
    "changed": "changed",
    "retracted": "withdrawn",
    "merged": "part of another",
}
MEANS = {
    "draft": "never public",
    "in_review": "its author asks for it to be published",
    "published": "readers see it as it is here",
    "changed": "readers see an earlier version",
    "retracted": "readers saw it and see it no more",
    "merged": "it is part of another record now",
}

APPROVED = '<span class="approved">approved by {}, waiting to be published</span>'


def remember(records: Iterable[Record]) -> None:
    """Ask for the status of all these records at once, and for who approved them;
    two queries a noun.
    """
    for noun, listed in map_reduce(records, noun_of).items():
        status = statuses(noun, [record.pk for record in listed])
        for record in listed:
            vars(record)["_public"] = status[record.pk]
        approved = approvers(
            noun, {record.pk: record.version for record in listed if word(record) == "in_review"}
        )
        for record in listed:
            vars(record)["_approved_by"] = name_of(approved.get(record.pk))


def records_by_key(keys: Iterable[Key]) -> dict[Key, Record]:
    """Return these records with their status, and with what they are called by."""
    records = records_here(keys)
    remember(records.values())
    return records


def status_of(record: Record) -> Status:
    """Return what the publication says of a record."""
    if "_public" not in vars(record):
        remember([record])
    status: Status = vars(record)["_public"]
    return status


def public_page(match: ResolverMatch | None) -> str:
    """Return where readers find the record that a page of the desk is about;
    "" if it is about none, or a draft.
    """
    names = (match.url_name or "").split("_") if match else []
    if match is None or len(names) < 2 or names[1] not in tuple(Noun):
        return ""
    noun, record = (
        Noun(names[1]),
        number(str(match.kwargs.get("object_id") or match.kwargs.get("record"))),
    )
    return statuses(noun, [record])[record].address(noun) if record else ""


def approved_by(record: Record) -> str:
    """Return who approved what is in review as it is now, so that it waits to be published;
    nothing if nobody did.
    """
    status_of(record)
    name: str = vars(record)["_approved_by"]
    return name


def word(record: Record) -> str:
    """Return the key of the one word for a record."""
    if was_merged(record):
        return "merged"
    return status_of(record).word(state=record.state, version=record.version)


def was_merged(record: Record) -> bool:
    """Say whether a record is part of another, so that it stays as it is."""
    return getattr(record, "merged_into_id", None) is not None


def was_public(record: Record) -> bool:
    """Say whether a record has ever been public, so that it is withdrawn, not deleted."""
    return status_of(record).operation is not None


def is_in_step(record: Record) -> bool:
    """Say whether readers see a record as it is here."""
    return status_of(record).version == record.version


def badge(key: str) -> SafeString:
    return format_html(
        '<span class="status status-{}" title="{}">{}</span>', key, MEANS[key], WORDS[key]
    )


def shown(record: Record) -> SafeString:
    """Return the word for a record as it is shown, and whether it is approved."""
    if name := approved_by(record):
        return format_html("{} {}", badge(word(record)), format_html(APPROVED, name))
    return badge(word(record))
