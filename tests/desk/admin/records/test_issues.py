"""Issues in the admin: the tree stays a tree, and a question stays as long as stances answer it."""

import pytest

from tests.desk.admin.conftest import address, errors, parts
from tests.factories import ActorFactory, IssueFactory, StanceFactory
from tracker.models import Issue

pytestmark = pytest.mark.django_db
ADD = "/admin/tracker/issue/add/"


def test_an_issue_is_added_with_themes_and_core_interests(analyst):
    actor, parent = ActorFactory(), IssueFactory()

    analyst.post(
        ADD,
        {
            **{"title": "The river", "slug": "river", "parent": parent.pk, "region": "africa"},
            "themes": ["trade", "energy"],
            **parts("core_interests", {"actor": actor.pk, "note": "Says so."}),
        },
    )

    issue = Issue.objects.get(slug="river")
    assert (issue.parent, issue.region, issue.themes) == (parent, "africa", ["trade", "energy"])
    assert issue.core_interests.get().actor == actor


def test_neither_an_issue_below_nor_itself_is_taken_as_parent(analyst, filled):
    top = IssueFactory()
    below = IssueFactory(parent=IssueFactory(parent=top), title="The weir")
    form = filled(analyst.get(address(top)))

    assert errors(analyst.post(address(top), form | {"parent": below.pk})) == {
        "parent": [
            "“The weir”: this issue would be its own ancestor; choose a parent outside its subtree"
        ]
    }
    assert list(errors(analyst.post(address(top), form | {"parent": top.pk}))) == ["parent"]


def test_the_question_of_an_issue_with_stances_is_kept(analyst, filled):
    stance = StanceFactory()
    issue = stance.issue
    form = filled(analyst.get(address(issue))) | {"question": ""}

    assert errors(analyst.post(address(issue), form)) == {
        "question": [
            "A grouping issue has no question to take a position on; "
            f"give it a question, or move or delete stance {stance.pk} first"
        ]
    }


def test_the_same_actor_twice_and_a_slug_that_is_taken_are_refused(analyst, filled):
    issue, actor, other = IssueFactory(core_interests=[{}]), ActorFactory(), IssueFactory()
    form = filled(analyst.get(address(issue))) | {"core_interests-TOTAL_FORMS": "3"}
    form |= {"core_interests-1-actor": actor.pk, "core_interests-2-actor": actor.pk}

    by_field = errors(analyst.post(address(issue), form | {"slug": other.slug}))

    assert by_field["slug"] == ["Issue with this Slug already exists."]
    assert "duplicate" in str(by_field)
