"""Whole lists in other forms than JSON:
what they hold, how they are asked for, and what they cost.
"""

import csv
import gzip
import json
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import icalendar
import pandas
import pytest
from django.db import connections
from django.http import StreamingHttpResponse
from django.test.utils import CaptureQueriesContext

from tests.desk.imports.importing import outcomes
from tests.factories import (
    ActFactory,
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
    VoteFactory,
)
from tests.public.api.client import Reader
from tests.public.api.publishing import edit, merge, publish, publish_whole, retract
from tracker.desk.imports import Action
from tracker.models import Meeting
from tracker.public.api import views as public
from tracker.public.api.http.renderers import OF_CHANGES, OF_LISTS, OF_ONE, Atom, Csv, Ndjson, Xlsx
from tracker.public.http import caching
from tracker.public.read.keys import country_codes
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db

FORMS = [(f"{noun.plural}/", form) for noun in Noun for form in OF_LISTS[noun][1:]]
OF_RECORDS = [
    (f"{noun.plural}/{{id}}/", form) for noun, forms in OF_ONE.items() for form in forms[1:]
]
EVERY = [*FORMS, *OF_RECORDS, ("changes/", OF_CHANGES[1])]
FOR_OTHER_SITES = ("Access-Control-Allow-Origin", "Access-Control-Expose-Headers")
FOR_A_DAY, REVALIDATED = "public, max-age=86400, immutable", "public, no-cache"


@pytest.fixture(scope="module")
def published(kept_for_the_module: None) -> dict[str, int]:
    """A record of each noun; the numbers of a source, a meeting and an act by plural."""
    china = ActorFactory(slug="china", name="=China", names={"zh": "中国"}, aliases=["PRC", "NA"])
    issue = IssueFactory(slug="matter", title="+1", themes=["energy", "trade"])
    source = SourceFactory(title="A, “title”\nof two lines", authors=[{"family": "Stokes"}])
    stance = StanceFactory(
        actor=china, issue=issue, since="2018-12", summary="-1\r\n'", hedged=True
    )
    meeting = MeetingFactory(participants=[{"actor": china}])
    claims = (stance, AlignmentFactory(actor=china, issue=issue))
    publish_whole(*claims, meeting, act := ActFactory(), VoteFactory(issue=issue), source)
    return {"sources": source.pk, "meetings": meeting.pk, "acts": act.pk}


