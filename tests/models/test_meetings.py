"""Meetings: where, who takes part, what is discussed."""

import pytest

from tests.factories import ParticipantFactory

pytestmark = pytest.mark.django_db


def test_two_who_add_one_participant_at_the_same_moment_add_it_once(session):
    participant = ParticipantFactory()
    actor = ParticipantFactory().actor
    insert = "INSERT INTO tracker_participant (meeting_id, actor_id, role) VALUES (%s, %s, 'host')"
    one, other = session(), session()

    one.do("BEGIN")
    one.do(insert, participant.meeting_id, actor.pk)
    waiting = other.start(insert, participant.meeting_id, actor.pk)
    assert other.waits(waiting)
    one.do("COMMIT")

    assert waiting.exception().diag.constraint_name == "participant_once_a_meeting"
