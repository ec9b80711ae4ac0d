"""How the admin calls a record: one line by which a person knows it, now or then, or a chip.

A claim is called by what it names, so whoever asks for a label has loaded these (`with_named`).
Also what is no more has a name: as it was last. A line of the past is made as one of the present
is, of what the past says: of an edition its documents, of a version the history.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from more_itertools import map_reduce

from tracker.history.deleted import last_rows
from tracker.history.snapshots import record_of
from tracker.history.timeline import field_of
from tracker.models import Event, Record
from tracker.models.fields import VagueDateField
from tracker.models.nouns import DOCUMENTS, noun_of, records_of
from tracker.models.tables import DeskTable, table_of, tables_of
from tracker.public.cards import wording
from tracker.public.cards.chips import Chip, chip, of_term, status
from tracker.public.cards.context import Body, Context
from tracker.schema.records import OCCURRENCES
from tracker.values.nouns import Noun
from tracker.values.problems import Key
from tracker.values.vocabularies import Pattern, Position

CODED: dict[str, type[Position] | type[Pattern]] = {"position": Position, "pattern": Pattern}


def _must_name(table: DeskTable) -> tuple[str, ...]:
    """Return the fields by which every row of a table names records."""
    return tuple(
        field.name for column in table.references if not (field := table.fields[column]).null
    )


# what labels name of other tables
NAMED = {noun: _must_name(tables_of(noun)[""]) for noun in Noun}


def label(record: models.Model) -> str:
    """Return one line that tells this record from others of its kind."""
    if not isinstance(record, Record):
        return str(record)
    noun = noun_of(record)
    return wording.label(noun, body_of(record, NAMED[noun]))


def body_of(record: Record, names: Collection[str] = ()) -> Body:
    """Return of a record what its public body has, as far as it is loaded,
    and what it refers to by these names.

    Rendering it would ask the database for its parts and for names,
    which a line or a chip has no use for.
    """
    body = Body(id=record.pk)
    for field in table_of(type(record)).fields.values():
        if isinstance(field, models.ForeignKey):
            if field.name in names or field.is_cached(record):
                other = getattr(record, field.name)
                body[field.name] = other and {
                    "name": str(other),
                    "slug": getattr(other, "slug", ""),
                }
        else:
            given = record.__dict__.get(field.attname)
            is_vague = isinstance(field, VagueDateField)
            body[field.name] = ({"edtf": given} if given else None) if is_vague else given
    return body


def value_of(field: Any, value: Any, write: Callable[[Any], str]) -> str:
    """Return a value of a field in words, terms by their labels;
    what is neither text nor texts, as `write` has it.
    """
    is_text = isinstance(value, bool | str) or (
        isinstance(value, list) and all(isinstance(of, str) for of in value)
    )
    return wording.value(value, terms_of(field)) if is_text else write(value)


def terms_of(field: Any) -> dict[str, str]:
    """Return the labels of the terms that a field, or each item of its list, can have."""
    return {
        str(term): str(label)
        for term, label in getattr(getattr(field, "base_field", field), "flatchoices", ())
    }


def ids_by_noun(keys: Iterable[Key]) -> dict[Noun, list[int]]:
    return map_reduce(keys, itemgetter(0), itemgetter(1))


def with_named(noun: Noun, ids: Iterable[int]) -> list[Record]:
    """Return records in the order of their ids, with what `label` reads; one query."""
    rows: models.QuerySet[Record] = records_of(noun).filter(pk__in=list(ids)).order_by("pk")
    return list(rows.select_related(*NAMED[noun]))


def field_title(noun: Noun, name: str) -> str:
    """Return what people call a field of a noun."""
    field = field_of(noun, "", name)
    return capfirst(str(field.verbose_name) if field else wording.plain(name))


def address(noun: Noun | str, record: int, page: str = "change") -> str:
    """Return the address of a record's page in the admin."""
    return reverse(f"admin:tracker_{noun}_{page}", args=[record])


def link(noun: Noun | str, record: int, text: str, page: str = "change") -> SafeString:
    return format_html('<a href="{}">{}</a>', address(noun, record, page), text)


def name_of(person: AbstractUser | None) -> str:
    """Return a person's name, or the name under which the person logs in."""
    return (person.get_full_name() or person.get_username()) if person else ""


def moment(at: datetime) -> SafeString:
    """Return a moment as it is shown: to the minute, exactly on hover."""
    return render_to_string("admin/site/moment.html", {"at": at})


@dataclass(frozen=True, slots=True)
class Named:
    """A record by the line it is called by; where it is gone, by the line it was called by."""

    noun: Noun
    id: int
    text: str
    is_gone: bool = False

    def __str__(self) -> str:
        return f"{self.text} (deleted)" if self.is_gone else self.text

    @property
    def value(self) -> str:
        return f"{self.noun}:{self.id}"

    @property
    def address(self) -> str:
        return address(self.noun, self.id, "history" if self.is_gone else "change")

    @property
    def link(self) -> SafeString:
        return link(self.noun, self.id, str(self), "history" if self.is_gone else "change")

    @property
    def review(self) -> SafeString:
        return link(self.noun, self.id, str(self), "history" if self.is_gone else "review")


