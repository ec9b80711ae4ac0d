"""The list of votes: a table, narrowed and a page at a time."""

from itertools import chain
from typing import Any

from tracker.public.cards.context import Body
from tracker.public.cards.covered import covered
from tracker.public.cards.record_sentences import ballot_of
from tracker.public.read.bodies import votes_by_body
from tracker.public.read.coverage import facts
from tracker.public.site.page import Content
from tracker.public.site.reading import (
    Records,
    actors_in_focus,
    known_actor,
    pair_in_focus,
    voters_of,
)
from tracker.public.site.record_list import RecordList, files_of_list, filters
from tracker.values.days import when
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Choice, VoteKind, VoteOutcome

OUTCOMES, CHOICES = (
    [(term.value, str(term.label)) for term in terms] for terms in (VoteOutcome, Choice)
)
VOTER_FILTERS = ("voter", "agrees", "differs", "sole_no")
WHOLE = (VoteKind.RESOLUTION, VoteKind.DRAFT)


class Votes(RecordList):
    """Votes as a table, the latest first."""

    template_name = "site/votes.html"
    of = Noun.VOTE
    title = "Votes"
    description = "Who voted how on what, in which body and when, with sources."
    parameters = filters(
        Noun.VOTE, "body", "year", "outcome", "without_vote", "choice", *VOTER_FILTERS, "under"
    )
    api = files_of_list(Noun.VOTE)

    def content(self) -> Content:
        dates, chosen = self.dates, self.chosen
        focus = actors_in_focus(dates)
        named = chain.from_iterable(chosen.get(name, ()) for name in VOTER_FILTERS)
        columns = {actor["slug"]: actor for _, actor in focus}
        for key in named:
            _, actor = known_actor(key, dates.edition, dates.stamp)
            columns[actor["slug"]] = actor
        voters = voters_of(dates, [*columns.values()])
        return {
            **super().content(),
            "votes": [_row(body, voters) for body in Records(Noun.VOTE, self.answer.page.results)],
            "voters": voters,
            "focus": [actor for number, actor in focus if number is not None],
            "pair": pair_in_focus(dates),
            "bodies": [
                (body.slug, f"{body.name} ({body.votes:,})")
                for body in votes_by_body(dates.edition, dates.stamp)
            ],
            "covers": [of for of in covered(facts(dates.edition).covers) if of.slug],
            "outcomes": OUTCOMES,
            "choices": CHOICES,
        }


def _row(body: Body, voters: list[Body]) -> dict[str, Any]:
    """Return a row of the table."""
    counts = [body[f"tally_{choice}"] for choice in ("yes", "no", "abstain")]
    outcome = VoteOutcome(body["outcome"]).label
    return {
        "id": body["id"],
        "title": body["title"] or body["symbol"] or f"Vote {body['id']}",
        "symbol": body["symbol"] if body["title"] else "",
        "kind": "" if body["kind"] in WHOLE else VoteKind(body["kind"]).label,
        "held": when(body["held"]) if body["held"] else "",
        "body": body["body"],
        "issue": body["issue"],
        "outcome": f"{outcome} without a vote" if body["without_vote"] else outcome,
        "tally": "–".join(map(str, counts)) if None not in counts else "",
        "cast": [
            Choice(cast).label if (cast := ballot_of(body, voter)[0]) else "" for voter in voters
        ],
    }
