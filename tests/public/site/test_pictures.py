"""The pictures of pages: as files, within pages, and as cards to pass on;
of what is published only.
"""

import re
from base64 import b64encode
from hashlib import sha256
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import ActFactory, MeetingFactory, StanceFactory, VoteFactory
from tests.public.api.publishing import edit, publish, publish_whole
from tests.public.site.conftest import Visitor
from tests.public.site.pages import make
from tests.public.site.test_pages import CANARY, HOSTILE
from tracker.public.cards.pictures import files
from tracker.public.cards.pictures.plate import style

pytestmark = pytest.mark.django_db
PICTURES = ("/index", "/issues/canal", "/issues/sea", "/actors/china", "/pairs/china/russia")
FROZEN = "?on=2019-06-15&edition=1"


@pytest.fixture(scope="module")
def known(kept_for_the_module: None) -> dict[str, object]:
    """Records about a canal, published as edition 1."""
    known = make(3)
    publish_whole(*known.values())
    return known


@pytest.mark.parametrize("page", PICTURES)
def test_a_picture_is_a_file_that_may_have_its_own_style_and_nothing_else(visitor, known, page):
    response = visitor.get(f"{page}.svg{FROZEN}")
    text = "".join(ElementTree.fromstring(response.content).itertext())

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert "immutable" in response.headers["Cache-Control"]
    allowed = b64encode(sha256(style().encode()).digest()).decode()
    assert (
        f"default-src 'none'; style-src 'sha256-{allowed}';"
        in response.headers["Content-Security-Policy"]
    )
    assert f"<style>{style()}</style>" in response.content.decode()
    for line in (
        "15 June 2019",
        "edition 1 of",
        f"http://testserver{page.replace('/index', '')}/{FROZEN}",
        "CC-BY-4.0",
    ):
        assert line in text, line
    assert visitor.get(f"{page}.svg{FROZEN}").content == response.content
    tag = {"If-None-Match": response.headers["ETag"]}
    assert visitor.get(f"{page}.svg{FROZEN}", **tag).status_code == 304


@pytest.mark.parametrize("page", PICTURES[1:])
def test_a_picture_asks_for_nothing_that_is_not_in_it(
    visitor: Visitor, known: dict[str, object], page: str
) -> None:
    with CaptureQueriesContext(connection) as queries:
        visitor.get(f"{page}.svg?on=2019-06-14")

    asked = " ".join(query["sql"] for query in queries)
    assert '"tracker_stancedocument" d' in asked
    assert '"tracker_sourcedocument" d' not in asked


@pytest.mark.parametrize("page", PICTURES[1:])
def test_a_timeline_is_drawn_for_telephones_too(
    visitor: Visitor, known: dict[str, object], page: str
) -> None:
    """As a file that its page shows instead; of the matrix there is none, as its table fits."""
    response = visitor.get(f"{page}.narrow{FROZEN}")
    root = ElementTree.fromstring(response.content)

    assert response.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert "immutable" in response.headers["Cache-Control"]
    assert root.attrib["width"] == "390"
    assert f'src="{page}.narrow{FROZEN.replace("&", "&amp;")}"' in visitor.read(f"{page}/{FROZEN}")
    assert visitor.get("/index.narrow").status_code == 404


@pytest.mark.parametrize("page", PICTURES)
def test_a_picture_is_a_png_too(visitor: Visitor, known: dict[str, object], page: str) -> None:
    response = visitor.get(f"{page}.png{FROZEN}")
    assert response.headers["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")


@pytest.mark.parametrize("page", [*PICTURES, "/about", "/editions/1"])
def test_every_page_has_a_card_to_pass_on(
    visitor: Visitor, known: dict[str, object], page: str
) -> None:
    shown = visitor.read(f"{page.replace('/index', '')}/")
    [card] = re.findall(r'<meta property="og:image" content="http://testserver([^"]+)">', shown)
    response = visitor.get(card)

    assert card == f"{page}.card"
    assert int.from_bytes(response.content[16:20]) == 1200
    assert int.from_bytes(response.content[20:24]) == 630


@pytest.fixture
def shared(visitor, monkeypatch):
    """Return a function that returns the words of the card of a page."""
    drawn = []
    monkeypatch.setattr(
        "tracker.public.site.page.run", lambda _, picture: drawn.append(picture) or b""
    )

    def words(address: str) -> str:
        found = re.findall(
            r'<meta property="og:image" content="http://testserver([^"]+)">',
            visitor.read(f"{address}/"),
        )
        assert found == [f"{address}.card"]
        visitor.get(found[0])
        return " ".join(" ".join(ElementTree.fromstring(drawn[-1].alone).itertext()).split())

    return words