def names(keys: Iterable[Key]) -> dict[Key, Named]:
    """Return what these records are called;
    at most three queries more than there are nouns among them.
    """
    wanted = set(keys)
    named = {key: Named(*key, label(record)) for key, record in records_here(wanted).items()}
    lost = with_what_they_named(last_rows(wanted - set(named)))
    named |= {key: Named(*key, label(record), is_gone=True) for key, record in lost.items()}
    return named | {
        key: Named(*key, f"{key[0]} {key[1]}", is_gone=True) for key in wanted - set(named)
    }


def with_what_they_named(records: Mapping[Key, Record]) -> dict[Key, Record]:
    """Return records of the past with what `label` reads of others, which may be of the past too;
    else left out.
    """
    named = {key: _named(record) for key, record in records.items()}
    wanted = {name for names in named.values() for name in names.values()}
    here = records_here(wanted)
    others = {**last_rows(wanted - set(here)), **here}
    for key, record in records.items():
        for field, name in named[key].items():
            if name in others:
                setattr(record, field, others[name])
    return {
        key: record for key, record in records.items() if set(named[key].values()) <= set(others)
    }


def _named(record: Record) -> dict[str, Key]:
    fields = [record._meta.get_field(name) for name in NAMED[noun_of(record)]]
    return {
        field.name: (noun_of(field.related_model), getattr(record, field.attname))  # type: ignore[arg-type,union-attr]
        for field in fields
    }


def records_here(keys: Iterable[Key]) -> dict[Key, Record]:
    """Return those of these records that are there, with what they are called by;
    a query a noun.
    """
    return {
        (noun, record.pk): record
        for noun, ids in ids_by_noun(keys).items()
        for record in with_named(noun, ids)
    }


def chip_of(record: Any, *, on: date | None = None, href: str = "") -> Chip:
    """Return the chip of what has one as of a day, today by default;
    `issue` and `defers_to` are loaded.
    """
    noun = noun_of(record)
    context = Context(
        on=on or timezone.localdate(),
        stale_after=settings.STALE_AFTER,
        settled=settled_of(getattr(record, "issue", None)),
        address=lambda *_: href,
    )
    body = _chip_body(record)
    return status(noun, body, context) if noun in OCCURRENCES else chip(noun, body, context)


def settled_of(issue: Any) -> dict[str, Body]:
    """Return when the question of an issue was settled, by its slug;
    nothing if it is open, or there is none.
    """
    if issue is None or not issue.settled:
        return {}
    ends = {end: getattr(issue, f"settled_{end}").isoformat() for end in ("earliest", "latest")}
    return {issue.slug: {"edtf": issue.settled, **ends}}


def term_chip(field: str, value: Any) -> SafeString | None:
    """Return the chip of a position or a pattern by itself; None for what is neither."""
    terms = CODED.get(field)
    return of_term(terms(value)).html if terms and value in terms else None


def _chip_body(record: Any) -> Body:
    """Return what a chip shows of a record; the ends of a relation stand beside it at the desk."""
    body = body_of(record)
    body.pop("counterpart", None)
    if checked := body.get("confirmed_on"):
        body["confirmed_on"] = checked.isoformat()
    for end in ("since", "until"):
        if body[end]:
            body[end] |= {
                bound: getattr(record, f"{end}_{bound}").isoformat()
                for bound in ("earliest", "latest")
            }
    return body


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
    by_noun = ids_by_noun(records).items()
    texts = {
        (noun, record): text
        for noun, ids in by_noun
        for record, text in _documents(noun, ids, edition)
    }
    return {key: PastName(texts.get(key, named.text), named) for key, named in records.items()}


def at_version(noun: Noun, record: int, version: int, now: Named) -> PastName:
    """Return what a record was called at a version, with what it names as that was called;
    three queries at most.
    """
    events = Event.objects.filter(noun=noun, record=record, part="", after__version=version)
    event = events.order_by("-id").first()
    if event is None:
        return PastName(now.text, now)
    was: Any = record_of(noun, event.after or {})
    for field in NAMED[noun]:
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
    events = Event.objects.filter(
        noun=named, record=getattr(record, reference.attname), part="", id__lte=until
    )
    event = events.filter(after__isnull=False).order_by("-id").first()
    return record_of(named, event.after or {}) if event else None


def _completed(noun: Noun, key: int, record: Record) -> Record | None:
    """Return a record with all that its line needs; None if nobody knows it any more."""
    references: list[Any] = [record._meta.get_field(field) for field in NAMED[noun]]
    if all(reference.is_cached(record) for reference in references):
        return record
    return with_what_they_named({(noun, key): record}).get((noun, key))
