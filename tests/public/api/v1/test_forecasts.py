"""Forecasts over the API:
what became of each, what is counted beside the scores, and that an undo takes them away.
"""

from typing import Any

import pytest

from tests.costs import assert_same_cost
from tests.desk.undo.acts import edit as changed
from tests.factories import AlignmentFactory, SourceFactory, StanceFactory
from tests.factories.resolutions import YES
from tests.public.api.client import Reader
from tests.public.api.publishing import edit, publish, publish_whole, retract
from tests.publishing.acts import changeset
from tracker.desk import undo

pytestmark = pytest.mark.django_db
WORKED = [
    ("likely", "yes"),
    ("likely", "yes"),
    ("very_likely", "yes"),
    ("almost_certain", "no"),
    ("unlikely", "no"),
]


def asked(likelihood: str = "likely", make: Any = StanceFactory, **resolution: Any) -> Any:
    """Return a forecast that is public as open, due long from now."""
    claim = make(basis="forecast", likelihood=likelihood, resolutions=[resolution])
    publish_whole(claim)
    return claim


def decided(claim: Any, outcome: str, **told: Any) -> Any:
    """Return it with what became of it, published."""
    values = {**YES, "outcome": outcome, "source": SourceFactory(), "note": "So.", **told}
    publish(values["source"])
    edit(claim.resolutions.get(), **values)
    publish(claim)
    return claim


@pytest.fixture
def worked() -> list[Any]:
    makes = [StanceFactory, AlignmentFactory, StanceFactory, AlignmentFactory, StanceFactory]
    return [
        decided(asked(term, make), outcome)
        for (term, outcome), make in zip(WORKED, makes, strict=True)
    ]


def test_the_worked_example(reader: Reader, worked: list[Any]) -> None:
    body = reader.read("forecasts/")

    assert {
        name: value for name, value in body["scores"].items() if name not in ("terms", "log")
    } == {
        "scored": 5,
        "brier": 0.25468,
        "reliability": 0.25468,
        "resolution": 0.24,
        "uncertainty": 0.24,
    }
    assert body["scores"]["log"] == pytest.approx(-0.963843, abs=5e-7)
    likely = next(term for term in body["scores"]["terms"] if term["likelihood"] == "likely")
    assert (likely["scored"], likely["yes"], likely["share"], likely["too_few"]) == (
        2,
        2,
        1.0,
        True,
    )
    assert (likely["low"], likely["high"]) == pytest.approx((0.342380, 1.0), abs=5e-7)
    certain = next(row for row in body["results"] if row["likelihood"] == "almost_certain")
    assert (certain["claim"], certain["probability"], certain["brier"]) == (
        "alignment",
        0.97,
        0.9409,
    )
    assert certain["url"] == f"/api/v1/alignments/{worked[3].pk}/"
    assert certain["resolution"]["outcome"] == "no"


def test_what_is_not_scored_is_counted_beside_it(reader: Reader, worked: list[Any]) -> None:
    asked(due="2020-01-01", retrospective=True)
    decided(asked(), "ambiguous"), decided(asked(), "void"), asked(), asked(make=AlignmentFactory)
    publish_whole(StanceFactory(basis="forecast", likelihood="unlikely"), StanceFactory())
    decided(asked(retrospective=True), "yes")

    counts = {"scored": 5, "open": 2, "ambiguous": 1, "void": 1, "retrospective": 2, "unasked": 1}
    body = reader.read("forecasts/?count=true")
    assert (body["counts"], body["count"], body["scores"]["scored"]) == (counts, 12, 5)
    assert body["scores"]["brier"] == 0.25468
    assert reader.read("forecasts/?on=2999-12-31")["counts"] == {**counts, "overdue": 0}
    assert reader.read("forecasts/?on=3000-01-01")["counts"] == {**counts, "open": 0, "overdue": 2}
    before = reader.read("forecasts/?on=2019-12-17")
    assert before["counts"] == {
        **counts,
        "scored": 0,
        "ambiguous": 0,
        "void": 0,
        "open": 9,
        "overdue": 0,
    }
    assert before["scores"]["brier"] is None
    assert reader.read("forecasts/?edition=0")["results"] == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("outcome=yes", 3),
        ("outcome=no,open", 2),
        ("outcome=open&on=2019-12-17", 5),
        ("whose=team", 0),
        ("whose=source", 5),
    ],
)
def test_they_are_narrowed_and_come_in_pages(
    reader: Reader, worked: list[Any], query: str, found: int
) -> None:
    assert len(reader.walk(f"forecasts/?{query}&page_size=2")) == found
    scored = reader.read(f"forecasts/?{query}")["scores"]["scored"]
    assert scored == (0 if "whose=team" in query or "on=" in query else 5)


def test_what_is_wrong_with_a_question_is_told(reader: Reader) -> None:
    faults = reader.faults("forecasts/?outcome=perhaps&whose=mine&on=soon&page_size=0")
    assert sorted(faults) == [(name, "invalid") for name in ("on", "outcome", "page_size", "whose")]


def test_an_outcome_that_is_undone_or_withdrawn_has_no_score(reader: Reader) -> None:
    claim, source = asked(), SourceFactory()
    publish(source)
    made = changed(claim.resolutions.get(), **{**YES, "source": source})
    publish(claim)
    assert reader.read("forecasts/")["scores"]["scored"] == 1

    with changeset():
        undo.undo(changeset=made)
    claim.refresh_from_db()
    publish(claim)
    body = reader.read("forecasts/")
    assert (body["scores"]["scored"], body["scores"]["brier"], body["counts"]["open"]) == (
        0,
        None,
        1,
    )
    assert body["results"][0]["resolution"]["outcome"] == "open"
    retract(claim)
    assert reader.read("forecasts/")["results"] == []


def test_an_answer_is_asked_for_again_on_condition_that_it_changed(reader: Reader) -> None:
    claim = asked()
    answer = reader.get("forecasts/")
    assert reader.get("forecasts/", If_None_Match=answer["ETag"]).status_code == 304
    decided(claim, "yes")
    assert reader.get("forecasts/", If_None_Match=answer["ETag"]).status_code == 200


def test_it_takes_the_same_statements_with_one_forecast_and_twenty(reader: Reader) -> None:
    def prepare(number: int) -> Any:
        for _ in range(number):
            asked()
        return lambda: reader.read("forecasts/")

    assert_same_cost(prepare)
