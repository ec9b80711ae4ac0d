"""What each filter of issues finds, what it doesn't, and which values it refuses;
the tree is that of the edition.
"""

import pytest

from tests.factories import IssueFactory
from tests.public.api import cases
from tests.public.api.client import Reader
from tests.public.api.publishing import edit, publish, publish_whole, settle
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db

FINDS: cases.Finds = [
    ("", "asia korea sanctions africa"),
    ("changed_since=0", "asia korea sanctions africa"),
    ("changed_since=2000-01-01T00:00:00Z", "asia korea sanctions africa"),
    ("q=korea", "korea sanctions"),
    ("id={korea}", "korea"),
    ("ref=issue-africa,issue-asia", "africa asia"),
    ("parent=asia", "korea"),
    ("parent=asia,korea", "korea sanctions"),
    ("parent=sanctions", ""),
    ("under=asia", "asia korea sanctions"),
    ("under=korea", "korea sanctions"),
    ("under=sanctions,africa", "sanctions africa"),
    ("theme=sanctions", "sanctions"),
    ("theme=trade,diplomacy", "korea sanctions"),
    ("theme=energy", ""),
    ("region=africa", "africa"),
    ("region=africa,east_asia", "africa asia korea"),
    ("settled=true", "sanctions"),
    ("settled=false", "asia korea africa"),
]
REFUSES: cases.Refuses = []


@pytest.fixture(scope="module")
def labelled(kept_for_the_module: None) -> cases.Labelled:
    """Three issues below each other, the last one settled, and one apart."""
    asia = IssueFactory(
        ref="issue-asia", slug="asia", title="Asia", question="", region="east_asia"
    )
    korea = IssueFactory(
        slug="korea", title="korea", parent=asia, region="east_asia", themes=["diplomacy"]
    )
    sanctions = IssueFactory(
        slug="sanctions", title="Sanctions", parent=korea, themes=["sanctions", "trade"]
    )
    settle(sanctions)
    africa = IssueFactory(ref="issue-africa", slug="africa", title="Africa", region="africa")
    publish(asia, korea, sanctions, africa, sanctions.settlement_source)
    return cases.Labelled(
        Noun.ISSUE, {"asia": asia, "korea": korea, "sanctions": sanctions, "africa": africa}, {}
    )


class TestFilters(cases.Filters):
    noun, finds, refuses = Noun.ISSUE, FINDS, REFUSES


def test_they_come_by_title_whatever_its_case(reader: Reader, labelled: cases.Labelled) -> None:
    assert labelled.labels(reader, "") == ["africa", "asia", "korea", "sanctions"]


def test_a_subtree_is_that_of_the_edition_asked_for(reader: Reader) -> None:
    north, south = IssueFactory(slug="north"), IssueFactory(slug="south")
    border = IssueFactory(slug="border", parent=north)
    before = publish_whole(border, south)
    publish(edit(border, parent=south))

    assert set(reader.ids(f"issues/?under=north&edition={before}")) == {north.pk, border.pk}
    assert reader.ids("issues/?under=north") == [north.pk]
    assert border.pk in reader.ids("issues/?under=south")
