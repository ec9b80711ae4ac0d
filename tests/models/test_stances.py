"""Stances: positions on questions, and the lead that an actor follows."""

import pytest

from tests.factories import IssueFactory, StanceFactory
from tests.models.rows import STANCE_ON, execute, refused, write

pytestmark = pytest.mark.django_db


def test_a_stance_is_on_an_issue_with_a_question(by):
    grouping = IssueFactory(question="")

    with refused("stance_issue_has_a_question"):
        write(by, StanceFactory(citations=[]), issue_id=grouping.pk)


@pytest.mark.parametrize("ends_with", ["COMMIT", "ROLLBACK"])
def test_a_stance_waits_for_what_becomes_of_the_question(session, by, ends_with):
    issue, stance = IssueFactory(), StanceFactory(citations=[])
    one, other = session(), session()

    one.do("BEGIN")
    one.do("UPDATE tracker_issue SET question = '' WHERE id = %s", issue.pk)
    waiting = other.start(STANCE_ON[by], issue.pk, stance.pk)
    assert other.waits(waiting)
    one.do(ends_with)

    refusal = waiting.exception(timeout=20)
    assert (refusal.diag.constraint_name if refusal else None) == {
        "COMMIT": "stance_issue_has_a_question",
        "ROLLBACK": None,
    }[ends_with]


def test_two_stances_on_one_issue_do_not_wait_for_each_other(session):
    """Both only hold on to its question."""
    issue, stances = IssueFactory(), [StanceFactory(), StanceFactory()]
    one, other = session(), session()
    move = "UPDATE tracker_stance SET issue_id = %s WHERE id = %s"

    one.do("BEGIN")
    one.do(move, issue.pk, stances[0].pk)
    other.do(move, issue.pk, stances[1].pk)
    one.do("COMMIT")

    assert execute("SELECT count(*) FROM tracker_stance WHERE issue_id = %s", issue.pk) == [(2,)]
