"""What holds for every page:
it leads on, keeps the dates that were chosen, and can be fetched as docs/site.md says.
"""

import json
import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests.factories import IssueFactory
from tests.public.api.publishing import edit, publish, publish_whole
from tests.public.site.conftest import Visitor
from tests.public.site.pages import make_every_noun, pages_of
from tracker.public.site.dates import today
from tracker.public.site.page import Page

pytestmark = pytest.mark.django_db
DATES = "on=2019-06-15&edition=1"
SITE = Path("docs/site.md").read_text()
OF_NO_EDITION = ("/editions/<n>/", "/releases/", "/codebook/", "/about/")
MEDIA_TYPES = {"json": "application/json", "csv": "text/csv", "atom": "application/atom+xml"}
OF_FILES = {
    **MEDIA_TYPES,
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@pytest.fixture(scope="module")
def pages(kept_for_the_module: None) -> dict[str, str]:
    """An address for each page, of what is published in two editions."""
    known = make_every_noun(3)
    publish_whole(
        *known.values(),
        *(IssueFactory(slug=key) for key in ("venezuela", "north-korea")),
        note="The first",
    )
    publish(edit(known["stance"], summary="It was edited."))
    return pages_of(known)


def table() -> dict[str, dict[str, str]]:
    rows = [line.strip("| ").split(" | ") for line in SITE.splitlines() if line.startswith("| `/")]
    types_by_address = {}
    for addresses, _, *cells in rows:
        for address in re.findall(r"`(/[^`.]*)`", addresses):
            types_by_address[address] = dict(zip(MEDIA_TYPES, cells, strict=True))
    return types_by_address


def links(page: str) -> list[str]:
    """Return the addresses of pages that one leads to within the site, in its main part."""
    main = page.partition("<main")[2].partition("</main>")[0]
    return [
        unescape(link) for link in re.findall(r'href="(/[^"#]*)', main) if is_page(unescape(link))
    ]


def is_page(address: str) -> bool:
    """Tell whether there is a page at an address, and no file of one."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return False
    return (
        issubclass(getattr(match.func, "view_class", object), Page) and "suffix" not in match.kwargs
    )


def page_class(address: str) -> type[Page]:
    """Return the class of the page at an address."""
    page: type[Page] = resolve(address).func.view_class
    return page


def test_the_table_of_pages_has_all_of_them(pages: dict[str, str]) -> None:
    assert set(table()) == set(pages)


def test_every_page_can_be_fetched_as_the_table_says(
    visitor: Visitor, pages: dict[str, str]
) -> None:
    """As data and as a feed, or says that it isn't; as a citation always.
    Data keep the dates, feeds have none.
    """
    for address, suffixes in table().items():
        path, _, query = pages[address].partition("?")
        base = path.removesuffix("/") or "/index"
        query = f"{query}&{DATES}" if query else DATES
        # where there is the one, there is the other
        tables = {"csv": suffixes["csv"], "xlsx": suffixes["csv"]}
        for suffix, says in {**suffixes, **tables}.items():
            response = visitor.get(f"{base}.{suffix}?{query}")
            if says == "–":
                assert response.status_code == 404, (address, suffix)
                continue
            if suffix in page_class(path).own:
                assert (
                    f"on-2019-06-15-edition-1.{suffix}" in response.headers["Content-Disposition"]
                ), address
            else:
                assert response.status_code == 302, (address, suffix)
                there = response.headers["Location"]
                assert ("edition=1" in there) == (
                    suffix != "atom" and address not in OF_NO_EDITION
                ), there
                response = visitor.get(there)
            assert response.status_code == 200, (address, suffix)
            assert response.headers["Content-Type"].startswith(OF_FILES[suffix]), (address, suffix)
            assert f".{suffix}" in visitor.read(f"{path}?{query}"), (address, suffix)
        for suffix in ("bib", "card"):
            assert visitor.get(f"{base}.{suffix}?{query}").status_code == 200, (address, suffix)


def test_every_page_leads_on(visitor: Visitor, pages: dict[str, str]) -> None:
    """By its breadcrumbs, but for the first,
    and by something in its main part that is no place above it.
    """
    for address in pages.values():
        page = visitor.read(address)
        crumbs = re.findall(r'<nav class="crumbs".*?</nav>', page, re.DOTALL)
        assert len(crumbs) == (address != "/"), address
        above = set(links(f"<main>{''.join(crumbs)}</main>"))
        assert not crumbs or "/" in above
        assert {*links(page)} - above - {address}, address


def test_what_is_frozen_is_passed_on_as_it_is_and_what_is_not_as_of_today(visitor, pages):
    """Under its own address, by search engines and where people share it;
    what it is narrowed to is part of that.
    """
    tags = (
        '<link rel="canonical" href="http://testserver{0}">',
        '<meta property="og:url" content="http://testserver{0}">',
    )
    for name, address in pages.items():
        path, _, query = address.partition("?")
        page = visitor.read(f"{path}?{query}&{DATES}" if query else f"{path}?{DATES}")
        own = f"?{DATES}{query and '&'}{query}".replace("&", "&amp;")
        ends = own if page_class(path).freezes else ""
        for tag in tags:
            assert tag.format(f"{path}{ends}") in page, name
            assert tag.format(path) in visitor.read(
                f"{path}?on=2019-06-15{query and '&'}{query}"
            ), name


def test_links_within_the_site_keep_the_dates(visitor: Visitor, pages: dict[str, str]) -> None:
    """All but those to what no date can be asked of, and to this page of today."""
    for address in pages.values():
        path, _, query = address.partition("?")
        page = visitor.read(f"{path}?{query}&{DATES}" if query else f"{path}?{DATES}")
        for link in links(page):
            if not link.startswith(("/since/", f"{path}?")) and link != path:
                assert "on=2019-06-15&edition=1" in link, (address, link)


def test_what_machines_read_has_no_dates(visitor: Visitor, pages: dict[str, str]) -> None:
    maps = re.findall("<loc>http://testserver([^<]+)</loc>", visitor.read("/sitemap.xml"))
    listed = [
        url for address in maps for url in re.findall("<loc>([^<]+)</loc>", visitor.read(address))
    ]
    assert len(listed) > 30
    feed = visitor.read("/api/v1/changes.atom")
    for url in (*listed, *re.findall(r'href="([^"]+)"', feed)):
        assert "on=" not in url
        assert "edition=" not in url


@pytest.mark.parametrize("suffix", ["", "svg", "bib"])
def test_all_that_is_wrong_is_said_at_once_on_every_page(
    visitor: Visitor, pages: dict[str, str], suffix: str
) -> None:
    """A parameter that there is none of, a day to come, an edition that isn't:
    each with the nearest that is right.
    """
    tomorrow, now = today() + timedelta(days=1), today()
    for address in pages.values():
        path, _, query = address.partition("?")
        path = f"{path.removesuffix('/') or '/index'}.{suffix}" if suffix else path
        page = visitor.read(f"{path}?{query}&on={tomorrow}&edition=99&onn=2019-06-01", 400)
        if suffix:  # a file is for programs, and so is what is wrong with it
            faults = json.loads(page)["errors"]
            assert {fault["parameter"] for fault in faults} == {"on", "edition", "onn"}, address
            continue
        assert page.count("<li><code>") == 3, address
        assert f"Take {now}" in page
        assert "Take 2<" in page
        assert "onn" in page


def test_filters_are_few(visitor: Visitor, pages: dict[str, str]) -> None:
    """However many are asked for, what a page costs has a bound."""
    for query, says in (
        ("actor=" + ",".join(f"a{number}" for number in range(21)), "give at most 20"),
        ("theme=" + ",".join(["trade"] * 21), "give at most 20"),
        ("actor=iran,a1,a2,a3,a4", "at most 4 actors can be added"),
    ):
        assert says in visitor.read(f"/?{query}", 400), query


def test_names_that_never_were_lead_to_near_ones(visitor: Visitor, pages: dict[str, str]) -> None:
    """On the pages of issues, actors and pairs."""
    for address in ("/issues/the-cannal/", "/actors/rusia/", "/pairs/china/rusia/"):
        page = visitor.read(address, 404)
        assert "Did you mean" in page, address
    for address in (
        "/stances/999999/",
        "/meetings/x/",
        "/sources/0/",
        "/editions/99/",
        "/since/99/",
        "/nowhere/",
    ):
        visitor.read(address, 404)
