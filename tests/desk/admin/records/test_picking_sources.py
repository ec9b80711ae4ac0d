"""Sources are picked by words or by a pasted address;
one that nobody has coded yet is filled from its address.
"""

import pytest
from django.contrib.auth.models import Permission

from tests.desk.admin.conftest import errors, logged_in
from tests.factories import SourceFactory, StanceFactory
from tests.models.rows import execute
from tracker.desk.admin.records.sources import sources_at
from tracker.models import Source

pytestmark = pytest.mark.django_db
ADD = "/admin/tracker/source/add/"
PICK = {"app_label": "tracker", "model_name": "stancecitation", "field_name": "source"}
COPY = "https://web.archive.org/web/20190605101112/https://example.org/page"


def results(client, term, **more):
    """Return what the select of a citation's source finds."""
    return client.get("/admin/autocomplete/", {**PICK, "term": term, **more}).json()["results"]


@pytest.fixture
def source(db):
    """Return a source with all by which it may be looked for."""
    SourceFactory(title="Another", publisher="Somebody", url="https://example.org/other")
    return SourceFactory(
        title="Six challenges",
        authors=[{"family": "Stokes", "given": "Jacob"}, {"literal": "Минобороны"}],
        publisher="Institute of Peace",
        url="https://www.example.org/page/",
        archive_url="https://archive.ph/AbCdE",
    )


FINDS = (
    "challenges",
    "stokes",
    "jacob stokes six",
    "минобороны",
    "institute",
    "http://example.org/page?utm_source=x",
    "HTTPS://EXAMPLE.org/page#top",
    "example.org/page",
    "http://www.archive.ph/AbCdE/",
    COPY,
)


def test_a_source_is_found_by_its_words_and_by_any_spelling_of_its_addresses(analyst, source):
    for term in FINDS:
        assert [result["id"] for result in results(analyst, term, offers="yes")] == [
            str(source.pk)
        ], term
        assert list(
            analyst.get("/admin/tracker/source/", {"q": term}).context["cl"].result_list
        ) == [source], term
    for term in (
        "family",
        "given",
        "literal",
        "https://example.org/pag",
        "https://example.org/page/2",
    ):
        assert [result for result in results(analyst, term) if "form" not in result] == [], term


def test_all_sources_of_one_address_are_found(analyst, source):
    later = SourceFactory(url="https://example.org/page", issued="2020")

    assert {result["id"] for result in results(analyst, "https://example.org/page")} == {
        str(source.pk),
        str(later.pk),
    }


def test_an_unknown_address_offers_a_new_source(analyst):
    assert results(analyst, " example.org/new?a=1&b=2 ", offers="yes") == [
        {
            "id": "https://example.org/new?a=1&b=2",
            "text": "New source from this address: https://example.org/new?a=1&b=2",
            "form": f"{ADD}?address=https%3A%2F%2Fexample.org%2Fnew%3Fa%3D1%26b%3D2",
        }
    ]


def test_it_is_offered_only_where_it_can_be_made(analyst):
    assert results(analyst, "https://example.org/new") == []  # beside a list, which filters
    assert results(analyst, "no such title", offers="yes") == []
    reader = logged_in("analysts", username="rita")
    reader.user.groups.clear()
    reader.user.user_permissions.set(Permission.objects.filter(codename="view_source"))
    assert results(reader, "https://example.org/new", offers="yes") == []


def test_citations_offer_and_filters_do_not(analyst):
    page = analyst.get(
        f"/admin/tracker/stance/{StanceFactory(citations=[{}]).pk}/change/"
    ).content.decode()

    assert 'data-ajax--url="/admin/autocomplete/?offers=yes"' in page
    assert "offers=yes" not in analyst.get("/admin/tracker/stance/").content.decode()


def test_the_form_is_filled_from_the_address_and_from_what_the_host_is_known_for(analyst, filled):
    for outlet in ("state_media", "state_media", "unknown"):
        SourceFactory(
            url=f"https://www.news.example/{Source.objects.count()}",
            publisher="The News",
            outlet=outlet,
            container_title="News Online",
            type="article-newspaper",
            language="fr",
        )
    SourceFactory(url="https://news.example.org/1", publisher="Somebody else")

    page = analyst.get(
        ADD,
        {"address": "https://news.example/en/2019/06/05/the-talks-went-well.html", "_popup": "1"},
    )

    form = filled(page)
    assert {
        name: form[name]
        for name in ("url", "type", "title", "publisher", "container_title", "issued")
    } == {
        "url": "https://news.example/en/2019/06/05/the-talks-went-well.html",
        "type": "article-newspaper",
        "title": "The talks went well",
        "publisher": "The News",
        "container_title": "News Online",
        "issued": "2019-06-05",
    }
    assert (form["outlet"], form["language"]) == ("state_media", "en")
    guessed = page.context["adminform"].form.initial["guessed"]
    assert set(guessed) == {
        "type",
        "title",
        "publisher",
        "container_title",
        "issued",
        "outlet",
        "language",
    }
    assert page.content.decode().count("Guessed from the address: check it.") == len(guessed)


def test_an_archived_copy_fills_both_addresses(analyst, filled):
    form = filled(analyst.get(ADD, {"address": COPY}))

    assert (form["url"], form["archive_url"]) == ("https://example.org/page", COPY)


def test_a_form_without_an_address_guesses_nothing(analyst, filled):
    for given in ({}, {"address": "words"}, {"address": ""}):
        page = analyst.get(ADD, given)
        assert "Guessed" not in page.content.decode()
        assert "title" not in filled(page)


def test_what_is_guessed_is_saved_like_what_is_typed(analyst, filled):
    page = f"{ADD}?address=https://example.org/2019/06/05/the-talks-went-well"

    answer = analyst.post(page, filled(analyst.get(page)))

    assert answer.status_code == 302, errors(answer)
    assert (Source.objects.get().title, Source.objects.get().issued) == (
        "The talks went well",
        "2019-06-05",
    )


def test_strange_addresses_are_met_kindly(analyst):
    for address in (
        "https://[::1",
        "https://" + "x" * 9000,
        "www.\0.example",
        "https://example.org/%ff%fe",
    ):
        assert analyst.get(ADD, {"address": address}).status_code == 200
        assert (
            analyst.get(
                "/admin/autocomplete/", {**PICK, "term": address, "offers": "yes"}
            ).status_code
            == 200
        )


def test_an_address_is_found_by_indexes(source):
    execute("SET LOCAL enable_seqscan = off")
    execute("SET LOCAL enable_indexscan = off")

    plan = sources_at(COPY).explain()

    assert "BitmapOr" in plan
    assert "source_archive_address" in plan
