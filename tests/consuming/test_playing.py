"""A short play of consumers agrees in all that it compares;
and what doesn't agree would be told.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.consuming import checks
from tests.consuming.connection import Tags

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


def record(number: int, edition: int = 1) -> dict[str, Any]:
    return {"edition": edition, "id": number}


def change(edition: int, number: int, operation: str = "published") -> dict[str, Any]:
    return {"edition": edition, "resource": "stances", "id": number, "operation": operation}


def page(*records: dict[str, Any], edition: int = 1, **more: Any) -> dict[str, Any]:
    return {"edition": edition, "results": list(records), **more}


def line(number: int, edition: int = 1) -> bytes:
    return json.dumps(record(number, edition)).encode()


def test_readers_page_follow_and_export_while_editions_are_made_and_all_copies_agree():
    command = [
        sys.executable,
        "-m",
        "tests.consuming",
        "--seconds",
        "10",
        "--stances",
        "100",
        "--rate",
        "5",
    ]
    played = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)

    assert played.returncode == 0, played.stdout + played.stderr
    assert played.stdout.endswith("All that was compared agrees.\n")
    for what in (
        "editions",
        "walks",
        "pages",
        "changes",
        "tables exported",
        "editions exported and proved",
        "304s",
    ):
        assert re.search(rf"[1-9][0-9,]* {what}", played.stdout), (what, played.stdout)
    assert re.search(r"2 followers were killed [1-9]", played.stdout)


@pytest.mark.parametrize(
    ("pages", "whole"),
    [
        ([page(record(2)), page(record(1), edition=2)], [record(2), record(1)]),
        ([page(record(2)), page(record(2))], [record(2)]),
        ([page(record(2))], [record(2), record(1)]),
        ([page(record(1), record(2))], [record(2), record(1)]),
        ([page(record(1), count=2)], [record(1)]),
    ],
)
def test_pages_that_are_not_one_snapshot_are_told(pages, whole):
    assert list(checks.of_walk(pages, whole))
    assert not list(checks.of_walk([page(*whole, count=len(whole))], whole))


@pytest.mark.parametrize(
    "changes",
    [
        [change(1, 1), change(3, 1, "updated")],
        [change(1, 1), change(2, 2), change(1, 3)],
        [change(1, 1), change(1, 1)],
        [change(2, 1)],
    ],
)
def test_a_feed_that_skips_repeats_or_goes_back_is_told(changes):
    assert list(checks.of_feed(changes))
    assert not list(
        checks.of_feed(
            [change(1, 1), change(1, 2), change(2, 1, "retracted"), change(3, 2, "updated")]
        )
    )


def test_what_is_live_was_neither_retracted_nor_merged_last():
    changes = [
        change(1, 1),
        change(1, 2),
        change(1, 3),
        change(2, 1, "retracted"),
        change(3, 2, "merged"),
    ]

    assert checks.live_counts(changes) == {"stances": 1}
    assert checks.live_counts([*changes, change(4, 1)]) == {"stances": 2}


def test_a_file_of_a_later_edition_or_with_other_records_is_told():
    assert list(checks.of_lines([line(1), line(1)], 1))
    assert list(checks.of_lines([line(1, edition=3)], 2))
    assert not list(checks.of_lines([line(1), line(2, edition=2)], 2))
    assert list(checks.of_csv(b"edition,id\r\n1,1\r\n", [line(1), line(2)]))
    assert list(checks.of_csv(b"edition,id\r\n1,1\r\n", [line(1, edition=2)]))
    assert not list(checks.of_csv(b"edition,id\r\n1,1\r\n", [line(1)]))


def test_a_digest_is_of_the_very_bytes_by_number():
    assert checks.digest([[line(1), line(2)]]) == checks.digest([[line(2), line(1)]])
    assert checks.digest([[line(1)]]) != checks.digest([[line(1).replace(b" ", b"")]])


def test_other_bytes_under_a_tag_are_told():
    tags = Tags()

    assert tags.are_kept("/a", '"1"', b"x")
    assert tags.are_kept("/a", '"1"', b"x")
    assert tags.are_kept("/b", '"1"', b"y")
    assert not tags.are_kept("/a", '"1"', b"y")


def test_the_address_of_a_merged_record_leads_to_the_last_of_its_survivors():
    def at(number: int, operation: str, into: int | None = None) -> dict[str, Any]:
        address = f"/sources/{into}/" if into else None
        return {
            **change(number, number, operation),
            "resource": "sources",
            "url": f"/sources/{number}/",
            "into": address,
        }

    changes = [at(3, "published"), at(1, "merged", 2), at(2, "merged", 3)]

    assert (
        checks.survivor(changes[1], changes)
        == checks.survivor(changes[2], changes)
        == ("sources", 3)
    )
