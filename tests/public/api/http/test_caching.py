"""Entity tags: what keeps them, what changes them,
and what is asked of the database where nothing changed.
"""

import gzip
from time import process_time

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import ActorFactory, StanceFactory
from tests.public.api.client import Reader
from tests.public.api.publishing import edit, publish, publish_whole, retract
from tracker.public.api import views as public
from tracker.public.http import caching

pytestmark = pytest.mark.django_db

FOR_A_DAY, REVALIDATED = "public, max-age=86400, immutable", "public, no-cache"
LISTS = [
    "stances/?count=true",
    "actors/?kind=state",
    "editions/",
    "changes/",
    "actors/china/history/",
    "",
]
FILES = ["stances.csv", "actors.ndjson?kind=state", "stances.csv?edition=1", "changes.atom"]
PINNED = ["stances/?edition=1", "actors/china/?edition=1", "editions/1/", "actors/china/history/1/"]


@pytest.fixture(scope="module")
def published(kept_for_the_module: None) -> None:
    """Two actors and a stance of one of them, by two editions."""
    china = ActorFactory(slug="china", summary="A state. " * 200)
    publish_whole(StanceFactory(actor=china, issue__slug="matter"))
    publish(ActorFactory(slug="russia"))


def tag(reader: Reader, address: str, **headers: str) -> str:
    response = reader.get(address, **headers)
    assert response.status_code == 200
    return response.headers["ETag"]


@pytest.mark.parametrize(
    "address", [*LISTS, *PINNED, *FILES, "actors/china/", "codebook/", "stances/?edition=0"]
)
def test_what_is_unchanged_is_answered_304_by_one_statement_at_most(
    reader, published, monkeypatch, address
):
    """Without a view, and with the headers of the answer that it stands for."""
    whole = reader.get(address)
    monkeypatch.setattr(public.PublicView, "dispatch", None)

    with CaptureQueriesContext(connections["publication"]) as queries:
        unchanged = Client().get(
            f"/api/v1/{address}", headers={"if-none-match": whole.headers["ETag"]}
        )

    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert len(queries) <= 1
    kept = ("ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin")
    assert [unchanged.headers[name] for name in kept] == [whole.headers[name] for name in kept]
    assert not unchanged.headers["ETag"].startswith("W/")


@pytest.mark.parametrize("address", LISTS)
def test_an_edition_gives_every_list_another_tag(
    reader: Reader, published: None, address: str
) -> None:
    before = tag(reader, address)
    publish(ActorFactory())

    after = reader.get(address, if_none_match=before)
    assert (after.status_code, after.headers["Edition"]) == (200, "3")
    assert after.headers["ETag"] != before


def test_a_record_keeps_its_tag_until_an_edition_touches_it(
    reader: Reader, published: None
) -> None:
    addresses = ["actors/china/", "actors/russia/", "issues/matter/"]
    stance = reader.read("stances/")["results"][0]["id"]
    before = [tag(reader, address) for address in (*addresses, f"stances/{stance}/")]
    actor = ActorFactory(slug="india")
    publish(actor)
    assert [tag(reader, address) for address in (*addresses, f"stances/{stance}/")] == before

    china = type(actor).objects.get(slug="china")
    publish(edit(china, name="China"))
    assert [
        reader.get(address, if_none_match=held).status_code
        for address, held in zip((*addresses, f"stances/{stance}/"), before, strict=True)
    ] == [200, 304, 304, 200]


def test_a_record_that_is_gone_or_has_moved_is_not_unchanged(
    reader: Reader, published: None
) -> None:
    """Whatever the client holds; a version of it that is pinned still is."""
    russia = tag(reader, "actors/russia/")
    pinned = tag(reader, "actors/russia/?edition=2")
    actor = ActorFactory._meta.model.objects.get(slug="russia")
    publish(edit(actor, slug="russian-federation"))

    moved = reader.get("actors/russia/", if_none_match=russia)
    assert (moved.status_code, moved.headers["Cache-Control"]) == (308, "no-cache")
    retract(actor)
    gone = reader.get("actors/russian-federation/", if_none_match=russia)
    assert (gone.status_code, gone.headers["Cache-Control"]) == (410, "no-cache")
    assert "ETag" not in gone.headers
    assert reader.get("actors/russia/?edition=2", if_none_match=pinned).status_code == 304


