"""Documents keep columns of a noun's fields beside those that every document has."""

from dataclasses import replace

import pytest
from django.db.models import F, Func

from tests.factories import StanceFactory, VoteFactory
from tests.publishing.acts import published
from tracker.models import Meeting
from tracker.models.documents import Document, public_columns
from tracker.models.nouns import DOCUMENTS, noun_of
from tracker.publishing import render
from tracker.schema.fields import OF_EVERY_DOCUMENT
from tracker.schema.ordering import orders
from tracker.schema.records import _filters, kept
from tracker.values.nouns import Noun


@pytest.mark.parametrize("name", ["body", "shape", "opened", "digest"])
def test_no_field_that_is_kept_takes_the_place_of_a_column_of_every_document(monkeypatch, name):
    """It is kept beside it, and filtered, ordered and rendered as that."""
    importance = next(field for field in kept(Noun.MEETING) if field.name == "importance")
    called = replace(importance, name=name)
    monkeypatch.setattr("tracker.models.documents.kept", lambda noun: [called])
    monkeypatch.setattr(render, "kept", lambda noun: [called])
    monkeypatch.setattr(Meeting._meta, "get_field", lambda _: Meeting.importance.field)

    @public_columns(Meeting)
    class Documents(Document):
        class Meta:
            app_label = f"apart_by_{name}"

    assert type(Documents._meta.get_field(f"own_{name}")) is type(Meeting.importance.field.clone())
    assert type(Documents._meta.get_field(name)) is type(Document._meta.get_field(name))
    assert [(declared.name, f"d.own_{name} " in declared.sql) for declared in _filters(called)] == [
        (f"min_{name}", True),
        (f"max_{name}", True),
    ]
    assert f"d.own_{name}" in orders(called).sql
    assert {f"own_{name}", "sort"} == render._kept_columns.__wrapped__(Noun.MEETING).keys()


def test_columns_of_every_document_are_known():
    assert {field.name for field in Document._meta.get_fields()} | {"sort"} == OF_EVERY_DOCUMENT


@pytest.mark.django_db
@pytest.mark.parametrize(("factory", "lies_aside"), [(StanceFactory, False), (VoteFactory, True)])
def test_a_long_body_lies_in_its_row_unless_the_columns_beside_it_are_read_alone(
    factory, lies_aside
):
    """A list reads bodies; how much two actors agree is counted
    from who cast what in thousands of votes.
    """
    record = factory(summary="One of many words. " * 200)
    named = [record.body] if factory is VoteFactory else [record.actor, record.issue]
    published(*named, *(citation.source for citation in record.citations.all()), record)

    [chunk] = DOCUMENTS[noun_of(record)].objects.values_list(
        Func(F("body"), function="pg_column_toast_chunk_id"), flat=True
    )

    assert (chunk is not None) == lies_aside
