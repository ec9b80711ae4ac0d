"""What was submitted, approved and sent back, in the histories:
of everything, and of one record.
"""

import pytest

from tests.desk.admin.conftest import text
from tests.factories import ActorFactory, IssueFactory, StanceFactory
from tests.publishing.acts import changeset
from tests.publishing.review.acting import at, by, edits
from tracker.publishing import review

pytestmark = pytest.mark.django_db(transaction=True)
CHANGESETS = "/admin/tracker/changeset/"


def lines(page):
    return [(row.which, row.counted, row.why, row.channel) for row in page.context["rows"]]


def records(*factories):
    """Return new records, each made by nobody in a change of its own."""
    made = []
    for factory, fields in factories:
        with changeset():
            made.append(factory(**fields))
    return made


def test_a_submission_an_approval_and_a_return_are_told_as_such(analyst, editor):
    issue, actor = records(
        (IssueFactory, {"title": "Venezuela"}), (ActorFactory, {"name": "Cuba", "kind": "state"})
    )
    by(analyst.user, review.submit, issue, actor, text="Both of one report.")
    by(editor.user, review.approve, issue, actor)
    by(editor.user, review.send_back, actor, text="Which Cuba?")

    page = analyst.get(CHANGESETS)

    assert lines(page)[:3] == [
        ("Cuba", "1 actor sent back", "a test", "desk"),
        ("Venezuela, and 1 more", "2 records approved", "", "reviewing"),
        ("Venezuela, and 1 more", "1 issue submitted, 1 actor submitted", "a test", "desk"),
    ]
    assert "erik Venezuela, and 1 more (2 records approved) — reviewing" in text(page)
    assert f'href="/admin/tracker/issue/{issue.pk}/history/"' in page.content.decode()


def test_what_was_changed_and_submitted_at_once_says_both(analyst):
    (stance,) = records((StanceFactory, {}))

    def act(records):
        type(stance)._default_manager.filter(pk=stance.pk).update(hedged=True)
        review.submit(records=[at(stance)])

    by(analyst.user, act, stance)

    assert lines(analyst.get(CHANGESETS))[0][1] == "1 stance changed, submitted"
    page = analyst.get(f"{CHANGESETS}{by_newest(analyst)}/change/")
    assert page.context["counts"] == "1 stance changed, submitted"


def by_newest(client):
    return next(row.row.pk for row in client.get(CHANGESETS).context["rows"])


def test_steps_alone_are_filtered_by_person_kind_and_words(analyst, editor):
    issue, actor = records((IssueFactory, {}), (ActorFactory, {}))
    by(analyst.user, review.submit, issue, actor, text="Of one report.")
    by(editor.user, review.approve, issue)
    by(editor.user, review.comment, actor, text="Nice.")

    def acts(**query):
        return [
            row.counted
            for row in analyst.get(CHANGESETS, {"channel": "reviewing"} | query).context["rows"]
        ]

    assert acts() == ["commented", "approved", "2 records submitted"]
    assert acts(who=analyst.user.pk) == ["2 records submitted"]
    assert acts(kind="actor") == ["commented", "2 records submitted"]
    assert acts(q="nice") == ["commented"]
    assert acts(until="2020-01-01") == []
    assert "approved" not in [
        row.counted for row in analyst.get(CHANGESETS, {"channel": "admin"}).context["rows"]
    ]


def test_steps_go_on_page_by_page(analyst, editor):
    (issue,) = records((IssueFactory, {}))
    for number in range(52):
        by(editor.user, review.comment, issue, text=f"Remark {number}.")

    first = analyst.get(CHANGESETS, {"channel": "reviewing"})
    second = analyst.get(CHANGESETS, {"channel": "reviewing", "after": first.context["older"]})

    assert [row.why for page in (first, second) for row in page.context["rows"]] == [
        f"Remark {number}." for number in reversed(range(52))
    ]


def test_the_history_of_a_record_tells_its_review_where_it_happened(analyst, editor):
    (stance,) = records((StanceFactory, {"actor__name": "Ruritania"}))
    by(analyst.user, review.submit, stance, text="Ready.", to=editor.user.pk)
    by(editor.user, review.send_back, stance, text="Which page?")
    edits(analyst.user, stance, hedged=True)
    by(analyst.user, review.submit, stance)
    by(editor.user, review.approve, stance)
    address = f"/admin/tracker/stance/{stance.pk}/history/"

    page = analyst.get(address)
    words = text(page)

    order = [
        "erik approved version 6",
        "Anna Schmidt submitted version 6",
        "Version 6",
        "Version 5",
        "erik sent back version 4, for Anna Schmidt",
        "Which page?",
        "Anna Schmidt submitted version 3, for erik",
        "Ready.",
    ]
    places = [words.index(line) for line in order]
    assert places == sorted(places), words
    assert words.count("Which page?") == 1
    rows = page.context["rows"]
    assert [row.is_step for row in rows] == [True, False, True, True, False]
    assert words.count("No reason given.") == sum(
        not (row.is_step or row.entry.changeset.reason) for row in rows
    )


def test_a_step_is_told_on_the_page_of_the_changes_around_it(analyst, editor):
    (issue,) = records((IssueFactory, {}))
    by(editor.user, review.comment, issue, text="Early.")
    for number in range(25):
        edits(analyst.user, issue, title=f"Title {number}")
    by(editor.user, review.comment, issue, text="Late.")
    address = f"/admin/tracker/issue/{issue.pk}/history/"

    first = analyst.get(address)
    second = analyst.get(address, {"before": first.context["older"]})

    assert ("Late." in text(first), "Early." in text(first)) == (True, False)
    assert ("Late." in text(second), "Early." in text(second)) == (False, True)


def test_who_may_not_see_reviews_finds_none_of_their_steps(analyst, editor):
    (actor,) = records((ActorFactory, {"name": "Cuba"}))
    by(analyst.user, review.submit, actor)
    by(editor.user, review.approve, actor, text="As the report has it.")
    pages = (CHANGESETS, f"/admin/tracker/actor/{actor.pk}/history/")
    assert all("As the report has it." in text(analyst.get(page)) for page in pages)

    for group in analyst.user.groups.all():
        group.permissions.remove(*group.permissions.filter(codename="view_review"))

    assert not any("As the report has it." in text(analyst.get(page)) for page in pages)
