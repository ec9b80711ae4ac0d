"""How the admin calls a record: one line by which a person knows it.

A claim is called by what it names, so whoever asks for a label has loaded these (`with_named`).
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from tracker.history.timeline import field_of
from tracker.models import ChangeSet, Record
from tracker.models.fields import VagueDateField
from tracker.models.nouns import noun_of, records_of
from tracker.models.tables import table_of
from tracker.public.cards import wording
from tracker.public.cards.context import Body
from tracker.values.nouns import Noun

# what labels name of other tables, by noun
NAMED: dict[Noun, tuple[str, ...]] = {
    Noun.STANCE: ("actor", "issue"),
    Noun.ALIGNMENT: ("actor", "counterpart", "issue"),
    Noun.VOTE: ("body",),
}


def label(record: models.Model) -> str:
    """Return one line that tells this record from others of its kind."""
    if not isinstance(record, Record):
        return str(record)
    noun = noun_of(record)
    return wording.label(noun, body_of(record, NAMED.get(noun, ())))


def body_of(record: Record, names: Collection[str] = ()) -> Body:
    """Return of a record what its public body has, as far as it is loaded, and what it refers to by these names.

    Rendering it would ask the database for its parts and for names, which a line or a chip has no use for.
    """
    body = Body(id=record.pk)
    for field in table_of(type(record)).fields.values():
        if isinstance(field, models.ForeignKey):
            if field.name in names or field.is_cached(record):
                other = getattr(record, field.name)
                body[field.name] = other and {"name": str(other), "slug": getattr(other, "slug", "")}
        else:
            given = record.__dict__.get(field.attname)
            is_vague = isinstance(field, VagueDateField)
            body[field.name] = ({"edtf": given} if given else None) if is_vague else given
    return body


def value_of(field: Any, value: Any, write: Callable[[Any], str]) -> str:
    """Return a value of a field in words, terms by their labels; what is neither text nor texts, as `write` has it."""
    is_text = isinstance(value, bool | str) or (isinstance(value, list) and all(isinstance(of, str) for of in value))
    return wording.value(value, terms_of(field)) if is_text else write(value)


def terms_of(field: Any) -> dict[str, str]:
    """Return the labels of the terms that a field, or each item of its list, can have."""
    return {str(term): str(label) for term, label in getattr(getattr(field, "base_field", field), "flatchoices", ())}


def with_named(noun: Noun, ids: Iterable[int]) -> list[Record]:
    """Return records in the order of their ids, with what `label` reads; one query."""
    rows: models.QuerySet[Record] = records_of(noun).filter(pk__in=list(ids)).order_by("pk")
    return list(rows.select_related(*NAMED[noun]) if noun in NAMED else rows)


def field_title(noun: Noun, name: str) -> str:
    """Return what people call a field of a noun."""
    field = field_of(noun, "", name)
    return capfirst(str(field.verbose_name) if field else wording.plain(name))


def address(noun: Noun | str, record: int, page: str = "change") -> str:
    """Return the address of a record's page in the admin."""
    return reverse(f"admin:tracker_{noun}_{page}", args=[record])


def link(noun: Noun | str, record: int, text: str, page: str = "change") -> SafeString:
    return format_html('<a href="{}">{}</a>', address(noun, record, page), text)


def made_by(changeset: ChangeSet) -> str:
    """Return who made a change, whom the asker has loaded; nothing where nobody is known."""
    return name_of(changeset.made_by)


def name_of(person: AbstractUser | None) -> str:
    """Return a person's name, or the name under which the person logs in."""
    return (person.get_full_name() or person.get_username()) if person else ""


def moment(at: datetime) -> SafeString:
    """Return a moment as it is shown: to the minute, exactly on hover."""
    return render_to_string("admin/site/moment.html", {"at": at})
