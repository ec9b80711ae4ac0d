"""What pages say is found, on them and in their pictures, and how the matrix is narrowed."""

import csv
import re
from html import unescape
from io import StringIO

import pytest

from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    SourceFactory,
    StanceFactory,
    VoteFactory,
)
from tests.public.api.publishing import publish, publish_whole
from tests.public.site.conftest import Visitor
from tests.public.site.pages import make

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def known(kept_for_the_module: None) -> dict[str, object]:
    """Records about a canal, published as edition 1."""
    known = make()
    publish_whole(*known.values())
    return known


def test_an_actor_is_added_by_its_name_and_one_that_never_was_is_answered_with_one_near(
    visitor, known
):
    publish(ActorFactory(slug="united-states", iso3="USA", name="United States"))
    for typed in ("Iran", "United+States", "united states", "USA"):
        assert 'scope="col"><a href="/actors/' in visitor.read(f"/?actor={typed}"), typed
    assert "Take United States" in visitor.text("/?actor=unitedd states", 400)
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
    for page, finding in (
        (
            "/",
            "China and Russia take the same side on 0 of 1 question, checked June 2019. They "
            "differ on The canal.",
        ),
        (
            "/issues/canal/",
            "Supported by China; opposed by Russia; China and Russia: divergent. Checked "
            "June 2019.",
        ),
        ("/actors/china/", "Support on 1 of 1 position. Checked June 2019."),
        (
            "/pairs/china/russia/",
            "China and Russia take the same side on 0 of 1 question, checked June 2019. They "
            "differ on The canal.",
        ),
    ):
        shown = visitor.read(f"{page}?on=2019-06-15")
        assert f"{finding}</p>" in shown, page
        [described] = re.findall('<meta name="description" content="([^"]+)">', shown)
        assert described.endswith(finding), page
        picture = "/index" if page == "/" else page.rstrip("/")
        assert finding in visitor.text(f"{picture}.svg?on=2019-06-15"), picture


def test_the_page_of_two_says_how_they_relate(visitor: Visitor, known: dict[str, object]) -> None:
    assert "<p>China and Russia diverge on 1 issue.</p>" in visitor.read(
        "/pairs/china/russia/?on=2019-06-15"
    )


def test_what_is_found_counts_what_there_is_no_room_for(visitor, known, monkeypatch):
    monkeypatch.setattr("tracker.public.site.matrix.matrix_of.__defaults__", (0,))
    page = visitor.read("/?on=2019-06-15")
    assert "more issue" in page
    assert "They differ on The canal." in page


def test_a_forecast_is_no_position_of_the_day(visitor: Visitor, known: dict[str, object]) -> None:
    """Neither in what is found, nor where positions stand, nor in what is counted."""
    passage = IssueFactory(slug="passage", title="Passage", question="Should it be free?")
    publish_whole(
        StanceFactory(
            actor=known["china"],
            issue=passage,
            basis="forecast",
            likelihood="likely",
            since="2019-06",
        ),
        StanceFactory(actor=known["russia"], issue=passage, since="2018"),
    )
    text = visitor.text("/issues/passage/?on=2022-03-01")

    none = "No position of China is coded for 1 March 2022, only a forecast."
    # between them, contents of the page
    first, *_, positions = text.split("Who takes which position")
    assert none in first
    assert none in positions
    assert "China was forecast to support, likely (55–80 %)" in text
    assert "No position of Russia" not in text
    assert "They differed on The canal." in visitor.text("/?on=2022-03-01")
    assert "supported by China" not in text


def test_it_is_said_on_how_many_issues_two_differ(
    visitor: Visitor, known: dict[str, object]
) -> None:
    finding = "China and Russia differ on 1 of 1 question, checked June 2019."
    assert finding in visitor.text("/?differ=true&on=2019-06-15")


def test_who_asks_where_two_differ_is_led_to_their_votes(
    visitor: Visitor, known: dict[str, object]
) -> None:
    ballots = [
        {"actor": known["china"], "choice": "no"},
        {"actor": known["russia"], "choice": "yes"},
    ]
    publish_whole(VoteFactory(title="On dredging", ballots=ballots))
    link = 'href="/pairs/china/russia/?on=2019-06-15#differing"'

    assert link in visitor.read("/?differ=true&on=2019-06-15")
    assert link not in visitor.read("/?on=2019-06-15")
    assert (
        "On dredging"
        in visitor.read("/pairs/china/russia/?on=2019-06-15").partition('id="differing"')[2]
    )


