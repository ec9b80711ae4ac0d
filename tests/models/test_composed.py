"""Every text is kept composed, whichever way it comes in, and found however it is asked for."""

import json
from unicodedata import normalize

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import models

from tests.factories import ActorFactory, IssueFactory, SourceFactory
from tests.models.rows import DESK, execute, make_writable
from tracker import history
from tracker.desk.search.searching import search
from tracker.models import ChangeSet, Edition, Event
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Channel

pytestmark = pytest.mark.django_db
COMPOSED = "Китай, Ålesund"
DECOMPOSED = normalize("NFD", COMPOSED)


def texts(model):
    """Return the columns of a table in which anybody writes what they want."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not (field.choices or field.generated)
        and field.name not in ("slug", "ref", "iso3", "country", "wikidata_id", "language", "quote_language")
        and not field.name.startswith(("since", "until", "issued", "held", "settled"))
    ]


@pytest.mark.parametrize("model", DESK, ids=lambda model: model._meta.model_name)
def test_every_column_of_text_is_kept_composed_past_the_orm_too(model):
    row = make_writable(model)
    table, columns = model._meta.db_table, texts(model)

    for field in columns:
        execute(f"UPDATE {table} SET {field.column} = %s WHERE id = %s", DECOMPOSED, row.pk)

    assert [getattr(model._default_manager.get(pk=row.pk), field.name) for field in columns] == [COMPOSED] * len(
        columns
    )


def test_lists_and_names_are_kept_composed():
    actor = ActorFactory(aliases=[DECOMPOSED], names={"ru": DECOMPOSED})
    source = SourceFactory(keywords=[DECOMPOSED], authors=[{"literal": DECOMPOSED}])

    for row in (actor, source):
        row.refresh_from_db()
    assert (actor.aliases, actor.names) == ([COMPOSED], {"ru": COMPOSED})
    assert (source.keywords, source.authors) == ([COMPOSED], [{"literal": COMPOSED}])
    assert isinstance(type(actor)._meta.get_field("aliases"), ArrayField)


def test_a_save_of_the_same_in_pieces_changes_nothing():
    issue = IssueFactory(title=COMPOSED)
    events = Event.objects.count()

    type(issue).objects.filter(pk=issue.pk).update(title=DECOMPOSED)

    assert Event.objects.count() == events
    issue.refresh_from_db()
    assert (issue.title, issue.version) == (COMPOSED, 1)


def test_why_and_notes_are_kept_composed():
    with history.changeset(made_by=None, reason=DECOMPOSED, channel=Channel.API):
        ActorFactory()
    execute("INSERT INTO tracker_edition (number, published_at, note) VALUES (1, now(), %s)", DECOMPOSED)

    assert ChangeSet.objects.filter(reason=COMPOSED).exists()
    assert Edition.objects.get().note == COMPOSED


@pytest.mark.parametrize("sought", [COMPOSED, DECOMPOSED])
def test_the_desk_finds_what_is_sought_in_pieces(sought):
    actor = ActorFactory(name=DECOMPOSED)

    assert [record.pk for record in search(Noun.ACTOR, type(actor).objects.all(), sought)] == [actor.pk]


@pytest.mark.parametrize(
    "written", ["e\u0301te\u0301", "\u212a2", "a <\u0338 b", "\u1112\u1161\u11ab\u1100\u1173\u11af", "\uf900 – “x”"]
)
def test_a_document_has_the_words_of_its_composed_text_in_whatever_script(written):
    composed = normalize("NFC", written)
    assert composed != written

    [(words, same)] = execute(
        "SELECT public.document_words(%s), public.document_words(%s)",
        json.dumps({"name": written}, ensure_ascii=False),
        json.dumps({"name": composed}, ensure_ascii=False),
    )

    assert words == same != ""
