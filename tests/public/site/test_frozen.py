"""Frozen pages and pictures:
the same bytes whatever is published later, the same data whatever dress they wear.
"""

import json
import shutil
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from django.conf import settings
from django.test.utils import override_settings

from tests.factories import ActorFactory, IssueFactory, SourceFactory, StanceFactory, VoteFactory
from tests.public.api.publishing import edit, merge, publish, publish_whole, retract
from tests.public.site.conftest import Visitor, forget
from tests.public.site.pages import make
from tracker.public.http.caching import RESPONSES

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
IMMUTABLE = "public, max-age=86400, immutable"
FROZEN = "on=2019-06-15&edition=2"
OF_PAGES = ("bib", "card")
CHROME = {
    "build",
    "license",
    "contact",
    "searched_text",
    "files",
    "has_png",
    "legend",
    "themes",
    "regions",
    "view",
}


@pytest.fixture
def known() -> dict[str, Any]:
    """Records about a canal, published as edition 1, and as edition 2 with one of them changed."""
    known = make(3)
    known["zembla"] = ActorFactory(slug="zembla", name="Zembla")
    known["vote"] = VoteFactory(ballots=[{"actor": known["china"]}])
    known["source"] = SourceFactory(
        title="On the canal", url="https://example.org/canal", publisher="A press"
    )
    known["twin"] = SourceFactory(title="On the canal, once more")
    cited = [
        {"source": known["source"], "locator_label": "page", "locator": "7", "quote": "They dig."}
    ]
    known["cited"] = StanceFactory(
        actor=known["iran"], issue=known["canal"], since="2017", until="", citations=cited
    )
    publish_whole(*known.values(), note="The first")
    publish(edit(known["meeting"], place="Harbin"), note="Where they met")
    return known


def addresses(known: Mapping[str, Any]) -> list[str]:
    """Return addresses of all kinds of pages that freeze, of their pictures, citations and data;
    none has its dates.
    """
    claims = [f"/stances/{known[name].pk}" for name in ("stance", "other", "cited")]
    vote = f"/votes/{known['vote'].pk}"
    meeting, source = f"/meetings/{known['meeting'].pk}", f"/sources/{known['source'].pk}"
    pages = (
        "/issues",
        "/issues/sea",
        "/issues/canal",
        "/actors",
        "/actors/china",
        "/actors/zembla",
        "/pairs/china/russia",
        "/pairs/iran/zembla",
        *claims,
        f"/alignments/{known['alignment'].pk}",
        "/meetings",
        meeting,
        "/votes",
        vote,
        "/unresolved",
        "/sources",
        source,
        f"/sources/{known['twin'].pk}",
        "/corrections",
        "/editions",
        "/editions/1",
        "/editions/2",
        "/editions/1/2",
        "/search",
    )
    drawn = ("/index", "/issues/sea", "/issues/canal", "/actors/china", "/pairs/china/russia")
    cited = (
        "/index",
        "/issues/canal",
        "/actors/china",
        claims[0],
        meeting,
        source,
        "/corrections",
        "/editions/1",
    )
    data = (
        "/index",
        "/issues/canal",
        "/actors",
        "/actors/china",
        claims[0],
        meeting,
        "/sources",
        source,
    )
    return [
        "/?",
        "/?differ=true&",
        "/?actor=iran&",
        "/?under=sea&",
        "/search/?q=canal&",
        "/editions/?before=2&",
        *(f"{page}/?" for page in pages),
        *(f"{page}.{suffix}?" for page in drawn for suffix in ("svg", "png")),
        *(f"{page}.{suffix}?" for page in cited for suffix in OF_PAGES),
        *(f"{page}.json?" for page in data),
        *(f"{page}.csv?" for page in ("/index", "/issues/canal", "/meetings", "/actors", source)),
        "/meetings.ics?",
    ]


class FrozenResponse(NamedTuple):
    """What a frozen address answered:
    where it led, the bytes, their tag, and what the template was given.
    """

    address: str
    content: bytes
    tag: str
    context: Any


def take(visitor: Visitor, addresses: list[str]) -> dict[str, FrozenResponse]:
    """Return what frozen addresses answer, the API for what leads there;
    nothing that is kept in memory is used.
    """
    forget()
    RESPONSES.clear()
    responses = {}
    for address in addresses:
        response = visitor.get(f"{address}{FROZEN}")
        if response.status_code == 302:
            assert "edition=2" in response.headers["Location"], address
            response = visitor.get(response.headers["Location"])
        assert (response.status_code, response.headers["Cache-Control"]) == (200, IMMUTABLE), (
            address
        )
        responses[address] = FrozenResponse(
            response.wsgi_request.get_full_path(),
            response.getvalue(),
            response.headers["ETag"],
            response.context,
        )
    return responses