def test_the_matrix_tells_each_kind_of_nothing_apart(
    visitor: Visitor, known: dict[str, object]
) -> None:
    """By a word, which the legend explains;
    so is that an issue asks nothing, since no cell is left empty.
    """
    ended = IssueFactory(question="C?", title="C")
    more = [
        StanceFactory(
            actor=known["russia"], issue=IssueFactory(question="A?", title="A"), position="silent"
        ),
        StanceFactory(
            actor=known["russia"],
            issue=IssueFactory(question="B?", title="B"),
            position="no_evidence",
        ),
        StanceFactory(actor=known["russia"], issue=ended, since="2001", until="2002"),
        AlignmentFactory(
            actor=known["china"],
            counterpart=known["russia"],
            issue=IssueFactory(question="", title="D"),
            since="2018",
        ),
        VoteFactory(
            issue=ended, held="1971-05-05", ballots=[{"actor": known["russia"], "choice": "yes"}]
        ),
        VoteFactory(
            issue=IssueFactory(question="E?", slug="e", title="E"),
            held="2019-02-28",
            ballots=[
                {"actor": known["china"], "choice": "absent"},
                {"actor": known["russia"], "choice": "no"},
            ],
        ),
    ]
    publish_whole(*more)

    def words_on(day: str) -> tuple[str, dict[str, list[str]]]:
        page = visitor.read(f"/?on={day}")
        rows = re.findall(r'<tr[^>]*><th scope="row".*?</tr>', page, re.DOTALL)
        return page, {
            re.search(r"<bdi>(.*?)</bdi>", row)[1]: re.findall(r'class="word">([^<]*)', row)
            for row in rows
        }

    page, words = words_on("2019-06-05")

    assert words == {
        "The canal": ["supports", "opposes", "divergent"],
        "A": ["not coded", "silent", "not coded"],
        "B": ["not coded", "nothing found", "not coded"],
        "C": ["not coded", "not on that day", "not coded"],
        "D": ["no question", "no question", "coordinated"],
        "E": ["not coded", "votes only", "not coded"],
    }
    assert 'href="/issues/e/?on=2019-06-05#votes"' in page
    assert 'id="votes"' in visitor.read("/issues/e/?on=2019-06-05")
    assert words_on("2019-02-27")[1]["E"] == ["not coded"] * 3
    assert "<td></td>" not in page
    legend = page.partition('<details class="legend')[2].partition("</details>")[0]
    assert {word for of in words.values() for word in of} <= set(
        re.findall(r'class="word">([^<]*)', legend)
    )


def test_rows_below_an_issue_without_a_row_are_a_part_of_their_own(
    visitor: Visitor, known: dict[str, object]
) -> None:
    """As a part of the matrix that is folded, and under a heading in its picture."""
    straits = IssueFactory(slug="straits", title="The straits", question="", parent=known["sea"])
    passage = IssueFactory(
        slug="passage", title="Passage", question="Should it be free?", parent=straits
    )
    publish(straits, passage)
    shown = visitor.read("/")
    [part] = re.findall('<details class="group part" open>(.*?)</details>', shown, re.DOTALL)

    assert "<h4><bdi>The straits</bdi></h4>" in part
    assert re.findall(r'<th scope="row"[^>]*><a href="([^"]+)"', part) == ["/issues/passage/"]
    assert 'href="/issues/canal/"' in shown
    assert "The straits" in visitor.text("/index.svg")


def test_what_is_narrowed_is_cited_and_drawn_as_it_is_shown(
    visitor: Visitor, known: dict[str, object]
) -> None:
    publish(IssueFactory(slug="moon", title="The moon", question="Should it be mined?"))
    shown = visitor.read("/?under=sea&on=2019-06-15")
    frozen = "?on=2019-06-15&amp;edition=2&amp;under=sea"

    assert f'<a href="http://testserver/{frozen}" rel="bookmark">' in shown
    assert f'<a href="http://testserver/index.svg{frozen}">SVG</a>' in shown
    drawn = visitor.text("/index.svg?on=2019-06-15&edition=2&under=sea")
    assert "The canal" in drawn
    assert "The moon" not in drawn
    assert "The moon" in visitor.text("/index.svg?on=2019-06-15&edition=2")


