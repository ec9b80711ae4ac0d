"""A word that never ends, in whatever takes text,
makes no page of the site and of the desk scroll sideways.
"""

from typing import Any

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import models

from tests.browser.walk import addresses, make_records
from tests.public.api.publishing import edit, publish_whole
from tests.public.site.pages import make_every_noun, pages_of
from tests.publishing.test_leaks import FREE_TEXT, OF_A_FORM, named_by, parts_of, settling
from tracker.models import Record
from tracker.models.nouns import PARTS, noun_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
LETTERS = 10_000
LISTS = ("names", "aliases", "authors", "keywords")
WIDTH = 390


def word(field: Any, letter: str) -> Any:
    """Return a word as long as a field takes, but no longer than so many letters."""
    if field.name == "names":
        return {"ru": letter * 200, "zh": f"{letter}中" * 100}
    if field.name == "authors":
        return [{"family": letter * LETTERS}]
    if isinstance(field, ArrayField):
        return [letter * (field.base_field.max_length or LETTERS)]
    longest = min(field.max_length or LETTERS, LETTERS)
    if isinstance(field, models.URLField):
        start = "https://example.org/"
        return start + letter * (longest - len(start))
    return (letter.lower() if field.name in ("slug", "ref") else letter) * longest


def lengthen(record: Record, letter: str, but: tuple[str, ...] = ()) -> None:
    """Write such words into all texts of a record and of its parts."""
    rows = [record, *(part for name in PARTS[noun_of(record)] for part in parts_of(record, name))]
    for row in rows:
        takes = [
            field
            for field in row._meta.concrete_fields
            if (isinstance(field, FREE_TEXT) or field.name in LISTS)
            and not field.choices
            and field.name not in (*OF_A_FORM, "standing_note", *but)
        ]
        edit(
            row,
            **{field.attname: word(field, letter) for field in takes},
            **settling(row, letter * 100),
        )


def wide(page: Any, places: list[str]) -> list[str]:
    """Return those of the pages that have to be scrolled sideways, and what is widest there."""
    too_wide = []
    for address in places:
        assert page.goto(address).status == 200, address
        if page.evaluate("document.documentElement.scrollWidth") > WIDTH:
            too_wide.append(f"{address}: {page.evaluate(WIDEST)}")
    return too_wide


WIDEST = """() => [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 4)
    .map(one => `${one.tagName}.${one.className}#${one.id} in ${one.parentElement.className}`)"""


def test_the_site_is_not_scrolled_sideways(open_page, expect_console_error):
    known = make_every_noun(2)
    sources = [
        named
        for name in ("stance", "alignment", "meeting", "act", "vote")
        for named in named_by(known[name])
        if noun_of(named) == "source"
    ]
    for place, record in enumerate([*known.values(), *sources]):
        lengthen(record, "WMQXHKVA"[place % 8], but=("slug", "ref"))
    publish_whole(*known.values(), note="N" * LETTERS)
    for name in ("stance", "alignment", "meeting", "canal", "china"):
        lengthen(known[name], "Z", but=("slug", "ref"))
    publish_whole(*known.values(), note="O" * LETTERS)
    places = [*pages_of(known).values(), *(f"/sources/{source.pk}/" for source in sources)]

    page = open_page(width=WIDTH)
    assert wide(page, [f"/search/?q={'W' * 900}", *places]) == []
    for status, gone in (
        ("404", f"/issues/{'w' * 200}/"),
        ("400", f"/?theme={'w' * 900}&{'w' * 900}=1"),
    ):
        expect_console_error(f"status of {status}")
        page.goto(gone)
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH, gone


def test_the_desk_is_not_scrolled_sideways(log_in):
    records = make_records()
    for place, record in enumerate(records.values()):
        lengthen(record, "WMQXHKVA"[place])
    page = log_in("administrators", "ada", width=WIDTH)

    assert wide(page, list(addresses(records))) == []
