"""The list of votes: a table, narrowed and a page at a time."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from tracker.public.cards.context import PAIR, Body
from tracker.public.cards.record_sentences import ballot_of
from tracker.public.read import lists
from tracker.public.read.bodies import votes_by_body
from tracker.public.site.dates import CHOSEN, Dates, PageQuery, query_string, replaced
from tracker.public.site.matrix import key_typed
from tracker.public.site.page import Content, Page
from tracker.public.site.reading import (
    Records,
    known_actor,
    known_slugs,
    question,
    suggestions,
    tree,
)
from tracker.schema.filters import LARGEST_ID, Day, Flag, Keys, Terms, Under
from tracker.schema.number_filters import Number, Numbers
from tracker.values.days import when
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Choice, VoteKind, VoteOutcome

PAGE = 50
WHERE = ("before", "place")  # the page begins after this day and this vote of it
OUTCOMES, CHOICES = ([(term.value, str(term.label)) for term in terms] for terms in (VoteOutcome, Choice))
WHOLE = (VoteKind.RESOLUTION, VoteKind.DRAFT)


class Votes(Page):
    """Votes as a table, the latest first."""

    template_name = "site/votes.html"
    title = "Votes"
    description = "Who voted how on what, in which body and when, with sources."
    parameters = (
        Keys("body", "", noun=Noun.ACTOR),
        Numbers("year", "", minimum=1900, maximum=2999),
        Terms("outcome", "", vocabulary=VoteOutcome),
        Flag("without_vote", ""),
        Keys("voter", "", noun=Noun.ACTOR),
        Terms("choice", "", vocabulary=Choice),
        Keys("sole_no", "", noun=Noun.ACTOR),
        Under("under", "", noun=Noun.ISSUE),
        Day("before", ""),
        Number("place", "", minimum=1, maximum=LARGEST_ID),
    )
    api = {
        "json": "/api/v1/votes/{chosen}",
        "csv": "/api/v1/votes.csv{chosen}",
        "atom": "/api/v1/changes.atom?resource=votes",
    }

    def look_up(self, **path: Any) -> None:
        dates, values = self.dates, self.values
        self.chosen = {name: value for name, value in values.items() if name not in (*CHOSEN, *WHERE)}
        for name in {"voter", "sole_no"} & self.chosen.keys():
            self.chosen[name] = [*map(key_typed, self.chosen[name])]
        self.after = (values["before"], values["place"]) if values.keys() >= {*WHERE} else None
        self.answer = lists.page(_asked(dates, self.chosen, self.after))
        _check_known(self.query, self.chosen, dates, self.answer)
        self.named = {"chosen": query_string((name, _written(value)) for name, value in self.chosen.items())}

    def content(self) -> Content:
        dates, chosen, answer, given = self.dates, self.chosen, self.answer, self.request.GET
        keys = list(dict.fromkeys([*PAIR, *chosen.get("voter", ()), *chosen.get("sole_no", ())]))
        voters = [known_actor(key, dates.edition, dates.stamp)[1] for key in keys]
        ever = known_slugs(tuple(voter["slug"] for voter in voters), dates.edition, dates.stamp)
        voters = [{**voter, "slugs": ever.get(voter["slug"], ())} for voter in voters]
        last = answer.page.after
        return {
            "votes": [_row(body, voters) for body in Records(Noun.VOTE, answer.page.results)],
            "voters": voters,
            "count": answer.count,
            "values": self.values,
            "is_filtered": bool(chosen),
            "is_later": self.after is not None,
            "from_the_first": replaced(given, "before", None, "place"),
            "further": replaced(_with(given, before=last[0]), "place", str(last[1])) if last else "",
            "bodies": [
                (body.slug, f"{body.name} ({body.votes:,})") for body in votes_by_body(dates.edition, dates.stamp)
            ],
            "outcomes": OUTCOMES,
            "choices": CHOICES,
            "tops": [
                (issue.slug, issue.title)
                for issue in tree(dates).issues.values()
                if issue.depth == 0 or issue.slug in chosen.get("under", ())
            ],
        }


def _asked(dates: Dates, chosen: Mapping[str, Any], after: tuple[Any, ...] | None) -> lists.Question:
    asked = question(Noun.VOTE, dates, chosen, PAGE)
    return lists.Question(
        asked.noun, asked.chosen, order=asked.order, as_of=asked.as_of, after=after, size=PAGE, counts=True
    )


def _check_known(query: PageQuery, chosen: Mapping[str, Any], dates: Dates, answer: lists.ListPage) -> None:
    """Raise BadRequestError with each key that no record ever had, and what may be meant."""
    for name, records in answer.unknown.items():
        noun = Noun.ISSUE if name == "under" else Noun.ACTOR
        for key, number in zip(chosen[name], records, strict=True) if name in chosen else ():
            if number is None:
                meant = next((address.split("/")[2] for _, address in suggestions(noun, key, dates)), "")
                query.fault(name, "unknown", f"no {noun} was ever published under “{key}”", meant)
    query.check()


def _written(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value).lower()


def _with(given: QueryDict, before: Any) -> QueryDict:
    changed = given.copy()
    changed["before"] = str(before)
    return changed


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
        "outcome": f"{outcome} without a vote" if body["without_vote"] else outcome,
        "tally": "–".join(map(str, counts)) if None not in counts else "",
        "cast": [Choice(cast).label if (cast := ballot_of(body, voter)[0]) else "" for voter in voters],
    }
