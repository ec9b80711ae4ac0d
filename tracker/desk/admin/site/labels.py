"""How the admin calls a record: one line by which a person knows it.

A claim is called by what it names, so whoever asks for a label has loaded these (`with_named`).
"""

from collections.abc import Iterable
from datetime import datetime
from functools import singledispatch

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from tracker.history.timeline import field_of
from tracker.models import Actor, Alignment, ChangeSet, Issue, Meeting, Record, Source, Stance, Vote
from tracker.models.nouns import records_of
from tracker.values.nouns import Noun
from tracker.values.vocabularies import ActorKind

MOST_AUTHORS = 2


@singledispatch
def label(record: models.Model) -> str:
    """Return one line that tells this record from others of its kind."""
    return str(record)


@label.register
def _(actor: Actor) -> str:
    return actor.name if actor.kind == ActorKind.STATE else f"{actor.name} ({actor.get_kind_display()})"


@label.register
def _(issue: Issue) -> str:
    return issue.title if issue.question else f"{issue.title} (group of issues)"


@label.register
def _(source: Source) -> str:
    where = ", ".join(filter(None, [source.publisher or source.container_title, source.issued]))
    return f"{source.title} ({where})" if where else source.title


@label.register
def _(stance: Stance) -> str:
    return f"{stance.actor.name} {stance.get_position_display()}: {stance.issue.title}{_period(stance)}"


@label.register
def _(alignment: Alignment) -> str:
    pair = f"{alignment.actor.name} and {alignment.counterpart.name}"
    return f"{pair}, {alignment.get_pattern_display()}: {alignment.issue.title}{_period(alignment)}"


@label.register
def _(meeting: Meeting) -> str:
    return f"{meeting.title}{_period(meeting)}"


@label.register
def _(vote: Vote) -> str:
    called = ": ".join(filter(None, [vote.symbol, vote.title])) or f"{vote.body.name}, {vote.get_kind_display()}"
    return f"{called} ({vote.held})" if vote.held else called


@singledispatch
def about(record: models.Model) -> list[str]:
    """Return what tells this record from others that are called alike; of an issue, its parent is loaded."""
    return []


@about.register
def _(actor: Actor) -> list[str]:
    return [actor.get_kind_display(), actor.iso3 or actor.short_name, actor.slug]


@about.register
def _(issue: Issue) -> list[str]:
    return [f"in {issue.parent.title}" if issue.parent else "", issue.question or "group of issues"]


@about.register
def _(source: Source) -> list[str]:
    authors = ", ".join(str(author.get("family") or author.get("literal")) for author in source.authors[:MOST_AUTHORS])
    return [source.get_type_display(), authors, source.publisher or source.container_title, source.issued, source.url]


def _period(record: Stance | Alignment | Meeting) -> str:
    if not record.since:
        return f" (until {record.until})" if record.until else ""
    return f" ({record.since}/{record.until})" if record.until else f" ({record.since})"


# what `label` reads of other tables, by noun
NAMED: dict[Noun, tuple[str, ...]] = {
    Noun.STANCE: ("actor", "issue"),
    Noun.ALIGNMENT: ("actor", "counterpart", "issue"),
    Noun.VOTE: ("body",),
}


def with_named(noun: Noun, ids: Iterable[int]) -> list[Record]:
    """Return records in the order of their ids, with what `label` reads; one query."""
    rows: models.QuerySet[Record] = records_of(noun).filter(pk__in=list(ids)).order_by("pk")
    return list(rows.select_related(*NAMED[noun]) if noun in NAMED else rows)


def field_title(noun: Noun, name: str) -> str:
    """Return what people call a field of a noun."""
    field = field_of(noun, "", name)
    return capfirst(str(field.verbose_name) if field else name.replace("_", " "))


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
