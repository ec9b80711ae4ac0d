"""Sources in the admin: described as CSL does, and each only once."""

import pytest

from tests.desk.admin.conftest import errors, logged_in
from tests.factories import SourceFactory
from tracker.models import Source
from tracker.values.csl import SourceType

pytestmark = pytest.mark.django_db
ADD = "/admin/tracker/source/add/"


def typed(**changes):
    """Return what a browser sends for a new web page."""
    return {"type": "webpage", "title": "A page", "outlet": "unknown", **changes}


def test_what_tracks_readers_is_taken_off_addresses(analyst):
    tagged = "https://example.org/a?utm_source=x&id=7&fbclid=IwAR#utm_medium"

    archived = f"https://web.archive.org/web/2019/{tagged}"
    analyst.post(ADD, typed(url=tagged, archive_url=archived))
    guessed = analyst.get(ADD, {"address": tagged}).context["adminform"].form.initial["url"]

    source = Source.objects.get()
    assert source.url == guessed == "https://example.org/a?id=7#utm_medium"
    assert source.archive_url == archived, "a copy is at its very address"


def test_a_source_begins_with_its_address_and_offers_the_types_that_most_are_of_first(analyst):
    form = analyst.get(ADD).context["adminform"].form

    (empty, _), (often, first), (others, rest) = form.fields["type"].choices
    offered = [value for value, _ in (*first, *rest)]
    assert (empty, often, others, len(first)) == ("", "Often", "Others", 10)
    assert sorted(offered) == sorted(SourceType.values)
    assert next(iter(analyst.get(ADD).context["adminform"])).fields[0] == "url"


def test_authors_are_typed_one_per_line(analyst):
    analyst.post(
        ADD, typed(authors='Stokes, Jacob\r\n\r\nXinhua\r\n"Foreign Ministry, Beijing"\r\nSukarno,')
    )

    assert Source.objects.get().authors == [
        {"family": "Stokes", "given": "Jacob"},
        {"literal": "Xinhua"},
        {"literal": "Foreign Ministry, Beijing"},
        {"family": "Sukarno"},
    ]


def test_authors_are_shown_as_they_are_typed_and_a_save_changes_none(analyst, filled):
    authors = [
        {"family": "Stokes", "given": "Jacob"},
        {"family": "Gogh", "non-dropping-particle": "van"},
    ]
    source = SourceFactory(authors=authors)
    page = f"/admin/tracker/source/{source.pk}/change/"
    form = filled(analyst.get(page))

    assert form["authors"] == 'Stokes, Jacob\n{"family": "Gogh", "non-dropping-particle": "van"}'
    assert analyst.post(page, form).status_code == 302
    assert (Source.objects.get().authors, Source.objects.get().version) == (authors, source.version)


@pytest.mark.parametrize(
    ("authors", "says"),
    [
        (
            '["Stokes"]',
            "Author 1: write an object with “family” and “given”, or with “literal” for a body.",
        ),
        ("A, B\n, Jacob", "Author 2: “, Jacob” has no family name before its comma."),
        (
            "A, B, C, D",
            "Author 1: “A, B, C, D” has too many commas; put the name of a body in quotes.",
        ),
        ("{family: S}", "Author 1: “{family: S}” is not JSON: check quotes, commas and brackets."),
    ],
)
def test_authors_that_are_no_names_are_refused(analyst, authors, says):
    assert errors(analyst.post(ADD, typed(authors=authors))) == {"authors": [says]}


@pytest.mark.parametrize("address", [ADD, f"{ADD}?_popup=1&_to_field=id"])
def test_an_address_that_is_there_is_told_and_of_another_day_another_source_when_asked_again(
    analyst, filled, address
):
    there = SourceFactory(url="https://www.example.org/page/", issued="2019-06", title="The page")
    again = typed(url="http://example.org/page?utm_source=x", issued="2019-06")

    same = errors(analyst.post(address, filled(analyst.post(address, again))))
    page = analyst.post(address, again | {"issued": "2019-07"})
    assert list(same) == ["url"]
    assert same["url"][0].startswith(
        "This address is a source already; tell them apart by “issued” or “archive_url”"
    )

    [says] = errors(page)["__all__"]
    link = f'<a href="/admin/tracker/source/{there.pk}/change/">The page (2019-06)</a>'
    assert says.startswith(f"Already here, with the same address: {link}.")
    assert Source.objects.count() == 1
    assert analyst.post(address, filled(page)).status_code in (200, 302)
    assert Source.objects.count() == 2


def test_an_address_that_is_changed_to_that_of_another_is_told_and_no_other_change_is(
    analyst, filled
):
    there, source = SourceFactory(url="https://example.org/page"), SourceFactory(issued="2020")
    page = f"/admin/tracker/source/{source.pk}/change/"

    form = filled(analyst.get(page)) | {"url": "https://www.example.org/page/"}
    answer = analyst.post(page, form)
    assert f"/source/{there.pk}/change/" in errors(answer)["__all__"][0]
    assert analyst.post(page, filled(answer)).status_code == 302
    assert (
        analyst.post(page, filled(analyst.get(page)) | {"title": "Another title"}).status_code
        == 302
    )
    assert Source.objects.get(pk=source.pk).title == "Another title"


def test_what_was_merged_and_sources_without_an_address_are_like_none(analyst):
    survivor = SourceFactory(url="")
    SourceFactory(url="https://example.org/page", merged_into=survivor)

    assert (
        analyst.post(ADD, typed(url="https://example.org/page", issued="2020")).status_code == 302
    )
    assert analyst.post(ADD, typed(title="Another")).status_code == 302


ALIKE = "/admin/tracker/source/alike/"


def test_an_address_that_is_there_is_told_before_anything_is_saved(analyst):
    source = SourceFactory(url="https://www.example.org/a/", title="A <page>")

    says = analyst.get(
        ALIKE, {"record": "", "url": " http://example.org/a?utm_source=x "}
    ).content.decode()

    assert "Already here, with the same address" in says
    assert "A &lt;page&gt;" in says
    assert f'<a href="/admin/tracker/source/{source.pk}/change/">Edit it</a>' in says


def test_of_any_other_nothing_is_told(analyst):
    SourceFactory(url="https://example.org/a")

    for url in ("", "https://example.org/b", "no address", "https://[", "https://example.org/\0a"):
        answer = analyst.get(ALIKE, {"url": url})
        assert (answer.status_code, answer.content.strip()) == (200, b""), url


def test_a_source_is_not_told_of_itself(analyst):
    source = SourceFactory(url="https://example.org/a")

    address = analyst.get(f"/admin/tracker/source/{source.pk}/change/").context["alike"]

    assert address == f"{ALIKE}?record={source.pk}"
    assert analyst.get(address, {"record": source.pk, "url": source.url}).content.strip() == b""
    assert analyst.get(f"{ALIKE}?record={'9' * 5000}", {"url": source.url}).status_code == 200


def test_only_who_sees_sources_is_told(db):
    SourceFactory(url="https://example.org/a")

    answer = logged_in("").get(ALIKE, {"url": "https://example.org/a"})

    assert answer.status_code == 403
    assert b"Already here" not in answer.content
