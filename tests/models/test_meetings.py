"""Meetings: where, who takes part, what is discussed."""

import pytest

from tests.factories import DiscussionFactory, MeetingFactory, ParticipantFactory
from tests.models.rows import refused, write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("country", ["CH", "chn", "C1N"])
def test_a_country_has_its_form(by, country):
    with refused("meeting_country_has_its_form"):
        write(by, MeetingFactory(citations=[]), country=country)
    write(by, MeetingFactory(citations=[]), country="CHN")


def test_the_title_is_not_empty(by):
    with refused("meeting_has_a_title"):
        write(by, MeetingFactory(citations=[]), title="")


def test_an_actor_takes_part_once(by):
    first = ParticipantFactory()
    other = ParticipantFactory(meeting=first.meeting)

    with refused("participant_once_a_meeting"):
        write(by, other, actor_id=first.actor_id)


def test_nobody_represents_itself(by):
    participant = ParticipantFactory()

    with refused("participant_is_represented_by_another"):
        write(by, participant, represented_by_id=participant.actor_id)


def test_an_issue_is_discussed_once(by):
    first = DiscussionFactory()
    other = DiscussionFactory(meeting=first.meeting)

    with refused("discussion_once_a_meeting"):
        write(by, other, issue_id=first.issue_id)


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
