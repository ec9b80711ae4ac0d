"""The page of forecasts: what is due, what became of them, how often each term came about;
and what claims say.
"""

import re
from typing import Any

import pytest

from tests.costs import assert_same_cost
from tests.factories import StanceFactory
from tests.public.api.publishing import publish_whole
from tests.public.api.v1.test_forecasts import WORKED, asked, decided
from tests.public.site.conftest import Visitor, forget

pytestmark = pytest.mark.django_db
FORECAST = {"basis": "forecast", "likelihood": "likely"}


def test_a_new_tracker_has_none(visitor: Visitor) -> None:
    assert "No forecast that was asked beforehand is decided yet" in visitor.text("/forecasts/")


def test_it_says_what_is_due_and_what_became_of_them(visitor: Visitor) -> None:
    for likelihood, outcome in WORKED:
        decided(asked(likelihood), outcome)
    decided(asked(), "void"), decided(asked(), "ambiguous"), asked()
    publish_whole(
        StanceFactory(since="2018", until="2018", **FORECAST),
        StanceFactory(since="2998", **FORECAST),
    )

    text = visitor.text("/forecasts/")
    assert (
        "5 scored, 1 open, 1 ambiguous, 1 void, 2 of which nobody has said how they are "
        "decided. What is" in text
    )
    for heading in ("Overdue (1)", "Open (1)", "What became of them (7)", "Not asked (1)"):
        assert heading in text
    assert "Brier score 0.25468" in text
    assert "3 came about" in text
    assert "too few" in text
    asked(due="2020-01-01", retrospective=True)
    assert "Overdue (2)" in visitor.text("/forecasts/")
    then = visitor.text("/forecasts/?on=2019-12-17")
    assert "by 17 December 2019. 8 open, 1 judged in retrospect, 2 of which" in then
    assert "Brier" not in then


@pytest.mark.parametrize(
    ("outcome", "says"),
    [
        ("yes", "It came about, as of 18 December 2019: So."),
        ("no", "It did not come about, as of 18 December 2019: So."),
        ("ambiguous", "Whether it came about is ambiguous, as of 18 December 2019: So."),
        ("void", "Whether it came about can’t be decided, as of 18 December 2019: So."),
    ],
)
def test_a_claim_says_what_became_of_it_from_the_day_on(
    visitor: Visitor, outcome: str, says: str
) -> None:
    claim = asked()
    address = f"/stances/{claim.pk}/"
    assert "It is due by 31 December 2999." in visitor.text(address)
    decided(claim, outcome)

    assert says in visitor.text(address)
    assert says not in visitor.text(f"{address}?on=2019-12-17")
    late = asked(due="2020-01-01", retrospective=True)
    coded = "It was due by 1 January 2020, and whether it came about is not coded."
    assert coded in visitor.text(f"/stances/{late.pk}/")
    assert coded in visitor.text("/unresolved/")
    assert "It is due by 1 January 2020." in visitor.text(f"/stances/{late.pk}/?on=2020-01-01")
    decided(late, outcome)
    assert f"{says} This was judged in retrospect." in visitor.text(f"/stances/{late.pk}/")
    assert "No planned meeting or act and no forecast is overdue" in visitor.text("/unresolved/")


def test_its_table_has_all_of_them(visitor: Visitor) -> None:
    claims = [decided(asked(), "yes"), asked()]
    table = visitor.get("/forecasts.csv").content.decode()
    assert len(re.findall(r"^stance,", table, re.MULTILINE)) == len(claims)


def test_it_takes_the_same_statements_with_one_forecast_and_twenty(visitor: Visitor) -> None:
    def prepare(number: int) -> Any:
        for _ in range(number):
            (
                decided(asked(), "yes"),
                asked(),
                publish_whole(StanceFactory(since="2018", until="2018", **FORECAST)),
            )
        forget()
        return lambda: visitor.read("/forecasts/")

    assert_same_cost(prepare)
