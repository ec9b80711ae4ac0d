"""The front page: what this is, how much of it there is, and where to go on."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from tests.api.publishing import publish, publish_whole
from tests.factories import ActorFactory, IssueFactory, StanceFactory
from tracker.api.landing import QUESTIONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def published() -> None:
    """What the questions ask about, in two editions."""
    china, russia = ActorFactory(slug="china", iso3="CHN"), ActorFactory(slug="russia", iso3="RUS")
    venezuela, korea = IssueFactory(slug="venezuela"), IssueFactory(slug="north-korea")
    publish_whole(StanceFactory(actor=russia, issue=venezuela), china, korea, note="The <first> edition")
    publish(ActorFactory())


def test_it_counts_what_is_published_with_links(client: Client, published: None) -> None:
    """And nothing that is only at the desk."""
    StanceFactory()

    page = client.get("/").content.decode()

    counts = dict(re.findall(r'<a href="/api/v1/(\w+)/"><b>(\d+)</b>', page))
    assert counts == {
        "issues": "2", "actors": "3", "sources": "1", "stances": "1", "alignments": "0", "meetings": "0",
    }  # fmt: skip


def test_it_lists_the_last_editions(client: Client, published: None) -> None:
    """With their notes, escaped."""
    page = client.get("/").content.decode()

    assert re.findall(r"Edition (\d)", page) == ["2", "1"]
    assert "The &lt;first&gt; edition" in page


def test_before_the_first_edition_it_says_so(client: Client) -> None:
    """Instead of an empty list."""
    assert "Nothing has been published yet." in client.get("/").content.decode()


def test_every_link_leads_somewhere(client: Client, published: None) -> None:
    """The questions too."""
    page = client.get("/").content.decode()

    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"]*)"', page)}
    assert set(QUESTIONS.values()) <= links
    assert len(QUESTIONS) == 3
    for link in links - {"/admin/"}:
        if not link.startswith("/static/"):
            assert client.get(link).status_code == 200, link
    assert client.get("/admin/").status_code == 302


def test_it_needs_neither_inline_style_nor_script(client: Client, published: None) -> None:
    """Under the strict policy of the whole site."""
    response = client.get("/")

    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert not re.search(r"<style|<script|style=|onclick", response.content.decode())


def test_it_takes_few_queries_however_much_there_is(client: Client, published: None) -> None:
    """One for the counts, one for the editions."""
    with CaptureQueriesContext(connection) as queries:
        client.get("/")

    assert len(queries) == 2


@override_settings(DATA_LICENSE="https://example.org/licence")
def test_it_names_the_licence_of_the_data(client: Client) -> None:
    """Which is a setting."""
    assert '<a href="https://example.org/licence" rel="license">' in client.get("/").content.decode()
