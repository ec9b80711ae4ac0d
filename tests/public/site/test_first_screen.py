"""The first screen: a sentence of the day, how alike two vote, what is newest,
and the matrix by what differs.
"""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ActFactory,
    ActorFactory,
    IssueFactory,
    MeetingFactory,
    StanceFactory,
    VoteFactory,
)
from tests.public.api.publishing import edit, publish, publish_whole
from tests.public.site.conftest import Visitor, forget
from tests.public.site.test_agreement import votes
from tests.public.site.test_pages import CANARY
from tracker.models import Actor
from tracker.public.site import matrix

pytestmark = pytest.mark.django_db
ON = "?on=2019-06-15"
YEARS = {2015: (20, 5), 2016: (20, 10), 2017: (20, 15)}


@pytest.fixture
def two() -> tuple[ActorFactory, ActorFactory]:
    return ActorFactory(slug="china", name="China"), ActorFactory(slug="russia", name="Russia")


def newest(page: str) -> list[str]:
    part = page.partition('id="newest"')[2].partition("</ol>")[0]
    return re.findall(r"<bdi>([^<]*)</bdi></a>", part)


def groups(page: str) -> list[tuple[str, str, list[str]]]:
    """Return of each group of the matrix its summary, whether it is open, and its rows."""
    found = re.findall(
        r'<details class="group"( open)?>\s*<summary>(.*?)</summary>(.*?)(?=<details|</section>)',
        page,
        re.S,
    )
    return [
        (
            " ".join(re.sub("<[^>]+>", " ", says).split()),
            is_open.strip(),
            re.findall(r'scope="row".*?<bdi>([^<]*)', rest),
        )
        for is_open, says, rest in found
    ]


def hold(
    two: tuple, title: str, *positions: str, confirmed: str = "2019-06-01", **of: object
) -> IssueFactory:
    issue = IssueFactory(title=title, question="Yes?", **of)
    claims = [
        StanceFactory(
            actor=actor, issue=issue, position=position, since="2018", confirmed_on=confirmed
        )
        for actor, position in zip(two, positions, strict=False)
    ]
    publish_whole(*claims)
    return issue


def test_the_sentence_is_of_what_is_fresh_else_of_what_was_last_confirmed(
    visitor: Visitor, two
) -> None:
    hold(two, "Old", "supports", "supports", confirmed="2018-02-01")
    [says] = re.findall('<p class="finding">(.*?)</p>', visitor.read(f"/{ON}"))
    assert says == (
        "When last checked (February 2018), China and Russia took the same side on 1 of 1 question."
    )
    hold(two, "U.S. Bases", "supports", "opposes")
    [says] = re.findall('<p class="finding">(.*?)</p>', visitor.read(f"/{ON}"))
    assert says.startswith("China and Russia take the same side on 0 of 1 question, checked ")
    assert says.endswith(" They differ on U.S. Bases.")


def test_how_alike_two_vote_is_drawn_as_of_the_day(visitor: Visitor) -> None:
    votes(YEARS)

    page = visitor.read(f"/{ON}&edition=1")

    assert page.count("<svg") == 2
    assert re.findall(r"(\d+)\u202f% in (\d+)", page.partition("<desc")[2])[:2] == [
        ("75", "2015"),
        ("25", "2017"),
    ]
    assert 'href="/pairs/china/russia/?on=2019-06-15&amp;edition=1#agreement"' in page
    assert "in 2016." in visitor.read("/?on=2017-06-15").partition("<desc")[2]
    assert "<svg" not in visitor.read("/?on=2015-06-15")
    assert "<svg" not in visitor.read(f"/{ON}&differ=true")  # who narrows wants the matrix
    forget()
    assert visitor.read(f"/{ON}&edition=1") == page


def test_unanimous_votes_count_where_both_cast(visitor: Visitor) -> None:
    votes({2016: (20, 20), 2017: (20, 20)})
    china, russia, assembly = (
        Actor.objects.get(slug=slug) for slug in ("china", "russia", "assembly")
    )
    alike = {
        "tally_yes": 9,
        "tally_no": 0,
        "tally_abstain": 0,
        "ballots": [{"actor": china}, {"actor": russia}],
    }
    publish_whole(*(
        VoteFactory(body=assembly, held=f"{year}-05-{day:02}", **alike)
        for year in (2016, 2017) for day in range(1, 21)
    ))  # fmt: skip
    assert "50\u202f% in 2016" in visitor.read(f"/{ON}")


