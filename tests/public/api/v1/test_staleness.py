"""Claims that nobody confirmed for long are told to be stale:
as of a day, beside the edition, and nowhere else.
"""

import csv
import json
from datetime import date
from typing import Any

import pytest

from tests.factories import AlignmentFactory, MeetingFactory, StanceFactory
from tests.public.api.client import Reader
from tests.public.api.publishing import edit, publish_whole

pytestmark = pytest.mark.django_db
CONFIRMED = date(2019, 6, 3)
# the last day on which it isn't, the first on which it is
FRESH, STALE = "2020-06-02", "2020-06-03"


@pytest.fixture
def claims() -> list[tuple[str, int]]:
    """A stance and an alignment without an end, confirmed on one day, by plural and number."""
    records = [StanceFactory(since="2018", until=""), AlignmentFactory(since="2018", until="")]
    publish_whole(*(edit(record, confirmed_on=CONFIRMED) for record in records))
    return [("stances", records[0].pk), ("alignments", records[1].pk)]


def test_it_is_said_beside_the_edition_where_a_day_is_given(
    reader: Reader, claims: list[tuple[str, int]]
) -> None:
    for plural, number in claims:
        for address in (f"{plural}/{number}/", f"{plural}/{number}/history/1/"):
            record = reader.read(f"{address}?on={STALE}")
            assert list(record)[:3] == ["edition", "is_stale", "id"]
            assert (record["is_stale"], reader.read(f"{address}?on={FRESH}")["is_stale"]) == (
                True,
                False,
            )
            assert reader.read(address) == {
                name: value for name, value in record.items() if name != "is_stale"
            }
        (listed,) = reader.read(f"{plural}/?on={STALE}")["results"]
        assert list(listed)[:3] == ["edition", "is_stale", "id"]
        assert listed["is_stale"] is True
        assert [other["is_stale"] for other in reader.read(f"{plural}/?on={FRESH}")["results"]] == [
            False
        ]
        assert "is_stale" not in reader.read(f"{plural}/")["results"][0]
        assert reader.ids(f"{plural}/?on={STALE}&stale=true") == [number]
        assert reader.ids(f"{plural}/?on={STALE}&stale=false") == []


@pytest.mark.parametrize(
    ("fields", "stale"),
    [
        ({"confirmed_on": None}, True),
        ({"confirmed_on": date(2020, 1, 2)}, False),
        ({"confirmed_on": None, "until": "2030"}, False),
        ({"confirmed_on": date(2001, 1, 1), "until": "2030", "since": ""}, False),
        ({"confirmed_on": date(2001, 1, 1), "since": ""}, True),
    ],
)
def test_only_what_has_no_end_is_stale(reader: Reader, fields: dict[str, Any], stale: bool) -> None:
    stance = StanceFactory(since="2018", until="")
    publish_whole(edit(stance, **fields))

    assert reader.read(f"stances/{stance.pk}/?on=2020-01-01")["is_stale"] is stale
    assert reader.ids(f"stances/?on=2020-01-01&stale={json.dumps(stale)}") == [stance.pk]


def test_how_long_that_is_may_be_set(
    reader: Reader, claims: list[tuple[str, int]], settings: Any
) -> None:
    first = reader.get(f"stances/?on={STALE}")
    settings.STALE_AFTER = 366
    again = reader.get(f"stances/?on={STALE}", **{"If-None-Match": first.headers["ETag"]})

    assert [
        json.loads(response.content)["results"][0]["is_stale"] for response in (first, again)
    ] == [True, False]
    assert again.headers["ETag"] != first.headers["ETag"]


def test_each_form_says_it(reader: Reader, claims: list[tuple[str, int]]) -> None:
    def whole(address: str) -> str:
        return reader.get(address).content.decode()

    for plural, _ in claims:
        (line,) = whole(f"{plural}.ndjson?on={STALE}").splitlines()
        assert line == json.dumps(json.loads(line), ensure_ascii=False, separators=(",", ":"))
        assert list(json.loads(line))[:2] == ["edition", "is_stale"]
        (row,) = csv.DictReader(whole(f"{plural}.csv?on={STALE}").lstrip("\ufeff").splitlines())
        assert list(row)[:3] == ["edition", "is_stale", "id"]
        assert row["is_stale"] == "true"
        assert "is_stale" not in whole(f"{plural}.csv")
        assert whole(f"{plural}.csv?on={STALE}&fields=is_stale").split() == ["is_stale", "true"]


def test_all_pages_of_a_whole_list_say_it(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    stances = [StanceFactory(since="2018", until="", confirmed_on=CONFIRMED) for _ in range(3)]
    publish_whole(*stances)
    monkeypatch.setattr("tracker.public.api.views.FIRST_CHUNK", 1)

    for query in ("", "&q=stance*&ordering=id", "&q=stance*"):
        lines = reader.get(f"stances.ndjson?on={STALE}{query}").content.splitlines()
        assert {json.loads(line)["is_stale"] for line in lines} <= {True}


def test_fields_can_ask_for_it(reader: Reader, claims: list[tuple[str, int]]) -> None:
    (_, number), _ = claims

    assert reader.read(f"stances/{number}/?on={STALE}&fields=is_stale,id") == {
        "is_stale": True,
        "id": number,
    }
    assert reader.faults(f"stances/{number}/?fields=is_stale") == [("fields", "needs")]
    assert reader.faults("stances/?stale=true") == [("stale", "needs")]


def test_a_meeting_is_never_stale(reader: Reader) -> None:
    meeting = MeetingFactory(since="2018")
    publish_whole(meeting)

    assert reader.faults(f"meetings/{meeting.pk}/?on=2018-05-05") == [("on", "unknown_parameter")]
    assert "is_stale" not in reader.read("meetings/?on=2018-05-05")["results"][0]
