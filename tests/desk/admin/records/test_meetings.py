"""Meetings in the admin: who took part, what was discussed, and the sources."""

import pytest

from tests.desk.admin.conftest import address, errors, parts
from tests.factories import ActorFactory, IssueFactory, MeetingFactory, SourceFactory
from tracker.models import Meeting

pytestmark = pytest.mark.django_db
ADD = "/admin/tracker/meeting/add/"


def test_a_meeting_is_added_with_all_its_parts(analyst):
    host, person, issue, source = (
        ActorFactory(),
        ActorFactory(kind="person"),
        IssueFactory(),
        SourceFactory(),
    )

    answer = analyst.post(
        ADD,
        {
            **{
                "title": "Summit",
                "kind": "summit",
                "status": "held",
                "since": "2019-06-05",
                "country": "RUS",
            },
            **parts(
                "participants", {"actor": host.pk, "represented_by": person.pk, "role": "host"}
            ),
            **parts("issues", {"issue": issue.pk, "outcome": "Agreed."}),
            **parts(
                "citations", {"source": source.pk, "relation": "supports", "quote": "They met."}
            ),
        },
    )

    assert answer.status_code == 302
    meeting = Meeting.objects.get()
    assert meeting.participants.get().represented_by == person
    assert (meeting.issues.get().outcome, meeting.citations.get().quote) == ("Agreed.", "They met.")


def test_what_is_wrong_with_parts_is_said_beside_them(analyst, filled):
    meeting, actor = MeetingFactory(), ActorFactory()
    row = {"actor": actor.pk, "represented_by": actor.pk, "role": "host"}
    form = (
        filled(analyst.get(address(meeting)))
        | parts("participants", row)
        | {"country": "Russia", "title": ""}
    )

    by_field = errors(analyst.post(address(meeting), form))

    assert by_field["participants-0-represented_by"] == [
        "Name a person other than the participant."
    ]
    assert set(by_field) == {"participants-0-represented_by", "country", "title"}


def test_lists_are_filtered_by_who_took_part_and_what_was_discussed(analyst):
    actor, issue = ActorFactory(), IssueFactory()
    wanted = MeetingFactory(participants=[{"actor": actor}], issues=[{"issue": issue}])
    MeetingFactory(participants=[{"actor": actor}])

    query = {"participants__actor__exact": actor.pk, "issues__issue__exact": issue.pk}

    assert list(analyst.get("/admin/tracker/meeting/", query).context["cl"].result_list) == [wanted]


def test_countries_are_called_by_name_and_the_coding_rules_of_a_table_stand_beside_the_choice(
    analyst,
):
    page = analyst.get(ADD).content.decode()

    assert '<option value="PRK">North Korea (PRK)</option>' in page
    assert '<option value="host" data-rule=' in page
    assert page.count("<dt>boycotted</dt>") == 1
