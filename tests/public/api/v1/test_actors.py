"""What each filter of actors finds, what it doesn't, and which values it refuses."""

import pytest

from tests.factories import ActorFactory
from tests.public.api import cases
from tests.public.api.client import Reader
from tests.public.api.publishing import edit, publish, publish_whole
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db

FINDS: cases.Finds = [
    ("", "china sco un xi"),
    ("changed_since=0", "china sco un xi"),
    ("changed_since=2000-01-01T00:00:00Z", "china sco un xi"),
    ("q=SHANGHÁI", "china sco"),
    ("id={un}", "un"),
    ("ref=actor-china", "china"),
    ("kind=state", "china"),
    ("kind=person,organization", "xi un sco"),
    ("kind=bloc", ""),
    ("member_of=un", "china xi"),
    ("member_of=sco", "china"),
    ("member_of=un,sco", "china xi"),
    ("member_of=china", ""),
    ("member_of=un&kind=person", "xi"),
    ("member_of=sco&on=2001-06-14", ""),
    ("member_of=sco&on=2001-06-15", "china"),
    ("member_of=sco&on=2040-01-01", "china"),
    ("member_of=sco&on=2040-01-01&certain=true", ""),
    ("member_of=un&on=1900-01-01", "china"),
    ("member_of=un&on=2012-06-01", "china xi"),
    ("member_of=un&on=2012-06-01&certain=false", "china xi"),
    ("member_of=un&on=2012-06-01&certain=true", ""),
    ("member_of=un&on=2013-06-01&certain=true", "xi"),
    ("member_of=un&on=2016-03-01", "china"),
    ("predecessor=un", "sco"),
    ("predecessor=china,un", "sco"),
    ("predecessor=sco", ""),
]
REFUSES: cases.Refuses = [
    ("on=2019-02-30&member_of=un", "invalid"),
    ("certain=maybe&on=2019-02-28&member_of=un", "invalid"),
    ("on=2019-02-28", "needs"),
    ("certain=true&member_of=un", "needs"),
]


@pytest.fixture(scope="module")
def labelled(kept_for_the_module: None) -> cases.Labelled:
    """A state, an organization that it is a member of, and a person."""
    un = ActorFactory(slug="un", name="united nations", kind="organization")
    sco = ActorFactory(
        slug="sco",
        name="Shanghai Cooperation Organisation",
        kind="organization",
        predecessors=[{"predecessor": un}],
    )
    xi = ActorFactory(
        name="Xi Jinping",
        kind="person",
        memberships=[{"organization": un, "since": "2012", "until": "2016-02"}],
    )
    member = [{"organization": un, "role": "member"}, {"organization": sco, "since": "2001-06-15"}]
    china = ActorFactory(ref="actor-china", slug="china", name="China", memberships=member)
    publish_whole(china, xi)
    return cases.Labelled(Noun.ACTOR, {"china": china, "un": un, "xi": xi, "sco": sco}, {})


def test_an_organization_is_found_by_any_key_and_with_the_members_of_then(reader: Reader) -> None:
    bloc = ActorFactory(slug="warsaw-pact", kind="bloc")
    member = ActorFactory(memberships=[{"organization": bloc}])
    publish_whole(member)
    publish(edit(bloc, slug="wto"))
    member.memberships.all().delete()
    publish(member)

    ids_by_query = {
        (key, edition): reader.ids(f"actors/?member_of={key}&edition={edition}")
        for key in ("warsaw-pact", "wto") for edition in (1, 2, 3)
    }  # fmt: skip
    assert ids_by_query == {
        (key, edition): [member.pk] * (edition < 3) for key, edition in ids_by_query
    }


class TestFilters(cases.Filters):
    noun, finds, refuses = Noun.ACTOR, FINDS, REFUSES


def test_they_come_by_name_whatever_its_case(reader: Reader, labelled: cases.Labelled) -> None:
    assert labelled.labels(reader, "") == ["china", "sco", "un", "xi"]


def test_they_are_found_by_the_names_of_those_whom_they_follow(
    reader: Reader, labelled: cases.Labelled
) -> None:
    """And of those of which they are members; their own name comes first."""
    labels = labelled.labels(reader, "q=nations")

    assert labels[0] == "un"
    assert {*labels} == {"china", "sco", "un", "xi"}
