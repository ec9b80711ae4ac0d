"""How large pages are, as they are sent."""

import gzip
import re

import pytest

from tests.public.site.conftest import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MOST_BYTES = 30 * 1024
LISTS = (
    "/",
    "/issues/",
    "/actors/",
    "/meetings/",
    "/votes/",
    "/sources/",
    "/corrections/",
    "/editions/",
    "/releases/",
    "/codebook/",
    "/about/",
    "/pairs/china/russia/",
)


def test_the_largest_page_of_the_first_dataset(visitor: Visitor, first_dataset: object) -> None:
    """At most 30 KB compressed: lists, issues, actors, and the two powers;
    on a day on which most of it was so too.
    """
    one_by_one = [
        address
        for several in ("issues", "actors")
        for address in re.findall(
            rf"<loc>http://testserver(/{several}/[^<]+)", visitor.read(f"/sitemap-{several}-0.xml")
        )
    ]
    sizes = {
        f"{address}{on}": len(visitor.get(f"{address}{on}", accept_encoding="gzip").content)
        for address in (*LISTS, *one_by_one)
        for on in ("", "?on=2019-03-01")
    }
    assert len(one_by_one) > 50
    assert gzip.decompress(
        visitor.get("/", accept_encoding="gzip").content
    ).decode() == visitor.read("/")
    largest = max(sizes, key=sizes.__getitem__)
    assert sizes[largest] <= MOST_BYTES, (
        largest,
        sorted(sizes.items(), key=lambda item: -item[1])[:10],
    )
