"""Resolutions of forecasts as they are published:
who may say what became of one, when it must have been asked, and what stays as it was.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import AlignmentFactory, SourceFactory, StanceFactory
from tests.factories.resolutions import YES
from tests.public.api.publishing import publish_whole
from tests.publishing.acts import all_of, body, changeset, edited, published
from tests.publishing.review.acting import by, objections, person
from tracker.models.nouns import noun_of
from tracker.publishing.publish import Chosen, blockers, publish
from tracker.values.vocabularies import Channel

pytestmark = pytest.mark.django_db
FORECAST = {"basis": "forecast", "likelihood": "likely"}
YESTERDAY = timezone.localdate() - timedelta(days=1)


@pytest.fixture(params=[StanceFactory, AlignmentFactory])
def forecast(request: pytest.FixtureRequest) -> Any:
    """Return a forecast that is public, with what is asked, due long from now."""
    claim = request.param(resolutions=[{}], **FORECAST)
    publish_whole(claim)
    return claim


def wrong(claim: Any) -> set[str]:
    """Return the rules that keep a claim from being published."""
    problems = blockers(records=[Chosen(noun_of(claim), claim.pk)], by=None)
    return {problem.rule.partition("_")[2] for problem in problems}


def decide(claim: Any, **values: Any) -> Any:
    source = SourceFactory()
    published(source)
    edited(claim.resolutions.get(), **{**YES, "source": source, **values})
    return claim


@pytest.mark.parametrize(
    "values",
    [
        {"question": "Another?"},
        {"criteria": "Another."},
        {"opens": "2019-06-04"},
        {"due": "2998-01-01"},
        {"retrospective": True},
    ],
)
def test_what_is_asked_stays_once_it_is_public(forecast: Any, values: dict[str, Any]) -> None:
    edited(forecast.resolutions.get(), **values)
    assert wrong(forecast) == {"resolution_stays"}


def test_it_stays_also_after_it_was_taken_out_and_how_likely_it_was_too(forecast: Any) -> None:
    was = forecast.resolutions.values("question", "criteria", "opens", "due", "whose").get()
    forecast.resolutions.all().delete()
    published(forecast)
    forecast.resolutions.create(**{**was, "question": "Another?"})
    assert wrong(forecast) == {"resolution_stays"}

    edited(forecast.resolutions.get(), question=was["question"], note="Asked again.")
    published(forecast)
    edited(forecast, likelihood="very_likely")
    assert wrong(forecast) == {"resolution_stays"}


def test_what_became_of_it_is_published_and_taken_back(forecast: Any) -> None:
    published(decide(forecast))
    assert body(forecast)["resolutions"][0]["outcome"] == "yes"

    edited(forecast.resolutions.get(), outcome="open", resolved_on=None, source=None, locator="")
    published(forecast)
    assert body(forecast)["resolutions"][0]["outcome"] == "open"
    published(decide(forecast, outcome="no"))


@pytest.mark.parametrize(
    ("values", "is_late"),
    [
        ({"due": YESTERDAY}, True),
        ({"due": timezone.localdate()}, False),
        ({**YES}, True),
        ({**YES, "outcome": "void", "note": "It fell away."}, True),
        ({"due": YESTERDAY, "retrospective": True}, False),
        ({**YES, "retrospective": True}, False),
    ],
)
def test_what_is_asked_late_is_retrospective(values: dict[str, Any], is_late: bool) -> None:
    claim = StanceFactory(
        resolutions=[{"source": SourceFactory() if "locator" in values else None, **values}],
        **FORECAST,
    )
    source = claim.resolutions.get().source
    published(*all_of(claim)[1:], *([source] if source else []))
    assert wrong(claim) == ({"resolution_comes_first"} if is_late else set())


def test_a_claim_that_was_public_without_one_may_be_asked_later_and_an_overdue_one_is_decided() -> (
    None
):
    claim = StanceFactory(**FORECAST)
    published(*all_of(claim))
    claim.resolutions.create(
        question="Will it?",
        criteria="Yes: so. No: else.",
        opens="2019-06-01",
        due=timezone.localdate(),
        whose="team",
    )
    published(claim)
    published(decide(claim, resolved_on=timezone.localdate()))


def test_only_a_forecast_is_published_with_one(forecast: Any) -> None:
    edited(forecast, basis="statement", likelihood="")
    assert wrong(forecast) == {"resolution_is_of_a_forecast"}


def test_whoever_made_a_forecast_does_not_say_what_became_of_it(erik: Any, emma: Any) -> None:
    with changeset(erik.pk, Channel.ADMIN):
        claim = StanceFactory(resolutions=[{}], **FORECAST)
    publish_whole(claim)
    source = SourceFactory()
    published(source)

    def says(who: Any, outcome: str) -> None:
        told = (
            {**YES, "source": source}
            if outcome == "yes"
            else {"resolved_on": None, "source": None, "locator": ""}
        )
        with changeset(who.pk, Channel.ADMIN):
            edited(claim.resolutions.get(), **{**told, "outcome": outcome})

    says(erik, "yes")
    [told] = objections(emma, publish, claim)
    assert told.startswith(
        "erik made the claim and said what became of it (yes), which takes somebody else"
    )

    says(emma, "open")
    says(emma, "yes")
    assert by(person("editors"), publish, claim)
    with changeset(erik.pk, Channel.ADMIN):
        edited(claim, summary="Said otherwise.")
    assert by(emma, publish, claim)


@pytest.mark.parametrize(
    "is_deleted", [False, True], ids=["to open", "by taking out what was asked"]
)
def test_nor_do_they_take_it_back_once_it_is_public(erik: Any, emma: Any, is_deleted: bool) -> None:
    with changeset(erik.pk, Channel.ADMIN):
        claim = StanceFactory(resolutions=[{}], **FORECAST)
    publish_whole(claim)
    source = SourceFactory()
    published(source)

    def decide_as(who: Any) -> None:
        with changeset(who.pk, Channel.ADMIN):
            edited(claim.resolutions.get(), **{**YES, "source": source})

    def take_back(who: Any) -> None:
        with changeset(who.pk, Channel.ADMIN):
            if is_deleted:
                claim.resolutions.all().delete()
            else:
                edited(
                    claim.resolutions.get(),
                    outcome="open",
                    resolved_on=None,
                    source=None,
                    locator="",
                )
            edited(claim, summary=f"Said by {who.username}.")

    decide_as(erik)
    if not is_deleted:
        take_back(erik)
        assert by(emma, publish, claim)
        decide_as(emma)
    else:
        with changeset(emma.pk, Channel.ADMIN):
            edited(
                claim.resolutions.get(), outcome="open", resolved_on=None, source=None, locator=""
            )
        decide_as(emma)
    assert by(person("editors"), publish, claim)

    take_back(erik)
    told = [says for says in objections(emma, publish, claim) if "took back" in says]
    assert told[0].startswith(
        "erik made the claim and took back what became of it, which takes somebody else"
    )
    if not is_deleted:
        decide_as(emma)
        take_back(emma)
        assert by(person("editors", username="eve"), publish, claim)
