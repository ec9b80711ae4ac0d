"""The codebook: every vocabulary that answers use, with definitions and coding rules."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.public.api.client import Reader
from tracker.values.vocabularies import SCORES, Operation, Position, Theme


@pytest.mark.django_db
def test_it_says_what_each_vocabulary_is_for_and_where_it_is_used(reader: Reader) -> None:
    with CaptureQueriesContext(connection) as queries:
        vocabularies = {entry["name"]: entry for entry in reader.read("codebook/")["vocabularies"]}

    assert len(queries) == 0
    assert vocabularies["Theme"]["fields"] == ["issues.themes", "votes.themes"]
    assert vocabularies["Basis"]["fields"] == ["stances.basis", "alignments.basis"]
    assert vocabularies["Operation"]["fields"] == ["changes.operation", "history.operation"]
    assert all(entry["definition"] and entry["terms"] for entry in vocabularies.values())


@pytest.mark.parametrize("vocabulary", [Position, Theme, Operation])
def test_it_has_every_term_with_its_rule(reader: Reader, vocabulary: type[Position]) -> None:
    vocabularies = {entry["name"]: entry for entry in reader.read("codebook/")["vocabularies"]}

    terms = vocabularies[vocabulary.__name__]["terms"]
    assert [(term["value"], term["rule"]) for term in terms] == [
        (term.value, term.rule) for term in vocabulary
    ]


def test_it_says_what_the_tracker_calls_what_it_is_made_of(reader: Reader) -> None:
    words = {word["value"]: word for word in reader.read("codebook/")["words"]}

    assert {"question", "edition", "alignment", "claim", "coded"} <= {*words}
    assert words["alignment"]["label"] == "Relation"


def test_only_positions_have_scores(reader: Reader) -> None:
    vocabularies = {entry["name"]: entry for entry in reader.read("codebook/")["vocabularies"]}

    scores = {term["value"]: term["score"] for term in vocabularies["Position"]["terms"]}
    assert scores == {position.value: SCORES.get(position) for position in Position}
    assert all("score" not in term for term in vocabularies["Theme"]["terms"])