def in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let lists be sent as long ones are: while they are made, here record by record."""
    for name, size in (("FIRST_CHUNK", 1), ("CHUNK", 1), ("AT_ONCE", 0)):
        monkeypatch.setattr(public, name, size)


def named(address: str, form: Any) -> str:
    return f"{address.removesuffix('/')}.{form.format}"


def text(reader: Reader, address: str, **headers: str) -> str:
    response: Any = reader.get(address, **headers)
    body: bytes = b"".join(response)
    assert response.status_code == 200, body
    return body.decode()


def rows(reader: Reader, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text(reader, address), newline="")))


@pytest.mark.parametrize(("address", "form"), EVERY)
def test_a_form_is_asked_for_by_its_address_or_by_format_or_by_accept(
    reader, published, address, form
):
    """With the same answer, byte for byte; only the feed says its own address.
    What the address names is not chosen.
    """
    address = address.format(id=published.get(address.partition("/")[0]))
    own, by_format = named(address, form), f"{address}?format={form.format}"
    responses = [
        reader.get(address, accept=form.media_type),
        reader.get(by_format, accept="text/html"),
    ]
    responses += [reader.get(own, accept=accepted) for accepted in ("*/*", "text/html")]

    assert [response.status_code for response in responses] == [200] * 4
    assert responses[0].headers["Content-Type"].partition(";")[0] == form.media_type
    for name in (
        "Content-Type",
        "Content-Disposition",
        "Edition",
        "Cache-Control",
        "Vary",
        *FOR_OTHER_SITES,
    ):
        assert len({response.headers.get(name) for response in responses}) == 1
    assert all(response.headers[name] for response in responses for name in FOR_OTHER_SITES)
    bodies = [b"".join(response) for response in responses]
    if form is Atom:
        bodies = [body.replace(f"/{own}".encode(), f"/{address}".encode()) for body in bodies]
        bodies = [body.replace(f"/{by_format}".encode(), f"/{address}".encode()) for body in bodies]
    assert len(set(bodies)) == 1
    assert bodies[0]


@pytest.mark.parametrize(("address", "form"), EVERY)
def test_an_address_of_a_form_takes_what_the_other_takes(reader, published, address, form):
    """Filters, time and their faults; but a parameter that means nothing in this form is none."""
    resource, _, key = address.partition("/")
    own, other = (
        template.format(id=published.get(resource)) for template in (named(address, form), address)
    )
    filters = (
        ["after=1", "resource=actors"]
        if form is Atom
        else []
        if key
        else ["id=1", "ordering=-id", "q=china"]
    )

    for query in (
        "edition=1",
        "edition=0",
        "edition=9",
        "as_of=x",
        "edition=-1&release=x",
        "release=1.1",
        *filters,
    ):
        here, there = (
            reader.get(f"{own}?{query}"),
            reader.get(f"{other}?format={form.format}&{query}"),
        )
        assert here.status_code == there.status_code, query
        if form is not Atom and here.status_code == 200:
            assert b"".join(here) == b"".join(there), query
        if here.status_code == 400:
            assert reader.faults(f"{own}?{query}") == reader.faults(
                f"{other}?format={form.format}&{query}"
            )
    nothing = ["format", "count", "colour", *([] if form is Atom else ["page_size", "cursor"])]
    nothing += [] if form in (Csv, Ndjson, Xlsx) else ["fields"]
    for name in nothing:
        assert reader.faults(f"{own}?{name}=1") == [(name, "unknown_parameter")]


@pytest.mark.parametrize(
    "address",
    [
        "meetings.bib",
        "stances.json",
        "sources.ics",
        "changes.csv",
        "codebook.csv",
        "nothing.csv",
        "actors.csv/",
        "sources/1.csv/",
        "sources/china.bib",
        "sources/999999.bib",
        "actors/china.csv/",
        "meetings/1.bib/",
    ],
)
def test_there_is_no_address_of_a_form_that_is_not_to_be_had(reader, published, address):
    response = reader.get(address)

    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    assert all(response.headers[name] for name in FOR_OTHER_SITES)


def test_a_record_that_moved_is_found_in_the_same_form(
    reader: Reader, published: dict[str, int]
) -> None:
    """While it is there: one that was merged leads to the other, one that was retracted is gone."""
    kept, merged = SourceFactory(), SourceFactory()
    publish(kept, merged)
    merge(merged, into=kept)
    retract(Meeting.objects.get(pk=published["meetings"]))

    response = reader.get(f"sources/{merged.pk}.bib")
    assert (response.status_code, response.headers["Location"]) == (
        308,
        f"/api/v1/sources/{kept.pk}.bib",
    )
    assert reader.get(f"meetings/{published['meetings']}.ics").status_code == 410


@pytest.mark.parametrize(("address", "form"), EVERY)
def test_a_form_has_tags_as_json_has(
    reader: Reader, published: dict[str, int], address: str, form: Any
) -> None:
    """Strong, of its own, 304 while it holds,
    and kept for a day where the address names an edition.
    """
    address = address.format(id=published.get(address.partition("/")[0]))
    tags = [reader.get(address).headers["ETag"]]
    for asked, pinned in (
        (f"{address}?format={form.format}", f"{address}?format={form.format}&edition=1"),
        (named(address, form), f"{named(address, form)}?edition=1"),
    ):
        for place, cached in ((asked, REVALIDATED), (pinned, FOR_A_DAY)):
            answer = reader.get(place)
            tags.append(answer.headers["ETag"])
            assert answer.headers["Cache-Control"] == cached
            assert reader.get(place, if_none_match=tags[-1]).status_code == 304
    assert all(tag.startswith('"') for tag in tags)
    assert len(set(tags)) == len(tags)


@pytest.mark.parametrize(("address", "form"), FORMS)
def test_head_is_answered_by_the_header_alone(reader, published, address, form):
    for asked in (f"/api/v1/{address}?format={form.format}", f"/api/v1/{named(address, form)}"):
        head, get = reader.client.head(asked), reader.client.get(asked)

        assert b"".join(head) == b""
        assert {**head.headers, "X-Request-Id": ""} == {**get.headers, "X-Request-Id": ""}
        assert (
            head.headers["Content-Disposition"]
            == f'attachment; filename="{address[:-1]}-1.{form.format}"'
        )


def test_actors_have_their_country_code_beside_them(
    reader: Reader, published: dict[str, int]
) -> None:
    """As the edition that answers has it, under a slug of then, too."""
    soviet, prague = (
        ActorFactory(slug="soviet-union", kind="state", iso3="SUN"),
        ActorFactory(kind="bloc"),
    )
    publish_whole(alignment := AlignmentFactory(actor=soviet, counterpart=prague))
    publish(edit(soviet, iso3="RUS", slug="russia"))
    address = f"alignments/?id={alignment.pk}&format=csv&edition="

    lines = [rows(reader, f"{address}{edition}")[0] for edition in (2, 3)]
    assert [(row["actor"], row["actor_iso3"], row["counterpart_iso3"]) for row in lines] == [
        ("soviet-union", "SUN", ""), ("russia", "RUS", ""),
    ]  # fmt: skip
    assert country_codes(3) == {"soviet-union": "RUS", "russia": "RUS"}
    assert country_codes(0) == {}


def test_csv_is_read_by_pandas(reader: Reader, published: dict[str, int]) -> None:
    """With numbers as numbers, nothing as nothing, and names of what is referred to."""
    read = pandas.read_csv(
        StringIO(text(reader, "stances/?format=csv")), parse_dates=["since_earliest"]
    )

    [row] = read.to_dict("records")
    assert (row["actor"], row["actor_name"], row["issue_name"]) == ("china", "'=China", "'+1")
    assert (row["score"], row["hedged"], row["since"]) == (1, True, "2018-12")
    assert row["since_earliest"] == pandas.Timestamp(2018, 12, 1)
    assert pandas.isna(row["until"])
    assert json.loads(row["citations"])[0]["relation"] == "supports"


def test_ndjson_is_read_by_pandas(reader: Reader, published: dict[str, int]) -> None:
    written = text(reader, "actors/?format=ndjson")

    assert [json.loads(line) for line in written.splitlines()] == reader.read("actors/")["results"]
    assert list(pandas.read_json(StringIO(written), lines=True)["slug"])[:1] == ["china"]


def test_nasty_texts_exported_are_imported_unchanged(
    reader: Reader, published: dict[str, int], tmp_path: Path
) -> None:
    for noun in Noun:
        (tmp_path / f"{noun.plural}.csv").write_bytes(
            text(reader, f"{noun.plural}/?format=csv").encode()
        )

    imported = outcomes(tmp_path)
    assert {outcome.action for outcome in imported} == {Action.SAME}
    assert len(imported) == sum(len(reader.walk(f"{noun.plural}/")) for noun in Noun)


@pytest.mark.parametrize("form", ["csv", "ndjson"])
def test_it_is_the_whole_list_filtered_and_in_order(reader, published, monkeypatch, form):
    """As of the edition asked for, in chunks that are a statement each:
    as many for 20 records as for one.
    """
    for number in range(20):
        publish(ActorFactory(slug=f"state-{number}", kind="state"))
    publish(edit(ActorFactory._meta.model.objects.get(slug="state-3"), name="Another"))
    query = f"actors/?format={form}&kind=state&ordering=-slug"
    expected = [record["slug"] for record in reader.walk("actors/?kind=state&ordering=-slug")]

    def slugs(query: str) -> list[str]:
        if form == "csv":
            return [row["slug"] for row in rows(reader, query)]
        return [json.loads(line)["slug"] for line in text(reader, query).splitlines()]

    for first, size, statements in ((500, 2000, 1), (2, 7, (len(expected) - 2) // 7 + 2)):
        monkeypatch.setattr(public, "FIRST_CHUNK", first)
        monkeypatch.setattr(public, "CHUNK", size)
        with CaptureQueriesContext(connections["publication"]) as queries:
            assert slugs(query) == expected
        assert len(queries) == statements
    assert slugs(f"{query}&edition=5") == [
        record["slug"] for record in reader.walk("actors/?kind=state&ordering=-slug&edition=5")
    ]
    assert slugs(f"{query}&edition=0") == []


def test_what_is_published_meanwhile_is_not_in_it(reader, published, monkeypatch):
    """All of it is of the edition that its header tells of."""
    in_pieces(monkeypatch)
    publish(ActorFactory(slug="russia", name="Russia"))
    response: Any = reader.get("actors/?format=ndjson&ordering=slug")
    pieces = iter(response)
    first = next(pieces)

    publish(
        edit(ActorFactory._meta.model.objects.get(slug="russia"), name="Changed"),
        ActorFactory(slug="zambia"),
    )

    assert response.headers["Edition"] == "2"
    names = [json.loads(line)["name"] for line in b"".join([first, *pieces]).splitlines()]
    assert "Russia" in names
    assert not {"Changed", "zambia"} & set(names)


@pytest.mark.parametrize("at_once", [0, public.AT_ONCE])
@pytest.mark.parametrize("form", ["csv", "ndjson"])
def test_it_is_compressed_where_that_is_taken(reader, published, monkeypatch, form, at_once):
    monkeypatch.setattr(public, "AT_ONCE", at_once)
    monkeypatch.setattr(caching, "SMALLEST_COMPRESSED", 0)
    asked = f"actors/?format={form}"
    plain, *packed = (
        reader.get(asked),
        *(reader.get(asked, accept_encoding="gzip") for _ in range(2)),
    )

    assert [answer.headers.get("Content-Encoding") for answer in packed] == ["gzip", "gzip"]
    assert plain.headers["ETag"] != packed[0].headers["ETag"] == packed[1].headers["ETag"]
    bodies = [b"".join(answer) for answer in packed]
    assert bodies[0] == bodies[1]
    assert gzip.decompress(bodies[0]) == b"".join(plain)
    assert isinstance(packed[0], StreamingHttpResponse) == (at_once == 0)


def test_only_some_fields_are_columns_if_that_is_asked(
    reader: Reader, published: dict[str, int]
) -> None:
    """A reference with its name, a date with its days; of a line as of a record."""
    assert [*rows(reader, "stances/?format=csv&fields=since,actor")[0]] == [
        "actor", "actor_name", "actor_iso3", "since", "since_earliest", "since_latest",
    ]  # fmt: skip
    assert [*json.loads(text(reader, "actors/?format=ndjson&fields=slug").splitlines()[0])] == [
        "slug"
    ]


@pytest.mark.parametrize(
    ("query", "faults"),
    [
        (
            "stances/?format=csv&page_size=5&count=true",
            [("page_size", "conflict"), ("count", "conflict")],
        ),
        (
            "stances/?format=ndjson&edition=1&cursor=WzJd",
            [("cursor", "conflict"), ("cursor", "invalid")],
        ),
        ("sources/?format=bib&fields=title", [("fields", "conflict")]),
        (
            "stances/?format=csv&actor=nobody&colour=red",
            [("colour", "unknown_parameter"), ("actor", "unknown")],
        ),
        ("meetings/?format=bib", [("format", "invalid")]),
        ("sources/?format=ics", [("format", "invalid")]),
        ("actors/china/?format=csv", [("format", "invalid")]),
    ],
)
def test_what_a_form_can_not_do_is_a_400_before_anything_is_sent(reader, published, query, faults):
    assert reader.faults(query) == faults


@pytest.mark.parametrize(
    ("address", "accepted"),
    [("actors/", "application/x-bibtex"), ("changes/", "text/csv"), ("sources/", "text/html")],
)
def test_a_form_that_is_not_to_be_had_is_a_406(reader, published, address, accepted):
    response = reader.get(address, accept=accepted)

    assert response.status_code == 406
    assert "application/json" in response.json()["detail"]


def test_a_browser_gets_json(reader: Reader, published: dict[str, int]) -> None:
    for accepted in (
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "*/*",
        "application/*",
    ):
        assert reader.get("sources/", accept=accepted).headers["Content-Type"] == "application/json"


def test_a_calendar_names_its_meetings_by_address(
    reader: Reader, published: dict[str, int]
) -> None:
    for address in ("meetings/", f"meetings/{published['meetings']}/"):
        [event] = icalendar.Calendar.from_ical(text(reader, f"{address}?format=ics")).events
        assert event["URL"] == f"http://testserver/api/v1/meetings/{published['meetings']}/"
        assert event["DESCRIPTION"] == "With: =China"


def test_the_feed_is_the_latest_changes_newest_first(
    reader: Reader, published: dict[str, int]
) -> None:
    publish(ActorFactory(slug="russia"))
    pandas_reads = pandas.read_xml(
        BytesIO(text(reader, "changes/?format=atom&resource=actors&page_size=2").encode()),
        xpath="//a:entry", namespaces={"a": "http://www.w3.org/2005/Atom"},
    )  # fmt: skip

    assert pandas_reads["title"][0].endswith(" (new actor)")
    assert len(pandas_reads) == 2
    assert reader.read("changes/?resource=actors")["results"][-1]["key"] == "russia"
