"""The page on which a record is merged into another:
what it shows, what it does, and whom it lets.
"""

import pytest
from django.test import Client

from tests.desk.admin.conftest import logged_in
from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    StanceFactory,
)
from tests.publishing.acts import body, published
from tracker.models import Actor, ChangeSet, Edition, Review

pytestmark = pytest.mark.django_db


def page_of(record: Actor) -> str:
    return f"/admin/tracker/actor/{record.pk}/merge/"


@pytest.fixture
def pair() -> tuple[Actor, Actor]:
    """Return an actor that is to be merged, and the one that stays."""
    return ActorFactory(name="PRC"), ActorFactory(name="China", slug="china")


def test_an_editor_merges_after_a_look_at_what_moves(
    editor: Client, pair: tuple[Actor, Actor]
) -> None:
    prc, china = pair
    issue = IssueFactory(title="A matter")
    kept, rival = StanceFactory(actor=china, issue=issue), StanceFactory(actor=prc, issue=issue)
    meeting = MeetingFactory(title="A summit", participants=[{"actor": prc}, {"actor": china}])
    cited = [
        citation.source for claim in (kept, rival, meeting) for citation in claim.citations.all()
    ]
    published(prc, china, issue, *cited, kept, rival, meeting)

    shown = editor.get(page_of(prc), {"into": china.pk})

    text = shown.content.decode()
    assert "Stances (actor): 1" in text
    assert "Meetings (participant: actor): 1, said twice" in text
    assert f'href="/admin/tracker/meeting/{meeting.pk}/change/"' in text
    assert "Claims that become contested: 1" in text
    sent = {
        "loser": prc.version,
        "survivor": china.version,
        "reason": "They are one.",
        "note": "One state.",
    }
    done = editor.post(f"{page_of(prc)}?into={china.pk}", sent, follow=True)
    assert done.redirect_chain == [(f"/admin/tracker/actor/{china.pk}/change/", 302)]
    assert "“PRC” is merged into this actor." in done.content.decode()
    prc.refresh_from_db()
    assert prc.merged_into_id == china.pk
    assert Edition.objects.order_by("number").last().note == "One state."
    assert body(rival)["standing"] == "contested"
    changeset = ChangeSet.objects.get(reason="They are one.")
    assert changeset.made_by == editor.user


def test_it_shows_blockers_and_offers_nothing_then(
    editor: Client, pair: tuple[Actor, Actor]
) -> None:
    prc, china = pair
    AlignmentFactory(actor=prc, counterpart=china)

    text = editor.get(page_of(prc), {"into": china.pk}).content.decode()

    assert "it is between the two, which become one" in text
    assert 'value="Merge"' not in text


def test_without_a_reason_nothing_is_done(editor: Client, pair: tuple[Actor, Actor]) -> None:
    prc, china = pair

    page = editor.post(
        f"{page_of(prc)}?into={china.pk}", {"loser": 1, "survivor": 1, "reason": " "}
    )

    assert "Say why" in page.content.decode()
    prc.refresh_from_db()
    assert prc.merged_into_id is None


def test_an_analyst_proposes_and_does_not_merge(
    analyst: Client, editor: Client, pair: tuple[Actor, Actor]
) -> None:
    prc, china = pair
    published(prc, china)
    form = {"loser": 1, "survivor": 1, "reason": "They are one."}
    page = f"{page_of(prc)}?into={china.pk}"

    assert "Merge …" in analyst.get(f"/admin/tracker/actor/{prc.pk}/change/").content.decode()
    offered = analyst.get(page).content.decode()
    assert 'value="Propose to merge"' in offered
    assert 'value="Merge"' not in offered
    assert analyst.post(page, form).status_code == 403
    done = analyst.post(page, {**form, "propose": "Propose to merge"}, follow=True)
    assert "You proposed to merge “PRC” into “China”." in done.content.decode()
    assert (Review.objects.get().made_by, Review.objects.get().text) == (
        analyst.user,
        "They are one.",
    )
    again = analyst.get(page).content.decode()
    assert "You proposed this merge" in again
    assert "submit-row" not in again.partition("Proposed</h2>")[2]

    cards = {card.title: card for card in editor.get("/admin/").context["cards"]}
    assert [str(line) for line in cards["Proposed to be merged"].first] == [
        f'<a href="{page_of(prc)}">PRC</a>'
    ]
    assert f'<a href="{page}">China</a>' in editor.get(page_of(prc)).content.decode()
    assert (
        f'<a href="{page}">China</a>'
        in editor.get(f"/admin/tracker/actor/{prc.pk}/review/").content.decode()
    )
    text = editor.get(page).content.decode()
    assert "Anna Schmidt proposed to merge it into" in text
    assert "They are one." in text
    assert 'value="Merge"' in text


def test_one_editor_proposes_and_another_merges(editor: Client, pair: tuple[Actor, Actor]) -> None:
    prc, china = pair
    published(prc, china)
    other = logged_in("editors", username="emma")
    form = {"loser": 1, "survivor": 1, "reason": "They are one."}
    page = f"{page_of(prc)}?into={china.pk}"

    text = editor.get(page).content.decode()
    assert "publishing takes two here" in text
    assert 'value="Merge"' not in text
    assert "somebody else must propose this merge first" in editor.post(page, form).content.decode()
    editor.post(page, {**form, "propose": "1"})
    assert "You proposed this merge" in editor.get(page).content.decode()
    assert 'value="Merge"' in other.get(page).content.decode()
    other.post(page, form)
    prc.refresh_from_db()
    assert prc.merged_into_id == china.pk


def test_only_another_that_stands_can_be_picked(editor: Client, pair: tuple[Actor, Actor]) -> None:
    prc, china = pair
    gone = ActorFactory()
    Actor.objects.filter(pk=gone.pk).update(merged_into=china)

    for key in (prc.pk, gone.pk, "nonsense", ""):
        page = editor.get(page_of(prc), {"into": key})
        assert page.context["pick"].errors, key
        assert "plan" not in page.context
    assert editor.get(page_of(gone)).url == f"/admin/tracker/actor/{gone.pk}/change/"


def test_a_reader_of_the_desk_neither_merges_nor_proposes(pair: tuple[Actor, Actor]) -> None:
    prc, china = pair

    assert (
        logged_in("").post(f"{page_of(prc)}?into={china.pk}", {"reason": "One."}).status_code == 403
    )