def test_the_card_of_a_claim_quotes_its_summary_and_says_on_how_many_sources_it_rests(
    shared, known
):
    text = shared(f"/stances/{known['stance'].pk}")
    assert "China on “The canal”" in text
    assert "supported" in text
    assert f"In June 2019, not confirmed since: {known['stance'].summary}" in text
    assert "1 source" in text
    assert "has supported" not in text


def test_the_card_of_a_meeting_an_act_or_a_vote_quotes_its_summary_or_says_its_sentence(
    shared, known
):
    whole = [
        factory(summary="They agreed.") for factory in (MeetingFactory, ActFactory, VoteFactory)
    ]
    bare = MeetingFactory(title="A summit", summary="")
    publish_whole(*whole, bare)
    for record, plural in zip(whole, ("meetings", "acts", "votes"), strict=True):
        assert "They agreed." in shared(f"/{plural}/{record.pk}")
    assert "“A summit”" in shared(f"/meetings/{bare.pk}")


def test_a_page_without_a_picture_says_so(visitor: Visitor, known: dict[str, object]) -> None:
    assert "has no .svg" in visitor.text("/about.svg", 404)


def test_where_there_is_no_renderer_there_is_no_png_and_nothing_else_changes(
    visitor, known, monkeypatch
):
    for place in ("tracker.public.cards.pictures.files", "tracker.public.site.page"):
        monkeypatch.setattr(f"{place}.is_available", lambda: False)
    shown = visitor.read("/issues/canal/")

    assert visitor.get("/issues/canal.svg").status_code == 200
    assert (
        visitor.get("/issues/canal.png").status_code
        == visitor.get("/issues/canal.card").status_code
        == 404
    )
    assert not re.search(r"og:image|\.png|\.card", shown)
    assert files.is_available() is False


@pytest.mark.parametrize("page", PICTURES[1:])
def test_a_page_shows_its_timeline_and_the_same_as_a_table(visitor, known, page):
    shown = visitor.read(f"{page}/?on=2019-06-15")
    [svg] = re.findall(r"<svg.*?</svg>", shown, re.DOTALL)
    bars = re.findall(r'<a class="bar [^"]*" href="([^"]+)"><title>([^<]+)</title>', svg)
    [table] = re.findall(r'<table class="marks">.*?</table>', shown, re.DOTALL)
    marks = [
        (href, f"{text}, {when}")
        for when, href, text in re.findall(
            r'<td>([^<]*)</td><td><a href="([^"]+)"><bdi>([^<]+)</bdi></a></td>', table
        )
    ]

    assert len(bars) > 1
    assert set(bars) <= set(marks)
    assert "<style" not in svg
    assert "pictures.css" in shown or "pictures." in shown
    assert f'src="http://testserver{page}.svg?on=2019-06-15&amp;edition=1"' in shown.replace(
        "&quot;", '"'
    )


def test_no_draft_is_in_any_picture(visitor: Visitor, known: dict[str, object]) -> None:
    edit(known["canal"], title=CANARY)
    edit(known["china"], name=CANARY)
    StanceFactory(
        actor=known["china"], issue=known["canal"], since="1990", until="1991", summary=CANARY
    )
    before = len(visitor.read("/issues/canal.svg"))

    for page in PICTURES:
        assert CANARY not in visitor.read(f"{page}.svg")
    assert before == len(visitor.read("/issues/canal.svg"))


def test_a_frozen_picture_outlives_renames(visitor: Visitor, known: dict[str, object]) -> None:
    frozen = {page: visitor.read(f"{page}.svg{FROZEN}") for page in PICTURES}
    edit(known["china"], name="The Middle Kingdom")
    edit(known["canal"], title="The other canal")
    publish(known["china"], known["canal"])

    assert {page: visitor.read(f"{page}.svg{FROZEN}") for page in PICTURES} == frozen
    assert "The Middle Kingdom" in visitor.read("/issues/canal.svg")


def test_what_is_in_a_record_is_text_in_pictures(
    visitor: Visitor, known: dict[str, object]
) -> None:
    edit(known["china"], name=HOSTILE[:150])
    edit(known["canal"], title=HOSTILE[:150])
    publish(known["china"], known["canal"])

    for page in PICTURES:
        root = ElementTree.fromstring(visitor.get(f"{page}.svg").content)
        assert not [element for element in root.iter() if element.tag.endswith("script")]


def test_editions_that_changed_what_is_shown_are_marked(
    visitor: Visitor, known: dict[str, object]
) -> None:
    edit(known["canal"], summary="It is being dug.")
    publish(known["canal"])
    edit(known["iran"], summary="It has no canal.")
    publish(known["iran"])
    ticks = re.findall(r"<title>Edition (\d+),", visitor.read("/issues/canal.svg"))

    assert ticks in (["2"], ["1"])  # both are of today, and so at the same place
    assert 'href="/editions/3/"' not in visitor.read("/issues/canal.svg")
    assert 'href="/editions/3/"' not in visitor.read("/actors/china.svg")
