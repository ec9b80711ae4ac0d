"""What each filter of alignments finds, what it doesn't, and which values it refuses."""

import pytest

from tests.factories import ActorFactory, AlignmentFactory, IssueFactory, SourceFactory
from tests.public.api import cases
from tests.public.api.client import Reader
from tests.public.api.publishing import publish_whole, settle
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db

FINDS: cases.Finds = [
    ("", "joint deferring iranian"),
    ("changed_since=0", "joint deferring iranian"),
    ("changed_since=2000-01-01T00:00:00Z", "joint deferring iranian"),
    ("q=paper&standing=any", "rival"),
    ("id={joint}", "joint"),
    ("id={rival}", "rival"),
    ("ref=alignment-joint", "joint"),
    ("issue=sanctions", "joint deferring"),
    ("under=asia", "joint deferring"),
    ("under=asia,gulf", "joint deferring iranian"),
    ("actor=russia", "joint deferring iranian"),
    ("actor=china", "joint deferring"),
    ("actor=iran", "iranian"),
    ("actor=IRN", "iranian"),
    ("actor=china&counterpart=russia", "joint"),
    ("actor=russia&counterpart=china", "joint deferring"),
    ("actor=china,iran&counterpart=russia", "joint iranian"),
    ("actor=china&counterpart=iran", ""),
    ("counterpart=china", "joint deferring"),
    ("counterpart=russia", "joint iranian"),
    ("pattern=coordinated", "joint"),
    ("pattern=defers,parallel", "deferring iranian"),
    ("pattern=hedges", ""),
    ("basis=inference", "iranian"),
    ("confidence=high", "joint"),
    ("standing=contested", "rival"),
    ("standing=any", "joint deferring iranian rival"),
    ("source={yearbook}", "joint"),
    ("on=2018-06-15", "joint iranian"),
    ("on=2018-06-15&certain=true", "joint"),
    ("on=2017-12-31", "iranian"),
    ("on=2019-06-30", "joint"),
    ("on=2019-12-31&certain=true", "deferring"),
    ("on=2019-12-31&stale=false", "deferring"),
    ("on=2030-01-01&standing=any&stale=true", "rival"),
    ("on=2018-06-15&standing=any&stale=true", ""),
    ("from=2019-07-01", "deferring"),
    ("to=2018-02-28", "iranian"),
    ("from=2018-12-31&to=2019-07-01", "joint deferring iranian"),
    ("from=2020-01-01", ""),
    ("settled=true", "iranian"),
    ("settled=false", "joint deferring"),
    ("on=2018-06-15&settled=true", "iranian"),
    ("on=2019-12-31&with_settled=true", "deferring iranian"),
    ("min_sources=2", "joint"),
    ("max_sources=1", "deferring iranian"),
    ("outlet=academic", "joint"),
    ("has_address=false", "joint"),
    ("has_address=true", "deferring iranian"),
]
REFUSES: cases.Refuses = [
    ("pattern=coordinated,friendly", "invalid"),
    ("confidence=0.9", "invalid"),
    ("standing=all", "invalid"),
    ("min_sources=100", "invalid"),
    ("max_sources=-1", "invalid"),
    ("certain=1&on=2019-01-01", "invalid"),
    ("with_settled=1&on=2019-02-01", "invalid"),
    ("certain=false", "needs"),
    ("stale=false", "needs"),
    ("from=2019-02-01&to=2019-01-31", "conflict"),
    ("with_settled=true", "needs"),
]


@pytest.fixture(scope="module")
def labelled(kept_for_the_module: None) -> cases.Labelled:
    """Three accepted alignments, one of them directed and one on a settled question,
    and a contested one.
    """
    asia = IssueFactory(slug="asia", question="")
    sanctions, gulf = IssueFactory(slug="sanctions", parent=asia), IssueFactory(slug="gulf")
    china, russia, iran = (ActorFactory(slug=slug, iso3=code) for slug, code in CODES.items())
    yearbook = SourceFactory(outlet="academic", url="")
    cited = [{"source": source, "locator": "p. 1"} for source in (yearbook, SourceFactory(url=""))]
    alignments = {
        "joint": AlignmentFactory(
            ref="alignment-joint",
            issue=sanctions,
            actor=china,
            counterpart=russia,
            since="2018-03",
            until="2019-06",
            confidence="high",
            citations=cited,
        ),
        "deferring": AlignmentFactory(
            issue=sanctions,
            actor=russia,
            counterpart=china,
            pattern="defers",
            since="2019-07",
            until="2019-12-31",
        ),
        "iranian": AlignmentFactory(
            issue=gulf,
            actor=iran,
            counterpart=russia,
            pattern="parallel",
            since="",
            until="2018",
            basis="inference",
        ),
        "rival": AlignmentFactory(
            issue=gulf,
            actor=china,
            counterpart=iran,
            standing="contested",
            standing_note="A paper.",
        ),
    }
    settle(gulf, "2017")
    publish_whole(*alignments.values(), gulf)
    return cases.Labelled(Noun.ALIGNMENT, alignments, {"yearbook": yearbook})


CODES = {"china": "CHN", "russia": "RUS", "iran": "IRN"}


class TestFilters(cases.Filters):
    """Pairs either way round, but a directed pattern only in its direction."""

    noun, finds, refuses = Noun.ALIGNMENT, FINDS, REFUSES


def test_the_latest_beginning_comes_first(reader: Reader, labelled: cases.Labelled) -> None:
    assert labelled.labels(reader, "") == ["deferring", "joint", "iranian"]
