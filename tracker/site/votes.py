"""Votes: the latest of them, and each with its ballots by what was cast."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tracker.cards.cards import Card, card
from tracker.cards.context import Context
from tracker.cards.grammar import Sentence
from tracker.cards.record_sentences import vote
from tracker.site.claims import LISTED
from tracker.site.dates import Dates
from tracker.site.page import Contents, Page
from tracker.site.reading import Body, context, found, history, page_of, record
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Choice

MOST_ACTORS = 1000


class ListedVote(NamedTuple):
    """A vote in the list, and those on amendments and paragraphs of it."""

    card: Card
    parts: list[Sentence]


class Cast(NamedTuple):
    """Who cast what: the choice, how many did by the tally, and each member that is known to have, with its page."""

    choice: Choice
    counted: int | None
    members: list[tuple[str, str, str]]


class Votes(Page):
    """Votes, the latest first."""

    template_name = "site/votes.html"
    title = "Votes"
    description = "Who voted how on what, in which body and when, with sources."
    api = {"json": "/api/v1/votes/", "csv": "/api/v1/votes.csv", "atom": "/api/v1/changes.atom?resource=votes"}

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        votes = found(Noun.VOTE, dates, {}, LISTED)
        about = context(dates, votes.records)
        yield {
            "votes": _listed(votes.records, about),
            "has_more": votes.has_more,
            "shown": LISTED,
        }


class VotePage(Page):
    """One vote."""

    template_name = "site/vote.html"
    noun = Noun.VOTE
    api = {
        "json": "/api/v1/votes/{key}/",
        "csv": "/api/v1/votes.csv?id={key}",
        "atom": "/api/v1/changes.atom?resource=votes",
    }

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        number, body = record(Noun.VOTE, path["key"], dates)
        title = body["title"] or body["symbol"] or f"Vote {body['id']}"
        yield {"title": title, "crumbs": [("Votes", "/votes/")], "body": body}
        about = context(dates, [body])
        own = card(Noun.VOTE, body, about)
        parts = found(Noun.VOTE, dates, {"amends": _names(body)}, LISTED).records
        yield {
            "description": str(own.sentence),
            "chip": own.chip,
            "sources": len({note.href for note in own.footnotes}),
            "card": own,
            "cast": _cast(body, dates),
            "parts": [vote(one, about) for one in parts if one["id"] != body["id"]],
            **history(Noun.VOTE, number, dates, about),
        }


def _listed(votes: Sequence[Body], about: Context) -> list[ListedVote]:
    """Return votes in their order, those on amendments and paragraphs under what they amend, if that is among them."""
    by_name: dict[str, int] = {name: one["id"] for one in reversed(votes) if not one["amends"] for name in _names(one)}
    whole = {one["id"]: by_name.get(one["amends"] or "") or one["id"] for one in votes}
    parts: dict[int, list[Sentence]] = defaultdict(list)
    for one in votes:
        if whole[one["id"]] != one["id"]:
            parts[whole[one["id"]]].append(vote(one, about))
    return [ListedVote(card(Noun.VOTE, one, about), parts[one["id"]]) for one in votes if whole[one["id"]] == one["id"]]


def _names(vote: Body) -> list[str]:
    """Return by what others say that they amend it."""
    return [name for name in (vote["symbol"], vote["ref"]) if name]


def _cast(body: Body, dates: Dates) -> list[Cast]:
    names = {one["slug"]: one["name"] for one in found(Noun.ACTOR, dates, {}, MOST_ACTORS).records}
    ballots = body["ballots"]
    return [
        Cast(
            choice,
            body.get(f"tally_{choice}"),
            [
                (names.get(key, key), page_of(Noun.ACTOR, key, dates.q), ballots["notes"].get(key, ""))
                for key in ballots[choice]
            ],
        )
        for choice in Choice
        if ballots[choice] or body.get(f"tally_{choice}")
    ]
