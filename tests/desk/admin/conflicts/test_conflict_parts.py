"""A citation, or another part,
that several people changed at once is taken over or chosen whole.
"""

import pytest

from tests.desk.admin.conflicts.test_conflicts import again, disputed, table
from tests.desk.admin.conftest import address, errors
from tests.factories import (
    ActorFactory,
    MeetingFactory,
    MembershipFactory,
    ParticipantFactory,
    SourceFactory,
    StanceCitationFactory,
    StanceFactory,
)
from tests.models.rows import execute
from tracker.models import Event, Meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def cited():
    """Return a stance with two citations, at their places in the form."""
    stance = StanceFactory(citations=[])
    return stance, [StanceCitationFactory(stance=stance, locator=f"p. {place}") for place in (1, 2)]


def locators(stance):
    return [(citation.locator, citation.quote) for citation in stance.citations.order_by("pk")]


def test_parts_that_one_side_alone_added_changed_or_removed_are_taken_over(analyst, filled, cited):
    stance, (first, second) = cited
    form = filled(analyst.get(address(stance)))
    third = {"source": SourceFactory().pk, "locator": "p. 4", "relation": "supports"}
    mine = (
        form
        | {"citations-1-quote": "Mine"}
        | {f"citations-2-{name}": value for name, value in third.items()}
    )
    mine |= {"citations-TOTAL_FORMS": 3}
    StanceCitationFactory(stance=stance, locator="p. 3")
    first.delete()

    page = analyst.post(address(stance), mine)

    assert disputed(page) == []
    assert [line.outcome for line in page.context["lines"]] == [
        "yours",
        "theirs, taken over",
        "theirs, taken over",
        "yours",
    ]
    assert analyst.post(address(stance), again(page, filled)).status_code == 302
    assert locators(stance) == [("p. 2", "Mine"), ("p. 3", ""), ("p. 4", "")]
    assert second.pk in stance.citations.values_list("pk", flat=True)


@pytest.mark.parametrize(("choice", "saved"), [("theirs", "p. 1, theirs"), ("mine", "p. 1")])
def test_a_part_that_both_changed_is_chosen_whole(analyst, filled, cited, choice, saved):
    stance, (first, _) = cited
    mine = filled(analyst.get(address(stance))) | {"citations-0-quote": "Mine"}
    execute("UPDATE tracker_stancecitation SET locator = 'p. 1, theirs' WHERE id = %s", first.pk)

    page = analyst.post(address(stance), mine)

    assert disputed(page) == ["Citation 1"]
    assert "Somebody (SQL) changed this record" in errors(page)["__all__"][0]
    answer = analyst.post(
        address(stance), again(page, filled) | {f"choice-citations:{first.pk}": choice}
    )
    assert answer.status_code == 302
    assert locators(stance)[0] == (saved, "Mine" if choice == "mine" else "")


@pytest.mark.parametrize(("choice", "left"), [("theirs", ["p. 2"]), ("mine", ["p. 2", "p. 9"])])
def test_a_part_that_was_removed_by_them_and_changed_by_me_is_chosen(
    analyst, filled, cited, choice, left
):
    stance, (first, _) = cited
    key = f"citations:{first.pk}"
    mine = filled(analyst.get(address(stance))) | {"citations-0-locator": "p. 9"}
    first.delete()

    page = analyst.post(address(stance), mine)

    assert disputed(page) == ["Citation 2"]
    assert "not there" in table(page)[0]
    assert not Event.objects.filter(after__locator="p. 9").exists()
    answer = analyst.post(address(stance), again(page, filled) | {f"choice-{key}": choice})
    assert answer.status_code == 302
    assert [locator for locator, _ in locators(stance)] == left


@pytest.mark.parametrize(("choice", "left"), [("theirs", ["p. 1b", "p. 2"]), ("mine", ["p. 2"])])
def test_a_part_that_was_changed_by_them_and_removed_by_me_is_chosen(
    analyst, filled, cited, choice, left
):
    stance, (first, _) = cited
    mine = filled(analyst.get(address(stance))) | {"citations-0-DELETE": "on"}
    first.locator = "p. 1b"
    first.save()

    page = analyst.post(address(stance), mine)

    assert disputed(page) == ["Citation 1"]
    form = again(page, filled) | {
        "citations-0-DELETE": "on",
        f"choice-citations:{first.pk}": choice,
    }
    assert analyst.post(address(stance), form).status_code == 302
    assert [locator for locator, _ in locators(stance)] == left


def test_a_choice_of_a_part_is_not_lost_if_something_else_is_wrong(analyst, filled, cited):
    stance, (first, _) = cited
    choice = {f"choice-citations:{first.pk}": "mine"}
    mine = filled(analyst.get(address(stance))) | {"citations-0-locator": "p. 9", "since": "soon"}
    first.delete()
    page = analyst.post(address(stance), mine)

    page = analyst.post(address(stance), again(page, filled) | choice)

    assert set(errors(page)) == {"since"}
    assert (
        analyst.post(address(stance), again(page, filled) | choice | {"since": "2017"}).status_code
        == 302
    )
    assert [locator for locator, _ in locators(stance)] == ["p. 2", "p. 9"]


def test_members_and_participants_and_issues_discussed_are_parts_too(analyst, filled):
    actor, meeting = ActorFactory(), MeetingFactory()
    participant = ParticipantFactory(meeting=meeting)
    membership = MembershipFactory(actor=actor)
    mine = filled(analyst.get(address(actor))) | {"memberships-0-role": "observer"}
    membership.role = "founder"
    membership.save()

    page = analyst.post(address(actor), mine)

    assert disputed(page) == ["Membership 1"]
    answer = analyst.post(
        address(actor), again(page, filled) | {f"choice-memberships:{membership.pk}": "theirs"}
    )
    assert answer.status_code == 302
    membership.refresh_from_db()
    assert membership.role == "founder"

    mine = filled(analyst.get(address(meeting))) | {"place": "Sochi"}
    participant.delete()
    page = analyst.post(address(meeting), mine)
    assert analyst.post(address(meeting), again(page, filled)).status_code == 302
    assert Meeting.objects.get().place == "Sochi"
