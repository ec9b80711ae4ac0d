"""Votes: the latest of them, and each with its ballots by what was cast."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from tracker.cards.cards import card
from tracker.site.claims import LISTED
from tracker.site.dates import Dates
from tracker.site.page import Contents, Page
from tracker.site.reading import Body, context, found, history, page_of, record
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Choice

MOST_ACTORS = 1000


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
            "votes": [card(Noun.VOTE, one, about) for one in votes.records],
            "has_more": votes.has_more,
            "shown": LISTED,
        }


class VotePage(Page):
    """One vote."""

    template_name = "site/vote.html"
    noun = Noun.VOTE
    api = {"json": "/api/v1/votes/{key}/"}

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        number, body = record(Noun.VOTE, path["key"], dates)
        title = body["title"] or body["symbol"] or f"Vote {body['id']}"
        yield {"title": title, "crumbs": [("Votes", "/votes/")], "body": body}
        about = context(dates, [body])
        own = card(Noun.VOTE, body, about)
        parts = found(Noun.VOTE, dates, {"amends": list(filter(None, (body["symbol"], body["ref"])))}, LISTED).records
        yield {
            "description": str(own.sentence),
            "chip": own.chip,
            "sources": len({note.href for note in own.footnotes}),
            "card": own,
            "cast": _cast(body, dates),
            "parts": [card(Noun.VOTE, one, about).sentence for one in parts if one["id"] != body["id"]],
            **history(Noun.VOTE, number, dates, about),
        }


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
