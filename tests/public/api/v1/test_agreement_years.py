"""The year of a vote: the one in which its session of the General Assembly began,
and else its day's.
"""

import pytest

from tests.desk.api.working import Worker
from tests.factories import FrameFactory
from tests.public.api.client import Reader
from tests.public.api.v1.assembly import World, rows

pytestmark = pytest.mark.django_db
HELD = {
    "the Assembly's 74th": (74, "2020-01-14"),
    "the Assembly's 75th": (75, "2020-11-05"),
    "the Human Rights Council's 16th": (16, "2011-03-25"),
    "its 45th": (45, "2020-10-06"),
    "its 47th": (47, "2021-07-13"),
    "none": (None, "2021-01-01"),
}


def test_sessions_tell_the_year_of_the_assembly_only(reader: Reader, world: World) -> None:
    FrameFactory(actor=world.assembly, kinds=["resolution"], since="2011-01-01", until="2021-12-31")
    anna = Worker("analysts", username="anna")
    votes = {
        name: world.vote("yes", "no", session=session, held=held).pk
        for name, (session, held) in HELD.items()
    }
    world.publish()

    counted = {row["bucket"]: row["frame"] for row in rows(reader, "actors=china,russia&by=year")}
    assert counted == {"2011": 1, "2019": 1, "2020": 2, "2021": 2}
    for row in rows(reader, "actors=china,russia&by=year"):
        assert len(reader.walk(row["evidence"])) == row["compared"]
    for years, names in {
        "2011": ["the Human Rights Council's 16th"],
        "2019": ["the Assembly's 74th"],
        "2020": ["the Assembly's 75th", "its 45th"],
        "2011,2021": ["the Human Rights Council's 16th", "its 47th", "none"],
        "1961,1990,1992": [],
    }.items():
        expected = sorted(votes[name] for name in names)
        assert sorted(vote["id"] for vote in reader.walk(f"votes/?year={years}")) == expected
        assert sorted(anna.ids(f"votes/?year={years}")) == expected
