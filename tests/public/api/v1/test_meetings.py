"""What each filter of meetings finds, what it doesn't, and which values it refuses."""

import pytest

from tests.public.api import cases
from tests.public.api.client import Reader
from tests.public.api.v1 import occurrences
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db

FINDS: cases.Finds = [
    *occurrences.FINDS,
    ("ref=meeting-shanghai", "day"),
    ("kind=call", "planned"),
    ("kind=summit,conference", "day month"),
    ("status=held,expected", "day month"),
]
REFUSES = occurrences.REFUSES


@pytest.fixture(scope="module")
def labelled(kept_for_the_module: None) -> cases.Labelled:
    """A summit of one day, a conference of some days in a month, and a planned call."""
    return occurrences.publish_three(
        Noun.MEETING,
        day={"ref": "meeting-shanghai"},
        month={"kind": "conference"},
        planned={"kind": "call"},
    )


class TestFilters(cases.Filters):
    noun, finds, refuses = Noun.MEETING, FINDS, REFUSES


def test_the_latest_comes_first(reader: Reader, labelled: cases.Labelled) -> None:
    assert labelled.labels(reader, "") == ["planned", "month", "day"]
