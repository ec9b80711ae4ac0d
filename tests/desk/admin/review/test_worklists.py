"""The lists of work: what waits for review, what was sent back to me, what I am writing."""

import pytest

from tests.desk.admin.conftest import main
from tests.factories import ActorFactory, StanceFactory
from tests.publishing.review.acting import by, edits
from tracker.publishing.review import assign, send_back, submit

pytestmark = pytest.mark.django_db
WAITING, SENT_BACK, DRAFTS = (
    f"/admin/review/{name}/" for name in ("waiting", "sent-back", "drafts")
)


def test_what_waits_leads_to_its_review(analyst, editor):
    stance = StanceFactory(actor__name="Ruritania")
    by(analyst.user, submit, stance, text="Ready.", to=editor.user.pk)

    page = main(editor.get(WAITING))

    assert f'<a href="/admin/tracker/stance/{stance.pk}/review/">Ruritania supports: ' in page
    assert "submitted by Anna Schmidt" in page
    assert '<td class="free-text">Ready.</td>' in page
    assert '<td data-of="For">erik</td>' in page


def test_what_waits_is_filtered_by_issue_author_and_whom_it_is_for(analyst, editor):
    first, second = StanceFactory(actor__name="Ruritania"), StanceFactory(actor__name="Freedonia")
    by(analyst.user, submit, first)
    by(editor.user, submit, second, to=analyst.user.pk)

    for query in ({"issue": first.issue_id}, {"author": analyst.user.pk}):
        page = main(editor.get(WAITING, query))
        assert "Ruritania" in page
        assert "Freedonia" not in page.split("<table")[1]
    assert "Freedonia" in main(editor.get(WAITING, {"to": analyst.user.pk})).split("<table")[1]


def test_what_was_sent_back_to_me_leads_to_its_form(analyst, editor):
    actor = ActorFactory(name="Ruritania")
    by(analyst.user, submit, actor)
    by(editor.user, send_back, actor, text="Which decree?")

    page = main(analyst.get(SENT_BACK))

    assert f'<a href="/admin/tracker/actor/{actor.pk}/change/">Ruritania</a>' in page
    assert "Which decree?" in page
    assert "Nothing was sent back to you." in main(editor.get(SENT_BACK))


def test_my_drafts_are_mine(analyst, editor):
    edits(analyst.user, ActorFactory(), name="Ruritania")
    by(editor.user, assign, ActorFactory(name="Freedonia"), to=analyst.user.pk)

    page = main(analyst.get(DRAFTS))

    assert "Ruritania" in page
    assert "Freedonia" in page
    assert "You have no drafts." in main(editor.get(DRAFTS))


def test_a_long_list_has_pages(analyst, editor):
    actors = [ActorFactory(name=f"Actor number {number}") for number in range(51)]
    by(analyst.user, submit, *actors)

    first = editor.get(WAITING, {"author": analyst.user.pk})
    following = first.context["next"]
    second = editor.get(f"{WAITING}?{following}")

    assert [len(page.context["lines"]) for page in (first, second)] == [50, 1]
    assert f"author={analyst.user.pk}" in following
    assert "Next page" not in main(second)
    assert [page.context["is_paged"] for page in (first, second)] == [True, True]


def test_a_short_list_has_no_pages(analyst, editor):
    by(analyst.user, submit, ActorFactory())

    assert not editor.get(WAITING).context["is_paged"]


def test_tick_all_ticks_all_pages_as_they_are_narrowed_and_says_how_many(analyst, editor):
    actors = [ActorFactory(name=f"Actor number {number}") for number in range(51)]
    by(analyst.user, submit, *actors)
    by(editor.user, submit, ActorFactory(name="Ruritania"))
    narrowed = f"{WAITING}?author={analyst.user.pk}"

    page = editor.get(narrowed)
    first, *rest = [line.seen for line in page.context["lines"]]
    sent = {"action": "approve_selected", "others": "1", "shown": [first, *rest]}

    assert "Tick all 51</button>" in main(page)
    assert main(page).count('name="shown"') == 50
    assert editor.post(narrowed, {**sent, "record": [first, *rest]}).context["count"] == 51
    assert editor.post(narrowed, {**sent, "record": rest}).context["count"] == 50
    assert "Tick all 52</button>" in main(editor.get(WAITING))
    assert "Tick all 1</button>" in main(editor.get(f"{WAITING}?author={editor.user.pk}"))


def test_more_than_can_be_published_at_once_are_not_ticked(analyst, editor, monkeypatch):
    monkeypatch.setattr("tracker.desk.admin.actions.worklists.MOST_TICKED", 51)
    by(analyst.user, submit, *(ActorFactory(name=f"Actor number {number}") for number in range(52)))

    assert "Tick the first 51</button>" in main(editor.get(WAITING))
    assert (
        editor.post(WAITING, {"action": "approve_selected", "others": "1"}).context["count"] == 51
    )
