"""Sources: one per address, day and archived copy; and when two addresses are one."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import SourceFactory
from tests.models.rows import execute, refused, write

pytestmark = pytest.mark.django_db
PAGE = "https://www.example.org/report"
COPY = "https://archive.example.org/1"


@pytest.mark.parametrize(
    ("changes", "is_another"),
    [
        ({}, False),
        ({"url": "http://EXAMPLE.org/report/?utm_source=mail#top"}, False),
        ({"issued": "2019-06-04"}, True),
        ({"archive_url": "https://archive.example.org/2"}, True),
        ({"url": "https://www.example.org/report?page=2"}, True),
    ],
)
def test_a_source_is_unique_by_address_and_day_or_archived_copy(by, changes, is_another):
    same = {"url": PAGE, "issued": "2019-06-03", "archive_url": COPY}
    SourceFactory(**same)
    other = SourceFactory()

    if is_another:
        write(by, other, **{**same, **changes})
    else:
        with refused("source_once_per_address_and_day"):
            write(by, other, **{**same, **changes})


def test_any_number_of_sources_have_no_address(by):
    SourceFactory(url="", issued="2019")

    write(by, SourceFactory(), url="", issued="2019")


def test_two_who_enter_one_source_at_the_same_moment_make_it_once(session):
    one, other = session(), session()
    insert = (
        "INSERT INTO tracker_source (state, type, title, english_title, authors, publisher, "
        "container_title, issued, url, archive_url, language, keywords, outlet, reliability) "
        "VALUES ('editing', 'webpage', 'A', '', '[]', '', '', '2019', %s, '', '', '{}', "
        "'unknown', '')"
    )

    one.do("BEGIN")
    one.do(insert, PAGE)
    waiting = other.start(insert, PAGE.replace("https://www.", "http://"))
    assert other.waits(waiting)
    one.do("COMMIT")

    assert waiting.exception().diag.constraint_name == "source_once_per_address_and_day"


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("https://example.org/a", "example.org/a"),
        ("http://example.org/a", "example.org/a"),
        ("https://WWW.Example.org/A", "example.org/A"),
        ("https://example.org:443/a", "example.org/a"),
        ("http://example.org:80/a", "example.org/a"),
        ("https://example.org:8443/a", "example.org:8443/a"),
        ("https://example.org/a/", "example.org/a"),
        ("https://example.org/", "example.org"),
        ("https://example.org", "example.org"),
        ("https://example.org/a#part-2", "example.org/a"),
        ("https://example.org/a?", "example.org/a"),
        ("https://example.org/a?id=1&page=2", "example.org/a?id=1&page=2"),
        ("https://example.org/a/?id=1", "example.org/a?id=1"),
        ("https://example.org/a?utm_source=x&id=1&utm_medium=y#z", "example.org/a?id=1"),
        (
            "https://example.org/a?utm_source_platform=x&fbclid=1&gclid=2&mc_cid=3&mc_eid=4",
            "example.org/a",
        ),
        ("https://example.org/a?utmost=1&gclidx=2", "example.org/a?utmost=1&gclidx=2"),
        ("https://example.org/a?page=2&id=1", "example.org/a?page=2&id=1"),
        ("  https://example.org/a ", "example.org/a"),
        ("https://undocs.org/S/RES/2397(2017)", "undocs.org/S/RES/2397(2017)"),
        ("https://example.org/中国?q=Я", "example.org/%E4%B8%AD%E5%9B%BD?q=%D0%AF"),
        ("https://example.org/%e4%b8%ad%E5%9B%BD?q=Я", "example.org/%E4%B8%AD%E5%9B%BD?q=%D0%AF"),
        ("https://example.org/%d6%D0/%/%4/100%zz/%2f", "example.org/%D6%D0/%/%4/100%zz/%2F"),
        ("https://пример.рф/a", "пример.рф/a"),
        ("urn:isbn:9780000000000", "urn:isbn:9780000000000"),
        ("", ""),
    ],
)
def test_an_address_is_normalised(url, normal):
    assert execute("SELECT normalised_url(%s)", url) == [(normal,)]


word = st.text("abcxyz019", min_size=1, max_size=6)
host = (
    st.lists(word, min_size=2, max_size=3)
    .map(".".join)
    .filter(lambda host: not host.startswith("www."))
)
path = st.lists(word, max_size=3).map(lambda parts: "".join(f"/{part}" for part in parts))
query = st.lists(st.tuples(word, word).map("=".join), max_size=3).map("&".join)


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(host=host, path=path, query=query)
def test_spellings_of_one_address_are_one_and_normalising_again_changes_nothing(host, path, query):
    asked = f"?{query}" if query else ""
    spellings = [
        f"https://{host}{path}{asked}",
        f"http://{host}{path}{asked}",
        f"https://www.{host}{path}{asked}",
        f"HTTPS://{host.upper()}{path}{asked}#below",
        f"https://{host}:443{path}/{asked}",
        f"https://{host}{path}?{'&'.join(filter(None, ['utm_campaign=x', query, 'fbclid=1']))}",
    ]

    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT normalised_url(u) FROM unnest(%s::text[]) u", [spellings])
        normal = [row[0] for row in cursor.fetchall()]
        cursor.execute(
            "SELECT normalised_url('https://' || %s), normalised_url(%s)", [normal[0], normal[0]]
        )
        again = cursor.fetchone()

    assert normal == [f"{host}{path}{asked}"]
    assert again == (normal[0], normal[0])
