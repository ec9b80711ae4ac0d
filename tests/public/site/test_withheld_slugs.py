"""Slugs of editions that are withheld: what had one for a time is told by one that is shown."""

from typing import Any

import pytest

from tests.factories import ActorFactory, IssueFactory, StanceFactory
from tests.public.api.publishing import edit, merge, publish, publish_whole, retract
from tests.public.site.conftest import Visitor
from tracker.models import Actor

pytestmark = pytest.mark.django_db
LIBEL = "nobodymayreadthis"


def test_a_slug_that_lived_only_in_withheld_editions_is_told_nowhere(
    visitor: Visitor, settings: Any
) -> None:
    """Of who has another now, of who was withdrawn or merged after it, on pages,
    in feeds and in histories.
    """
    china, canal, gone, twin = (
        ActorFactory(slug="china"),
        IssueFactory(slug="canal"),
        ActorFactory(),
        ActorFactory(),
    )
    stance = StanceFactory(actor=china, issue=canal)
    publish_whole(stance, gone, twin)
    publish(
        edit(china, slug=LIBEL),
        edit(canal, slug=LIBEL),
        edit(gone, slug=f"{LIBEL}-2"),
        edit(twin, slug=f"{LIBEL}-3"),
    )
    publish(
        edit(china, slug="cathay"), edit(canal, slug="the-canal"), ActorFactory(slug=f"{LIBEL}-4")
    )
    retract(gone)
    merge(twin, china)
    retract(Actor.objects.get(slug=f"{LIBEL}-4"))
    addresses = [
        "/",
        "/corrections/",
        "/since/1/",
        "/since/3/",
        "/actors/cathay/",
        "/issues/the-canal/",
        f"/stances/{stance.pk}/",
        *(f"/editions/{number}/" for number in range(1, 7)),
        "/editions/1/6/",
        "/editions/1/6.csv",
        "/api/v1/changes/?after=0&page_size=500",
        "/api/v1/changes.atom?page_size=500",
        *(
            f"/api/v1/{path}/history/"
            for path in ("actors/cathay", "issues/the-canal", f"stances/{stance.pk}")
        ),
        f"/api/v1/actors/{china.pk}/history/",
        f"/api/v1/actors/{gone.pk}/history/",
    ]
    told = [address for address in addresses if LIBEL in visitor.get(address).content.decode()]
    settings.WITHHELD = ((2, 5),)

    leaking = [address for address in addresses if LIBEL in visitor.get(address).content.decode()]

    assert {
        "/since/1/",
        "/api/v1/changes/?after=0&page_size=500",
        "/api/v1/actors/cathay/history/",
    } <= {*told}
    assert leaking == []
    changes = visitor.get("/api/v1/changes/?after=1&page_size=500").json()["results"]
    assert {change["url"].rstrip("/").rpartition("/")[2] for change in changes} >= {
        "cathay",
        "the-canal",
    }
