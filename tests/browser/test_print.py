"""Pages on paper: as many sheets as one reads, and no heading alone at the foot of one."""

import re
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from tests.factories import ActorFactory, IssueFactory, StanceFactory
from tests.public.api.publishing import publish_whole

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
MOST_SHEETS = {"/pairs/china/russia/": 8}
OTHERS = (
    "/",
    "/issues/middle-east/",
    "/actors/china/",
    "/agreement/",
    "/sources/",
    "/codebook/",
    "/about/",
)
SHEET = re.compile(rb"/Type\s*/Page\b(?!s)")
# A heading in the outline:
# its words, and the height of its upper edge above the lower edge of its sheet, in points.
HEADING = re.compile(
    rb"/Title \((.*?)(?<!\\)\)\s*/Dest \[\d+ 0 R /XYZ [\d.]+ ([\d.]+) 0\]", re.DOTALL
)
MARGIN, POINTS = 11 / 25.4 * 72, 0.75  # of a sheet; of a CSS pixel
ROOM = MARGIN + 3 * 12 * POINTS  # for the heading itself and a line below it, at least


def printed(page: Page, address: str) -> tuple[int, list[tuple[str, float]]]:
    """Return how many sheets a page takes, and its headings with their places on them."""
    page.goto(address)
    file = page.pdf(format="A4", outline=True, tagged=True)
    return len(SHEET.findall(file)), [
        (words.decode("latin-1"), float(top)) for words, top in HEADING.findall(file)
    ]


def test_a_chip_has_a_comma_before_what_stands_in_its_line(open_page: Callable[..., Page]) -> None:
    actor, issue = ActorFactory(slug="china"), IssueFactory(slug="canal")
    publish_whole(
        StanceFactory(
            actor=actor, issue=issue, standing="contested", standing_note="Others deny it."
        )
    )
    page = open_page()
    page.emulate_media(media="print")
    page.goto("/")

    comma = page.locator(".matrix .chip.contested .note .visually-hidden").first
    assert comma.inner_text().strip() == ","
    assert comma.evaluate("span => getComputedStyle(span).position") == "static"


def test_long_pages_are_printed_on_few_sheets_without_a_heading_alone_at_a_foot(
    open_page: Callable[..., Page],
) -> None:
    """Of what comes along; a heading at a foot would stand there
    with nothing of what it is about below it.
    """
    call_command("bootstrap", stdout=StringIO(), stderr=StringIO())
    page = open_page()
    for address in (*MOST_SHEETS, *OTHERS):
        sheets, headings = printed(page, address)
        assert sheets <= MOST_SHEETS.get(address, 99), address
        assert headings, address
        assert [words for words, top in headings if top < ROOM] == [], address
