"""What each filter of stances finds, what it doesn't, and which values it refuses."""

import pytest

from tests.factories import ActorFactory, IssueFactory, SourceFactory, StanceFactory
from tests.public.api import cases
from tests.public.api.client import Reader
from tests.public.api.publishing import edit, publish, publish_whole, settle
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db

FINDS: cases.Finds = [
    ("", "eases vetoes silent abroad"),
    ("changed_since=0", "eases vetoes silent abroad"),
    ("changed_since=2000-01-01T00:00:00Z", "eases vetoes silent abroad"),
    ("q=paper&standing=any", "rival"),
    ("id={eases}", "eases"),
    ("id={eases},{rival}", "eases rival"),
    ("id={rival}", "rival"),
    ("id={rival}&standing=accepted", ""),
    ("ref=stance-eases", "eases"),
    ("issue=sanctions", "eases vetoes"),
    ("issue=sanctions&issue=korea", "eases vetoes silent"),
    ("issue=asia", ""),
    ("issue=embargo", "eases vetoes"),
    ("under=asia", "eases vetoes silent"),
    ("under=korea,africa", "eases vetoes silent abroad"),
    ("under=sanctions", "eases vetoes"),
    ("under=africa", "abroad"),
    ("actor=china", "eases abroad"),
    ("actor=CHN", "eases abroad"),
    ("actor=middle-kingdom", "eases abroad"),
    ("actor=CHN,un", "eases abroad silent"),
    ("actor_kind=organization", "silent"),
    ("actor_kind=organization&actor_kind=state", "eases vetoes silent abroad"),
    ("actor_kind=person", ""),
    ("position=supports", "eases"),
    ("position=supports,silent", "eases silent"),
    ("position=no_evidence", ""),
    ("min_score=0", "eases abroad"),
    ("max_score=0", "vetoes abroad"),
    ("min_score=-1&max_score=0", "abroad"),
    ("basis=action", "vetoes"),
    ("basis=statement,inference", "eases silent abroad"),
    ("confidence=high", "eases"),
    ("confidence=low,high", "eases silent"),
    ("instrument=economic", "vetoes"),
    ("instrument=diplomatic,legal", "eases"),
    ("defers_to=china", "vetoes"),
    ("defers_to=russia", ""),
    ("hedged=true", "vetoes"),
    ("hedged=false", "eases silent abroad"),
    ("standing=contested", "rival"),
    ("standing=any", "eases vetoes silent abroad rival"),
    ("standing=accepted,contested", "eases vetoes silent abroad rival"),
    ("source={yearbook}", "eases"),
    ("source={newspaper}", "vetoes"),
    ("on=2018-06-15", "eases silent"),
    ("on=2018-06-15&certain=false", "eases silent"),
    ("on=2018-06-15&certain=true", ""),
    ("on=2018-06-30&certain=true", "eases"),
    ("on=2019-01-31&certain=true", "eases"),
    ("on=2019-02-01", "eases silent"),
    ("on=2019-02-01&certain=true", ""),
    ("on=2019-03-01", "vetoes silent"),
    ("on=2019-06-03&certain=true", "vetoes"),
    ("on=2019-06-04&certain=true", ""),
    ("on=2030-01-01", "vetoes silent"),
    ("on=1900-01-01", "silent"),
    ("on=2018-06-15&stale=false", "eases silent"),
    ("on=2020-06-02&stale=true", ""),
    ("on=2020-06-03&stale=true", "vetoes silent"),
    ("on=2020-06-03&stale=false", ""),
    ("on=2018-06-15&under=asia&stale=true", ""),
    ("on=2020-06-03&q=paper&standing=any&stale=true", "rival"),
    ("actor=CHN&under=asia&on=2018-12-24", "eases"),
    ("from=2019-02-02", "vetoes silent"),
    ("from=2019-06-04&to=2030-01-01", "vetoes silent"),
    ("to=1900-01-01", "silent"),
    ("from=2018-06-15&to=2018-06-15", "eases silent"),
    ("from=2019-01-01&to=2019-03-01", "eases vetoes silent"),
    ("settled=true", "abroad"),
    ("settled=false", "eases vetoes silent"),
    ("settled=false&standing=any", "eases vetoes silent rival"),
    ("on=2017-06-30&settled=true", ""),
    ("on=2017-12-31&settled=true", "abroad"),
    ("on=2018-06-15&with_settled=true", "eases silent abroad"),
    ("on=2018-06-15&with_settled=false", "eases silent"),
    ("on=2018-06-15&with_settled=true&certain=true", "abroad"),
    ("min_sources=1", "eases vetoes silent abroad"),
    ("min_sources=2", "eases"),
    ("min_sources=3", ""),
    ("max_sources=1", "vetoes silent abroad"),
    ("max_sources=0", ""),
    ("max_sources=2&min_sources=2", "eases"),
    ("outlet=academic", "eases"),
    ("outlet=academic,official", "eases vetoes"),
    ("has_address=true", "eases silent abroad"),
    ("has_address=false", "vetoes"),
]
REFUSES: cases.Refuses = [
    ("position=2", "invalid"),
    ("basis=Statement", "invalid"),
    ("min_score=3", "invalid"),
    ("max_score=-3", "invalid"),
    ("min_sources=-1", "invalid"),
    ("max_sources=100", "invalid"),
    ("certain=maybe&on=2019-02-01", "invalid"),
    ("stale=old&on=2019-02-01", "invalid"),
    ("with_settled=1&on=2019-02-01", "invalid"),
    ("actor=chn", "unknown"),
    ("actor=USA", "unknown"),
    ("certain=true", "needs"),
    ("stale=true", "needs"),
    ("from=2019-02-01&to=2019-01-31", "conflict"),
    ("min_score=2&max_score=-1", "conflict"),
    ("with_settled=true", "needs"),
]


