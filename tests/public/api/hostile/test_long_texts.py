"""Texts of any length in each field: what a record takes it keeps, and is published;
what it doesn't is named.
"""

import json
from typing import Any

import pytest

from tests.long_texts import LISTS, NAMES, TEXTS, addresses, made_of, told_at
from tests.public.api.hostile.requests import Answer, World
from tracker.desk.records.fields import layout
from tracker.values.nouns import Noun

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.gate]

VALUES: dict[str, Any] = {**TEXTS, **LISTS, **NAMES}
TAKES = {list: {"aliases", "keywords", "themes", "instruments", "authors"}, dict: {"names"}}


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
def test_a_text_of_any_length_is_kept_and_published_or_its_field_named(
    everything: World, value: Any
) -> None:
    """Each field of each noun and of its parts, one at a time."""
    publishing = {
        operation.view.noun: operation
        for operation in everything.that("POST")
        if operation.path.endswith("/{key}/publish/")
    }
    wrong, statuses = [], set()
    for operation in everything.that("PATCH"):
        of = layout(operation.view.noun)
        bodies = [
            (name, {name: value}) for name in of.fields if name in TAKES.get(type(value), of.fields)
        ]
        if isinstance(value, str):
            bodies += [
                (part, {part: [dict.fromkeys(table.fields, value)]})
                for part, table in of.parts.items()
            ]
        for name, body in bodies:
            with everything.kept(
                operation, json.dumps(body, ensure_ascii=False).encode()
            ) as answer:
                statuses.add(answer.status)
                places = tuple(f"/{field}" for field in told_at(name))
                named = (
                    any(place.startswith(places) for place in answer.places)
                    if answer.status == 400
                    else True
                )
                if not answer.is_kind or not named:
                    wrong.append((name, answer))
                elif answer.status == 200:
                    published = everything.ask(
                        publishing[operation.view.noun], body=b'{"note": "long"}'
                    )
                    wrong += [] if published.is_kind else [(name, published)]

    assert wrong == []
    assert statuses <= {200, 400, 413}
    assert publishing.keys() == set(Noun)


@pytest.mark.parametrize(
    ("letters", "length"), [("Ляпсус", 1_900), ("中文地址", 1_500), ("aBcDeF019", 1_960)]
)
def test_a_long_address_with_its_archived_copy_is_a_source_once(
    everything: World, letters: str, length: int
) -> None:
    """However long the two are together; another one that begins alike is another source."""
    (making,) = [
        operation
        for operation in everything.that("POST")
        if operation.address == "/api/v1/desk/sources/"
    ]
    url, copy = addresses(made_of(letters, length))

    def make(url: str, copy: str) -> Answer:
        body = {
            "type": "webpage",
            "title": "Long",
            "issued": "2019",
            "url": url,
            "archive_url": copy,
        }
        return everything.ask(making, body=json.dumps(body).encode())

    body = {"type": "webpage", "title": "Long", "issued": "2019", "url": url, "archive_url": copy}
    with everything.kept(making, json.dumps(body).encode()) as made:
        assert made.status == 201, made
        again = make(url, copy)
        assert (again.status, again.places) == (400, {"/url"}), again
        assert make(url.replace("https://", "http://www."), copy).status == 400
        for others in ((url + "x", copy), (url, copy + "x"), (url, "")):
            assert make(*others).status == 201
