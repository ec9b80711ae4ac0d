"""The desk's history over REST: every change of a record and its parts, and of everything."""

import pytest
from django.contrib.auth.models import Permission

from tests.costs import assert_same_cost
from tests.desk.api.working import at, faults, good
from tests.factories import IssueFactory, StanceFactory
from tests.publishing.review.acting import by, edits
from tracker.publishing import review

pytestmark = pytest.mark.django_db


def test_every_change_of_a_record_and_its_parts_is_told_the_latest_first(anna, erik):
    stance = StanceFactory(position="no_evidence", summary="Before.", citations=[{"locator": "1"}])
    good(anna.patch(stance, {"summary": "After.", "citations": []}, Change_Reason="Gone"), 200)
    by(anna.user, review.submit, stance)

    state, summary, citation, *made = anna.read(f"{at(stance)}history/")["results"]

    assert (state["channel"], state["changed"]) == ("admin", {"state": ["editing", "in_review"]})
    assert (summary["who"], summary["why"], summary["channel"]) == ("anna", "Gone", "api")
    assert (summary["changed"], summary["part"]) == ({"summary": ["Before.", "After."]}, None)
    gone = (citation["part"], citation["happened"], citation["changed"]["locator"])
    assert gone == ("citation", "removed", ["1", None])
    assert summary["change_set"] == citation["change_set"]
    assert {(event["happened"], event["channel"], event["who"]) for event in made} == {
        ("added", "sql", None)
    }


def test_history_comes_in_pages_that_are_never_short(anna):
    issue = IssueFactory(title="0")
    for number in range(1, 6):
        edits(anna.user, issue, title=str(number))

    response = anna.get(f"{at(issue)}history/?page_size=4&count=true")
    first = good(response, 200)
    second = anna.read(first["next"])

    titles = [event["changed"]["title"][1] for event in first["results"] + second["results"]]
    assert titles == ["5", "4", "3", "2", "1", "0"]
    assert (len(first["results"]), first["count"], second["next"]) == (4, 6, None)
    assert response.headers["Link"] == f'<{first["next"]}>; rel="next"'


def steps(changes):
    """Return the steps of each change:
    what was done with which version, by whom, and what was said.
    """
    return [
        [
            (step["act"], step["version"], step["who"], step["comment"], step["to"])
            for step in change["steps"]
        ]
        for change in changes
    ]


@pytest.mark.django_db(transaction=True)
def test_the_history_of_a_record_has_the_steps_of_its_review(anna, erik):
    issue = IssueFactory()
    by(erik.user, review.comment, issue, text="Early.")
    by(anna.user, review.submit, issue, text="Ready.", to=erik.user.pk)
    by(erik.user, review.send_back, issue, text="Which page?")
    edits(anna.user, issue, title="Page 7")
    by(anna.user, review.submit, issue)
    by(erik.user, review.approve, issue)
    by(erik.user, review.comment, issue, text="Good.")

    whole = anna.read(f"{at(issue)}history/")["results"]

    issue.refresh_from_db()
    version = issue.version
    assert steps(whole) == [
        [
            ("commented", version, "erik", "Good.", None),
            ("approved", version, "erik", "", None),
            ("submitted", version, "anna", "", None),
        ],
        [],
        [("sent_back", version - 2, "erik", "Which page?", "anna")],
        [("submitted", version - 3, "anna", "Ready.", "erik")],
        [("commented", version - 4, "erik", "Early.", None)],
    ]
    assert "steps" not in anna.read("changes/")["results"][0]
    page, pages = anna.read(f"{at(issue)}history/?page_size=2"), []
    while page["next"]:
        pages, page = pages + page["results"], anna.read(page["next"])
    assert pages + page["results"] == whole


@pytest.mark.django_db(transaction=True)
def test_who_may_not_see_reviews_has_a_history_without_steps(erik):
    issue = IssueFactory()
    by(erik.user, review.comment, issue, text="Between us.")
    erik.user.groups.clear()
    erik.user.user_permissions.set(
        Permission.objects.filter(codename__in=["view_issue", "view_changeset"])
    )

    (change,) = erik.read(f"{at(issue)}history/")["results"]

    assert "steps" not in change


def test_changes_of_everything_are_narrowed(anna, erik):
    issue, stance = IssueFactory(), StanceFactory()
    edits(erik.user, issue, title="By Erik")
    mine = anna.patch(stance, {"summary": "By Anna"}).headers["Change-Set"]

    def changed(query):
        return [
            (event["resource"], event["record"])
            for event in anna.read(f"changes/?{query}")["results"]
        ]

    assert changed("who=anna") == [("stances", stance.pk)]
    assert changed("who=anna&who=erik") == [("stances", stance.pk), ("issues", issue.pk)]
    assert changed("channel=api") == changed(f"change_set={mine}") == [("stances", stance.pk)]
    assert set(changed(f"resource=issues&record={issue.pk}")) == {("issues", issue.pk)}
    assert changed("to=2001-01-01T00:00:00Z") == changed("from=2100-01-01T00:00:00Z") == []
    assert len(changed("from=2001-01-01T00:00:00Z")) > 5


def test_what_a_record_is_must_be_said_with_its_number(anna):
    assert good(anna.get("changes/?record=1"), 400)["errors"][0]["parameter"] == "record"
    assert anna.get("changes/?resource=issues,stances&record=1").status_code == 400
    assert anna.get("changes/?colour=red").status_code == 400
    ends_first = anna.get("changes/?from=2019-03-01T00:00:00Z&to=2019-02-01T00:00:00Z")
    assert faults(ends_first) == {("from", "conflict")}


@pytest.mark.slow
def test_changes_cost_the_same_at_one_and_at_twenty(anna, erik):
    stance = StanceFactory()

    def prepare(number):
        for count in range(number):
            edits(anna.user, stance, summary=f"{number} {count} {stance.version}")
            by(erik.user, review.comment, stance, text="Again.")
        return lambda: [
            anna.read(page) for page in ("changes/", f"{at(stance)}history/", f"{at(stance)}diff/")
        ]

    assert_same_cost(prepare)