@pytest.fixture(scope="module")
def labelled(kept_for_the_module: None) -> cases.Labelled:
    """Five stances on issues of a small tree, of which one was settled,
    and the sources that two of them cite.
    """
    asia = IssueFactory(slug="asia", question="")
    korea = IssueFactory(slug="korea", parent=asia)
    sanctions = IssueFactory(slug="embargo", parent=korea)
    africa = IssueFactory(slug="africa")
    china = ActorFactory(slug="middle-kingdom", iso3="CHN")
    russia, un = ActorFactory(slug="russia"), ActorFactory(slug="un", kind="organization")
    yearbook, newspaper = SourceFactory(outlet="academic"), SourceFactory(outlet="official", url="")
    stances = {
        "eases": StanceFactory(
            ref="stance-eases",
            actor=china,
            issue=sanctions,
            position="supports",
            since="2018-06",
            until="2019-01-31~",
            confidence="high",
            instruments=["diplomatic"],
            citations=[
                {"source": source, "locator": "p. 1"} for source in (yearbook, SourceFactory())
            ],
        ),
        "vetoes": StanceFactory(
            actor=russia,
            issue=sanctions,
            position="strongly_opposes",
            since="2019-03-01",
            until="",
            basis="action",
            hedged=True,
            defers_to=china,
            instruments=["economic"],
            citations=[{"source": newspaper, "quote": "No."}],
        ),
        "silent": StanceFactory(
            actor=un, issue=korea, position="silent", since="", basis="inference", confidence="low"
        ),
        "abroad": StanceFactory(
            actor=china, issue=africa, position="neutral", since="2017", until="2017"
        ),
        "rival": StanceFactory(
            actor=china,
            issue=africa,
            position="opposes",
            since="2018",
            standing="contested",
            standing_note="A paper.",
        ),
    }
    settle(africa, "2017-06-30")
    edit(stances["eases"], until="[2019-01-31..2019-02-01]")
    publish_whole(*stances.values(), africa)
    publish(edit(china, slug="china"), edit(sanctions, slug="sanctions"))
    return cases.Labelled(Noun.STANCE, stances, {"yearbook": yearbook, "newspaper": newspaper})


class TestFilters(cases.Filters):
    noun, finds, refuses = Noun.STANCE, FINDS, REFUSES


def test_the_latest_beginning_comes_first(reader: Reader, labelled: cases.Labelled) -> None:
    assert labelled.labels(reader, "") == ["vetoes", "eases", "abroad", "silent"]


def test_the_four_kinds_of_nothing_stay_apart(reader: Reader) -> None:
    """Neutral has a score of 0, silent and no_evidence have none,
    and what is not coded is not there.
    """
    issue = IssueFactory(slug="matter")
    for position in ("neutral", "silent"):
        publish_whole(StanceFactory(issue=issue, position=position))
    publish_whole(StanceFactory(issue=issue, position="no_evidence", citations=[]))
    publish(ActorFactory(slug="nobody"))

    scores = {
        stance["position"]: stance["score"]
        for stance in reader.read("stances/?issue=matter")["results"]
    }

    assert scores == {"neutral": 0, "silent": None, "no_evidence": None}
    assert len(reader.ids("stances/?issue=matter&min_score=-2")) == 1
    assert reader.ids("stances/?actor=nobody") == []
