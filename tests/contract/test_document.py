"""The OpenAPI document that is committed is the one that the code makes."""

import difflib
from pathlib import Path

import pytest

from tests.contract.making import make, write
from tests.factories import ActorFactory
from tests.publication.acts import published
from tracker.api.v1.public.documentation import COMMITTED


@pytest.mark.slow
def test_the_committed_document_is_what_the_code_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a tracker of its own, whatever the settings of this one say."""
    written = tmp_path / "openapi.yaml"
    monkeypatch.setenv("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")
    monkeypatch.setenv("TRACKER_DATA_LICENSE", "urn:x")

    make(written)

    is_made = written.read_text(encoding="utf-8").splitlines()
    difference = list(difflib.unified_diff(COMMITTED.read_text(encoding="utf-8").splitlines(), is_made, lineterm=""))
    assert difference == [], "run `make contract`, and look at what it changes in the document"


@pytest.mark.django_db
def test_a_tracker_that_has_something_is_left_alone(tmp_path: Path, as_owner: None) -> None:
    """Even if it is asked for."""
    published(ActorFactory())

    with pytest.raises(RuntimeError, match="not new"):
        write(tmp_path / "openapi.yaml")
    assert list(tmp_path.iterdir()) == []
