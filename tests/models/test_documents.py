"""Documents keep columns of a noun's fields beside those that every document has."""

from dataclasses import replace

import pytest

from tracker.models import Meeting
from tracker.models.documents import kept_of
from tracker.schema.records import kept
from tracker.values.nouns import Noun


@pytest.mark.parametrize("name", ["body", "shape", "opened", "digest"])
def test_no_field_that_is_kept_takes_the_place_of_a_column_of_every_document(monkeypatch, name):
    fields = [replace(field, name=name) for field in kept(Noun.MEETING)]
    monkeypatch.setattr("tracker.models.documents.kept", lambda noun: fields)

    with pytest.raises(ValueError, match=f"every document has a “{name}”"):
        kept_of(Meeting)
