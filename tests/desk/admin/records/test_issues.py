"""Issues in the admin: the tree stays a tree, and a question stays as long as stances answer it."""

import pytest

from tests.desk.admin.conftest import errors
from tests.factories import ActorFactory, IssueFactory, StanceFactory
from tracker.models import Issue

pytestmark = pytest.mark.django_db
ADD = "/admin/tracker/issue/add/"


def address(issue):
    return f"/admin/tracker/issue/{issue.pk}/change/"


def test_an_issue_is_added_with_themes_and_core_interests(analyst):
    actor, parent = ActorFactory(), IssueFactory()

    analyst.post(
        ADD,
        {
            "title": "The river",
            "slug": "river",
            "parent": parent.pk,
            "region": "africa",
            "themes": ["trade", "energy"],
            "core_interests-TOTAL_FORMS": "1",
            "core_interests-INITIAL_FORMS": "0",
            "core_interests-0-actor": actor.pk,
            "core_interests-0-note": "Says so.",
        },
    )

    issue = Issue.objects.get(slug="river")
    assert (issue.parent, issue.region, issue.themes) == (parent, "africa", ["trade", "energy"])
    assert issue.core_interests.get().actor == actor


def test_an_issue_below_is_refused_as_parent(analyst, filled):
    top = IssueFactory()
    below = IssueFactory(parent=IssueFactory(parent=top), title="The weir")
    form = filled(analyst.get(address(top))) | {"parent": below.pk}

    assert errors(analyst.post(address(top), form)) == {
        "parent": ["“The weir”: it would be its own ancestor; choose a parent outside its subtree"]
    }


def test_an_issue_is_not_its_own_parent(analyst, filled):
    issue = IssueFactory()
    form = filled(analyst.get(address(issue))) | {"parent": issue.pk}

    assert list(errors(analyst.post(address(issue), form))) == ["parent"]


def test_the_question_of_an_issue_with_stances_is_kept(analyst, filled):
    issue = StanceFactory().issue
    form = filled(analyst.get(address(issue))) | {"question": ""}

    assert errors(analyst.post(address(issue), form)) == {
        "question": [
            "A grouping issue has no question to take a position on; keep one: there are stances on this issue"
        ]
    }


def test_a_slug_that_is_none_or_is_taken_is_refused_kindly(analyst, filled):
    issue, other = IssueFactory(), IssueFactory()
    form = filled(analyst.get(address(issue)))

    for slug, says in [
        (
            "The River",
            "“The River”: it does not have the form of its kind; use lower-case words and digits, joined by hyphens",
        ),
        (other.slug, "Issue with this Slug already exists."),
    ]:
        assert errors(analyst.post(address(issue), form | {"slug": slug}))["slug"] == [says]


def test_the_same_actor_twice_is_refused(analyst, filled):
    issue, actor = IssueFactory(core_interests=[{}]), ActorFactory()
    form = filled(analyst.get(address(issue))) | {"core_interests-TOTAL_FORMS": "3"}
    form |= {"core_interests-1-actor": actor.pk, "core_interests-2-actor": actor.pk}

    assert "duplicate" in str(errors(analyst.post(address(issue), form)))


def test_groups_of_issues_are_told_apart_when_an_issue_is_searched(analyst):
    IssueFactory(title="Syria", question="")
    query = {"app_label": "tracker", "model_name": "stance", "field_name": "issue", "term": "syr"}

    payload = analyst.get("/admin/autocomplete/", query).json()

    assert [result["text"] for result in payload["results"]] == ["Syria (group of issues)"]
