"""Pages of the past call records as they were called then, and say what they are called now."""

import json

import pytest

from tests.desk.admin.conftest import address, text
from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
    VoteFactory,
)
from tests.models.rows import execute
from tests.public.api.publishing import publish_whole
from tests.publishing.acts import changeset, edited, published, retracted
from tracker.desk.admin.site.labels import _called, label
from tracker.desk.merge import merge
from tracker.models.nouns import DOCUMENTS, noun_of
from tracker.publishing.publish import Chosen
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
EDITION = "/admin/tracker/edition/{}/change/"


@pytest.fixture
def stance():
    """Return a stance of Ruritania on the river, public in edition 1."""
    stance = StanceFactory(
        actor__name="Ruritania", issue__title="The river", position="supports", since="2018"
    )
    published(stance, stance.actor, stance.issue, stance.citations.get().source)
    return stance


def renamed(record, **fields):
    """Change a record in a change of its own."""
    with changeset():
        edited(record, **fields)


def test_an_edition_calls_records_as_it_called_them(analyst, stance):
    renamed(stance.actor, name="Freedonia")
    published(stance.actor)
    renamed(stance, position="opposes")
    published(stance)

    first, second, third = (text(analyst.get(EDITION.format(number))) for number in (1, 2, 3))

    now = "now: Freedonia opposes: The river (2018)"
    assert f"Ruritania supports: The river (2018) {now} stance published" in first
    assert f"Freedonia supports: The river (2018) {now} stance renamed" in second
    assert "Freedonia opposes: The river (2018) stance replaced" in third
    assert "now:" not in third


def test_what_an_edition_closed_is_called_as_it_was_called_before(analyst, stance):
    retracted(stance)
    renamed(stance, position="neutral")

    page = text(analyst.get(EDITION.format(2)))

    assert (
        "Ruritania supports: The river (2018) now: Ruritania neutral: The river (2018) "
        "stance withdrawn" in page
    )


def test_a_survivor_is_called_as_it_was_called_too(analyst):
    loser, survivor = ActorFactory(name="Ruritania"), ActorFactory(name="Freedonia")
    published(loser, survivor)
    with changeset():
        merge(loser=Chosen(Noun.ACTOR, loser.pk), survivor=Chosen(Noun.ACTOR, survivor.pk))
    renamed(survivor, name="Sylvania")

    page = analyst.get(EDITION.format(2))

    assert "Ruritania actor part of Freedonia now: Sylvania" in text(page)
    assert f'href="{address(survivor)}">Freedonia</a>' in page.content.decode()


@pytest.mark.parametrize(
    "make",
    [
        lambda: ActorFactory(kind="bloc"),
        lambda: IssueFactory(question=""),
        IssueFactory,
        lambda: SourceFactory(publisher="", container_title="The News", issued="2019~"),
        lambda: StanceFactory(since="", until="2019"),
        lambda: AlignmentFactory(pattern="hedges", since="2018-12", until="2019"),
        MeetingFactory,
        lambda: VoteFactory(symbol="S/2019/186", title="Venezuela", held="2019-02-28"),
        lambda: VoteFactory(symbol="", title="", held=""),
    ],
)
def test_a_document_is_called_as_its_record(make):
    record = make()
    named = [
        getattr(record, name)
        for name in ("actor", "counterpart", "issue", "body")
        if getattr(record, name, None)
    ]
    sources = (
        [citation.source for citation in record.citations.all()]
        if hasattr(record, "citations")
        else []
    )
    published(record, *named, *sources)

    document = DOCUMENTS[noun_of(record)].objects.get(record=record.pk)

    assert _called(noun_of(record), document.body) == label(record)


@pytest.mark.parametrize(
    "body", ["", "[]", "{", json.dumps({"actor": None}), json.dumps({"position": "supports"})]
)
def test_a_damaged_document_is_called_as_its_record_is_now(body):
    assert _called(Noun.STANCE, body) == ""


def test_a_version_calls_the_record_and_what_it_named_as_they_were_called(analyst, stance):
    stance.refresh_from_db()
    versions = [stance.version]
    renamed(stance, position="opposes")
    versions.append(stance.version)
    renamed(stance.actor, name="Freedonia")
    renamed(stance, position="neutral")
    versions.append(stance.version)
    root = f"/admin/tracker/stance/{stance.pk}"

    first, second, third = (analyst.get(f"{root}/version/{version}/") for version in versions)

    assert first.context["subtitle"] == "Ruritania supports: The river (2018)"
    assert second.context["subtitle"] == "Ruritania opposes: The river (2018)"
    assert third.context["subtitle"] == "Freedonia neutral: The river (2018)"
    now = "now: Freedonia neutral: The river (2018)"
    assert [now in text(page) for page in (first, second, third)] == [True, True, False]
    assert (
        analyst.get(f"{root}/compare/?old={versions[1]}&new=1").context["subtitle"]
        == second.context["subtitle"]
    )


def test_a_version_of_what_was_deleted_is_called_as_it_was_called(analyst):
    stance = StanceFactory(actor__name="Ruritania", issue__title="The river")
    key, actor = stance.pk, stance.actor
    with changeset():
        stance.delete()
    with changeset():
        actor.delete()

    page = analyst.get(f"/admin/tracker/stance/{key}/version/1/")

    assert page.context["subtitle"] == "Ruritania supports: The river (2018)"
    assert "now: Ruritania supports: The river (2018) (deleted)" in text(page)


def test_an_edition_sums_up_what_it_published_and_replaced(analyst, stance):
    renamed(stance.actor, name="Freedonia")
    published(stance.actor, ActorFactory(), ActorFactory())
    retracted(stance)

    first, second, third = (text(analyst.get(EDITION.format(number))) for number in (1, 2, 3))

    assert "Published 1 actor, 1 issue, 1 source, 1 stance" in first
    assert "Published 2 actors Replaced 1 actor Renamed 1 stance" in second
    assert "Withdrawn 1 stance" in third


def test_what_an_edition_did_as_often_to_one_noun_as_to_another_is_told_in_the_order_of_their_names(
    analyst,
):
    publish_whole(StanceFactory(), AlignmentFactory(), MeetingFactory())
    # groups come in any order
    execute("SET LOCAL enable_sort = off; SET LOCAL enable_indexscan = off")

    words = text(analyst.get(EDITION.format(1)))

    assert "Published 3 actors, 3 sources, 2 issues, 1 alignment, 1 meeting, 1 stance" in words


def test_a_sum_of_a_large_edition_says_of_how_much_it_is(analyst, stance, monkeypatch):
    monkeypatch.setattr("tracker.desk.admin.history.editions.MOST_CHANGES", 3)

    page = text(analyst.get(EDITION.format(1)))

    assert "Summed up from the first 3 of 4 records." in page