def in_ten_editions(known: Mapping[str, Any]) -> None:
    """Edit, rename, move, merge, retract, confirm, and publish anew what was frozen."""
    publish(
        edit(
            known["canal"],
            slug="great-canal",
            title="The great canal",
            question="Should it be deeper?",
        )
    )
    publish(edit(known["stance"], position="opposes", summary="They changed their mind."))
    publish(edit(known["other"], confirmed_on="2026-01-01", since="2015"))
    merge(known["zembla"], known["iran"])
    publish(edit(known["china"], slug="cathay", name="Cathay", names={"zh": "华"}))
    merge(known["twin"], known["source"])
    retract(known["alignment"], note="It rested on a forgery")
    publish(
        edit(
            known["source"],
            title="Under the canal",
            publisher="Another press",
            outlet="state_media",
        )
    )
    sooner = StanceFactory(actor=known["russia"], issue=known["canal"], since="2001", until="2005")
    publish_whole(
        sooner,
        edit(known["canal"], parent=IssueFactory(slug="water")),
        edit(known["sea"], title="The bay"),
    )
    retract(known["meeting"], known["cited"], note="They never met")
    publish(edit(known["meeting"], title="No summit", place="Moscow"), note="They did meet")


def data_of(value: Any) -> Any:
    """Return what a template is given as what JSON has:
    structures by their fields, in their order.
    """
    match value:
        case None | bool() | int() | float() | str():
            return value
        case date():
            return value.isoformat()
        case Mapping():
            return [[str(key), data_of(inner)] for key, inner in value.items()]
        case tuple() if hasattr(value, "_fields"):
            return data_of(value._asdict())
        case list() | tuple() | set() | frozenset():
            return [data_of(inner) for inner in value]
        case msgspec.Struct():
            return data_of(msgspec.structs.asdict(value))
        case _ if is_dataclass(value):
            # Which edition is the latest is known while a page is made, and is on none.
            return {
                field.name: data_of(getattr(value, field.name))
                for field in fields(value)
                if field.name != "latest"
            }
        case _ if hasattr(value, "groups"):
            return [data_of(value.groups), data_of(value.actors)]
    return None  # what draws, and the question: neither is data


def data(response: FrozenResponse) -> str:
    # of the page itself; those of what it includes come after
    given = response.context[0].flatten()
    kept = {name: data_of(value) for name, value in given.items() if name not in CHROME}
    return json.dumps(kept, sort_keys=True)


def test_what_is_frozen_never_changes(visitor: Visitor, known: dict[str, Any]) -> None:
    """Whatever the next ten editions do to it: byte for byte, with the same tag."""
    frozen = addresses(known)
    before, first = take(visitor, frozen), len(visitor.get("/api/v1/editions/").json()["results"])

    in_ten_editions(known)

    assert len(frozen) > 70
    assert len(visitor.get("/api/v1/editions/").json()["results"]) >= first + 10
    for address, now in take(visitor, frozen).items():
        then = before[address]
        assert now.content == then.content, address
        assert now.tag == then.tag, address
        again = visitor.get(now.address, if_none_match=then.tag)
        assert (again.status_code, again.content) == (304, b""), address
    page = before["/issues/canal/?"].content.decode()
    assert "This page is as edition 2 of" in page
    assert "The canal" in page
    assert visitor.get("/issues/canal/").status_code == 308


def test_in_another_dress_it_has_the_same_data(
    visitor: Visitor, known: dict[str, Any], tmp_path: Path
) -> None:
    """A later build words and arranges its pages anew;
    what they are made of stays, also ten editions later.
    """
    frozen = [address for address in addresses(known) if "/?" in address]
    before = {
        address: (response.content, data(response))
        for address, response in take(visitor, frozen).items()
    }
    anew = tmp_path / "site"
    shutil.copytree("tracker/public/templates/site", anew)
    for template in anew.glob("*.html"):
        markup = (
            template.read_text()
            .replace("<h2", '<h2 class="anew"')
            .replace("Tracker</a>", "A tracker of today</a>")
        )
        template.write_text(markup)
    in_ten_editions(known)

    with override_settings(TEMPLATES=[{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]):
        after = take(visitor, frozen)

    for address, (content, given) in before.items():
        assert b"A tracker of today" in after[address].content, address
        assert after[address].content != content, address
        assert data(after[address]) == given, address
        assert len(given) > 500, address
