"""What each filter of meetings finds, what it doesn't, and which values it refuses."""

import pytest

from tests.factories import ActorFactory, IssueFactory, MeetingFactory
from tests.public.api import cases
from tests.public.api.client import Reader
from tests.public.api.publishing import publish_whole
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db

FINDS: cases.Finds = [
    ("", "shanghai forum call"),
    ("changed_since=0", "shanghai forum call"),
    ("changed_since=2000-01-01T00:00:00Z", "shanghai forum call"),
    ("q=%22the second%22", "forum"),
    ("id={forum},{call}", "forum call"),
    ("ref=meeting-shanghai", "shanghai"),
    ("participant=china", "shanghai forum call"),
    ("participant=india,mongolia", "forum"),
    ("participant=MNG", "forum"),
    ("all_participants=china,russia", "shanghai forum"),
    ("all_participants=china&all_participants=mongolia", "forum"),
    ("all_participants=russia,india,china", ""),
    ("participant=xi", "shanghai call"),
    ("participant=xi,mongolia", "shanghai forum call"),
    ("all_participants=xi,putin", "shanghai"),
    ("all_participants=china,putin", "shanghai forum"),
    ("all_participants=xi,MNG", ""),
    ("represented_by=xi", "shanghai call"),
    ("represented_by=xi,putin", "shanghai forum call"),
    ("represented_by=mongolia", "forum"),
    ("all_represented_by=xi,putin", "shanghai"),
    ("all_represented_by=putin&all_represented_by=putin", "shanghai forum"),
    ("issue=trade", "shanghai forum"),
    ("issue=arms,trade", "shanghai forum call"),
    ("issue=economy", ""),
    ("under=economy", "shanghai forum"),
    ("under=economy,arms", "shanghai forum call"),
    ("kind=call", "call"),
    ("kind=summit,conference", "shanghai forum"),
    ("status=planned", "call"),
    ("status=held,expected", "shanghai forum"),
    ("min_importance=2", "forum call"),
    ("max_importance=2", "call"),
    ("min_importance=1&max_importance=1", ""),
    ("country=CHN", "shanghai forum"),
    ("country=RUS,MNG", ""),
    ("series=Forum%2C the second", "forum"),
    ("series=Forum", ""),
    ("from=2019-04-30", "forum call"),
    ("from=2019-05-01", "call"),
    ("from=2019-04&to=2019", "forum call"),
    ("to=2014-05-20", ""),
    ("to=2014-04", ""),
    ("to=2014-05", "shanghai"),
    ("to=2014-05-21", "shanghai"),
    ("from=2014-05-22&to=2019-04-01", "forum"),
    ("on=2014-05-21&certain=true", "shanghai"),
    ("on=2014-05-22", ""),
    ("on=2019-04-15", "forum"),
    ("on=2019-04-15&certain=true", ""),
    ("on=2019-06-06", "call"),
]
REFUSES: cases.Refuses = [
    ("from=2019-02-01&to=2019-01-31", "conflict"),
    ("min_importance=3&max_importance=1", "conflict"),
]


@pytest.fixture(scope="module")
def labelled(kept_for_the_module: None) -> cases.Labelled:
    """A summit of one day, a forum of some days in a month, and a planned call."""
    economy = IssueFactory(slug="economy", question="")
    trade, arms = IssueFactory(slug="trade", parent=economy), IssueFactory(slug="arms")
    china, russia, india = (ActorFactory(slug=slug) for slug in ("china", "russia", "india"))
    mongolia = ActorFactory(slug="mongolia", iso3="MNG")
    xi, putin = (ActorFactory(slug=slug, kind="person") for slug in ("xi", "putin"))
    meetings = {
        "shanghai": MeetingFactory(
            ref="meeting-shanghai",
            since="2014-05-21",
            country="CHN",
            issues=[{"issue": trade}],
            participants=[
                {"actor": china, "role": "host", "represented_by": xi},
                {"actor": russia, "represented_by": putin},
            ],
        ),
        "forum": MeetingFactory(
            kind="conference",
            since="2019-04",
            until="2019-04",
            country="CHN",
            series="Forum, the second",
            importance=3,
            participants=[{"actor": actor} for actor in (china, putin, russia, mongolia)],
            issues=[{"issue": trade}],
        ),
        "call": MeetingFactory(
            kind="call",
            status="planned",
            since="2019-06-05",
            until="2019-06-07",
            issues=[{"issue": arms}],
            participants=[{"actor": china, "represented_by": xi}],
            citations=[],
            importance=2,
        ),
    }
    publish_whole(*meetings.values(), india)
    return cases.Labelled(Noun.MEETING, meetings, {})


class TestFilters(cases.Filters):
    noun, finds, refuses = Noun.MEETING, FINDS, REFUSES


def test_the_latest_comes_first(reader: Reader, labelled: cases.Labelled) -> None:
    assert labelled.labels(reader, "") == ["call", "forum", "shanghai"]
