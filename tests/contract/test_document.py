"""The OpenAPI document that is committed is the one that the code makes."""

import difflib
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.contract.document import _give_examples
from tests.contract.making import make, write
from tests.factories import ActorFactory
from tests.public.api.test_urls import populate
from tests.publishing.acts import published
from tracker.public.api.documentation import COMMITTED, PAGE
from tracker.values.nouns import Noun


@pytest.mark.slow
def test_the_committed_document_is_what_the_code_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a tracker of its own, whatever the settings of this one say."""
    written = tmp_path / "openapi.yaml"
    monkeypatch.setenv("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")
    monkeypatch.setenv("TRACKER_DATA_LICENSE", "urn:x")

    make(written)

    is_made = written.read_text(encoding="utf-8").splitlines()
    difference = list(
        difflib.unified_diff(
            COMMITTED.read_text(encoding="utf-8").splitlines(), is_made, lineterm=""
        )
    )
    assert difference == [], "run `make contract`, and look at what it changes in the document"
    assert (tmp_path / PAGE.name).read_bytes() == PAGE.read_bytes()


@pytest.mark.django_db
def test_a_tracker_that_has_something_is_left_alone(tmp_path: Path, as_owner: None) -> None:
    published(ActorFactory())

    with pytest.raises(RuntimeError, match="not new"):
        write(tmp_path / "openapi.yaml")
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
