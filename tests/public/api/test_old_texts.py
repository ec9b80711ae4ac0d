"""What was published before texts were looked at:
each format holds it, and stays what programs of others can read.
"""

import csv
import json
import re
from io import StringIO
from typing import Any
from xml.etree import ElementTree

import bibtexparser
import feedparser
import icalendar
import pytest
import rispy

from tests.factories import (
    ActorFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
    VoteFactory,
)
from tests.public.api.client import Reader
from tests.public.api.publishing import edit, publish, publish_whole
from tracker.values.texts import UNPRINTABLE

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:feedparser"),
]

RAW = [
    char
    for char in map(chr, range(0x110000))
    if UNPRINTABLE.match(char) and not 0xD800 <= ord(char) < 0xE000 and char != "\0"
]
TEXT = f"Begin{''.join(RAW)}End"
CSV_OF = ("issues", "actors", "sources", "stances", "meetings", "votes")


@pytest.fixture(scope="module")
def old(kept_for_the_module: None) -> None:
    """Records of each noun that has texts, published with all of these characters,
    and once more with fewer.
    """
    source = SourceFactory(
        title=TEXT,
        publisher=TEXT,
        container_title=TEXT,
        keywords=[TEXT],
        authors=[{"family": TEXT, "given": TEXT}, {"literal": TEXT}],
    )
    actor = ActorFactory(slug="china", name=TEXT, aliases=[TEXT], names={"zh": TEXT}, summary=TEXT)
    issue = IssueFactory(slug="syria", title=TEXT, question=TEXT, summary=TEXT)
    citation = {"source": source, "locator": TEXT, "quote": TEXT}
    meeting = MeetingFactory(
        title=TEXT,
        place=TEXT,
        summary=TEXT,
        citations=[citation],
        participants=[{"actor": actor}],
        issues=[{"issue": issue, "outcome": TEXT}],
    )
    vote = VoteFactory(
        body=ActorFactory(kind="organization", name=TEXT), title=TEXT, citations=[citation]
    )
    publish_whole(
        StanceFactory(actor=actor, issue=issue, summary=TEXT, citations=[citation]),
        meeting,
        vote,
        note="A note",
    )
    publish(edit(actor, name=f"{TEXT}2"), edit(meeting, title=f"{TEXT}2"))


def of_ris(text: str) -> None:
    assert len(rispy.loads(text)) == 1
    assert all(re.match(r"[A-Z][A-Z0-9]  - |$", line) for line in text.split("\r\n"))


def of_bibtex(text: str) -> None:
    library = bibtexparser.parse_string(text)
    assert (len(library.entries), len(library.failed_blocks)) == (1, 0)


def of_calendar(text: str) -> None:
    (event,) = icalendar.Calendar.from_ical(text).events
    assert not event.errors
    assert all(re.match(r"[A-Z;=-]+[:;]| |$", line) for line in text.split("\r\n"))


def of_atom(text: str) -> None:
    assert not feedparser.parse(text).bozo
    assert len(ElementTree.fromstring(text).findall("{*}entry")) > 5


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("sources/?format=ris", of_ris),
        ("sources/?format=bib", of_bibtex),
        ("meetings/?format=ics", of_calendar),
        ("changes/?format=atom", of_atom),
        ("/sources.bib", of_bibtex),
        ("/issues/syria.bib", of_bibtex),
        ("/issues/syria.svg", ElementTree.fromstring),
        ("/index.svg", ElementTree.fromstring),
        ("/sitemap-actors.xml", ElementTree.fromstring),
    ],
)
def test_a_format_of_texts_has_none_of_them(old, reader, address, read):
    text = whole(reader, address)
    read(text)
    assert "Begin" in text or address in ("/sources.bib", "/sitemap-actors.xml")
    assert {*UNPRINTABLE.findall(text)} <= {"\n", "\r", "\t"}


@pytest.mark.parametrize("plural", CSV_OF)
def test_csv_has_them_in_its_cells(old: None, reader: Reader, plural: str) -> None:
    header, *rows = csv.reader(
        StringIO(whole(reader, f"{plural}/?format=csv"), newline=""), strict=True
    )
    assert {len(row) for row in rows} == {len(header)}
    column = {"actors": "summary", "stances": "summary", "issues": "summary"}.get(plural, "title")
    texts = [row[header.index(column)].removesuffix("2") for row in rows]
    assert TEXT in texts


@pytest.mark.parametrize("format", ["ndjson", "csljson", "json"])
def test_json_escapes_them(old: None, reader: Reader, format: str) -> None:
    text = whole(reader, f"sources/?format={format}")
    documents = (
        map(json.loads, filter(None, text.split("\n")))
        if format == "ndjson"
        else [json.loads(text)]
    )
    assert TEXT in [document.get("title") for answer in documents for document in _listed(answer)]


def _listed(answer: Any) -> list[dict[str, Any]]:
    return answer if isinstance(answer, list) else answer.get("results", [answer])


def whole(reader: Reader, address: str) -> str:
    answer: Any = reader.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return (b"".join(answer) if answer.streaming else answer.content).decode()
