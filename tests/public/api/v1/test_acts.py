"""What each filter of acts finds, what it doesn't, and which values it refuses."""

import pytest

from tests.public.api import cases
from tests.public.api.client import Reader
from tests.public.api.v1 import occurrences
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db

FINDS: cases.Finds = [
    *occurrences.FINDS,
    ("ref=act-treaty", "day"),
    ("kind=patrol", "planned"),
    ("kind=treaty,exercise", "day month"),
    ("status=in_force,done", "day month"),
    ("instrument=military", "month planned"),
    ("instrument=legal,military", "day month planned"),
    ("instrument=economic", ""),
]
REFUSES = occurrences.REFUSES


@pytest.fixture(scope="module")
def labelled(kept_for_the_module: None) -> cases.Labelled:
    """A treaty of one day, a drill of some days in a month, and a planned patrol."""
    return occurrences.publish_three(
        Noun.ACT,
        day={
            "ref": "act-treaty",
            "kind": "treaty",
            "status": "in_force",
            "instruments": ["legal"],
        },
        month={"instruments": ["military"]},
        planned={"kind": "patrol", "instruments": ["military"]},
    )


class TestFilters(cases.Filters):
    noun, finds, refuses = Noun.ACT, FINDS, REFUSES


def test_the_latest_comes_first(reader: Reader, labelled: cases.Labelled) -> None:
    assert labelled.labels(reader, "") == ["planned", "month", "day"]
