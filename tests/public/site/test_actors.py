"""Pages of actors: from when until when they exist, whom they follow, and what people came to."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.factories import ActorFactory, MeetingFactory
from tests.plugins.caches import forget
from tests.public.api.publishing import edit, publish, publish_whole
from tests.public.site.conftest import Visitor
from tests.schema.growing import published_before
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


def test_a_page_says_from_when_until_when_its_actor_existed(visitor: Visitor) -> None:
    with published_before(Noun.ACTOR):
        publish_whole(ActorFactory(slug="ruritania", since="1866"))
    publish_whole(
        ActorFactory(
            slug="soviet-union", iso3="SUN", since="1922", until="1991-12", names={"ru": "СССР"}
        ),
        ActorFactory(slug="china", since="1949-10-01"),
    )

    assert "state · SUN · 1922 – December 1991 · СССР" in visitor.text("/actors/soviet-union/")
    assert "state · since 1 October 1949" in visitor.text("/actors/china/")
    assert "since" not in visitor.text("/actors/ruritania/").partition("Positions by issue")[0]


def test_a_page_says_whom_its_actor_follows_and_who_follows_it(visitor: Visitor) -> None:
    """As many statements for 1 as for 20; by the names that they have now."""
    union = ActorFactory(slug="union", name="A union")
    follower = {"predecessor": union, "since": "1991-12"}
    publish_whole(ActorFactory(slug="ruritania", name="Ruritania", predecessors=[follower]))
    publish(edit(union, slug="soviet-union", name="Soviet Union"))
    address = "/actors/soviet-union/?on=2019-06-05"

    assert "It follows: Soviet Union (since December 1991)." in visitor.text("/actors/ruritania/")
    assert "It is followed by: Ruritania (since December 1991)." in visitor.text(address)
    assert "follows" not in visitor.text(address).partition("Positions by issue")[0]
    counts = [statements(visitor, address, 2)]
    publish_whole(
        *(
            ActorFactory(name=f"State {n:02}", predecessors=[{"predecessor": union}])
            for n in range(19)
        )
    )
    counts.append(statements(visitor, address, 3))
    assert (
        "It is followed by: Ruritania (since December 1991), State 00 , State 01 ,"
        in visitor.text(address)
    )
    assert counts[0] == counts[1]


def statements(visitor: Visitor, address: str, edition: int) -> int:
    forget()
    with CaptureQueriesContext(connections["publication"]) as queries:
        visitor.read(f"{address}&edition={edition}")
    return len(queries)


def test_a_person_has_the_meetings_to_which_they_came_for_somebody(visitor: Visitor) -> None:
    xi = ActorFactory(slug="xi", name="Xi", kind="person")
    china, participants = ActorFactory(slug="china"), [{"actor": ActorFactory(slug="russia")}]
    came = MeetingFactory(
        title="He came",
        since="2019-06-01",
        participants=[{"actor": china, "represented_by": xi}, *participants],
    )
    publish_whole(
        came,
        MeetingFactory(title="Without him", since="2019-06-02", participants=[{"actor": china}]),
    )
    page = visitor.read("/actors/xi/?on=2019-06-03")
    assert ("He came" in page, "Without him" in page) == (True, False)
