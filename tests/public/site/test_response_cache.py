"""Finished pages are kept by their tag:
the same as when they were made, never an old one, within a bound.
"""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext, override_settings

from tests.public.api.publishing import edit, publish, publish_whole
from tests.public.site.conftest import Visitor, forget
from tests.public.site.pages import make
from tests.publishing.releases.acts import released
from tracker.public.http.caching import OVERHEAD, RESPONSES, ResponseCache

pytestmark = pytest.mark.django_db
CACHED = (
    "/",
    "/issues/canal/",
    "/issues/canal/?on=2019-06-15&edition=1",
    "/issues/canal.svg",
    "/index.card",
    "/issues/canal.bib",
    "/about/",
)


@pytest.fixture(scope="module")
def known(kept_for_the_module: None) -> dict[str, object]:
    """Records about a canal, published as edition 1."""
    known = make()
    publish_whole(*known.values())
    return known


@pytest.mark.parametrize("address", CACHED)
@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_what_is_asked_for_again_is_the_same_for_one_statement(visitor, known, address, encoding):
    made = visitor.get(address, accept_encoding=encoding)
    with CaptureQueriesContext(connection) as queries:
        again = visitor.get(address, accept_encoding=encoding)

    assert len(queries) == 1
    assert again.headers.pop("X-Request-Id") != made.headers.pop("X-Request-Id")
    assert (again.status_code, again.content, again.headers) == (200, made.content, made.headers)
    assert "Content-Encoding" not in made.headers or made.content[4:8] == bytes(4), (
        "there is a moment in it"
    )


def test_what_is_kept_is_never_an_old_one(visitor: Visitor, known: dict[str, object]) -> None:
    """Another edition, day, order of parameters or setting makes a page anew."""
    assert "<h1><bdi>The canal</bdi></h1>" in visitor.read("/issues/canal/")
    publish(edit(known["canal"], title="The great canal"))
    assert "<h1><bdi>The great canal</bdi></h1>" in visitor.read("/issues/canal/")
    assert "<h1><bdi>The canal</bdi></h1>" in visitor.read("/issues/canal/?edition=1")

    orders = [visitor.get(f"/?actor=iran&actor={other}&actor={third}") for other, third in
              (("china", "russia"), ("russia", "china"))]  # fmt: skip
    assert len({response.headers["ETag"] for response in orders}) == 2
    with override_settings(CONTACT="mailto:somebody@example.org"):
        assert "somebody@example.org" in visitor.read("/issues/canal/")
    assert "somebody@example.org" not in visitor.read("/issues/canal/")
    held = visitor.get("/about/").headers["ETag"]
    here = "https://tracker.example"
    for other in (
        {"STALE_AFTER": 1},
        {"WITHHELD": [[9, 9]]},
        {"DATA_LICENSE": here},
        {"URL": here},
    ):
        with override_settings(**other):
            assert visitor.get("/about/", if_none_match=held).status_code == 200, other


def test_a_release_is_listed_when_it_is_made(visitor: Visitor, known: dict[str, object]) -> None:
    assert "No edition has been given a name yet" in visitor.read("/releases/")
    released("2026.1", edition=1)
    page = visitor.read("/releases/")
    assert "2026.1" in page
    assert '<a href="/api/v1/releases/2026.1/files/CHANGES.md">What it changed</a>' in page


def test_neither_errors_nor_what_is_never_cached_is_kept(
    visitor: Visitor, known: dict[str, object]
) -> None:
    before = dict(RESPONSES.responses.values)
    for address in (
        "/issues/never/",
        "/issues/canal.png1",
        "/?on=never",
        "/issues/CANAL/",
        "/since/1/",
        "/releases/",
        "/actors/china.csv",
        "/actors/CHN/",
    ):
        visitor.get(address)

    assert RESPONSES.responses.values == before


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    """Within so many bytes; what is larger than all of them isn't kept."""
    cache = ResponseCache(most=3 * (OVERHEAD + 10))
    for tag in "abc":
        cache.keep(tag, HttpResponse(b"x" * 10))
    assert cache.get("a") is not None
    cache.keep("d", HttpResponse(b"x" * 10))
    cache.keep("d", HttpResponse(b"x" * 10))
    assert (list(cache.responses.values), cache.responses.size) == (
        ["c", "a", "d"],
        3 * (OVERHEAD + 10),
    )

    cache.keep("e", HttpResponse(b"x" * 100_000))
    assert (list(cache.responses.values), cache.responses.size) == (
        ["c", "a", "d"],
        3 * (OVERHEAD + 10),
    )


def test_what_an_edition_has_for_good_is_asked_once(
    visitor: Visitor, known: dict[str, object]
) -> None:
    """Its issues, who the two powers are, and on what there are claims; its facts are a row."""
    forget()
    visitor.read("/")
    with CaptureQueriesContext(connection) as queries:
        visitor.read("/?on=2019-06-14")

    assert len(queries) == 10
