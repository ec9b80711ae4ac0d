"""What each filter of acts finds, what it doesn't, and which values it refuses."""

import pytest

from tests.factories import ActFactory, ActorFactory, IssueFactory
from tests.public.api import cases
from tests.public.api.client import Reader
from tests.public.api.publishing import publish_whole
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db

FINDS: cases.Finds = [
    ("", "treaty drill patrol"),
    ("changed_since=0", "treaty drill patrol"),
    ("changed_since=2000-01-01T00:00:00Z", "treaty drill patrol"),
    ("q=%22the second%22", "drill"),
    ("id={drill},{patrol}", "drill patrol"),
    ("ref=act-treaty", "treaty"),
    ("participant=china", "treaty drill patrol"),
    ("participant=india,mongolia", "drill"),
    ("participant=MNG", "drill"),
    ("all_participants=china,russia", "treaty drill"),
    ("all_participants=china&all_participants=mongolia", "drill"),
    ("all_participants=russia,india,china", ""),
    ("participant=xi", "treaty patrol"),
    ("all_participants=xi,putin", "treaty"),
    ("all_participants=china,xi", "treaty patrol"),
    ("represented_by=xi", "treaty patrol"),
    ("represented_by=xi,putin", "treaty drill patrol"),
    ("represented_by=mongolia", "drill"),
    ("all_represented_by=xi,putin", "treaty"),
    ("all_represented_by=putin&all_represented_by=putin", "treaty drill"),
    ("issue=trade", "treaty drill"),
    ("issue=arms,trade", "treaty drill patrol"),
    ("issue=economy", ""),
    ("under=economy", "treaty drill"),
    ("under=economy,arms", "treaty drill patrol"),
    ("kind=patrol", "patrol"),
    ("kind=treaty,exercise", "treaty drill"),
    ("status=planned", "patrol"),
    ("status=in_force,done", "treaty drill"),
    ("min_importance=2", "drill patrol"),
    ("max_importance=2", "patrol"),
    ("min_importance=1&max_importance=1", ""),
    ("instrument=military", "drill patrol"),
    ("instrument=legal,military", "treaty drill patrol"),
    ("instrument=economic", ""),
    ("country=CHN", "treaty drill"),
    ("country=RUS,MNG", ""),
    ("series=Drill%2C the second", "drill"),
    ("series=Drill", ""),
    ("from=2019-04-30", "drill patrol"),
    ("from=2019-05-01", "patrol"),
    ("from=2019-04&to=2019", "drill patrol"),
    ("to=2014-05-20", ""),
    ("to=2014-04", ""),
    ("to=2014-05", "treaty"),
    ("to=2014-05-21", "treaty"),
    ("from=2014-05-22&to=2019-04-01", "drill"),
    ("on=2014-05-21&certain=true", "treaty"),
    ("on=2014-05-22", ""),
    ("on=2019-04-15", "drill"),
    ("on=2019-04-15&certain=true", ""),
    ("on=2019-06-06", "patrol"),
]
REFUSES: cases.Refuses = [
    ("from=2019-02-01&to=2019-01-31", "conflict"),
    ("min_importance=3&max_importance=1", "conflict"),
]


@pytest.fixture(scope="module")
def labelled(kept_for_the_module: None) -> cases.Labelled:
    """A treaty of one day, a drill of some days in a month, and a planned patrol."""
    economy = IssueFactory(slug="economy", question="")
    trade, arms = IssueFactory(slug="trade", parent=economy), IssueFactory(slug="arms")
    china, russia, india = (ActorFactory(slug=slug) for slug in ("china", "russia", "india"))
    mongolia, pakistan = ActorFactory(slug="mongolia", iso3="MNG"), ActorFactory(slug="pakistan")
    xi, putin = (ActorFactory(slug=slug, kind="person") for slug in ("xi", "putin"))
    acts = {
        "treaty": ActFactory(
            ref="act-treaty",
            kind="treaty",
            status="in_force",
            since="2014-05-21",
            country="CHN",
            issues=[{"issue": trade}],
            instruments=["legal"],
            participants=[
                {"actor": china, "role": "signatory", "represented_by": xi},
                {"actor": russia, "role": "signatory", "represented_by": putin},
            ],
        ),
        "drill": ActFactory(
            since="2019-04",
            until="2019-04",
            country="CHN",
            series="Drill, the second",
            importance=3,
            instruments=["military"],
            issues=[{"issue": trade}],
            participants=[{"actor": actor} for actor in (china, putin, russia, mongolia)],
        ),
        "patrol": ActFactory(
            kind="patrol",
            status="planned",
            since="2019-06-05",
            until="2019-06-07",
            issues=[{"issue": arms}],
            instruments=["military"],
            citations=[],
            importance=2,
            participants=[{"actor": china, "represented_by": xi}, {"actor": pakistan}],
        ),
    }
    publish_whole(*acts.values(), india)
    return cases.Labelled(Noun.ACT, acts, {})


class TestFilters(cases.Filters):
    noun, finds, refuses = Noun.ACT, FINDS, REFUSES


def test_the_latest_comes_first(reader: Reader, labelled: cases.Labelled) -> None:
    assert labelled.labels(reader, "") == ["patrol", "drill", "treaty"]