@pytest.mark.parametrize(
    ("address", "says"),
    [
        *((address, FOR_A_DAY) for address in PINNED),
        *(
            (address, REVALIDATED)
            for address in (*LISTS, "actors/china/", "codebook/", "stances/?as_of={moment}")
        ),
    ],
)
def test_what_is_pinned_is_kept_for_a_day_and_all_else_revalidated(
    reader, published, address, says
):
    """`as_of` is not pinned: an edition of that moment may still be under way."""
    moment = reader.read("editions/")["results"][0]["published_at"]

    response = reader.get(address.format(moment=moment))
    assert response.headers["Cache-Control"] == says
    assert (
        reader.get(
            address.format(moment=moment), if_none_match=response.headers["ETag"]
        ).status_code
        == 304
    )


def test_the_order_of_parameters_does_not_matter_but_their_values_do(
    reader: Reader, published: None
) -> None:
    same = {
        tag(reader, f"stances/?{query}")
        for query in ("count=true&page_size=5", "page_size=5&count=true")
    }
    others = {
        tag(reader, address)
        for address in (
            "stances/",
            "stances/?count=true",
            "stances/?page_size=5",
            "alignments/?page_size=5",
        )
    }

    assert len(same) == 1
    assert len(others | same) == 5


@pytest.mark.parametrize(
    "other",
    [
        {"build": lambda: "another"},
        {"STALE_AFTER": 1},
        {"WITHHELD": [[9, 9]]},
        {"URL": "https://tracker.example"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_another_build_of_the_code_or_another_setting_gives_another_tag(
    reader, published, monkeypatch, other
):
    before = tag(reader, "actors/china/")
    for name, value in other.items():
        monkeypatch.setattr(settings if name.isupper() else caching, name, value)

    assert reader.get("actors/china/", if_none_match=before).status_code == 200


def test_what_another_processor_may_compress_otherwise_has_another_tag(
    reader, published, monkeypatch
):
    """A tag is of the bytes; those of an answer as it is don't depend on the machine."""
    before = tag(reader, "actors/china/", accept_encoding="gzip"), tag(reader, "actors/china/")
    monkeypatch.setattr(caching, "_encoder", lambda: "another")

    after = tag(reader, "actors/china/", accept_encoding="gzip"), tag(reader, "actors/china/")
    assert (after[0] == before[0], after[1] == before[1]) == (False, True)


def test_the_same_edition_of_another_history_has_another_tag(
    reader: Reader, published: None
) -> None:
    """As after an older dump was restored, which counts its editions again:
    the moment tells them apart.
    """
    before = {tag(reader, address) for address in ("stances/", "actors/russia/", "editions/2/")}
    with connections["default"].cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE tracker_edition SET published_at = published_at + interval '1 second' "
            "WHERE number = 2"
        )
        cursor.execute("SET session_replication_role = origin")

    assert not before & {
        tag(reader, address) for address in ("stances/", "actors/russia/", "editions/2/")
    }


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip", "gzip"),
        ("br, gzip;q=0.8", "gzip"),
        ("*", "gzip"),
        ("identity", None),
        ("gzip;q=0", None),
        ("gzip;q=0.000, br", None),
        ("xgzip", None),
        ("", None),
    ],
)
def test_a_large_answer_is_compressed_where_that_is_taken(reader, published, accepted, encoding):
    """Under a tag of its own, which is strong since the bytes are the same each time."""
    plain = Client().get("/api/v1/actors/china/")
    responses = [
        Client().get("/api/v1/actors/china/", headers={"accept-encoding": accepted})
        for _ in range(2)
    ]

    assert [response.headers.get("Content-Encoding") for response in responses] == [encoding] * 2
    assert responses[0].content == responses[1].content
    assert encoding is None or responses[0].content[4:8] == bytes(4), "there is a moment in it"
    body = gzip.decompress(responses[0].content) if encoding else responses[0].content
    assert body == plain.content
    assert (responses[0].headers["ETag"] == plain.headers["ETag"]) == (encoding is None)
    assert responses[0].headers["Content-Length"] == str(len(responses[0].content))
    assert "Accept-Encoding" in responses[0].headers["Vary"]


