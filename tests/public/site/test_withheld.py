"""Pages of editions that are withheld:
451 in the site's dress, none of their words on any page or picture.
"""

from typing import Any

import pytest

from tests.public.api.publishing import edit, publish
from tests.public.api.v1.test_withheld import LIBEL, WITHHELD, records
from tests.public.site.conftest import Visitor
from tests.public.site.pages import PAGES
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
__all__ = ["records"]


def pages(records: dict[Noun, object]) -> list[str]:
    keys = {noun: getattr(record, "slug", record.pk) for noun, record in records.items()}
    others = [
        page
        for page in PAGES
        if "?" not in page and not page.startswith(("/issues/c", "/actors/c", "/pairs"))
    ]
    return [*(f"/{noun.plural}/{key}/" for noun, key in keys.items()), *others]


def test_a_page_of_a_withheld_edition_is_answered_by_451(visitor, records, settings):
    """Its files too; with links to the nearest that are shown."""
    stance = f"/stances/{records[Noun.STANCE].pk}"
    frozen = [
        *(
            f"{page}?{dates}edition=3"
            for page in pages(records)
            for dates in ("", "on=2019-06-15&")
        ),
        *(
            f"{stance}.{suffix}?on=2019-06-15&edition=4"
            for suffix in ("json", "csv", "bib", "card")
        ),
        *(f"/issues/canal.{suffix}?edition=2" for suffix in ("svg", "png", "card")),
    ]
    tag = visitor.get("/issues/canal/?on=2019-06-15&edition=3").headers["ETag"]
    settings.WITHHELD = WITHHELD

    for address in frozen:
        response = visitor.get(address, if_none_match=tag)
        assert response.status_code == 451, address
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Link"] == '<http://testserver/>; rel="blocked-by"'
        assert LIBEL not in response.content.decode()
    page = visitor.read("/issues/canal/?on=2019-06-15&edition=3", 451)
    assert "This is withheld for a legal reason" in page
    assert 'href="/issues/canal/?on=2019-06-15&amp;edition=1">edition 1</a>' in page
    assert 'href="/issues/canal/?on=2019-06-15&amp;edition=5">edition 5</a>' in page
    assert "site.css" in page
    for query in ("edition=1", "edition=5", ""):
        assert visitor.get(f"/issues/canal/?{query}").status_code == 200


def test_no_word_of_it_is_left_on_any_page(
    visitor: Visitor, records: dict[Noun, object], settings: Any
) -> None:
    """What a record said then is withheld in its history,
    and what the next edition changed in it.
    """
    assert LIBEL in visitor.read("/corrections/")
    settings.WITHHELD = WITHHELD

    sitemaps = [f"/sitemap-{noun.plural}-0.xml" for noun in Noun]
    drawn = [f"{page}.svg" for page in ("/index", "/issues/canal", "/actors/china")]
    for address in (
        *pages(records),
        *(f"/editions/{n}/" for n in range(1, 8)),
        *sitemaps,
        *drawn,
        "/search/?q=" + LIBEL[:-1],
    ):
        assert LIBEL not in visitor.read(address), address
    stance = visitor.text(f"/stances/{records[Noun.STANCE].pk}/")
    assert "What it said then is withheld for a legal reason." in stance
    assert "A withheld source (corrected or changed)" in visitor.text("/editions/2/")


def test_what_was_shown_while_it_was_the_latest_is_451_since_the_next_to_who_kept_it_too(
    visitor, records, settings
):
    """Pages, pictures, citations and what leads to the API,
    with both dates and with the edition alone.
    """
    settings.WITHHELD = ((8, 8),)
    publish(edit(records[Noun.ISSUE], summary=LIBEL), edit(records[Noun.ACTOR], name=LIBEL))
    suffixes = ("svg", "narrow", "bib", "json", "atom")
    files = [page.rstrip("/") or "/index" for page in pages(records)]
    paths = [*pages(records), *(f"{path}.{suffix}" for path in files for suffix in suffixes)]
    kept = {
        address: visitor.get(address).headers.get("ETag", "")
        for path in paths
        for address in (f"{path}?edition=8", f"{path}?on=2019-06-15&edition=8")
    }
    assert len([*filter(None, kept.values())]) > 80
    publish(edit(records[Noun.ACTOR], name="China"))

    statuses = {
        address: visitor.get(address, if_none_match=tag).status_code
        for address, tag in kept.items()
    }

    assert set(statuses.values()) == {451}
