"""Questions that were settled: claims on them are of that day, never stale, and found so;
the desk finds the same.
"""

from datetime import date

import pytest

from tests.desk.api.working import Worker
from tests.factories import AlignmentFactory, IssueFactory, StanceFactory
from tests.public.api.client import Reader
from tests.public.api.publishing import publish, publish_whole, settle
from tracker.models import Stance

pytestmark = pytest.mark.django_db
LATER = "2026-11-27"
PERIODS = {
    "then": ("2018", ""),
    "ended": ("2018", "2019-06"),
    "began": ("2019-07-02", ""),
    "unknown": ("", ""),
}


@pytest.fixture
def claims() -> dict[str, Stance]:
    """Stances on a question that was settled on 1 July 2019, and one on an open one,
    confirmed long ago.
    """
    issue = settle(IssueFactory(slug="canal"))
    old = {"confirmed_on": date(2018, 6, 1)}
    claims = {
        name: StanceFactory(issue=issue, since=since, until=until, **old)
        for name, (since, until) in PERIODS.items()
    }
    claims["open"] = StanceFactory(since="2018", until="", **old)
    publish_whole(*claims.values(), issue)
    return claims


def test_an_issue_says_when_by_what_and_where_that_is_said(reader: Reader) -> None:
    settled, open_one = settle(IssueFactory()), IssueFactory()
    publish_whole(settled, open_one)

    body = reader.read(f"issues/{settled.slug}/")
    assert body["settled"] == {
        "edtf": "2019-07-01",
        "earliest": "2019-07-01",
        "latest": "2019-07-01",
    }
    assert (body["settlement"], body["settlement_locator"]) == ("It was voted down.", "the vote")
    assert body["settlement_source"]["id"] == settled.settlement_source_id
    assert reader.read(f"issues/{open_one.slug}/")["settled"] is None
    assert reader.ids("issues/?settled=true") == [settled.pk]
    assert reader.ids("issues/?settled=false") == [open_one.pk]
    assert reader.faults("issues/?settled=perhaps") == [("settled", "invalid")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("settled=true", ["then", "unknown"]),
        ("settled=false", ["ended", "began", "open"]),
        (f"settled=true&on={LATER}", ["then", "unknown"]),
        ("settled=true&on=2019-07-01", []),  # not before that day
        (f"on={LATER}&stale=true", ["began", "open"]),
        (f"on={LATER}&stale=false", ["then", "unknown"]),
        ("on=2019-07-01&stale=true", ["then", "unknown", "open"]),
        (f"on={LATER}", ["then", "began", "unknown", "open"]),
    ],
)
def test_claims_are_found_by_whether_they_held_when_their_question_was_settled(
    reader: Reader, claims: dict[str, Stance], query: str, found: list[str]
) -> None:
    expected = {claims[name].pk for name in found}

    assert set(reader.ids(f"stances/?{query}")) == expected
    assert set(Worker("analysts").ids(f"stances/?{query}")) == expected


def test_a_list_as_of_a_day_can_have_what_held_when_it_was_settled_before(reader: Reader) -> None:
    issue = settle(IssueFactory())
    ended = StanceFactory(issue=issue, since="2018", until="2019-07-01")
    earlier = StanceFactory(issue=issue, actor=ended.actor, since="2016", until="2017")
    publish_whole(ended, earlier, issue)

    assert reader.ids(f"stances/?on={LATER}") == []
    for ids in (reader.ids, Worker("analysts").ids):
        assert ids(f"stances/?on={LATER}&with_settled=true") == [ended.pk]
        assert ids("stances/?on=2019-07-01&with_settled=true") == [ended.pk]
        assert ids(f"stances/?on={LATER}&with_settled=false") == []


def test_none_is_stale_wherever_that_is_told(reader: Reader, claims: dict[str, Stance]) -> None:
    alignment = AlignmentFactory(
        issue=claims["then"].issue, since="2018", until="", confirmed_on=date(2018, 6, 1)
    )
    publish_whole(alignment)

    told = {
        stance["id"]: stance["is_stale"]
        for stance in reader.read(f"stances/?on={LATER}")["results"]
    }
    assert told == {
        claims[name].pk: name in ("began", "open") for name in ("then", "began", "unknown", "open")
    }
    for plural, number in (("stances", claims["then"].pk), ("alignments", alignment.pk)):
        for address in (f"{plural}/{number}/", f"{plural}/{number}/history/1/"):
            if plural == "stances" or "history" not in address:
                assert reader.read(f"{address}?on={LATER}")["is_stale"] is False
                assert reader.read(f"{address}?on=2019-07-01")["is_stale"] is True
    table = (
        reader.get(f"stances.csv?on={LATER}&settled=true&fields=is_stale").content.decode().split()
    )
    assert table == ["is_stale", "false", "false"]


def test_an_edition_before_it_was_settled_tells_of_an_open_question(reader: Reader) -> None:
    stance = StanceFactory(since="2018", until="", confirmed_on=date(2018, 6, 1))
    publish_whole(stance)
    issue = settle(stance.issue)
    publish(issue, issue.settlement_source)

    for edition, is_settled in ((1, False), (2, True)):
        query = f"edition={edition}"
        assert reader.ids(f"stances/?settled=true&{query}") == [stance.pk] * is_settled
        assert reader.read(f"stances/{stance.pk}/?on={LATER}&{query}")["is_stale"] is not is_settled
        assert (reader.read(f"issues/{issue.slug}/?{query}")["settled"] is not None) is is_settled
