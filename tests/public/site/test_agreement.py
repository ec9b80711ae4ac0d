"""How alike actors vote, on pages: a picture by year on a pair's, and a table of all;
over framed votes alone.
"""

import re
from csv import DictReader
from io import StringIO

import pytest

from tests.factories import ActorFactory, VoteFactory
from tests.public.api.publishing import publish_whole
from tests.public.site.conftest import Visitor
from tracker.models import Actor
from tracker.public.site import agreement as pages

pytestmark = pytest.mark.django_db
BODIES = ("Assembly", "Council")


FRAME = {"kinds": ["resolution"], "since": "1971", "until": "2020"}


def votes(years: dict[int, tuple[int, int]], *, days: int = 1, is_framed: bool = True) -> None:
    """Publish votes: of a year so many, and among them so many in which China and Russia differ."""
    frames = [FRAME] if is_framed else []
    body = ActorFactory(slug="assembly", name="Assembly", kind="organization", frames=frames)
    china, russia = (
        ActorFactory(slug="china", name="China"),
        ActorFactory(slug="russia", name="Russia"),
    )
    made = [
        VoteFactory(
            body=body,
            held=f"{year}-10-{n % days + 1:02}",
            tally_yes=9,
            tally_no=9,
            tally_abstain=0,
            ballots=[{"actor": china}, {"actor": russia, "choice": "no" if n < differ else "yes"}],
        )
        for year, (number, differ) in years.items()
        for n in range(number)
    ]
    publish_whole(*made)


def test_a_pair_is_drawn_year_by_year_with_a_gap_where_votes_are_few(visitor: Visitor) -> None:
    votes({1990: (20, 5), 1991: (3, 0), 1992: (20, 10)})

    page = visitor.read("/pairs/china/russia/")

    assert '<h2 id="agreement">How alike they vote</h2>' in page
    assert "Most in 1990 (0.75), least in 1992 (0.50)" in page
    picture = page.partition("Agreement in recorded votes, by year")[2].partition("</svg>")[0]
    assert "http://testserver/pairs/china/russia/?on=" in picture
    assert ">1991: too few, 3 votes compared</title>" in page
    assert len(re.findall('<circle class="agreed"', page)) == 2
    assert 'class="agreed" d="M' in page
    rows = re.findall(
        r'<th scope="row"><bdi>(\d+)</bdi></th><td>(\d+)</td><td><a href="([^"]+)"', page
    )
    assert [(year, number) for year, number, _ in rows] == [
        ("1990", "20"),
        ("1991", "3"),
        ("1992", "20"),
    ]
    assert rows[0][2] == "/pairs/china/russia/1990/"
    assert 'class="interval"' not in page  # all votes of a year are of one day


def test_a_year_has_the_votes_in_which_the_two_differed(visitor: Visitor) -> None:
    votes({1990: (20, 5), 1991: (3, 0), 1993: (25, 0)})

    page = visitor.read("/pairs/china/russia/1990/")
    assert "A vote counts for the year its session opened." in page

    assert "In 20 votes that were not unanimous,\nthey voted differently in 5." in page
    assert "Agreement: 0.75." in page
    assert visitor.text("/pairs/china/russia/1990/").count("China voted yes; Russia voted no.") == 5
    table = visitor.get(visitor.get("/pairs/china/russia/1990.csv").headers["Location"])
    assert b"".join(table).count(b"\r\n") == 1 + 5
    few = visitor.read("/pairs/china/russia/1991/")
    assert "Agreement is measured from 20 votes on." in few
    assert "They differed in no vote of 1991." in few
    assert [f"/pairs/china/russia/{year}/" in few for year in (1990, 1993)] == [True, True]
    assert "No vote of 1992 is here" in visitor.text("/pairs/china/russia/1992/", 404)
    assert (
        visitor.get("/pairs/russia/china/1990/").headers["Location"] == "/pairs/china/russia/1990/"
    )


def test_a_year_and_the_table_of_votes_count_the_same_votes(visitor: Visitor) -> None:
    """Amendments are no part of agreement, and stand in both lists all the same."""
    votes({1990: (20, 5)})
    china, russia = Actor.objects.get(slug="china"), Actor.objects.get(slug="russia")
    ballots = [{"actor": china}, {"actor": russia, "choice": "no"}]
    body = Actor.objects.get(slug="assembly")
    publish_whole(VoteFactory(body=body, held="1990-11-01", kind="amendment", ballots=ballots))

    year, table = (
        visitor.text("/pairs/china/russia/1990/"),
        visitor.text("/votes/?differs=china,russia&year=1990"),
    )

    assert "they voted differently in 5." in year
    assert "6 votes, 1 of them not compared above" in year
    assert year.count("China voted yes; Russia voted no.") == 6
    assert "6 votes of these." in table


