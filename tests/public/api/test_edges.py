"""Every form of every list, over records at the edges of every type,
read by what people read it with.
"""

import csv
import json
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Any
from xml.etree import ElementTree

import bibtexparser
import feedparser
import icalendar
import openpyxl
import pandas
import pybtex.database
import pytest
import rispy
from citeproc.source.json import CiteProcJSON

from tests.plugins.database import one_connection
from tests.public.api import edges
from tests.public.api.client import Reader
from tests.publishing.acts import edited, published
from tracker.models import Record
from tracker.models.nouns import noun_of
from tracker.public.api.http.renderers import OF_LISTS, OF_ONE
from tracker.public.formats.csl import key
from tracker.public.formats.csv import unguarded
from tracker.public.formats.xlsx import LONGEST_CELL, read_rows
from tracker.schema.records import CLAIMS
from tracker.values.nouns import Noun
from tracker.values.texts import printable

pytestmark = [
    pytest.mark.slow,
    pytest.mark.gate,
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:feedparser"),
    pytest.mark.filterwarnings(
        "ignore:The following arguments for Name are unsupported:UserWarning:citeproc"
    ),
    pytest.mark.filterwarnings(
        "ignore:The following arguments for Reference are unsupported:UserWarning:citeproc"
    ),
]
FORMS = [(noun, form.format) for noun in Noun for form in OF_LISTS[noun]]


@pytest.fixture(scope="module")
def world(kept_for_the_module: None) -> dict[str, Record]:
    """Records at the edges, published in three editions;
    of those that say the most, each by its noun.
    """
    with one_connection():
        published(*edges.least())
        most = edges.most()
        published(*most)
        published(*edges.dated())
    return {noun_of(record): record for record in most}


def everything(noun: Noun) -> dict[str, str]:
    return {"standing": "any"} if noun in CLAIMS else {}


def got(reader: Reader, address: str, **query: str) -> bytes:
    response: Any = reader.get(address, query)
    body = b"".join(response)
    assert response.status_code == 200, body[:1000]
    return body


def read_csv(body: bytes) -> list[Any]:
    rows = list(csv.DictReader(StringIO(body.decode(), newline=""), strict=True))
    frame = pandas.read_csv(BytesIO(body), dtype=str, keep_default_na=False)
    assert frame.to_dict("records") == rows
    return [row["id"] for row in rows]


def read_xlsx(body: bytes) -> list[Any]:
    """No text is a formula or an error, whatever it begins with."""
    head, *rows = openpyxl.load_workbook(BytesIO(body)).worksheets[0].iter_rows()
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "b"}
    place = [cell.value for cell in head].index("id")
    return [row[place].value for row in rows]


def read_ndjson(body: bytes) -> list[Any]:
    rows = [json.loads(line) for line in body.decode().split("\n")[:-1]]
    assert len(pandas.read_json(BytesIO(body), lines=True, dtype=False)) == len(rows)
    return rows


def read_bib(body: bytes) -> list[Any]:
    library = bibtexparser.parse_string(body.decode())
    assert library.failed_blocks == []
    entries = pybtex.database.parse_string(body.decode(), "bibtex").entries
    assert list(entries) == [entry.key for entry in library.entries]
    return list(entries)


def read_ris(body: bytes) -> list[Any]:
    return [entry["id"] for entry in rispy.loads(body.decode())]


def read_csl(body: bytes) -> list[Any]:
    items = json.loads(body)
    assert len(CiteProcJSON(items)) == len(items)
    return [item["id"] for item in items]


def read_ics(body: bytes) -> list[Any]:
    assert max(map(len, body.split(b"\r\n"))) <= 75
    calendar = icalendar.Calendar.from_ical(body)
    events = list(calendar.events)
    assert [event.errors for event in events] == [[]] * len(events)
    return [
        (int(str(event["UID"]).split("/")[-2]), event.start, event.end - timedelta(days=1))
        for event in events
    ]


READ: dict[str, Callable[[bytes], list[Any]]] = {
    "csv": read_csv,
    "xlsx": read_xlsx,
    "ndjson": read_ndjson,
    "bib": read_bib,
    "ris": read_ris,
    "csljson": read_csl,
    "ics": read_ics,
    "json": lambda body: json.loads(body)["results"],
}


