"""Issues: a tree whatever happens at once,
with questions that stay as long as somebody takes a position on them.
"""

from threading import Barrier

import psycopg
import pytest

from tests.factories import IssueFactory, StanceFactory
from tests.models.rows import STANCE_ON, execute, refused

pytestmark = pytest.mark.django_db
ANCESTORS_AND_SELF = """
    WITH RECURSIVE above (start, id) AS (
        SELECT id, parent_id FROM tracker_issue
        UNION
        SELECT start, parent_id FROM above JOIN tracker_issue i ON i.id = above.id
    )
    SELECT start FROM above WHERE id = start
"""
MOVE = "UPDATE tracker_issue SET parent_id = %s WHERE id = %s"


# Rule 5: the tree ---------------------------------------------------------------------------------


def test_an_issue_is_never_its_own_ancestor_by_update():
    chain = [IssueFactory()]
    for _ in range(4):
        chain.append(IssueFactory(parent=chain[-1]))

    for below in chain:
        with refused("issue_is_not_its_own_ancestor"):
            execute(MOVE, below.pk, chain[0].pk)
    execute(MOVE, IssueFactory().pk, chain[0].pk)


def test_an_issue_is_never_its_own_ancestor_by_insert():
    columns = (
        "slug, title, question, summary, themes, region, state, settled, settlement, "
        "settlement_locator"
    )

    with refused("issue_is_not_its_own_ancestor"):
        execute(
            f"INSERT INTO tracker_issue (id, parent_id, {columns}) "
            f"VALUES (900001, 900001, 'a', 'A', '', '', '{{}}', '', 'editing', '', '', '')"
        )
    with refused("issue_is_not_its_own_ancestor"):
        execute(
            f"INSERT INTO tracker_issue (id, parent_id, {columns}) VALUES "
            f"(900001, 900002, 'a', 'A', '', '', '{{}}', '', 'editing', '', '', ''), "
            f"(900002, 900001, 'b', 'B', '', '', '{{}}', '', 'editing', '', '', '')"
        )


def test_one_statement_can_move_a_subtree_but_not_close_a_circle():
    top = IssueFactory()
    left, right = IssueFactory(parent=top), IssueFactory(parent=top)

    with refused("issue_is_not_its_own_ancestor"):
        execute(
            "UPDATE tracker_issue SET parent_id = CASE id WHEN %s THEN %s::int ELSE %s::int "
            "END WHERE id IN (%s, %s)",
            *(left.pk, right.pk, left.pk, left.pk, right.pk),
        )
    execute(MOVE, left.pk, right.pk)

    assert execute(ANCESTORS_AND_SELF) == []


@pytest.mark.parametrize("ends_with", ["COMMIT", "ROLLBACK"])
def test_of_two_moves_that_together_close_a_circle_the_second_waits_and_is_refused(
    session, ends_with
):
    left, right = IssueFactory(), IssueFactory()
    one, other = session(), session()

    one.do("BEGIN")
    one.do(MOVE, right.pk, left.pk)
    waiting = other.start(MOVE, left.pk, right.pk)
    assert other.waits(waiting)
    one.do(ends_with)

    refusal = waiting.exception()
    assert (refusal.diag.constraint_name if refusal else None) == {
        "COMMIT": "issue_is_not_its_own_ancestor",
        "ROLLBACK": None,
    }[ends_with]
    assert execute(ANCESTORS_AND_SELF) == []


def test_a_circle_of_three_moved_at_the_same_moment_never_closes(session):
    sessions = [session() for _ in range(3)]
    for _ in range(10):
        issues = [IssueFactory() for _ in sessions]
        barrier = Barrier(3)

        moves = []
        for number, mover in enumerate(sessions):
            mover.meet(barrier)
            moves.append(mover.start(MOVE, issues[number - 1].pk, issues[number].pk))

        outcomes = [move.exception(timeout=20) for move in moves]
        assert [type(outcome) for outcome in outcomes if outcome] == [psycopg.errors.CheckViolation]
        assert execute(ANCESTORS_AND_SELF) == []


def test_an_issue_inserted_below_one_that_is_just_moved_below_it_waits(session):
    top = IssueFactory()
    one, other = session(), session()

    one.do("BEGIN")
    one.do(
        "INSERT INTO tracker_issue (id, slug, title, question, summary, themes, region, "
        "state, settled, settlement, settlement_locator, parent_id) VALUES (900001, 'a', "
        "'A', '', '', '{}', '', 'editing', '', '', '', %s)",
        top.pk,
    )
    waiting = other.start(MOVE, 900001, top.pk)
    assert other.waits(waiting)
    one.do("COMMIT")

    assert waiting.exception().diag.constraint_name == "issue_is_not_its_own_ancestor"


def test_with_a_snapshot_from_before_a_move_nothing_is_moved(session):
    """Else it would be judged by the tree of then."""
    left, right = IssueFactory(), IssueFactory()
    other = session()

    other.do("BEGIN ISOLATION LEVEL REPEATABLE READ")
    other.do("SELECT FROM tracker_issue")
    execute(MOVE, right.pk, left.pk)
    move = other.start(MOVE, left.pk, right.pk)

    assert "READ COMMITTED" in str(move.exception(timeout=20))


# Rule 3: the question -----------------------------------------------------------------------------


def test_an_stance_issue_has_a_question_as_long_as_it_has_stances():
    stance, loses = (
        StanceFactory(citations=[]),
        "UPDATE tracker_issue SET question = '' WHERE id = %s",
    )

    with refused("stance_issue_has_a_question"):
        execute(loses, stance.issue_id)
    execute(
        "UPDATE tracker_issue SET question = 'Should it be settled otherwise?' WHERE id = %s",
        stance.issue_id,
    )
    execute("DELETE FROM tracker_stance WHERE id = %s", stance.pk)
    execute(loses, stance.issue_id)

    assert execute("SELECT question FROM tracker_issue WHERE id = %s", stance.issue_id) == [("",)]


@pytest.mark.parametrize("ends_with", ["COMMIT", "ROLLBACK"])
def test_a_question_is_not_taken_away_while_a_stance_on_it_is_written(session, by, ends_with):
    issue, stance = IssueFactory(), StanceFactory()
    one, other = session(), session()

    one.do("BEGIN")
    one.do(STANCE_ON[by], issue.pk, stance.pk)
    waiting = other.start("UPDATE tracker_issue SET question = '' WHERE id = %s", issue.pk)
    assert other.waits(waiting)
    one.do(ends_with)

    refusal = waiting.exception(timeout=20)
    assert (refusal.diag.constraint_name if refusal else None) == {
        "COMMIT": "stance_issue_has_a_question",
        "ROLLBACK": None,
    }[ends_with]


def test_with_a_snapshot_from_before_a_stance_no_question_is_taken_away(session):
    issue = IssueFactory()
    other = session()

    other.do("BEGIN ISOLATION LEVEL SERIALIZABLE")
    other.do("SELECT FROM tracker_issue")
    StanceFactory(issue=issue)
    change = other.start("UPDATE tracker_issue SET question = '' WHERE id = %s", issue.pk)

    assert "READ COMMITTED" in str(change.exception(timeout=20))
