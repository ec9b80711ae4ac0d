"""Pictures in a browser, which takes whatever font it has: none of their words leaves the paper."""

from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from tests.public.site.conftest import Visitor
from tracker.models import Actor, Issue, Stance
from tracker.public.cards.pictures.plate import Plate, draw, headed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CUT = """() => [...document.querySelectorAll("text")]
    .filter(it => it.getBoundingClientRect().right
        > it.ownerSVGElement.getBoundingClientRect().right)
    .map(it => `${it.closest("section").title}: ${it.textContent}`)"""


def test_no_words_leave_their_picture(open_page: Callable[..., Page]) -> None:
    call_command("bootstrap", stdout=StringIO(), stderr=StringIO())
    coded = Stance.objects.values_list("issue"), Stance.objects.values_list("actor")
    issues, actors = (
        model._default_manager.filter(pk__in=of).values_list("slug", flat=True)
        for model, of in zip((Issue, Actor), coded, strict=True)
    )
    names = [
        *(f"/issues/{slug}" for slug in issues),
        *(f"/actors/{slug}" for slug in actors),
        "/pairs/china/russia",
    ]
    addresses = [
        "/index.svg",
        *(f"{name}.{suffix}" for name in names for suffix in ("svg", "narrow")),
    ]
    visitor, page = Visitor(), open_page()

    pictures = [
        (address, visitor.read(f"{address}?on=2026-11-30").partition("?>")[2])
        for address in addresses
    ]
    page.set_content(
        "".join(f'<section title="{address}">{picture}</section>' for address, picture in pictures)
    )

    assert page.evaluate(CUT) == []


def test_no_day_is_too_long_for_the_foot_of_a_picture(open_page: Callable[..., Page]) -> None:
    page = open_page()
    days = [date(2026, month, 28) for month in range(1, 13)]
    plates = [
        Plate(
            "",
            "",
            on,
            "Tracker of how China and Russia work together",
            100,
            published,
            1,
            "CC-BY-4.0",
            "/a/",
        )
        for on in days
        for published in days
    ]

    feet = [
        (plate, draw("foot", plate, 360, 200, [headed(plate, 360, "", 40)], []).alone.decode())
        for plate in plates
    ]
    page.set_content(
        "".join(
            f'<section title="{plate}">{foot.partition("?>")[2]}</section>' for plate, foot in feet
        )
    )

    assert page.evaluate(CUT) == []
