"""The long lists of history and publication: filtered, paged without counting, read by who may."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.desk.admin.conftest import text
from tests.factories import ActorFactory, IssueFactory, StanceFactory
from tests.publishing.acts import changeset, edited
from tracker import history
from tracker.models import ChangeSet, Edition
from tracker.publishing.publish import Chosen, retract
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Channel

pytestmark = pytest.mark.django_db
CHANGESETS, EDITIONS = "/admin/tracker/changeset/", "/admin/tracker/edition/"


def reasons(page):
    return [happening.why for happening in page.context["rows"]]


def test_change_sets_are_filtered_by_person_period_channel_kind_and_reason(analyst, editor):
    for client, reason, channel, make in [
        (analyst, "From Xinhua", "admin", ActorFactory),
        (editor, "From Tass", "api", IssueFactory),
    ]:
        with history.changeset(made_by=client.user.pk, reason=reason, channel=Channel(channel)):
            make()
    today = datetime.now(UTC).date()

    for query in (
        {"who": analyst.user.pk},
        {"channel": "admin"},
        {"q": "xinhua"},
        {"kind": "actor"},
    ):
        assert reasons(analyst.get(CHANGESETS, query)) == ["From Xinhua"], query
    assert len(reasons(analyst.get(CHANGESETS, {"since": today, "until": today}))) == 2
    assert reasons(analyst.get(CHANGESETS, {"since": today + timedelta(days=1)})) == []
    assert reasons(analyst.get(CHANGESETS, {"until": today - timedelta(days=1)})) == []
    assert "Anna Schmidt" in text(analyst.get(CHANGESETS))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"since": "soon"}, "Write the day like 2026-11-25."),
        (
            {"since": "2026-11-02", "until": "2026-11-01"},
            "2026-11-01 is before 2026-11-02: exchange the two days",
        ),
        ({"who": "999999"}, "Select a valid choice"),
        ({"channel": "pigeon"}, "pigeon is not one of the available choices"),
    ],
)
def test_a_filter_that_can_not_be_says_why(analyst, query, message):
    page = analyst.get(CHANGESETS, query)

    assert message in text(page)
    assert page.context["rows"] == []


def test_what_can_not_be_asked_is_a_page_that_leads_on(analyst):
    """Also what no text in the database can have."""
    for query in ("after=x", "who=1%00", "q=%00"):
        page = analyst.get(f"{CHANGESETS}?{query}")
        assert page.status_code in (200, 400)
        assert "/admin/" in page.content.decode()
    page = analyst.get("/admin/tracker/actor/?slug=a%00")
    assert page.status_code == 400
    assert "This request can’t be understood" in page.content.decode()
    assert 'href="/admin/"' in page.content.decode()


@pytest.mark.slow
def test_lists_go_on_page_by_page(analyst, published):
    for number in range(60):
        with history.changeset(made_by=None, reason=f"Reason {number}.", channel=Channel.API):
            actor = ActorFactory()
        published(actor)

    editions = Edition.objects.count()
    for address, count in (
        (CHANGESETS, ChangeSet.objects.count() + editions),
        (EDITIONS, editions),
    ):
        pages = [analyst.get(address, {"q": ""})]
        while older := pages[-1].context["older"]:
            pages.append(analyst.get(address, {"after": older}))
        rows = [row.pk for page in pages for row, *_ in page.context["rows"]]
        assert len(rows) == len(set(rows)) == count
        assert len(pages) == -(-count // 50)
        assert "Older" in text(pages[0])
        assert "Newest" in text(pages[-1])


def happenings(page):
    """Return what a page of changes and editions says of each: which records, and by which way."""
    return [(row.which, row.channel) for row in page.context["rows"]]


@pytest.mark.django_db(transaction=True)
def test_changes_and_editions_say_which_records_the_newest_first(analyst, published):
    with history.changeset(made_by=analyst.user.pk, reason="Two claims", channel=Channel.ADMIN):
        issue, actor = IssueFactory(title="Venezuela"), ActorFactory(name="Russia", kind="state")
        stance = StanceFactory(
            actor=actor, issue=issue, since="2018", citations=[{"locator": "p. 3"}]
        )
    edition = published(issue, actor, stance, stance.citations.get().source, note="For readers")
    with history.changeset(made_by=analyst.user.pk, reason="A word", channel=Channel.API):
        edited(issue, summary="A country.")

    page = analyst.get(CHANGESETS)

    assert happenings(page) == [
        ("Venezuela", "API"),
        ("Venezuela, and 3 more", "publishing"),
        ("Russia supports: Venezuela (2018), and 3 more", "desk"),
    ]
    assert f"Edition {edition.pk} : Venezuela, and 3 more For readers publishing" in text(page)
    assert f'href="/admin/tracker/edition/{edition.pk}/change/"' in page.content.decode()


def test_publishing_is_a_way_by_which_changes_are_filtered(analyst, editor, published):
    published(actor := ActorFactory(name="Russia", kind="state"), note="For readers")
    with history.changeset(made_by=editor.user.pk, reason="Named anew", channel=Channel.ADMIN):
        edited(actor, name="Freedonia")

    def channels(**query):
        return [channel for _, channel in happenings(analyst.get(CHANGESETS, query))]

    assert channels(channel="publishing") == ["publishing"]
    assert channels(channel="admin") == ["desk"]
    assert channels(q="readers") == ["publishing"]
    assert channels(who=editor.user.pk) == ["desk"]
    assert channels(kind="issue") == []
    assert "publishing" in channels(kind="actor")


@pytest.mark.parametrize("makes", ["change", "edition"])
def test_where_one_kind_was_looked_through_in_vain_the_other_waits(
    analyst, published, monkeypatch, makes
):
    """A page ends where the search of one kind ended, so that nothing older is told before it."""
    monkeypatch.setattr("tracker.history.scanning.scan.__kwdefaults__", {"through": 3})
    for number in range(5):
        published(ActorFactory(), note="Wanted" if makes == "edition" else "")
        with history.changeset(
            made_by=None, reason="Wanted" if makes == "change" else "", channel=Channel.API
        ):
            ActorFactory(name=f"Actor {number}")

    pages = [analyst.get(CHANGESETS, {"q": "wanted"})]
    while older := pages[-1].context["older"]:
        pages.append(analyst.get(CHANGESETS, {"q": "wanted", "after": older}))

    moments = [row.place[0] for page in pages for row in page.context["rows"]]
    assert len(moments) == 5
    assert moments == sorted(moments, reverse=True)


def test_editions_are_found_by_note_person_and_day(analyst, published):
    published(ActorFactory(), note="The beginning")
    published(ActorFactory(), note="The end")

    numbers = [
        edition.number for edition, _ in analyst.get(EDITIONS, {"q": "begin"}).context["rows"]
    ]

    assert numbers == [1]
    assert "2 25 " not in text(analyst.get(EDITIONS, {"until": "2020-01-01"}))
    assert "None of this kind." in text(analyst.get(EDITIONS, {"until": "2020-01-01"}))


def test_an_edition_says_of_each_record_what_happened_and_what_changed(analyst, published):
    stance = StanceFactory(
        position="strongly_supports", actor__name="Ruritania", issue__title="The river"
    )
    source = stance.citations.get().source
    published(stance, stance.actor, stance.issue, source)
    edited(stance, position="no_evidence")
    published(stance)

    first, second = (text(analyst.get(f"{EDITIONS}{number}/change/")) for number in (1, 2))

    assert "4 records published, replaced or withdrawn" in first
    assert "Ruritania no evidence: The river (2018) stance replaced Position" in second
    assert "Position ++ strongly supports no evidence" in second


def test_an_edition_is_shown_page_by_page(analyst, published):
    published(*(ActorFactory() for _ in range(60)))

    first = analyst.get(f"{EDITIONS}1/change/")
    second = analyst.get(f"{EDITIONS}1/change/", {"after": first.context["after"]})

    assert "60 records published, replaced or withdrawn" in text(first)
    assert [len(page.context["lines"]) for page in (first, second)] == [50, 10]
    assert second.context["after"] is None


def test_the_history_of_a_record_says_in_which_editions_it_was(analyst, published):
    actor = ActorFactory(name="Ruritania")
    published(actor)
    edited(actor, name="Freedonia")
    published(actor)
    with changeset():
        retract(records=[Chosen(Noun.ACTOR, actor.pk)])

    words = text(analyst.get(f"/admin/tracker/actor/{actor.pk}/history/"))

    order = ["Edition 3 : withdrawn", "Edition 2 : replaced", "Edition 1 : published"]
    assert [words.count(line) for line in order] == [1, 1, 1]
    assert words.index(order[0]) < words.index(order[1]) < words.index(order[2])


def test_the_pages_of_a_long_history_share_out_its_editions(analyst, published):
    issue = IssueFactory()
    for number in range(45):
        with history.changeset(made_by=None, reason="", channel=Channel.API):
            issue.title = f"Title {number}"
            issue.save()
        if number % 9 == 0:
            published(issue)
    address, pages = f"/admin/tracker/issue/{issue.pk}/history/", []
    page = analyst.get(address)
    while page.context["older"]:
        pages.append(page)
        page = analyst.get(address, {"before": page.context["older"]})
    pages.append(page)

    editions = [
        happened.change.edition_id
        for page in pages
        for row in page.context["rows"]
        for happened in row.meanwhile
    ]

    assert len(pages) == 3
    assert sorted(editions) == list(range(1, 6))
