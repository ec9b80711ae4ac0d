"""Looking through a long table: in order, bounded, and nothing twice or left out."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from tests.factories import ActorFactory, IssueFactory, UserFactory
from tests.models.rows import execute
from tracker import history
from tracker.history.changesets import HistoryFilter, recent
from tracker.history.scanning import scan
from tracker.models import Actor, ChangeSet
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Channel

pytestmark = pytest.mark.django_db


def up_to(actor):
    return Q(pk__lte=actor.pk)


@pytest.fixture
def actors():
    """Return ten actors, every third of them a bloc."""
    return [ActorFactory(kind="bloc" if number % 3 == 0 else "state") for number in range(10)]


def test_every_page_goes_on_where_the_last_one_ended(actors):
    rows, seen, last = Actor.objects.order_by("pk"), [], None
    while True:
        after = rows.filter(pk__gt=last.pk) if last else rows
        page, last = scan(after, Q(kind="bloc"), up_to=up_to, most=2, through=3)
        seen += page
        if last is None:
            break

    assert seen == [actor for actor in actors if actor.kind == "bloc"]


def test_no_more_rows_are_looked_at_than_so_many(actors):
    page, last = scan(
        Actor.objects.order_by("pk"), Q(kind="person"), up_to=up_to, most=2, through=4
    )

    assert page == []
    assert last == actors[3]


def test_without_a_condition_the_page_is_the_next_rows(actors):
    page, last = scan(Actor.objects.order_by("pk"), Q(), up_to=up_to, most=10, through=2)

    assert (page, last) == (actors, None)


# Change sets --------------------------------------------------------------------------------------


@pytest.fixture
def changesets(acting_as):
    """Return four change sets, made at two moments, the newest first."""
    person = UserFactory()
    sql = "INSERT INTO tracker_changeset (id, reason, channel, made_by_id) VALUES (%s, %s, %s, %s)"
    for reason, channel, who in [
        ("From Xinhua", "admin", person.pk),
        ("", "sql", None),
        ("TASS", "api", person.pk),
    ]:
        with acting_as(settings.OWNER):
            execute(sql, uuid4(), reason, channel, who)
    with history.changeset(
        made_by=person.pk, reason="An issue, from Xinhua", channel=Channel.IMPORT
    ):
        IssueFactory()
    return person, list(ChangeSet.objects.order_by("-made_at", "id"))


def test_change_sets_are_found_by_person_channel_kind_and_reason(changesets):
    person, every = changesets

    def reasons(**wanted):
        return sorted(
            changeset.reason for changeset in recent(HistoryFilter(**wanted), most=9).rows
        )

    assert recent(HistoryFilter(), most=9).rows == every
    assert reasons(made_by=person.pk) == ["An issue, from Xinhua", "From Xinhua", "TASS"]
    assert reasons(channel=Channel.API) == ["TASS"]
    assert reasons(noun=Noun.ISSUE) == ["An issue, from Xinhua"]
    assert reasons(reason="xinhua") == ["An issue, from Xinhua", "From Xinhua"]
    assert reasons(reason="xinhua", channel=Channel.ADMIN) == ["From Xinhua"]
    assert reasons(since=every[0].made_at) == sorted(changeset.reason for changeset in every)
    assert reasons(before=every[0].made_at) == []


def test_pages_of_change_sets_made_at_one_moment_leave_none_out(changesets):
    _, every = changesets
    first = recent(HistoryFilter(), most=3)

    second = recent(HistoryFilter(), after=(first.last.made_at, first.last.pk), most=3)

    assert first.rows + second.rows == every
    assert second.last is None


def test_change_sets_are_read_by_an_index_in_at_most_two_queries(changesets):
    execute("SET LOCAL enable_seqscan = off")
    execute("SET LOCAL enable_sort = off")
    for criteria in (
        HistoryFilter(),
        HistoryFilter(made_by=1),
        HistoryFilter(channel=Channel.API),
        HistoryFilter(reason="x", noun=Noun.ACTOR),
    ):
        with CaptureQueriesContext(connection) as queries:
            recent(criteria, most=50)
        assert len(queries) <= 2
        for query in queries:
            plan = "\n".join(row[0] for row in execute(f"EXPLAIN {query['sql']}"))
            assert "Sort" not in plan, plan
