"""History and publication in the admin: readable, and never edited."""

import re

import pytest

from tests.desk.admin.conftest import address, logged_in, text
from tests.desk.undo.acts import done, edit
from tests.factories import ActorFactory, IssueFactory, MeetingFactory, SourceFactory, StanceFactory
from tracker import history
from tracker.models import Actor, ChangeSet, Edition
from tracker.values.vocabularies import Channel

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("person", [{}, {"is_superuser": True}], ids=["administrator", "superuser"])
def test_nobody_adds_changes_or_deletes_history_or_an_edition(published, person):
    published(ActorFactory())
    client = logged_in("administrators", username="ada", **person)

    for row in (ChangeSet.objects.first(), Edition.objects.get()):
        for page in ("add", "delete"):
            at = (
                address(row, page)
                if page == "delete"
                else f"/admin/tracker/{row._meta.model_name}/add/"
            )
            assert [client.get(at).status_code, client.post(at, {"post": "yes"}).status_code] == [
                403,
                403,
            ]
        assert (
            client.post(address(row), {"reason": "Another", "note": "Another"}).status_code == 403
        )


def test_the_history_of_a_record_tells_who_why_and_what_in_words(analyst, filled):
    stance = StanceFactory(actor__name="Ruritania")
    other = ActorFactory(name="Freedonia", kind="organization")
    form = filled(analyst.get(address(stance))) | {
        "citations-0-locator": "p. 9",
        "reason": "Because\nof this",
    }
    form |= {
        "defers_to": other.pk,
        "position": "strongly_supports",
        "instruments": ["military", "legal"],
    }
    analyst.post(address(stance), form | {"hedged": "on"})

    words = text(analyst.get(address(stance, "history")))

    assert "Anna Schmidt · desk Because of this" in words
    for line in (
        "Position + supports ++ strongly supports",
        "Hedged no yes",
        "Defers to — Freedonia (organization)",
        "Instruments — military, legal",
        "Introduction, paragraph 1 p. 9",
        "stance added Actor — Ruritania",
    ):
        assert line in words, line


def test_a_part_is_called_by_what_it_names_not_by_its_number(analyst):
    source = SourceFactory(title="The dam law", publisher="The Gazette", issued="2018")
    stance = StanceFactory(citations=[{"source": source, "locator_label": "page", "locator": "3"}])
    meeting = MeetingFactory(participants=[{"actor": ActorFactory(name="Ruritania")}], citations=[])
    with history.changeset(made_by=None, reason="x", channel=Channel.API):
        stance.citations.update(locator="4")

    words = text(analyst.get(address(stance, "history")))
    stance.refresh_from_db()
    version = text(analyst.get(address(stance, f"version/{stance.version}")))
    of_meeting = text(analyst.get(address(meeting, "history")))

    assert "citation “The dam law (The Gazette, 2018)”, page 4 changed Locator 3 4" in words
    assert "citation “The dam law (The Gazette, 2018)”, page 3 added" in words
    assert "citation “The dam law (The Gazette, 2018)”, page 4" in version
    assert "participant “Ruritania” added" in of_meeting


def test_the_newest_change_comes_first_and_pages_follow(analyst):
    issue = IssueFactory()
    for number in range(25):
        with history.changeset(made_by=None, reason=f"Reason {number}.", channel=Channel.API):
            issue.title = f"Title {number}"
            issue.save()

    page = analyst.get(address(issue, "history"))
    first, second = (
        text(page),
        text(analyst.get(address(issue, "history"), {"before": page.context["older"]})),
    )

    assert first.index("Reason 24.") < first.index("Reason 23.")
    assert "Reason 4." not in first
    assert "Reason 4." in second
    assert "26 changes" in second


def radios(page, name):
    """Return the versions that can be chosen as one end of a comparison,
    the chosen one with a mark.
    """
    inputs = re.findall(rf'name="{name}" value="(\d+)"[^>]*?( checked)?>', page.content.decode())
    return [value + ("!" if checked else "") for value, checked in inputs]


def test_the_newest_two_versions_are_chosen_and_none_that_nothing_can_be_compared_with(analyst):
    issue = IssueFactory(title="One")
    alone = analyst.get(address(issue, "history"))
    edit(issue, title="Two")
    edit(issue, title="Three", region="africa")

    page = analyst.get(address(issue, "history"))

    assert radios(page, "new") == ["3!", "2"]
    assert radios(page, "old") == ["2!", "1"]
    assert page.content.decode().count(">Compare</button>") == 2
    assert (radios(alone, "new"), radios(alone, "old")) == ([], [])
    assert ">Compare</button>" not in alone.content.decode()


def test_each_row_says_how_much_changed_and_unfolds(analyst):
    stance = StanceFactory(citations=[{"locator": "p. 1"}])
    done(lambda: stance.citations.update(locator="p. 2", quote="So."))
    edit(stance, summary="It says so.", hedged=True)
    done(stance.citations.get().delete)
    page = address(stance, "history")

    folded, unfolded = analyst.get(page), analyst.get(page, {"fields": "yes"})

    first, second, third, last = (row.named for row in folded.context["rows"][:4])
    assert (first, second, third) == (
        "citation removed",
        "Hedged, Summary",
        "Locator, Quote of a citation",
    )
    assert last == "stance added; citation added"
    assert "2 fields: Hedged, Summary" in text(folded)
    assert "<details open>" not in folded.content.decode()
    assert unfolded.content.decode().count("<details open>") == len(unfolded.context["rows"])


