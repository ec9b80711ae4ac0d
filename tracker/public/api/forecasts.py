"""Forecasts: whether what was expected came about, and how well that was told."""

from typing import Any

from django.http import HttpResponse
from msgspec import UNSET
from rest_framework.request import Request

from tracker.public.api.http.responses import as_json, of_edition, tagged_response
from tracker.public.api.views import PAGED, PublicView
from tracker.public.http.pagination import next_page
from tracker.public.http.plans import link
from tracker.public.read import forecasts as read
from tracker.public.read.pagination import paginate
from tracker.schema import forecasts as asked
from tracker.schema.examples import Example
from tracker.schema.forecasts import Forecast, ForecastCounts, Forecasts, ForecastScores, TermScore
from tracker.schema.parts import address
from tracker.values.scores import FEW, PROBABILITY, Tally, outcome_by, scores
from tracker.values.vocabularies import PERCENT, Likelihood

NO_SCORES = dict.fromkeys(("brier", "log", "reliability", "resolution", "uncertainty"))


class ForecastList(PublicView):
    """List forecasts, and how well they did."""

    route = "forecasts/"
    lists = True
    response_struct = Forecasts
    examples = {
        "first": Example("The forecast that is due first, and how well all did.", "page_size=1")
    }
    parameters = (asked.ON, asked.WHOSE, asked.OUTCOME, *PAGED)

    def get(self, request: Request) -> HttpResponse:
        """Answer one page of claims that are forecasts, contested ones too, the first due first.

        Each with its resolution: what is asked, by what it is decided, and what became of it.
        Beside it how well all of them did, whatever `outcome` is asked for. What was asked when the
        outcome could be known is never scored, nor what is ambiguous or void.
        """
        query = self.query(request)
        after, answering = query.after(int) or (0,), query.answering()
        on, whose = query.values.get("on"), query.values.get("whose")
        every = read.forecasts(answering.number or 0, answering.stamp)
        chosen = [
            each
            for each in every
            if not whose or (each.resolution and each.resolution["whose"] in whose)
        ]
        wanted = query.values.get("outcome")
        listed = [
            (place, each)
            for place, each in enumerate(chosen, 1)
            if not wanted or (each.resolution and outcome_by(each.resolution, on) in wanted)
        ]
        further = [(place, each) for place, each in listed if place > after[0]][: query.size + 1]
        page = paginate(
            further, query.size, lambda numbered: numbered[:1], edition=answering.number or 0
        )
        following = next_page(request, page)
        body = Forecasts(
            edition=page.edition,
            next=following,
            count=len(listed) if query.counts else UNSET,
            counts=_counts(chosen, on),
            scores=_scores(read.tallies(chosen, on)),
            results=[_forecast(each, on) for _, each in page.results],
        )
        response = tagged_response(
            as_json(body), on=of_edition(answering.number, answering.stamp), edition=page.edition
        )
        response.headers["Link"] = link(following)
        return response


def _counts(chosen: Any, on: Any) -> ForecastCounts:
    kinds = [each.kind(on) for each in chosen]
    names = [name for name in ForecastCounts.__struct_fields__ if name != "overdue" or on]
    return ForecastCounts(**{name: kinds.count(name) for name in names})


def _scores(tallies: dict[Likelihood, Tally]) -> ForecastScores:
    come_to = scores(tallies)
    values: dict[str, Any] = come_to._asdict() if come_to else {"n": 0, **NO_SCORES}
    return ForecastScores(
        scored=values.pop("n"), **values, terms=[_term(*of) for of in tallies.items()]
    )


def _term(term: Likelihood, tally: Tally) -> TermScore:
    least, most = PERCENT[term]
    low, high = tally.interval if tally.n else (None, None)
    return TermScore(
        likelihood=term,
        least=least / 100,
        most=most / 100,
        probability=float(PROBABILITY[term]),
        scored=tally.n,
        yes=tally.yes,
        share=float(tally.share) if tally.n else None,
        low=low,
        high=high,
        too_few=tally.n < FEW,
    )


def _forecast(each: read.Forecast, on: Any) -> Forecast:
    body, probability = each.body, PROBABILITY[Likelihood(each.body["likelihood"])]
    came_about = each.came_about(on)
    same: dict[str, Any] = {name: body[name] for name in Forecast.__struct_fields__ if name in body}
    return Forecast(
        **{"counterpart": None, **same, "resolution": each.resolution},
        claim=each.noun.value,
        url=address(each.noun, body["id"]),
        probability=float(probability),
        brier=None if came_about is None else float((came_about - probability) ** 2),
    )
