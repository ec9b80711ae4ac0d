"""The files of releases, sent whole or in parts."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.factories import ActorFactory
from tests.plugins.database import one_connection
from tests.public.api.client import Reader
from tests.public.api.publishing import publish
from tests.publishing.releases.acts import contents, released
from tracker.publishing import releases

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def in_pieces(kept_for_the_module: None) -> bytes:
    """A file of a release that is kept in many pieces."""
    with pytest.MonkeyPatch.context() as patch, one_connection():
        patch.setattr(releases, "PIECE", 10)
        publish(*ActorFactory.create_batch(3))
        return contents(released("2026.1"))["actors.csv"]


@pytest.mark.slow
def test_a_large_file_is_sent_piece_by_piece(reader: Reader, in_pieces: bytes) -> None:
    answer = reader.get("releases/2026.1/files/actors.csv")

    assert answer.streaming
    sent = list(answer)
    assert b"".join(sent) == in_pieces
    assert {len(piece) for piece in sent[:-1]} == {10}
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize(
    ("asked", "first", "stop"),
    [
        *(
            ("bytes=0-0", 0, 1),
            ("bytes=0-9", 0, 10),
            ("bytes=9-10", 9, 11),
            ("bytes=10-19", 10, 20),
        ),
        *(
            ("bytes=7-33", 7, 34),
            ("bytes=50-", 50, None),
            ("bytes=-1", -1, None),
            ("bytes=-25", -25, None),
        ),
        *(
            ("bytes=0-", 0, None),
            ("bytes=-999999", 0, None),
            ("bytes=5-999999999999999999", 5, None),
        ),
    ],
)
def test_a_part_of_a_file_is_sent_alone(reader, in_pieces, asked, first, stop):
    with CaptureQueriesContext(connections["publication"]) as queries:
        answer = reader.get("releases/2026.1/files/actors.csv", range=asked, accept_encoding="gzip")
        sent = answer.getvalue()

    places = range(len(in_pieces))[first:stop]
    assert (answer.status_code, sent) == (206, in_pieces[first:stop])
    assert (
        answer.headers["Content-Range"]
        == f"bytes {places.start}-{places.stop - 1}/{len(in_pieces)}"
    )
    assert answer.headers["Content-Length"] == str(len(sent))
    assert len(queries) == 2 + len({place // 10 for place in places})


def test_a_part_is_sent_only_of_the_file_that_is_begun(reader: Reader, in_pieces: bytes) -> None:
    address = "releases/2026.1/files/actors.csv"
    tag = reader.get(address).headers["ETag"]

    part = reader.get(address, range="bytes=5-", if_range=tag)
    assert (part.status_code, part.getvalue(), part.headers["ETag"]) == (206, in_pieces[5:], tag)
    for other in ('"another"', f"W/{tag}", "Fri, 27 Nov 2026 00:00:00 GMT"):
        whole = reader.get(address, range="bytes=5-", if_range=other)
        assert (whole.status_code, whole.getvalue()) == (200, in_pieces)
    assert reader.get(address, range="bytes=5-", if_none_match=tag).status_code == 304


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,5-6", "bytes=9-3", "bytes=", "bytes=-", "bytes=x-", "lines=0-9", "0-9"]
)
def test_a_range_that_is_none_or_several_is_answered_by_the_whole(
    reader: Reader, in_pieces: bytes, asked: str
) -> None:
    answer = reader.get("releases/2026.1/files/actors.csv", range=asked)

    assert (answer.status_code, answer.getvalue()) == (200, in_pieces)


def test_a_range_after_the_end_is_refused_with_the_length(reader: Reader, in_pieces: bytes) -> None:
    for asked in (f"bytes={len(in_pieces)}-", "bytes=99999999-99999999", "bytes=-0"):
        answer = reader.get("releases/2026.1/files/actors.csv", range=asked)
        assert (answer.status_code, answer.headers["Content-Range"]) == (
            416,
            f"bytes */{len(in_pieces)}",
        )
        assert answer.json()["title"] == "Range Not Satisfiable"


def test_head_tells_the_length_of_all_of_it(reader: Reader, in_pieces: bytes) -> None:
    answer = reader.client.head(
        "/api/v1/releases/2026.1/files/actors.csv", headers={"range": "bytes=0-4"}
    )

    assert (answer.status_code, answer.getvalue()) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(in_pieces))


def test_nothing_but_files_is_sent_in_parts(reader: Reader, in_pieces: bytes) -> None:
    for address in ("actors/", "actors/?format=csv"):
        assert reader.get(address, range="bytes=0-4").status_code == 200