def test_a_comparison_leads_to_the_change_before_and_the_change_after(analyst):
    issue = IssueFactory(title="One")
    with history.changeset(made_by=analyst.user.pk, reason="Because", channel=Channel.API):
        issue.title = "Two"
        issue.save()
    for title in ("Three", "Four"):
        edit(issue, title=title)
    page = address(issue, "compare")

    middle, whole = analyst.get(f"{page}?old=2&new=3"), analyst.get(f"{page}?old=4&new=1")

    assert 'href="?old=1&amp;new=2" rel="prev"' in middle.content.decode()
    assert 'href="?old=3&amp;new=4" rel="next"' in middle.content.decode()
    assert "Anna Schmidt · API Because" in text(middle)
    assert "changes lead" not in text(middle)
    assert 'rel="prev"' not in whole.content.decode()
    assert 'rel="next"' not in whole.content.decode()
    assert "3 changes lead from the one to the other" in text(whole)
    assert "Title One Four" in text(whole)
    same = text(analyst.get(f"{page}?old=1&new=1"))
    assert "Both are version 1. Choose two different ones in the history" in same


def test_what_is_typed_into_a_history_is_no_markup(analyst):
    with history.changeset(made_by=None, reason="<b>why</b>", channel=Channel.API):
        actor = ActorFactory(name="<b>who</b>", names={"zh": "<b>x</b>"}, aliases=["<b>y</b>"])

    page = analyst.get(f"/admin/tracker/actor/{actor.pk}/history/").content.decode()

    assert re.findall("<b>(why|who|x|y)", page) == []


def test_a_change_set_shows_all_that_it_touched_also_what_is_gone(analyst):
    with history.changeset(made_by=None, reason="Both", channel=Channel.IMPORT):
        stance, gone = StanceFactory(actor__name="Ruritania"), ActorFactory(name="Freedonia")
        other = StanceFactory(actor__name="Sylvania", issue__title="The river")
    gone.delete()
    actor = other.actor
    other.delete()
    actor.delete()

    page = analyst.get(
        f"/admin/tracker/changeset/{ChangeSet.objects.get(reason='Both').pk}/change/"
    )

    assert (
        f'href="/admin/tracker/stance/{stance.pk}/change/">Ruritania supports'
        in page.content.decode()
    )
    assert "Freedonia (deleted)" in text(page)
    assert "Sylvania supports: The river (2018) (deleted)" in text(page)
    assert "import" in text(page)


def test_an_edition_shows_what_it_published(analyst, published):
    actor = ActorFactory(name="Ruritania")
    published(actor, note="The beginning")
    actor.name = "Freedonia"
    actor.save()
    published(actor)

    lists = text(analyst.get("/admin/tracker/edition/"))
    first, second = (analyst.get(f"/admin/tracker/edition/{number}/change/") for number in (1, 2))

    assert "The beginning" in lists
    assert (
        f'<a href="/admin/tracker/actor/{actor.pk}/change/">Ruritania</a>' in first.content.decode()
    )
    assert '<a href="/editions/1/">As readers see it</a>' in first.content.decode()
    assert "Ruritania now: Freedonia actor published" in text(first)
    assert "now:" not in text(second)
    assert "actor replaced Name Field Before In this edition Name Ruritania Freedonia" in text(
        second
    )


def test_an_edition_shows_a_page_of_its_records_at_a_time(analyst, published, monkeypatch):
    monkeypatch.setattr("tracker.desk.admin.history.editions.PER_PAGE", 2)
    published(*(ActorFactory() for _ in range(2)))
    published(*(ActorFactory() for _ in range(3)))
    whole, long = (analyst.get(f"/admin/tracker/edition/{number}/change/") for number in (1, 2))

    assert len(whole.context["lines"]) == 2
    assert whole.context["after"] is None
    assert len(long.context["lines"]) == 2
    rest = analyst.get("/admin/tracker/edition/2/change/", {"after": long.context["after"]})
    assert len(rest.context["lines"]) == 1
    assert rest.context["after"] is None


@pytest.mark.slow
def test_numbers_of_records_are_told_with_their_thousands_apart(analyst, published):
    Actor.objects.bulk_create(ActorFactory.build_batch(1000))
    published(*Actor.objects.all())

    edition = text(analyst.get("/admin/tracker/edition/1/change/"))
    records = text(analyst.get("/admin/tracker/actor/"))

    assert "published 1,000 actors" in edition.lower()
    assert "1,000 records published, replaced or withdrawn" in edition
    assert "1,000" in text(analyst.get("/admin/tracker/edition/"))
    assert "Export 1,000 as CSV" in records
    assert "All 1,000 selected Select all 1,000 actors" in records
    assert "1,000 actors" in records.split("Export")[1]
