"""What pages say is found, on them and in their pictures, and how the matrix is narrowed."""

import re

import pytest

from tests.api.publishing import publish, publish_whole
from tests.factories import ActorFactory, IssueFactory
from tests.site.conftest import Visitor
from tests.site.test_pages import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def known() -> dict[str, object]:
    """Records about a canal, published as edition 1."""
    known = make()
    publish_whole(*known.values())
    return known


def test_an_actor_is_added_by_its_name_and_one_that_never_was_is_answered_with_one_near(
    visitor: Visitor, known: dict[str, object]
) -> None:
    """Nobody knows a key; a code stays as it is."""
    publish(ActorFactory(slug="united-states", iso3="USA", name="United States"))
    for typed in ("Iran", "United+States", "united states", "USA"):
        assert 'scope="col"><a href="/actors/' in visitor.read(f"/?actor={typed}"), typed
    assert "Take united-states" in visitor.text("/?actor=unitedd states", 400)
    assert "Leave it out" in visitor.text("/?actor=Ruritania", 400)


def test_the_matrix_is_narrowed_to_a_part(visitor: Visitor, known: dict[str, object]) -> None:
    other = IssueFactory(slug="moon", title="The moon", question="Should it be mined?")
    publish(other)
    form = visitor.read("/?under=sea").partition(">What changed lately<")[0]

    assert '<option value="sea" selected>The sea</option>' in form
    assert '<option value="moon">The moon</option>' in form
    assert 'href="/issues/canal/"' in form
    assert 'href="/issues/moon/"' not in form


def test_pages_say_what_is_found(visitor: Visitor, known: dict[str, object]) -> None:
    """Of the first page, an issue, an actor and a pair; the same as in their pictures."""
    for page, said in (
        (
            "/",
            "China and Russia take the same side on 0 of 1 questions, and not on The canal; they diverge on 1 issue.",
        ),
        ("/issues/canal/", "Supported by China; opposed by Russia; China and Russia: divergent."),
        ("/actors/china/", "Support on 1 of 1 positions."),
        (
            "/pairs/china/russia/",
            "take the same side on 0 of 1 questions, and not on The canal; they diverge on 1 issue.",
        ),
    ):
        shown = visitor.read(f"{page}?on=2019-06-15")
        assert f"{said}</p>" in shown, page
        [described] = re.findall('<meta name="description" content="([^"]+)">', shown)
        assert described.endswith(said), page
        picture = "/index" if page == "/" else page.rstrip("/")
        assert said in visitor.text(f"{picture}.svg?on=2019-06-15"), picture


def test_rows_below_an_issue_without_a_row_are_a_part_of_their_own(visitor: Visitor, known: dict[str, object]) -> None:
    """As a part of the matrix that is folded, and under a heading in its picture."""
    straits = IssueFactory(slug="straits", title="The straits", question="", parent=known["sea"])
    passage = IssueFactory(slug="passage", title="Passage", question="Should it be free?", parent=straits)
    publish(straits, passage)
    shown = visitor.read("/")
    [part] = re.findall('<details class="group part" open>(.*?)</details>', shown, re.DOTALL)

    assert "<h4><bdi>The straits</bdi></h4>" in part
    assert re.findall(r'<th scope="row"[^>]*><a href="([^"]+)"', part) == ["/issues/passage/"]
    assert 'href="/issues/canal/"' in shown
    assert "The straits" in visitor.text("/index.svg")


def test_what_is_narrowed_is_cited_and_drawn_as_it_is_shown(visitor: Visitor, known: dict[str, object]) -> None:
    publish(IssueFactory(slug="moon", title="The moon", question="Should it be mined?"))
    shown = visitor.read("/?under=sea&on=2019-06-15")
    frozen = "?on=2019-06-15&amp;edition=2&amp;under=sea"

    assert f'<a href="http://testserver/{frozen}" rel="bookmark">' in shown
    assert f'<a href="http://testserver/index.svg{frozen}">SVG</a>' in shown
    drawn = visitor.text("/index.svg?on=2019-06-15&edition=2&under=sea")
    assert "The canal" in drawn
    assert "The moon" not in drawn
    assert "The moon" in visitor.text("/index.svg?on=2019-06-15&edition=2")
