"""What an address says about the document behind it."""

from urllib.parse import quote

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tracker.values.addresses import (
    LONGEST_URL,
    Clues,
    clues,
    host_of,
    is_address,
    shortened,
    whole,
    without_tracking,
)
from tracker.values.dates import parse


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org",
        "HTTP://example.org/x",
        " www.example.org ",
        "example.org/a/b",
        "en.kremlin.ru/events",
    ],
)
def test_an_address_is_told(text):
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Stokes",
        "China and Russia",
        "example.org",
        "U.S./China",
        "3/4",
        "and/or",
        "https://[::1",
        "https:///x",
    ],
)
def test_words_to_search_for_are_no_address(text):
    assert not is_address(text)


LONG = "https://example.org/" + "a" * LONGEST_URL


@pytest.mark.parametrize(
    ("copied", "kept"),
    [
        ("/%E4%B8%AD%E5%9B%BD?q=%d0%af#%C3%A9", "/中国?q=Я#é"),
        ("/%F0%9F%98%80%41%20%2F%25", "/😀%41%20%2F%25"),
        # of another encoding, or cut off
        ("/%D6%D0%B9%FA/%E4%B8/%FF/%", "/%D6%D0%B9%FA/%E4%B8/%FF/%"),
        # seen by nobody
        ("/%E2%80%AE/%C2%A0/%C2%85/%E2%80%8B", "/%E2%80%AE/%C2%A0/%C2%85/%E2%80%8B"),
        ("/e%CC%81/%E4%B8%AD", "/e%CC%81/%E4%B8%AD"),  # composed it would be another address
    ],
)
def test_an_address_that_is_too_long_has_its_letters_as_a_browser_shows_them(copied, kept):
    assert shortened(LONG + copied) == LONG + kept
    assert shortened(f"https://example.org{copied}") == f"https://example.org{copied}"


@given(st.text())
def test_shortened_it_asks_for_the_same(text):
    address = f"{LONG}/{quote(text, safe='')}"
    assert quote(shortened(address), safe="%:/") == address


@pytest.mark.parametrize(
    ("tagged", "plain"),
    [
        ("https://a.example/?utm_source=x", "https://a.example/"),
        ("https://a.example/?UTM_Campaign=x&id=7&gclid=1#part", "https://a.example/?id=7#part"),
        ("https://a.example/#utm_source=x", "https://a.example/#utm_source=x"),
        ("https://a.example/?q=utm_source&b&", "https://a.example/?q=utm_source&b&"),
        ("https://a.example/?", "https://a.example/?"),
        ("", ""),
    ],
)
def test_what_tracks_readers_is_taken_off_an_address_and_nothing_else(tagged, plain):
    assert without_tracking(tagged) == plain


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "utm_source",
        "UTM_Campaign",
        "fbclid",
        "gclid",
        "dclid",
        "msclkid",
        "yclid",
        "twclid",
        "gbraid",
        "wbraid",
        "mc_cid",
        "mc_eid",
        "igshid",
        "mkt_tok",
        "_hsenc",
        "_hsmi",
        "_gl",
        "_ga",
    ],
)
def test_an_address_keeps_its_key_without_what_tracks_readers(name):
    tagged = f"https://a.example/x?a=1&{name}=2"

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT normalised_url(%s) = normalised_url(%s)", [tagged, without_tracking(tagged)]
        )
        assert cursor.fetchone() == (True,)
    assert name not in without_tracking(tagged)


@pytest.mark.parametrize(
    ("address", "issued"),
    [
        ("https://a.example/2019/06/05/title-words", "2019-06-05"),
        ("https://a.example/2019-06-05-title", "2019-06-05"),
        ("https://a.example/news/20190605/title", "2019-06-05"),
        ("https://a.example/world/2019/jun/05/title", "2019-06-05"),
        ("https://a.example/2019/06/title", "2019-06"),
        ("https://a.example/2019-06/05/c_138119.htm", "2019-06"),
        ("https://a.example/2019/13/title", ""),
        ("https://a.example/2019/02/30/title", ""),
        ("https://a.example/201906/title", ""),
        ("https://a.example/12019/06/05", ""),
        ("https://a.example/title?day=2019/06/05", ""),
    ],
)
def test_a_day_in_the_path_is_when_it_was_published(address, issued):
    assert clues(address).issued == issued


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("https://a.example/2019/06/05/china-and-russia-act.html", "China and russia act"),
        ("https://a.example/2019-06-05-the_talks_went-well/", "The talks went well"),
        ("https://a.example/the-talks-20190605/", "The talks"),
        ("https://a.example/%D0%BE%D0%B1-%D1%8D%D1%82%D0%BE%D0%BC", "Об этом"),
        ("https://a.example/c_138119.htm", ""),
        ("https://a.example/events/60672", ""),
        ("https://a.example/", ""),
        ("https://a.example", ""),
    ],
)
def test_the_words_of_the_last_part_are_a_title(address, title):
    assert clues(address).title == title


@pytest.mark.parametrize(
    ("address", "language"),
    [
        ("https://en.a.example/x", "en"),
        ("https://english.www.gov.example/x", "en"),
        ("https://a.example/ru/x", "ru"),
        ("https://a.example/zh_CN/x", "zh"),
        ("https://a.example/x/en", ""),
        ("https://a.example/english-lessons", ""),
        ("https://de.example/x", ""),
    ],
)
def test_a_language_in_host_or_path_is_its_own(address, language):
    assert clues(address).language == language


@pytest.mark.parametrize(
    ("address", "url"),
    [
        (
            "https://web.archive.org/web/20190605101112/https://a.example/x?y=1",
            "https://a.example/x?y=1",
        ),
        ("http://web.archive.org/web/20190605101112if_/http://a.example/x", "http://a.example/x"),
        ("https://archive.ph/20190605101112/a.example/x", "https://a.example/x"),
    ],
)
def test_an_archived_copy_is_told_from_its_original(address, url):
    assert (clues(address).url, clues(address).archive_url) == (url, address)
    assert clues(address).issued == ""


def test_what_is_no_archived_copy_is_the_original():
    assert clues("https://archive.org/details/x").archive_url == ""
    assert clues("example.org/x").url == "https://example.org/x"
    assert host_of(whole("WWW.Example.org:80/x")) == "example.org"


@given(
    st.text().map("https://a.example/{}".format)
    | st.from_regex(r"https?://[\[\]/.a-z]+", fullmatch=True)
)
def test_no_address_is_too_strange(text):
    parsed = clues(text) if is_address(text) else Clues(text)

    assert parsed.issued == "" or parse(parsed.issued)