@pytest.mark.parametrize(
    "query",
    [
        "",
        "under=sea&actor=iran",
        "theme=energy",
        "differ=true",
        "confirmed=2019-12-31",
        "max_sources=1&under=port",
        "outlet=state_media,academic",
    ],
)
@pytest.mark.parametrize("dates", ["on=2020-06-15&edition=2"])
def test_files_are_of_exactly_what_is_shown(
    visitor: Visitor, known: dict[str, object], query: str, dates: str
) -> None:
    """Of the matrix, however it is narrowed, down to nothing:
    its stances by suffix, and its alignments below it.
    """
    port = IssueFactory(
        slug="port", title="The port", question="A port?", themes=["trade"], region="arctic"
    )
    claims = {"issue": port, "since": "2019", "until": ""}
    publish_whole(
        port,
        StanceFactory(
            actor=known["china"],
            confirmed_on="2020-01-01",
            citations=[{"source": SourceFactory(outlet="state_media"), "locator": "p. 3"}],
            **claims,
        ),
        StanceFactory(actor=known["iran"], **claims),
        AlignmentFactory(
            actor=known["china"], counterpart=known["russia"], confirmed_on="2020-01-01", **claims
        ),
    )
    asked = f"?{dates}&{query}" if query else f"?{dates}"
    page = visitor.read(f"/{asked}")
    matrix = " ".join(re.findall(r"<tbody>.*?</tbody>", page, re.DOTALL))
    files = {
        "stances": re.findall(r'href="(/index.csv[^"]*)"', page),
        "alignments": re.findall(r'href="(/api/v1/alignments.csv[^"]*)"', page),
    }
    shown = {plural: set(re.findall(rf'href="/{plural}/(\d+)/', matrix)) for plural in files}

    def ids(address: str) -> set[str]:
        response = visitor.get(address)
        table = (
            response if response.status_code == 200 else visitor.get(response.headers["Location"])
        )
        assert ("edition=2" in dates) == (
            "edition=2" in f"{response.headers.get('Location', '')}{address}"
        )
        return {row["id"] for row in csv.DictReader(StringIO(table.getvalue().decode("utf-8-sig")))}

    assert {plural: len(of) for plural, of in files.items()} == {
        plural: bool(of) for plural, of in shown.items()
    }
    assert {plural: ids(unescape(link)) for plural, of in files.items() for link in of} == {
        plural: of for plural, of in shown.items() if of
    }
    if query == "theme=energy":
        assert not shown["stances"]
        assert "Nothing is shown on this page, so there is no .json of it" in visitor.text(
            f"/index.json{asked}", 404
        )
    else:
        answer = visitor.get(visitor.get(f"/index.json{asked}").headers["Location"]).json()
        assert {str(record["id"]) for record in answer["results"]} == shown["stances"] != set()


def test_what_is_searched_for_or_has_changed_can_be_fetched(
    visitor: Visitor, known: dict[str, object]
) -> None:
    """The stances that are found, and the changes after an edition,
    of what they are narrowed to.
    """
    publish(IssueFactory(slug="moon", title="The moon", question="Should it be mined?"))
    moved = {
        "/search.json?q=canal%26x": "/api/v1/stances/?standing=any&q=canal%26x",
        "/search.csv?q=canal&edition=1": "/api/v1/stances.csv?standing=any&q=canal&edition=1",
        "/search.csv": "/api/v1/stances.csv?standing=any",
        "/since/1.json": "/api/v1/changes/?after=1",
        "/since/1.json?under=moon&edition=2": "/api/v1/changes/?after=1&under=moon&edition=2",
        "/since/1.atom?actor=china,russia": "/api/v1/changes.atom?after=1&actor=china,russia",
    }

    assert {address: visitor.get(address).headers["Location"] for address in moved} == moved
    assert {visitor.get(address).status_code for address in moved.values()} == {200}
    changes = visitor.get(moved["/since/1.json?under=moon&edition=2"]).json()["results"]
    assert [change["key"] for change in changes] == ["moon"]