@pytest.mark.parametrize(("noun", "form"), FORMS)
def test_every_list_is_read_in_every_form(
    reader: Reader, world: dict[str, Record], noun: Noun, form: str
) -> None:
    """Whole, in order, and nothing in a record ends it or begins another."""
    records = reader.walk(f"{noun.plural}/", {**everything(noun), "page_size": 500})
    size = {"page_size": "500"} if form == "json" else {}

    read = READ[form](got(reader, f"{noun.plural}/", format=form, **everything(noun), **size))

    assert len(records) > 2
    if form == "bib" and noun is not Noun.SOURCE:
        records = cited(reader, records)
    assert read == EXPECTED[form](records)


def cited(reader: Reader, claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the sources that claims cite, each once, by number."""
    numbers = {citation["source"]["id"] for claim in claims for citation in claim["citations"]}
    sources = {source["id"]: source for source in reader.walk("sources/", {"page_size": 500})}
    return [sources[number] for number in sorted(numbers)]


@pytest.mark.parametrize("noun", Noun)
def test_a_workbook_has_the_cells_of_the_table(
    reader: Reader, world: dict[str, Record], noun: Noun
) -> None:
    """As import reads both; but for characters that XML can't hold,
    and what is too long for a cell.
    """
    table, workbook = (
        got(reader, f"{noun.plural}.{form}", **everything(noun)) for form in ("csv", "xlsx")
    )
    lines = csv.reader(StringIO(table.decode(), newline=""))
    cells = [[*map(held, line)] for line in lines]

    read = [[unguarded(cell) for cell in row.cells] for row in read_rows(BytesIO(workbook))]

    assert [len(row) for row in read] == [len(line) for line in cells]
    for line, row in zip(cells, read, strict=True):
        assert [*map(plain, row)] == [*map(plain, line)]


def held(cell: str) -> str:
    """Return what a workbook holds of a cell of CSV."""
    text = printable(unguarded(cell))
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"


def plain(cell: str) -> str:
    """Return a number without a point that says nothing,
    and ends of lines as readers of XML have them.
    """
    return cell.removesuffix(".0").replace("\r\n", "\n").replace("\r", "\n")


def calendar_of(meetings: list[dict[str, Any]]) -> list[Any]:
    """Return which meetings a calendar can show, each with its days, by its own account of them."""
    days_by_meeting = []
    for meeting in meetings:
        last = meeting["until"] or meeting["since"]
        if meeting["since"] and last["latest"] != edges.LAST_DAY:
            days = (
                date.fromisoformat(meeting["since"]["earliest"]),
                date.fromisoformat(last["latest"]),
            )
            if (days[1] - days[0]).days < 366:
                days_by_meeting.append((meeting["id"], *days))
    return days_by_meeting


# What is to be read in each form of these records, as far as every form has it.
EXPECTED: dict[str, Callable[[list[dict[str, Any]]], list[Any]]] = {
    "json": lambda records: records[:500],
    "ndjson": lambda records: records,
    "csv": lambda records: [str(record["id"]) for record in records],
    "xlsx": lambda records: [record["id"] for record in records],
    **dict.fromkeys(["bib", "ris", "csljson"], lambda sources: [key(source) for source in sources]),
    "ics": calendar_of,
}


@pytest.mark.parametrize(
    ("noun", "form"), [(noun, form.format) for noun, forms in OF_ONE.items() for form in forms[1:]]
)
def test_every_record_is_read_in_every_form(
    reader: Reader, world: dict[str, Record], noun: Noun, form: str
) -> None:
    """By itself; a meeting that no calendar can show is a calendar without events."""
    for record in reader.walk(f"{noun.plural}/", {"page_size": 500}):
        read = READ[form](got(reader, f"{noun.plural}/{record['id']}/", format=form))
        assert read == EXPECTED[form]([record])


def test_the_feed_is_read(reader: Reader, world: dict[str, Record]) -> None:
    """By a strict reader of XML, and a reader of feeds; also if everything changed."""
    edited(
        world["source"],
        title=edges.strange(400),
        authors=[],
        issued=edges.FIRST_DAY,
        accessed_on=None,
    )
    edited(world["actor"], names={}, aliases=[], name=".")
    published(world["source"], world["actor"], note=edges.STRANGE)

    body = got(reader, "changes/", format="atom", page_size="500")

    assert ElementTree.fromstring(body).tag.endswith("feed")
    feed = feedparser.parse(body)
    assert feed.bozo is False
    changes = reader.walk("changes/", {"page_size": 500})[::-1][:500]
    assert [
        [link.href.removeprefix("http://testserver") for link in entry.links]
        for entry in feed.entries
    ] == [[change["url"].removeprefix("/api/v1"), f"{change['url']}history/"] for change in changes]
