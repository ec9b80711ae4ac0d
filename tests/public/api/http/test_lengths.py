"""Whole lists that aren't long:
their length is told, and of tables parts can be asked for, as programs do.
"""

import pytest

from tests.plugins.database import one_connection
from tests.public.api.client import Reader
from tests.public.api.test_urls import populate
from tracker.public.api import views as public
from tracker.public.api.http.renderers import OF_LISTS, Xlsx
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
LISTS = [(f"{noun.plural}.{form.format}", form) for noun in Noun for form in OF_LISTS[noun][1:]]


@pytest.fixture(scope="module", autouse=True)
def records(kept_for_the_module: None) -> None:
    with one_connection():
        populate(1)


@pytest.mark.parametrize(("address", "form"), LISTS)
def test_a_list_that_is_not_long_has_a_length(reader, monkeypatch, address, form):
    """For GET and HEAD, compressed too, also of nothing;
    programs that read tables look for it first.
    """
    place = f"/api/v1/{address}"
    for query, headers in (("", {}), ("", {"accept-encoding": "gzip"}), ("?edition=0", {})):
        get, head = (
            ask(f"{place}{query}", headers=headers)
            for ask in (reader.client.get, reader.client.head)
        )
        assert (
            get.headers["Content-Length"] == head.headers["Content-Length"] == str(len(get.content))
        )
        assert get.headers["Content-Type"] == form().content_type

    length = len(reader.client.get(place).content)
    for at_once in (length, length + 1):
        monkeypatch.setattr(public, "AT_ONCE", at_once)
        assert ("Content-Length" in reader.client.head(place).headers) == (
            at_once > length or form is Xlsx
        )


@pytest.mark.parametrize("address", ["stances.csv", "stances.ndjson", "agreement.csv"])
def test_parts_of_a_table_can_be_asked_for(reader: Reader, address: str) -> None:
    """By ranges of bytes, as of a file of a release; after its end there is none."""
    whole = reader.get(address)
    assert whole.headers["Accept-Ranges"] == "bytes"

    for asked, begins in (
        ("bytes=0-9", 0),
        ("bytes=10-", 10),
        ("bytes=-5", len(whole.content) - 5),
    ):
        part = reader.get(address, range=asked, if_range=whole.headers["ETag"])
        assert part.status_code == 206
        assert part.content == whole.content[begins : begins + len(part.content)] != b""
        last = begins + len(part.content) - 1
        assert part.headers["Content-Range"] == f"bytes {begins}-{last}/{len(whole.content)}"
        assert part.headers["Content-Length"] == str(len(part.content))
    assert reader.get(address, range="bytes=0-9", if_range='"another"').content == whole.content
    beyond = reader.get(address, range=f"bytes={len(whole.content)}-")
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (
        416,
        f"bytes */{len(whole.content)}",
    )


@pytest.mark.parametrize("address", ["stances/", "sources.bib", "changes.atom"])
def test_of_what_is_no_table_all_comes(reader: Reader, address: str) -> None:
    answer = reader.get(address, range="bytes=0-9")

    assert answer.status_code == 200
    assert "Accept-Ranges" not in answer.headers