def test_news_are_facts_of_the_two_up_to_the_day(visitor: Visitor, two) -> None:
    both = [{"actor": actor} for actor in two]
    hold(two, "The canal", "supports", "opposes")
    publish_whole(
        ActFactory(title="A patrol", since="2019-05-01", participants=both),
        ActFactory(title="A plan", status="planned", since="2019-05-02", participants=both),
        ActFactory(
            title="Of others", since="2019-05-03", participants=[both[0], {"actor": ActorFactory()}]
        ),
        MeetingFactory(title="A summit", since="2019-06-05", until="", participants=both),
        MeetingFactory(title="Later", since="2019-06-16", until="", participants=both),
    )

    page = visitor.read(f"/{ON}")

    assert newest(page) == ["A summit", "A patrol", "The canal"]
    assert "Newest entry: 5 June 2019</p>" in page
    assert "summit on 5 June 2019" in page
    assert '<a href="#lately">what is new</a>' in page
    assert newest(visitor.read("/?on=2019-06-16"))[0] == "Later"
    before = visitor.read("/?on=2019-05-31")
    assert newest(before) == ["A patrol", "The canal"]
    assert "Newest entry: 1 May 2019</p>" in before


def test_without_acts_and_meetings_there_are_positions_and_of_nothing_there_is_no_news(
    visitor: Visitor, two
) -> None:
    assert 'id="newest"' not in visitor.read("/")
    publish(*two)
    page = visitor.read(f"/{ON}")
    assert 'id="newest"' not in page
    assert '<a href="#lately">what is new</a>' in page
    for number in range(4):
        issue = IssueFactory(title=f"Issue {number}", question="Yes?")
        publish_whole(StanceFactory(actor=two[0], issue=issue, since=f"2019-0{number + 1}"))
    assert newest(visitor.read(f"/{ON}")) == ["Issue 3", "Issue 2", "Issue 1"]


def test_nothing_unpublished_is_news(visitor: Visitor, two) -> None:
    both = [{"actor": actor} for actor in two]
    act = ActFactory(title="A patrol", since="2019-05-01", participants=both)
    publish_whole(act)
    edit(act, title=CANARY)
    ActFactory(title=CANARY, since="2019-05-02", participants=both)
    MeetingFactory(title=CANARY, since="2019-05-02", until="", participants=both)
    StanceFactory(actor=two[0], issue=IssueFactory(title=CANARY), since="2019-05-03")

    assert newest(visitor.read(f"/{ON}")) == ["A patrol"]
    assert CANARY not in visitor.read(f"/{ON}")


def test_rows_that_are_fresh_and_differ_come_first_and_groups_are_folded_with_their_counts(
    visitor: Visitor, two
) -> None:
    korea = IssueFactory(title="Korea", question="")
    hold(two, "Fresh and alike", "supports", "strongly_supports", parent=korea)
    hold(two, "Old and apart", "supports", "opposes", confirmed="2017-06-01", parent=korea)
    hold(two, "Fresh and apart", "supports", "opposes", parent=korea)
    publish(IssueFactory(title="Asia", question="Yes?"))

    page = visitor.read(f"/{ON}")

    assert groups(page) == [
        ("Where they differ now 1 question", "open", ["Fresh and apart"]),
        (
            "Korea 2 questions, 1 checked in the past year, different sides on 1 when last checked",
            "",
            ["Fresh and alike", "Old and apart"],
        ),
        ("Asia 1 question", "", ["Asia"]),
    ]
    assert len(re.findall('<tr class="differs">', page)) == 2
    assert [is_open for _, is_open, _ in groups(visitor.read(f"/{ON}&under={korea.slug}"))] == [
        "open",
        "open",
    ]
    assert "Where they differ now" in visitor.read(f"/index.svg{ON}")


@pytest.mark.parametrize("many", [1, 20])
def test_it_takes_the_same_statements_however_much_happened(
    visitor: Visitor, two, many: int
) -> None:
    both = [{"actor": actor} for actor in two]
    publish_whole(*(ActFactory(participants=both, since="2019-05-01") for _ in range(many)))
    publish_whole(
        *(MeetingFactory(participants=both, since="2019-05-01", until="") for _ in range(many))
    )
    publish_whole(
        *(StanceFactory(actor=two[0], issue=IssueFactory(question="Yes?")) for _ in range(many))
    )
    forget()
    with CaptureQueriesContext(connection) as queries:
        page = visitor.read(f"/{ON}")
    with CaptureQueriesContext(connection) as again:
        visitor.read("/?on=2019-06-14")

    assert len(newest(page)) == 3
    assert (len(queries), len(again)) == (19, 10)


def test_a_matrix_of_more_claims_than_are_read_says_so(visitor: Visitor, two, monkeypatch) -> None:
    """And tells neither of all questions what holds of some,
    nor of a cell that there is nothing.
    """
    for title in ("First", "Second", "Third"):
        hold(two, title, "supports", "supports")
    assert "claims that began last" not in visitor.read(f"/{ON}")
    monkeypatch.setattr(matrix, "CLAIMS", 5)

    page = visitor.read("/?on=2019-06-16")
    assert "Only the 5 claims that began last are shown here. There are more" in " ".join(
        page.split()
    )
    assert "same side" not in page
    assert "no position recorded" not in page.partition('id="matrix"')[2].partition("</section>")[0]
