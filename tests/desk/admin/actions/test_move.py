"""Moving an issue: what moves is shown, cycles are refused kindly, it is one change with a reason;
and the tree.
"""

import pytest

from tests.desk.admin.conftest import main, messages, text
from tests.desk.merge.acts import merged
from tests.factories import (
    ActFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    StanceFactory,
    VoteFactory,
)
from tests.publishing.acts import published
from tracker.models import ChangeSet, Issue

pytestmark = pytest.mark.django_db


def address(issue, parent=None):
    query = "" if parent is None else f"?parent={getattr(parent, 'pk', parent)}"
    return f"/admin/tracker/issue/{issue.pk}/move/{query}"


@pytest.fixture
def asia(db):
    return IssueFactory(title="Asia", question="")


@pytest.fixture
def korea(asia):
    return IssueFactory(title="Korea", parent=asia)


def test_what_moves_is_shown(analyst, korea):
    below = IssueFactory(title="Sanctions", parent=IssueFactory(title="North", parent=korea))
    StanceFactory(issue=below)
    AlignmentFactory(issue=korea)
    MeetingFactory(issues=[{"issue": below}, {"issue": korea}])
    ActFactory(issues=[{"issue": below}, {"issue": korea}])
    VoteFactory(issue=korea)
    StanceFactory()

    page = main(analyst.get(address(korea)))

    assert "are 1 stance, 1 alignment, 1 meeting, 1 vote, 1 act." in page
    assert '<li class="depth-2">' in page
    assert "Sanctions" in page
    assert 'value="Move"' not in page


def test_what_is_on_it_is_counted_as_far_as_it_is_read(analyst, korea, monkeypatch):
    monkeypatch.setattr("tracker.desk.admin.records.issues.MOST_COUNTED", 2)
    for count, says in ((1, "1 stance,"), (2, "2 stances,"), (3, "more than 2 stances,")):
        StanceFactory(issue=korea)
        assert f"are {says}" in main(analyst.get(address(korea))), count


def test_an_issue_moves_by_one_change_with_a_reason(analyst, korea):
    europe = IssueFactory(title="Europe")
    shown = analyst.get(address(korea, europe))
    assert "It moves below <strong>Europe</strong>" in main(shown)
    assert "Say why" in main(analyst.post(address(korea, europe), {"seen": korea.version}))

    done = analyst.post(
        address(korea, europe), {"seen": korea.version, "reason": "Wrong end."}, follow=True
    )

    assert messages(done) == ["“Korea” moved below “Europe”."]
    assert Issue.objects.get(pk=korea.pk).parent == europe
    assert ChangeSet.objects.get(reason="Wrong end.").made_by == analyst.user


def test_an_issue_moves_to_the_top(analyst, korea):
    assert "to the top of the tree" in main(analyst.get(address(korea, "")))

    analyst.post(address(korea, ""), {"seen": korea.version, "reason": "x"})

    assert Issue.objects.get(pk=korea.pk).parent is None


def test_a_place_below_itself_or_where_it_is_is_refused_kindly(analyst, asia, korea):
    for parent in (korea, IssueFactory(title="North", parent=korea)):
        page = main(analyst.get(address(korea, parent)))
        assert (
            f"“{parent.title}”: this issue would be its own ancestor; choose a parent "
            f"outside its subtree" in page
        )
        assert 'value="Move"' not in page
    assert "It lies there already." in main(analyst.get(address(korea, asia)))
    assert "errornote" in main(analyst.get(address(korea, "x")))
    assert "errornote" in main(analyst.get(address(korea, "900001")))


def test_a_page_that_is_out_of_date_moves_nothing(analyst, asia, korea):
    europe = IssueFactory()
    sent = {"seen": korea.version, "reason": "x"}
    Issue.objects.filter(pk=korea.pk).update(summary="Another.")

    page = analyst.post(address(korea, europe), sent)

    assert "it was changed since" in main(page)
    assert Issue.objects.get(pk=korea.pk).parent == asia


def test_what_readers_see_of_it_is_said(analyst, korea, asia):
    europe = IssueFactory(title="Europe")
    assert "readers see nothing of it" in text(analyst.get(address(korea, europe)))
    published(korea, asia)
    assert "together with the new parent, which is not public yet" in text(
        analyst.get(address(korea, europe))
    )
    published(europe)

    page = text(analyst.get(address(korea, europe)))

    assert "Readers see that once this issue is published again: one record" in page


def test_the_form_leads_there_unless_the_issue_was_merged(analyst, korea, asia):
    link = f'href="/admin/tracker/issue/{korea.pk}/move/"'
    assert link in main(analyst.get(f"/admin/tracker/issue/{korea.pk}/change/"))
    merged(korea, into=asia)

    assert link not in analyst.get(f"/admin/tracker/issue/{korea.pk}/change/").content.decode()
    assert analyst.get(address(korea)).status_code == 302


def titles(client, **query):
    """Return the titles of the list, with the depth at which each is shown."""
    issues = client.get("/admin/tracker/issue/", query).context["cl"].result_list
    return [(issue.title, vars(issue).get("depth")) for issue in issues]


def test_the_list_shows_the_tree_unless_it_is_narrowed_or_sorted(analyst, korea):
    IssueFactory(title="Africa")
    IssueFactory(title="Burma", parent=korea.parent)
    IssueFactory(title="North", parent=korea)

    assert titles(analyst) == [("Africa", 0), ("Asia", 0), ("Burma", 1), ("Korea", 1), ("North", 2)]
    assert titles(analyst, q="korea") == [("Korea", None), ("North", None)]
    assert [depth for _, depth in titles(analyst, o="-1")] == [None] * 5
    assert [depth for _, depth in titles(analyst, region__exact="")] == [None] * 5


def test_the_tree_has_pages(analyst, asia, monkeypatch):
    monkeypatch.setattr("tracker.desk.admin.records.issues.IssueAdmin.list_per_page", 2)
    for title in ("B", "C", "D"):
        IssueFactory(title=title, parent=asia)

    assert titles(analyst) == [("Asia", 0), ("B", 1)]
    assert titles(analyst, p=2) == [("C", 1), ("D", 1)]
    assert len(titles(analyst, all="")) == 4


def test_what_was_merged_is_not_in_the_tree(analyst, korea, asia):
    merged(korea, into=asia)

    assert titles(analyst) == [("Asia", 0)]
    assert titles(analyst, status="merged") == [("Korea", None)]
