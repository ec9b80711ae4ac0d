"""What is published of the first dataset goes back into the desk unchanged."""

from pathlib import Path
from typing import Any

import pytest

from tests.desk.imports.importing import outcomes
from tests.public.api.client import Reader
from tracker.desk.imports import Action
from tracker.schema.records import CLAIMS
from tracker.values.nouns import Noun


@pytest.mark.django_db
def test_csv_exported_is_csv_imported_unchanged(first_dataset: None, reader: Reader, tmp_path: Path) -> None:
    """Each row of each noun, also of contested claims, is what the desk has."""
    for noun in Noun:
        answer: Any = reader.get(f"{noun.plural}/?format=csv{'&standing=any' if noun in CLAIMS else ''}")
        (tmp_path / f"{noun.plural}.csv").write_bytes(b"".join(answer))

    imported = outcomes(tmp_path)

    assert {outcome.action for outcome in imported} == {Action.SAME}
    assert len(imported) == 487
