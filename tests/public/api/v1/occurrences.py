"""Meetings and acts happen alike:
three of either, what their filters find, and which values are refused.
"""

from typing import Any

from tests.factories import FACTORIES, ActorFactory, IssueFactory
from tests.public.api import cases
from tests.public.api.publishing import publish_whole
from tracker.values.nouns import Noun

FINDS: cases.Finds = [
    ("", "day month planned"),
    ("changed_since=0", "day month planned"),
    ("changed_since=2000-01-01T00:00:00Z", "day month planned"),
    ("q=%22the second%22", "month"),
    ("id={month},{planned}", "month planned"),
    ("participant=china", "day month planned"),
    ("participant=india,mongolia", "month"),
    ("participant=MNG", "month"),
    ("all_participants=china,russia", "day month"),
    ("all_participants=china&all_participants=mongolia", "month"),
    ("all_participants=russia,india,china", ""),
    ("participant=xi", "day planned"),
    ("all_participants=xi,putin", "day"),
    ("represented_by=xi", "day planned"),
    ("represented_by=xi,putin", "day month planned"),
    ("represented_by=mongolia", "month"),
    ("all_represented_by=xi,putin", "day"),
    ("all_represented_by=putin&all_represented_by=putin", "day month"),
    ("issue=trade", "day month"),
    ("issue=arms,trade", "day month planned"),
    ("issue=economy", ""),
    ("under=economy", "day month"),
    ("under=economy,arms", "day month planned"),
    ("status=planned", "planned"),
    ("min_importance=2", "month planned"),
    ("max_importance=2", "planned"),
    ("min_importance=1&max_importance=1", ""),
    ("country=CHN", "day month"),
    ("country=RUS,MNG", ""),
    ("series=Forum%2C the second", "month"),
    ("series=Forum", ""),
    ("from=2019-04-30", "month planned"),
    ("from=2019-05-01", "planned"),
    ("from=2019-04&to=2019", "month planned"),
    ("to=2014-05-20", ""),
    ("to=2014-04", ""),
    ("to=2014-05", "day"),
    ("to=2014-05-21", "day"),
    ("from=2014-05-22&to=2019-04-01", "month"),
    ("on=2014-05-21&certain=true", "day"),
    ("on=2014-05-22", ""),
    ("on=2019-04-15", "month"),
    ("on=2019-04-15&certain=true", ""),
    ("on=2019-06-06", "planned"),
    ("all_participants=china,xi", "day planned"),
    ("participant=xi,mongolia", "day month planned"),
    ("all_participants=china,putin", "day month"),
    ("all_participants=xi,MNG", ""),
]
REFUSES: cases.Refuses = [
    ("min_importance=0", "invalid"),
    ("max_importance=4", "invalid"),
    ("country=china", "invalid"),
    ("certain=&on=2019-04-01", "invalid"),
    ("from=2019-02-01&to=2019-01-31", "conflict"),
    ("min_importance=3&max_importance=1", "conflict"),
]


def publish_three(noun: Noun, **special: dict[str, Any]) -> cases.Labelled:
    """Publish one of a single day, one of some days in a month, and one that is planned;
    `special` has what the noun's own fields are, by these labels.
    """
    make = FACTORIES[noun]
    economy = IssueFactory(slug="economy", question="")
    trade, arms = IssueFactory(slug="trade", parent=economy), IssueFactory(slug="arms")
    china, russia, india = (ActorFactory(slug=slug) for slug in ("china", "russia", "india"))
    mongolia, pakistan = ActorFactory(slug="mongolia", iso3="MNG"), ActorFactory(slug="pakistan")
    xi, putin = (ActorFactory(slug=slug, kind="person") for slug in ("xi", "putin"))
    records = {
        "day": make(
            since="2014-05-21",
            country="CHN",
            issues=[{"issue": trade}],
            participants=[
                {"actor": china, "represented_by": xi},
                {"actor": russia, "represented_by": putin},
            ],
            **special["day"],
        ),
        "month": make(
            since="2019-04",
            until="2019-04",
            country="CHN",
            series="Forum, the second",
            importance=3,
            issues=[{"issue": trade}],
            participants=[{"actor": actor} for actor in (china, putin, russia, mongolia)],
            **special["month"],
        ),
        "planned": make(
            status="planned",
            since="2019-06-05",
            until="2019-06-07",
            issues=[{"issue": arms}],
            participants=[{"actor": china, "represented_by": xi}, {"actor": pakistan}],
            citations=[],
            importance=2,
            **special["planned"],
        ),
    }
    publish_whole(*records.values(), india)
    return cases.Labelled(noun, records, {})
