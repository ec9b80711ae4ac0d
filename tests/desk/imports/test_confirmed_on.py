"""The day a claim was last checked: as given, else that of the newest source it cites."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests.desk.imports.importing import ARTICLE, STANCE, WORLD, events_of, run, write
from tests.factories import SourceFactory, StanceFactory
from tracker.models import Alignment, Stance

pytestmark = pytest.mark.django_db
SOURCES = [
    ARTICLE,
    {"ref": "newer", "type": "webpage", "title": "Newer", "issued": "[2019-07-01..2019-07-03]"},
    {"ref": "read", "type": "webpage", "title": "Undated", "accessed_on": "2019-07-02"},
    {
        "ref": "ahead",
        "type": "article-journal",
        "title": "An issue of next century",
        "issued": "2100",
    },
    {"ref": "undated", "type": "webpage", "title": "Undated"},
]


def confirmed_on(tmp_path: Path, sources: list[str], **changed: Any) -> date | None:
    citations = [{"source": source, "locator": "x"} for source in sources]
    write(
        tmp_path,
        **{**WORLD, "sources": SOURCES, "stances": [{**STANCE, "citations": citations, **changed}]},
    )
    run(tmp_path)
    return Stance.objects.get().confirmed_on


@pytest.mark.parametrize(
    ("sources", "day"),
    [
        (["article"], date(2019, 6, 1)),
        (["article", "newer", "read"], date(2019, 7, 2)),
        (["article", "newer"], date(2019, 7, 1)),
        (["ahead"], timezone.localdate()),
        (["undated", "read"], date(2019, 7, 2)),
        (["undated"], None),
        ([], None),
    ],
)
def test_it_is_by_default_that_of_the_newest_source(
    tmp_path: Path, sources: list[str], day: date | None
) -> None:
    assert confirmed_on(tmp_path, sources) == day
    assert events_of(lambda: run(tmp_path)) == []


def test_an_empty_cell_is_the_default_and_the_same_again(tmp_path: Path) -> None:
    assert confirmed_on(tmp_path, ["article"], confirmed_on="") == date(2019, 6, 1)
    assert events_of(lambda: run(tmp_path)) == []


def test_a_day_that_is_given_stands(tmp_path: Path) -> None:
    assert confirmed_on(tmp_path, ["newer"], confirmed_on="2019-06-01") == date(2019, 6, 1)


def test_a_missing_column_leaves_the_day_of_a_record_alone(tmp_path: Path) -> None:
    confirmed_on(tmp_path, ["article"], confirmed_on="2020-01-01")
    assert confirmed_on(tmp_path, ["newer"]) == date(2020, 1, 1)


def test_citations_that_are_here_count_where_the_file_has_none(tmp_path: Path) -> None:
    source = SourceFactory(ref="a", issued="2018")
    stance = StanceFactory(confirmed_on=None, citations=[{"source": source, "locator": "x"}])
    write(
        tmp_path,
        stances=[{"id": stance.pk, "confirmed_on": ""}],
        sources=[{"ref": "a", "issued": "2019-03"}],
    )
    run(tmp_path)
    stance.refresh_from_db()
    assert stance.confirmed_on == date(2019, 3, 1)


def test_it_holds_for_alignments_alike(tmp_path: Path) -> None:
    run(write(tmp_path, **WORLD))
    assert Alignment.objects.get().confirmed_on == date(2019, 6, 1)
