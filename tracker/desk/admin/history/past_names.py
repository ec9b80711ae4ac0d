"""What records were called then: in an edition, as its documents say; at a version, as history kept it.

A line of the past is made as one of the present is (`wording.label`), of what the past says.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.desk.admin.site.labels import NAMED, label
from tracker.desk.admin.site.naming import Named, with_what_they_named
from tracker.history.snapshots import record_of
from tracker.models import Event, Record
from tracker.models.nouns import DOCUMENTS, noun_of
from tracker.public.cards import wording
from tracker.values.nouns import Noun
from tracker.values.problems import Key


@dataclass(frozen=True, slots=True)
class PastName:
    """A record by the line it was called by then, and by the one it is called by now."""

    text: str
    now: Named

    @property
    def is_other(self) -> bool:
        return self.text != self.now.text or self.now.is_gone

    @property
    def link(self) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.now.address, self.text)


def in_edition(edition: int, records: Mapping[Key, Named]) -> dict[Key, PastName]:
    """Return what an edition called records that it has or closed; a query per noun."""
    by_noun: dict[Noun, list[int]] = defaultdict(list)
    for noun, record in records:
        by_noun[noun].append(record)
    texts = {(noun, record): text for noun, ids in by_noun.items() for record, text in _documents(noun, ids, edition)}
    return {key: PastName(texts.get(key, named.text), named) for key, named in records.items()}


def at_version(noun: Noun, record: int, version: int, now: Named) -> PastName:
    """Return what a record was called at a version, with what it names as that was called; three queries at most."""
    events = Event.objects.filter(noun=noun, record=record, part="", after__version=version)
    event = events.order_by("-id").first()
    if event is None:
        return PastName(now.text, now)
    was: Any = record_of(noun, event.after or {})
    for field in NAMED.get(noun, ()):
        if other := _row_then(was, field, event.pk):
            setattr(was, field, other)
    completed = _completed(noun, record, was)
    return PastName(label(completed) if completed else now.text, now)


def _documents(noun: Noun, records: list[int], edition: int) -> Iterable[tuple[int, str]]:
    """Yield each record with its line, first of what the edition closed, then of what it has."""
    documents: Any = DOCUMENTS[noun]._default_manager.filter(record__in=records)
    documents = documents.as_of(edition) | documents.filter(closed=edition)
    for record, body in documents.order_by("opened").values_list("record", "body"):
        if text := _called(noun, body):
            yield record, text


def _called(noun: Noun, body: str) -> str:
    """Return the line of a document; nothing where it is damaged."""
    try:
        return wording.label(noun, json.loads(body))
    except (ValueError, TypeError, KeyError):
        return ""


def _row_then(record: Record, field: str, until: int) -> Record | None:
    """Return what a record names as history has it up to an event."""
    reference: Any = record._meta.get_field(field)
    named = noun_of(reference.related_model)
    events = Event.objects.filter(noun=named, record=getattr(record, reference.attname), part="", id__lte=until)
    event = events.filter(after__isnull=False).order_by("-id").first()
    return record_of(named, event.after or {}) if event else None


def _completed(noun: Noun, key: int, record: Record) -> Record | None:
    """Return a record with all that its line needs; None if nobody knows it any more."""
    references: list[Any] = [record._meta.get_field(field) for field in NAMED.get(noun, ())]
    if all(reference.is_cached(record) for reference in references):
        return record
    return with_what_they_named({(noun, key): record}).get((noun, key))