def test_a_band_has_the_intervals_where_votes_are_of_many_days(visitor: Visitor) -> None:
    votes({1990: (20, 5), 1991: (20, 10)}, days=20)

    page = visitor.read("/pairs/china/russia/")
    table = visitor.get(
        "/api/v1/agreement.csv?actors=china,russia&by=year&interval=true"
    ).content.decode()
    low, high = (
        [float(row[f"mean_{end}"]) for row in DictReader(StringIO(table))]
        for end in ("low", "high")
    )

    (band,) = re.findall('<path class="interval" d="M(.*?)Z"', page)
    heights = [float(point.split()[1]) for point in band.split("L")]
    zero = heights[0] + 220 * high[0]
    assert [round((zero - y) / 220, 2) for y in heights] == pytest.approx(
        [*high, *reversed(low)], abs=0.01
    )
    assert f"95 % interval: {low[0]:.2f} to {high[0]:.2f}" in visitor.text(
        "/pairs/china/russia/1990/"
    )


def test_several_bodies_are_told_apart_year_by_year(visitor: Visitor) -> None:
    votes({1990: (20, 5), 1991: (3, 0)})
    china, russia = Actor.objects.get(slug="china"), Actor.objects.get(slug="russia")
    assert "Body by body" not in visitor.read("/pairs/china/russia/")
    council = ActorFactory(slug="council", name="Council", kind="organization", frames=[FRAME])
    publish_whole(
        *(
            VoteFactory(
                body=council,
                held="1990-03-01",
                tally_yes=9,
                tally_no=noes,
                tally_abstain=noes,
                ballots=[
                    {"actor": china, "choice": of_china},
                    {"actor": russia, "choice": of_russia},
                ],
            )
            for noes, of_china, of_russia in (
                (2, "yes", "abstain"),
                (2, "no", "no"),
                (2, "yes", "yes"),
                (0, "yes", "yes"),
            )
        )
    )

    rows = (
        visitor.read("/pairs/china/russia/").partition("Body by body")[2].partition("</tbody>")[0]
    )

    assert re.findall("<th.*?</th>", rows)[1:3] == [
        f'<th scope="col"><bdi>{name}</bdi></th>' for name in BODIES
    ]
    assert re.findall(
        r'<th scope="row">(\d+)</th>\s*<td>\s*(.*?)\s*</td>\s*<td>\s*(.*?)\s*</td>', rows
    ) == [
        ("1991", "3 of 3, 0 unanimous", "–"),
        ("1990", "15 of 20, 0 unanimous", "2 of 3, 1 unanimous"),
    ]


def test_without_a_frame_nothing_is_drawn(visitor: Visitor) -> None:
    votes({1990: (20, 5)}, is_framed=False)

    assert "how alike they vote" not in visitor.read("/pairs/china/russia/").lower()
    assert "Of no body all recorded votes are here" in visitor.text("/agreement/")


def test_all_are_set_side_by_side(visitor: Visitor) -> None:
    votes({1990: (40, 10)})

    assert '<a href="/agreement/">how alike they vote</a>' in visitor.read("/")
    page = visitor.read("/agreement/")

    figure = (
        r'<a\s+href="/pairs/china/russia/#agreement"\s+class="shade-3"\s+title="over 40 '
        r'votes"\s*>0.75</a>'
    )
    assert len(re.findall(figure, page)) == 2
    assert "actors=china,russia" in page
    assert "<bdi>Assembly</bdi></a>: resolution" in page


def test_of_many_those_are_set_side_by_side_that_cast_most(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    votes({1990: (3, 0)})
    assembly, albania = (
        Actor.objects.get(slug="assembly"),
        ActorFactory(slug="albania", name="Albania"),
    )
    publish_whole(VoteFactory(body=assembly, held="1990-03-01", ballots=[{"actor": albania}]))
    monkeypatch.setattr(pages, "MOST_ACTORS", 2)

    page = visitor.text("/agreement/")

    assert "The 2 that cast most ballots are shown." in page
    assert "Albania" not in page
