"""What each filter by a term or number that may be left out finds."""

import pytest

from tests.public.api import cases
from tests.public.api.client import Reader
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("noun", [noun for noun in Noun if cases.optional(noun)])
def test_a_filter_finds_who_has_the_value(reader: Reader, noun: Noun) -> None:
    labelled, finds = cases.of_optional_fields(noun)

    results = {query: sorted(labelled.labels(reader, query)) for query, _ in finds}

    assert results == {query: sorted(labels.split()) for query, labels in finds}
