"""Pages of actors: from when until when they exist."""

import pytest

from tests.api.publishing import publish_whole
from tests.factories import ActorFactory
from tests.schema.growing import published_before
from tests.site.conftest import Visitor
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


def test_a_page_says_from_when_until_when_its_actor_existed(visitor: Visitor) -> None:
    with published_before(Noun.ACTOR):
        publish_whole(ActorFactory(slug="ruritania", since="1866"))
    publish_whole(
        ActorFactory(slug="soviet-union", iso3="SUN", since="1922", until="1991-12", names={"ru": "СССР"}),
        ActorFactory(slug="china", since="1949-10-01"),
    )

    assert "state · SUN · 1922 – December 1991 · СССР" in visitor.text("/actors/soviet-union/")
    assert "state · since 1 October 1949" in visitor.text("/actors/china/")
    assert "since" not in visitor.text("/actors/ruritania/").partition("Positions by issue")[0]
