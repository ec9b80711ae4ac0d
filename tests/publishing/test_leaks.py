"""What was not published is in nothing that the public can read, whatever else is published.

For each kind of reference,
claim and named record are both edited at the desk and only one of them is published.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import models

from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
)
from tests.factories.resolutions import YES
from tests.publishing.acts import changes, edited, everything_stored, live_document, published
from tests.publishing.walk import everything_served
from tracker.models import Issue, Record
from tracker.models.nouns import PARTS, noun_of
from tracker.values.nouns import Noun

SECRET = "nobodymayreadthis"
FREE_TEXT = (models.CharField, models.TextField)
OF_A_FORM = {
    "country",
    "iso3",
    "wikidata_id",
    "since",
    "held",
    "until",
    "issued",
    "language",
    "quote_language",
    "settled",
    "version",
}
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.gate]


@dataclass(frozen=True)
class Kind:
    """A kind of reference: how to make a claim and what it names by it."""

    name: str
    make: Callable[[], tuple[Record, Record]]  # a claim, and what it names


def stance_by_source() -> tuple[Record, Record]:
    source = SourceFactory()
    return StanceFactory(citations=[{"source": source, "quote": "Public words."}]), source


def alignment_by_source() -> tuple[Record, Record]:
    source = SourceFactory()
    return AlignmentFactory(citations=[{"source": source, "quote": "Public words."}]), source


def meeting_of(**parts: list[dict[str, Any]]) -> Record:
    return MeetingFactory(**parts)


def meeting_by_representative() -> tuple[Record, Record]:
    person = ActorFactory(kind="person")
    return meeting_of(participants=[{"actor": ActorFactory(), "represented_by": person}]), person


def meeting_by_participant() -> tuple[Record, Record]:
    actor = ActorFactory()
    return meeting_of(participants=[{"actor": actor}]), actor


def meeting_by_issue() -> tuple[Record, Record]:
    issue = IssueFactory()
    return meeting_of(issues=[{"issue": issue, "outcome": "A public outcome."}]), issue


def meeting_by_source() -> tuple[Record, Record]:
    source = SourceFactory()
    return meeting_of(citations=[{"source": source, "locator": "p. 2"}]), source


def actor_by_organization() -> tuple[Record, Record]:
    organization = ActorFactory(kind="organization")
    return ActorFactory(
        memberships=[{"organization": organization, "role": "member"}]
    ), organization


def actor_by_predecessor() -> tuple[Record, Record]:
    predecessor = ActorFactory()
    return ActorFactory(predecessors=[{"predecessor": predecessor, "since": "1991"}]), predecessor


def actor_by_source() -> tuple[Record, Record]:
    source = SourceFactory()
    memberships = [{"organization": ActorFactory(kind="bloc"), "source": source}]
    return ActorFactory(memberships=memberships), source


def issue_by_core_interest() -> tuple[Record, Record]:
    actor = ActorFactory()
    return IssueFactory(core_interests=[{"actor": actor, "note": "A public note."}]), actor


def by_field(factory: Any, field: str, named: Any) -> Callable[[], tuple[Record, Record]]:
    def make() -> tuple[Record, Record]:
        record = named()
        return factory(**{field: record}), record

    return make


def claim_by_outcome(make: Any) -> Callable[[], tuple[Record, Record]]:
    """Return a forecast that came about, and the source that says so."""

    def made() -> tuple[Record, Record]:
        source = SourceFactory()
        resolution = {**YES, "source": source, "retrospective": True}
        return make(basis="forecast", likelihood="likely", resolutions=[resolution]), source

    return made


KINDS = [
    Kind("stance to actor", by_field(StanceFactory, "actor", ActorFactory)),
    Kind("stance to issue", by_field(StanceFactory, "issue", IssueFactory)),
    Kind("stance to whom it defers", by_field(StanceFactory, "defers_to", ActorFactory)),
    Kind("stance to source", stance_by_source),
    Kind("alignment to actor", by_field(AlignmentFactory, "actor", ActorFactory)),
    Kind("alignment to counterpart", by_field(AlignmentFactory, "counterpart", ActorFactory)),
    Kind("alignment to issue", by_field(AlignmentFactory, "issue", IssueFactory)),
    Kind("alignment to source", alignment_by_source),
    Kind("stance to what tells its outcome", claim_by_outcome(StanceFactory)),
    Kind("alignment to what tells its outcome", claim_by_outcome(AlignmentFactory)),
    Kind("meeting to participant", meeting_by_participant),
    Kind("meeting to representative", meeting_by_representative),
    Kind("meeting to issue", meeting_by_issue),
    Kind("meeting to source", meeting_by_source),
    Kind("actor to organization", actor_by_organization),
    Kind("actor to predecessor", actor_by_predecessor),
    Kind("actor to source", actor_by_source),
    Kind("issue to parent", by_field(IssueFactory, "parent", IssueFactory)),
    Kind("issue to core interest", issue_by_core_interest),
]


def named_by(record: Record) -> list[Record]:
    """Return all that a record names, and what that names in turn, named ones first."""
    rows = [record, *(part for name in PARTS[noun_of(record)] for part in parts_of(record, name))]
    records: list[Record] = []
    for row in rows:
        for field in row._meta.concrete_fields:
            other = isinstance(field, models.ForeignKey) and getattr(row, field.name)
            if isinstance(other, Record) and other != record:
                records += [*named_by(other), other]
    return list(dict.fromkeys(records))


def parts_of(record: Record, part: str) -> Any:
    noun = noun_of(record)
    return PARTS[noun][part]._default_manager.filter(**{noun.value: record})


def publish_whole(record: Record) -> None:
    published(*named_by(record), record)


def make_secret(record: Record) -> None:
    """Write the secret into everything of a record and its parts that takes text,
    and add a part that nobody knows.
    """
    edited(record, **texts_of(record), **settling(record, SECRET))
    for name in PARTS[noun_of(record)]:
        for part in parts_of(record, name):
            edited(part, **texts_of(part))
    add_part(record)


def settling(row: models.Model, title: str) -> dict[str, Any]:
    """Return what an issue needs beside the words that tell what settled its question."""
    return (
        {"settled": "2019-01", "settlement_source": SourceFactory(title=title)}
        if isinstance(row, Issue)
        else {}
    )


def texts_of(row: models.Model) -> dict[str, Any]:
    return {
        field.attname: secret_for(field)
        for field in row._meta.concrete_fields
        if (
            isinstance(field, FREE_TEXT)
            or field.name in ("names", "aliases", "authors", "keywords")
        )
        and not field.choices
        and field.name not in OF_A_FORM
        and not (isinstance(field, ArrayField) and field.base_field.choices)
    }


def secret_for(field: Any) -> Any:
    if field.name == "names":
        return {"ru": SECRET}
    if field.name == "authors":
        return [{"family": SECRET}]
    if isinstance(field, ArrayField):
        return [SECRET]
    return f"https://example.org/{SECRET}" if isinstance(field, models.URLField) else SECRET


def add_part(record: Record) -> None:
    match noun_of(record):
        case Noun.STANCE | Noun.ALIGNMENT:
            record.citations.create(source=SourceFactory(title=f"{SECRET} source"), quote=SECRET)
        case Noun.MEETING:
            record.participants.create(actor=ActorFactory(name=f"{SECRET} actor"))
        case Noun.ACTOR:
            record.memberships.create(
                organization=ActorFactory(name=f"{SECRET} bloc", kind="bloc"), role=SECRET
            )
        case Noun.ISSUE:
            record.core_interests.create(actor=ActorFactory(name=f"{SECRET} actor"), note=SECRET)


def rename(record: Record, name: str) -> None:
    edited(record, **{"name" if noun_of(record) is Noun.ACTOR else "title": name})


def everything_public() -> str:
    """Return the bytes of all that is stored for the public and of all that is served to it,
    in lower case.
    """
    return "\n".join([everything_stored(), *everything_served().values()]).lower()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_edited_claim_stays_at_the_desk_when_what_it_names_is_published(kind: Kind) -> None:
    claim, named = kind.make()
    publish_whole(claim)
    before = live_document(claim)
    make_secret(claim)
    rename(named, "A Name Made Public")

    edition = published(named)

    assert SECRET not in everything_public()
    after = live_document(claim)
    assert changes(edition) == {
        (noun_of(named), named.pk): "updated",
        (noun_of(claim), claim.pk): "renamed",
    }
    assert "A Name Made Public" in after.body
    assert (after.version, after.ref) == (before.version, before.ref)
    assert claim.version > after.version


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_edited_record_stays_at_the_desk_when_a_claim_that_names_it_is_published(
    kind: Kind,
) -> None:
    claim, named = kind.make()
    publish_whole(claim)
    make_secret(named)
    edited(
        claim, **{"summary" if hasattr(claim, "summary") else "publisher": "A Summary Made Public"}
    )

    edition = published(claim)

    assert SECRET not in everything_public()
    assert changes(edition) == {(noun_of(claim), claim.pk): "updated"}
    assert "A Summary Made Public" in live_document(claim).body


def test_the_secret_is_found_once_it_is_published() -> None:
    claim, _ = stance_by_source()
    publish_whole(claim)
    make_secret(claim)
    publish_whole(claim)

    assert SECRET in everything_stored()
    assert any(SECRET in answer for answer in everything_served().values())


def test_drafts_notes_of_the_desk_and_people_are_not_public() -> None:
    publish_whole(StanceFactory())
    make_secret(StanceFactory())
    make_secret(SourceFactory())

    assert SECRET not in everything_public()
