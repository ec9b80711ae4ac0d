"""Pages cost the same number of queries at 1 row and at 20, of records, of parts, of changes."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    MembershipFactory,
    PredecessorFactory,
    SourceFactory,
    StanceFactory,
)
from tracker import history
from tracker.models import ChangeSet
from tracker.values.vocabularies import Channel

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
FACTORIES = {
    "issue": lambda: IssueFactory(parent=IssueFactory()),
    "actor": ActorFactory,
    "source": SourceFactory,
    "stance": lambda: StanceFactory(defers_to=ActorFactory()),
    "alignment": AlignmentFactory,
    "meeting": MeetingFactory,
}


def cost(client, address, **query) -> int:
    """Return the number of queries of a page, once what a process asks for only once has been asked."""
    client.get(address, query)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address, query).status_code == 200
    return len(queries)


@pytest.mark.parametrize("noun", FACTORIES)
def test_a_list(editor, published, noun):
    make: Callable[[], object] = FACTORIES[noun]
    make()
    address = f"/admin/tracker/{noun}/"
    cost_of_one = cost(editor, address)
    for _ in range(19):
        make()

    assert cost(editor, address) == cost_of_one
    assert cost_of_one <= 10


@pytest.mark.parametrize("noun", ["stance", "alignment", "meeting"])
def test_a_form_with_citations(editor, noun):
    factory = {"stance": StanceFactory, "alignment": AlignmentFactory, "meeting": MeetingFactory}[noun]
    few, many = (factory(citations=[{"locator": "1"}] * number) for number in (1, 20))

    assert cost(editor, address(few)) == cost(editor, address(many))


def test_the_form_of_a_meeting_with_all_its_parts(editor):
    few, many = (
        MeetingFactory(
            participants=[{"represented_by": ActorFactory(kind="person")} for _ in range(number)],
            issues=[{}] * number,
        )
        for number in (1, 20)
    )

    assert cost(editor, address(few)) == cost(editor, address(many))


def test_the_form_of_an_issue_with_core_interests(editor):
    few, many = (IssueFactory(core_interests=[{}] * number) for number in (1, 20))

    assert cost(editor, address(few)) == cost(editor, address(many))


def test_the_form_of_an_actor_with_memberships_and_predecessors(editor):
    few, many = ActorFactory(), ActorFactory()
    for actor, number in ((few, 1), (many, 20)):
        for _ in range(number):
            MembershipFactory(actor=actor, source=SourceFactory())
            PredecessorFactory(actor=actor)

    assert cost(editor, address(few)) == cost(editor, address(many))


def test_the_history_of_a_record(editor):
    few, many = StanceFactory(citations=[]), StanceFactory(citations=[])
    for stance, number in ((few, 1), (many, 19)):
        for _ in range(number):
            with history.changeset(made_by=editor.user.pk, reason="x", channel=Channel.API):
                stance.actor = ActorFactory()
                stance.save()

    assert cost(editor, address(few, "history")) == cost(editor, address(many, "history"))


def test_the_lists_of_change_sets_and_editions(editor, published):
    def happen() -> None:
        with history.changeset(made_by=editor.user.pk, reason="x", channel=Channel.API):
            actor = ActorFactory()
        published(actor)

    happen()
    before = [cost(editor, f"/admin/tracker/{model}/") for model in ("changeset", "edition")]
    for _ in range(19):
        happen()

    assert [cost(editor, f"/admin/tracker/{model}/") for model in ("changeset", "edition")] == before


def test_the_pages_of_a_change_set_and_an_edition(editor, published):
    costs = []
    for number in (1, 12):  # of four records each: a page
        with history.changeset(made_by=editor.user.pk, reason=f"x {number}", channel=Channel.API):
            stances = [StanceFactory() for _ in range(number)]
        edition = published(
            *(record for stance in stances for record in (stance, stance.actor, stance.issue, cited(stance)))
        )
        changeset = ChangeSet.objects.get(reason=f"x {number}")
        costs.append([cost(editor, address(changeset)), cost(editor, address(edition))])

    assert costs[0] == costs[1]


def test_the_page_before_publishing(editor):
    costs = []
    for number in (1, 20):
        selected = [StanceFactory().pk for _ in range(number)]
        with CaptureQueriesContext(connection) as queries:
            editor.post("/admin/tracker/stance/", {"action": "publish_selected", "_selected_action": selected})
        costs.append(len(queries))

    assert costs[0] == costs[1]


@pytest.mark.parametrize("field", ["actor", "issue"])
def test_searching_for_a_reference(editor, field):
    ask = {"app_label": "tracker", "model_name": "stance", "field_name": field, "term": ""}
    StanceFactory()
    cost_of_one = cost(editor, "/admin/autocomplete/", **ask)
    for _ in range(19):
        StanceFactory()

    assert cost(editor, "/admin/autocomplete/", **ask) == cost_of_one


def address(record, page="change"):
    return f"/admin/tracker/{record._meta.model_name}/{record.pk}/{page}/"


def cited(stance):
    return stance.citations.get().source
