"""The generated rows into the desk's tables:
by COPY, as the application, with history like any import.
"""

from collections.abc import Iterable, Iterator
from random import Random

from django.db import connection
from more_itertools import chunked

from tests.benchmarks import desk
from tests.benchmarks.desk import Period, Row
from tracker.history import changeset
from tracker.values.vocabularies import Channel

# What has a default in Django and none in PostgreSQL, alike in every row.
CONSTANT = {
    "tracker_issue": {
        "state": "editing",
        "settled": "",
        "settlement": "",
        "settlement_locator": "",
    },
    "tracker_actor": {"state": "editing", "since": "", "until": "", "wikidata_id": ""},
    "tracker_source": {
        "state": "editing",
        "english_title": "",
        "container_title": "",
        "archive_url": "",
        "keywords": "{}",
        "reliability": "",
    },
    "tracker_stance": {"state": "editing"},
    "tracker_stancecitation": {"ends": False},
}
ISSUE = "id ref slug title question summary parent_id themes region"
ACTOR = "id ref slug kind name short_name names aliases summary iso3"
SOURCE = "id ref type title authors publisher issued url language outlet"
STANCE = (
    "id ref actor_id issue_id position since until basis likelihood hedged defers_to_id "
    "instruments confidence standing standing_note summary confirmed_on"
)
CITATION = "stance_id source_id relation locator_label locator quote quote_language credibility"
AT_ONCE = 20_000


def fill(stances: int, seed: int, *, sources: int = 3_000, issues: int = desk.ISSUES) -> None:
    """Fill an empty desk with what belongs to `seed`."""
    random = Random(seed)
    with changeset(made_by=None, reason="generated", channel=Channel.IMPORT):
        for table, columns, rows in (
            ("tracker_issue", ISSUE, desk.issues(random, issues)),
            ("tracker_actor", ACTOR, desk.actors(random)),
            ("tracker_source", SOURCE, desk.sources(random, sources)),
        ):
            _copy(table, columns, rows)
    numbered = enumerate(desk.periods(random, stances, issues), start=1)
    for some in chunked(numbered, AT_ONCE):
        with changeset(made_by=None, reason="generated", channel=Channel.IMPORT):
            _copy(
                "tracker_stance",
                STANCE,
                (desk.stance(random, number, period) for number, period in some),
            )
            _copy("tracker_stancecitation", CITATION, _cited(random, some, sources))


def _cited(random: Random, some: Iterable[tuple[int, Period]], sources: int) -> Iterator[Row]:
    for number, _ in some:
        yield from desk.citations(random, number, sources)


def _copy(table: str, columns: str, rows: Iterable[Row]) -> None:
    constant = CONSTANT[table]
    names = ", ".join([*columns.split(), *constant])
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([*row, *constant.values()])
