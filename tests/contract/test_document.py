"""The OpenAPI document that is committed is the one that the code makes."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.test import Client

from tests.contract.committed import (
    COMMITTED,
    COMMITTED_DESK,
    desk_as_committed,
    lost_at_desk,
    publication_as_committed,
    without_examples,
)
from tests.factories import ActorFactory
from tests.public.api.test_urls import populate
from tests.publishing.acts import published
from tracker.management.commands.openapi import write
from tracker.management.openapi.document import _give_examples
from tracker.management.openapi.making import make
from tracker.public.api.documentation import DOCUMENT, PAGE, document
from tracker.values.nouns import Noun

COMMAND = "run `make contract`, and look at what it changes in the document"


def test_what_is_committed_of_the_publication_is_what_is_served_but_for_examples() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == publication_as_committed(document()), COMMAND


def test_the_digests_that_are_committed_are_those_of_the_desks_operations() -> None:
    assert COMMITTED_DESK.read_text(encoding="utf-8") == desk_as_committed(document()), COMMAND


def test_an_operation_that_the_desk_lost_is_told() -> None:
    before = COMMITTED_DESK.read_text(encoding="utf-8")
    first, _, rest = before.partition("\n")

    assert lost_at_desk(before, before) == []
    assert lost_at_desk(before, rest) == [f"{first.rpartition(' ')[0]}: lost"]


def test_a_field_may_be_called_example() -> None:
    field = {"type": "string", "examples": ["a"]}
    schema = {"properties": {"example": field}, "example": {"example": "a"}}

    assert without_examples(schema) == {"properties": {"example": {"type": "string"}}}


@pytest.mark.slow
def test_what_is_served_is_what_the_code_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a tracker of its own, whatever the settings of this one say."""
    monkeypatch.setenv("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")
    monkeypatch.setenv("TRACKER_DATA_LICENSE", "urn:x")

    make(tmp_path)

    for served in (DOCUMENT, PAGE):
        assert (tmp_path / served.name).read_bytes() == served.read_bytes(), COMMAND
    assert sorted(path.name for path in tmp_path.iterdir()) == [PAGE.name, DOCUMENT.name]


@pytest.mark.django_db
def test_a_tracker_that_has_something_is_left_alone(tmp_path: Path, as_owner: None) -> None:
    published(ActorFactory())

    with pytest.raises(CommandError, match="not new"):
        write(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 2])
def test_a_noun_of_one_record_has_a_cursor_too(number: int) -> None:
    """As a new one has in the first dataset: one that the list takes."""
    populate(number)
    for noun in Noun:
        operation: dict[str, Any] = {
            "parameters": [{"name": "cursor", "in": "query", "schema": {}}],
            "responses": {},
        }

        _give_examples(operation, f"{noun.plural}/", {noun.plural: "1"}, {})

        (cursor,) = operation["parameters"][0]["schema"]["examples"]
        assert (
            Client().get(f"/api/v1/{noun.plural}/", {"edition": 1, "cursor": cursor}).status_code
            == 200
        )
