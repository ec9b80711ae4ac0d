"""Whoever approves or publishes sees each record as readers will,
and which of them they have not opened.
"""

import pytest

from tests.desk.admin.conftest import main
from tests.factories import ActorFactory, SourceFactory, StanceFactory
from tests.publishing.acts import all_of, published
from tests.publishing.review.acting import by, edits
from tracker.desk.admin.review.cards import CARDS_A_PAGE
from tracker.models.nouns import noun_of
from tracker.publishing.review import submit

pytestmark = pytest.mark.django_db
WAITING = "/admin/review/waiting/"


def seen(*records):
    return [f"{noun_of(record)}:{record.pk}:{record.version}" for record in records]


def ticked(client, *records, action="approve_and_publish_selected", **more):
    return client.post(WAITING, {"action": action, "record": seen(*records), **more})


def cards(page):
    return page.context["cards"].cards


@pytest.fixture
def changed_stance(analyst):
    """Return a public stance whose summary an analyst changed, in review."""
    stance = StanceFactory(summary="It supports the upper dam.", confidence="high")
    published(*all_of(stance))
    edits(analyst.user, stance, summary="It supports the lower dam.")
    by(analyst.user, submit, stance, text="As said.")
    return stance


@pytest.mark.parametrize(
    "action", ["approve_selected", "approve_and_publish_selected", "publish_selected"]
)
def test_a_record_is_shown_as_readers_will_see_it(editor, changed_stance, action):
    page = ticked(editor, changed_stance, action=action)

    [card] = cards(page)
    assert [(row.field, row.plain) for row in card.changed] == [
        ("Summary", "It supports the lower dam.")
    ]
    assert [hint[:15] for hint in card.hints] == ["High confidence"]
    assert "It supports the lower dam." in card.card.whole_html
    assert "<del>upper</del>" in main(page)
    assert card.problems == []


def test_what_is_withdrawn_is_not_shown_as_what_readers_will_see(editor, changed_stance):
    where = "/admin/tracker/stance/"
    sent = {"action": "retract_selected", "_selected_action": changed_stance.pk}
    page = main(editor.post(where, sent))

    assert "What is withdrawn" in page
    assert "Not published yet" in page
    assert "readers will see" not in page

    changed_stance.refresh_from_db()
    published(changed_stance)
    assert "Nothing: readers see" not in main(editor.post(where, sent))


def test_the_problems_of_a_record_stand_with_it(editor, analyst):
    well, unwell = ActorFactory(), StanceFactory()
    by(analyst.user, submit, well, unwell)

    problems = {card.key: card.problems for card in cards(ticked(editor, well, unwell))}

    assert problems["actor", well.pk] == []
    assert any("is named but not public" in problem for problem in problems["stance", unwell.pk])


def test_what_a_reviewer_did_not_open_as_it_is_now_is_marked(editor, analyst, changed_stance):
    review = f"/admin/tracker/stance/{changed_stance.pk}/review/"
    assert "not opened by you" in main(ticked(editor, changed_stance))
    analyst.get(review)
    assert not cards(ticked(editor, changed_stance))[0].was_opened, "somebody else opened it"

    editor.get(review)
    assert cards(ticked(editor, changed_stance))[0].was_opened
    assert "not opened by you" not in main(ticked(editor, changed_stance))

    edits(analyst.user, changed_stance, summary="It supports neither dam.")
    by(analyst.user, submit, changed_stance, text="Again.")
    assert not cards(ticked(editor, changed_stance))[0].was_opened


@pytest.mark.parametrize("action", ["approve_and_publish_selected", "publish_selected"])
def test_many_records_come_a_page_at_a_time_and_nothing_typed_is_lost(editor, analyst, action):
    sources = SourceFactory.create_batch(CARDS_A_PAGE * 2 + 1)
    by(analyst.user, submit, *sources)
    first = ticked(editor, *sources, action=action)
    assert len(cards(first)) == CARDS_A_PAGE
    assert not first.context["cards"].are_unfolded

    typed = {"note": "Fifty-one sources.", "cards_from": str(CARDS_A_PAGE * 2)}
    if action == "publish_selected":
        sent = {"record": seen(*sources), "selected": [f"source:{source.pk}" for source in sources]}
        typed |= {**sent, "confirmed": "yes"}
    else:
        typed |= {"records": first.context["records"]}
    last = editor.post(WAITING, {"action": action, **typed})

    assert [card.key for card in cards(last)] == [("source", sources[-1].pk)]
    assert "Fifty-one sources." in main(last)


def test_a_review_leads_to_those_before_and_after_it_in_its_list(editor, analyst):
    actors = ActorFactory.create_batch(3)
    by(analyst.user, submit, *actors)
    among = ".".join(f"actor-{actor.pk}" for actor in actors)
    first, middle, last = (
        f"/admin/tracker/actor/{actor.pk}/review/?among={among}" for actor in actors
    )
    assert f'href="{middle}"' in main(editor.get(WAITING))

    at_first, at_middle, at_last = (
        editor.get(page).context["neighbours"] for page in (first, middle, last)
    )
    assert (at_first.previous, at_first.next, at_first.place) == ("", middle, 1)
    assert (at_middle.previous, at_middle.next, at_middle.size) == (first, last, 3)
    assert (at_last.previous, at_last.next) == (middle, "")

    sent = {"verb": "approve", "seen": actors[1].version}
    actors[1].refresh_from_db()
    answer = editor.post(middle, sent | {"seen": actors[1].version})
    assert answer.headers["Location"] == middle, "a step stays within the list"


@pytest.mark.parametrize(
    "among", ["", "actor-x", "river-1", "actor-1", "actor-" + "9" * 40, ".".join(["actor-1"] * 101)]
)
def test_an_address_that_names_no_list_of_ours_shows_the_review_alone(editor, among):
    actor = ActorFactory()

    page = editor.get(f"/admin/tracker/actor/{actor.pk}/review/", {"among": among})

    assert page.status_code == 200
    assert page.context["neighbours"] is None or actor.pk == 1
