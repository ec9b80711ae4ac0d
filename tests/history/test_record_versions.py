"""Which versions a record had, by which change set each, and what came before and after one."""

import pytest

from tests.desk.undo.acts import done, edit
from tests.factories import IssueFactory
from tracker.desk import undo
from tracker.history.versions import versions_of
from tracker.models import Issue
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


def twice(issue):
    """Change an issue twice in one change set."""
    for title in ("Once", "Twice"):
        Issue.objects.filter(pk=issue.pk).update(title=title)


def test_versions_follow_each_other_by_change_set():
    issue = IssueFactory()
    double = done(lambda: twice(issue))
    last = edit(issue, title="Thrice")

    versions = versions_of(Noun.ISSUE, issue.pk)

    assert versions.ends == (1, 3, 4)
    assert [versions.made_in[version] for version in (2, 3, 4)] == [double, double, last]
    assert [versions.before(version) for version in (1, 2, 3, 4)] == [None, 1, 1, 3]
    assert [versions.after(version) for version in (1, 2, 3, 4)] == [3, 3, 4, None]
    assert versions.changes(1, 4) == 2
    assert versions.changes(3, 3) == 0
    assert {version: made.pk for version, made in versions.makers([3, 4]).items()} == {
        3: double,
        4: last,
    }


def test_a_deletion_makes_no_version_and_what_comes_back_goes_on():
    issue = IssueFactory()
    key = issue.pk
    done(issue.delete)
    done(lambda: undo.restore(noun=Noun.ISSUE, record=key))

    versions = versions_of(Noun.ISSUE, key)

    assert len(versions.ends) == 2
    assert versions.ends[0] == 1 < versions.ends[1]
    assert versions.after(1) == versions.ends[1]


def test_versions_take_one_query(django_assert_num_queries):
    issue = IssueFactory()
    for count in range(20):
        edit(issue, title=f"Title {count}")

    with django_assert_num_queries(1):
        assert len(versions_of(Noun.ISSUE, issue.pk).ends) == 21