def test_either_encoding_can_be_revalidated_by_who_takes_both(
    reader: Reader, published: None
) -> None:
    """But not the compressed one by who does not take it."""
    plain, compressed = (
        tag(reader, "actors/china/"),
        tag(reader, "actors/china/", accept_encoding="gzip"),
    )
    get = Client().get

    for held in (plain, compressed, f'"other", {plain}, {compressed}'):
        answer = get(
            "/api/v1/actors/china/", headers={"if-none-match": held, "accept-encoding": "gzip"}
        )
        assert answer.status_code == 304
        assert answer.headers["ETag"] in held
    assert get("/api/v1/actors/china/", headers={"if-none-match": compressed}).status_code == 200


@pytest.mark.parametrize(
    "held", ['"0.0"', "x", '"', '"2.', "W/", '"2-1.zz"', "\x00", '"99999999999999999999-1.0"']
)
def test_a_tag_that_is_none_is_answered_whole(reader: Reader, published: None, held: str) -> None:
    for address in ("stances/", "actors/china/", "editions/2/", "actors/china/history/1/"):
        assert reader.get(address, if_none_match=held).status_code == 200


def test_a_weak_tag_of_a_proxy_is_taken_for_the_strong_one(reader: Reader, published: None) -> None:
    """As RFC 9110 compares them here; proxies that compress weaken tags."""
    assert reader.get("stances/", if_none_match=f"W/{tag(reader, 'stances/')}").status_code == 304


@pytest.mark.parametrize(
    "address", ["stances/?colour=red", "actors/nobody/", "stances/?edition=99", "editions/99/"]
)
def test_an_error_has_no_tag(reader: Reader, published: None, address: str) -> None:
    response = reader.get(address)

    assert response.status_code >= 400
    assert "ETag" not in response.headers
    assert response.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "accepted", ["*/*", "application/json", "text/html, application/json;q=0.5", "application/*"]
)
def test_however_json_is_asked_for_the_tag_is_the_same(
    reader: Reader, published: None, accepted: str
) -> None:
    held = tag(reader, "actors/china/")

    assert tag(reader, "actors/china/", accept=accepted) == held
    unchanged = Client().get(
        "/api/v1/actors/china/", headers={"if-none-match": held, "accept": accepted}
    )
    assert unchanged.status_code == 304


def test_what_can_not_be_had_is_refused_also_to_who_holds_the_answer(
    reader: Reader, published: None
) -> None:
    """A 406, or a 400 for a form that there is not, before a 304."""
    held = tag(reader, "actors/china/")

    get = Client().get
    assert (
        get(
            "/api/v1/actors/china/", headers={"if-none-match": held, "accept": "text/csv"}
        ).status_code
        == 406
    )
    assert (
        get("/api/v1/actors/china/?format=xml", headers={"if-none-match": held}).status_code == 400
    )


@pytest.mark.parametrize(
    "address", ["stances/", "stances/?format=csv", "actors/china/", "editions/2/", "codebook/"]
)
def test_who_holds_anything_at_all_is_told_that_there_is_something(reader, published, address):
    """By the tag that it has now; where there is nothing, or something is wrong, that is told."""
    whole = reader.get(address)
    unchanged = reader.get(address, if_none_match="*")

    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged.headers["ETag"] == whole.headers["ETag"]
    assert reader.get("actors/nobody/", if_none_match="*").status_code == 404
    assert (
        reader.get(f"{address.partition('?')[0]}?colour=red", if_none_match="*").status_code == 400
    )


@pytest.mark.parametrize(
    ("accepted", "is_taken"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("*", True),
        ("gzip;q=1.000", True),
        ("", False),
        ("br", False),
        ("x-gzip", False),
        ("gzip;q=0", False),
        ("gzip;q=0.000", False),
        ("*, gzip;q=0", False),
        ("gzip;q=2", False),
        ("gzip;q=nan", False),
        ("gzip;q=0.5;level=1", False),
    ],
)
def test_gzip_is_sent_to_those_who_take_it(accepted: str, is_taken: bool) -> None:
    assert caching.accepts_gzip(accepted) is is_taken


@pytest.mark.parametrize("beginning", ["gzip;q=0.", "gzip;", "*;q=0.", ","])
@pytest.mark.parametrize("repeated", ["1", "0", ";", ",", " ", "gzip,", "q=0.1;"])
def test_no_header_takes_long_to_read(beginning: str, repeated: str) -> None:
    """One of 8 kB that an expression was matched against held a process for more than a second."""
    begun = process_time()
    caching.accepts_gzip(beginning + repeated * (8_000 // len(repeated)) + "x")

    assert process_time() - begun < 0.01
