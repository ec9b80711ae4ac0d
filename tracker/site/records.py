"""Records that have a page of their own, and their lists: stances, alignments, meetings, votes, sources."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from tracker.cards.cards import SENTENCES, card
from tracker.cards.grammar import Sentence
from tracker.cards.record_sentences import a_source, facts, is_overdue, vote
from tracker.publication.read.records import naming
from tracker.schema.records import read_body
from tracker.site.dates import Dates
from tracker.site.matrix import overdue
from tracker.site.page import Contents, Page, files
from tracker.site.reading import BY_BEGINNING, SHOWN, Body, alone, context, found, history, page_of, record, tree
from tracker.values.days import period
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Choice

LISTED = 1_000  # sources, and actors whose names are known beside their ballots


def files_of(claim: Noun) -> dict[str, str]:
    """Return the files of a claim's page."""
    changes = f"/api/v1/changes.atom?resource={claim.plural}&under={{issue}}&actor={{sides}}"
    return {**files(claim, "key"), "json": f"/api/v1/{claim.plural}/{{key}}/?on={{on}}", "atom": changes}


class ClaimPage(Page):
    """One claim: its sentence, its evidence, its rivals, and what was said of it in each edition."""

    template_name = "site/claim.html"
    noun: ClassVar[Noun]
    sides: ClassVar[Sequence[str]]

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        number, body = record(self.noun, path["key"], dates)
        issue, sides = body["issue"], [body[side] for side in self.sides]
        yield {
            "title": f"{' and '.join(side['name'] for side in sides)} on “{issue['name']}”",
            "named": {"key": number, "issue": issue["slug"], "sides": ",".join(side["slug"] for side in sides)},
        }
        same = {name: [body[name]["slug"]] for name in ("issue", *self.sides)}
        others = [one for one in found(self.noun, dates, same).records if one["id"] != number]
        about = context(dates, [body], others)
        beside = replace(about, issue=issue["slug"])  # the question stands on the page
        above = [(one.title, f"/issues/{one.slug}/") for one in tree(dates).above(issue["slug"])]
        yield {
            "crumbs": [("Issues", "/issues/"), *above, (issue["name"], f"/issues/{issue['slug']}/")],
            "body": body,
            "question": about.questions.get(issue["slug"]) or "",
            "sides": sides,
            "others": [card(self.noun, one, beside) for one in others],
            **alone(self.noun, number, body, dates, beside),
            "description": str(SENTENCES[self.noun](body, about)),
        }


class StancePage(ClaimPage):
    """One stance."""

    noun = Noun.STANCE
    sides = ("actor",)
    api = files_of(Noun.STANCE)


class AlignmentPage(ClaimPage):
    """One alignment."""

    noun = Noun.ALIGNMENT
    sides = ("actor", "counterpart")
    api = files_of(Noun.ALIGNMENT)


class Meetings(Page):
    """Meetings: what was held first, the latest first; then those to come, and those whose day has passed."""

    template_name = "site/meetings.html"
    title = "Meetings"
    description = "Who met when and where, and about what: held, planned and expected, with sources."
    api = {**files(Noun.MEETING), "ics": "/api/v1/meetings.ics"}

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        begun = found(Noun.MEETING, dates, {"to": dates.on})
        planned = {"from": dates.on, "status": ["planned", "expected"]}
        ahead = found(Noun.MEETING, dates, planned, order=BY_BEGINNING[Noun.MEETING]).records
        about = context(dates, begun.records, ahead)
        known = {one["id"] for one in begun.records}
        late = [one for one in begun.records if is_overdue(one, about)]
        yield {
            "meetings": [card(Noun.MEETING, one, about) for one in begun.records if one not in late],
            "ahead": [card(Noun.MEETING, one, about) for one in ahead if one["id"] not in known],
            "overdue": [card(Noun.MEETING, one, about) for one in late],
            "has_more": begun.has_more,
            "shown": SHOWN,
        }


class Unresolved(Page):
    """Planned meetings and forecasts whose day has passed, and of which nobody has coded whether they came about."""

    template_name = "site/unresolved.html"
    title = "Unresolved"
    description = "Forecasts and planned meetings whose day has passed; whether they came about is not coded yet."
    api = {
        "json": "/api/v1/stances/?basis=forecast&standing=any",
        "csv": "/api/v1/stances.csv?basis=forecast&standing=any",
    }

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        late, all_late = overdue(dates, SHOWN)
        yield {"overdue": late, "all_overdue": all_late}


class MeetingPage(Page):
    """One meeting."""

    template_name = "site/meeting.html"
    noun = Noun.MEETING
    api = {**files(Noun.MEETING, "key"), "ics": "/api/v1/meetings/{key}.ics"}

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        number, body = record(Noun.MEETING, path["key"], dates)
        yield {"title": body["title"], "crumbs": [("Meetings", "/meetings/")], "body": body}
        yield alone(Noun.MEETING, number, body, dates, context(dates, [body]))


class Votes(Page):
    """Votes, the latest first, those on amendments and paragraphs under what they amend, if that is among them."""

    template_name = "site/votes.html"
    title = "Votes"
    description = "Who voted how on what, in which body and when, with sources."
    api = files(Noun.VOTE)

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        votes, has_more = found(Noun.VOTE, dates, {})
        about, parts = context(dates, votes), defaultdict[int, list[Sentence]](list)
        by_name = {name: one["id"] for one in reversed(votes) if not one["amends"] for name in _names(one)}
        for one in votes:
            if one["amends"] in by_name:
                parts[by_name[one["amends"]]].append(vote(one, about))
        yield {
            "votes": [
                {"card": card(Noun.VOTE, one, about), "parts": parts[one["id"]]}
                for one in votes
                if one["amends"] not in by_name
            ],
            "has_more": has_more,
            "shown": SHOWN,
        }


class VotePage(Page):
    """One vote: each choice with how many cast it by the tally, and who is known to have."""

    template_name = "site/vote.html"
    noun = Noun.VOTE
    api = files(Noun.VOTE, "key")

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        number, body = record(Noun.VOTE, path["key"], dates)
        title = body["title"] or body["symbol"] or f"Vote {number}"
        yield {"title": title, "crumbs": [("Votes", "/votes/")], "body": body}
        about = context(dates, [body])
        parts = found(Noun.VOTE, dates, {"amends": _names(body)}).records
        names = {one["slug"]: one["name"] for one in found(Noun.ACTOR, dates, {}, LISTED).records}
        ballots, notes = body["ballots"], body["ballots"]["notes"]
        members = {
            choice: [
                (names.get(key, key), page_of(Noun.ACTOR, key, dates.q), notes.get(key, "")) for key in ballots[choice]
            ]
            for choice in Choice
        }
        cast = [{"choice": one, "counted": body.get(f"tally_{one}"), "members": members[one]} for one in Choice]
        yield {
            **alone(Noun.VOTE, number, body, dates, about),
            "cast": [one for one in cast if one["members"] or one["counted"]],
            "parts": [vote(one, about) for one in parts if one["id"] != number],
        }


def _names(vote: Body) -> list[str]:
    """Return by what others say that they amend it."""
    return [name for name in (vote["symbol"], vote["ref"]) if name]


class Sources(Page):
    """All sources, by title."""

    template_name = "site/sources.html"
    title = "Sources"
    description = "What the tracker’s claims and meetings are checked against, by title."
    api = files(Noun.SOURCE)

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        sources, about = found(Noun.SOURCE, dates, {}, LISTED), context(dates)
        yield {"sources": [a_source(one, about) for one in sources.records], "has_more": sources.has_more}


class SourcePage(Page):
    """One source: how to find it, and all that cites it."""

    template_name = "site/source.html"
    noun = Noun.SOURCE
    api = {**files(Noun.SOURCE, "key"), "csv": "/api/v1/stances.csv?source={key}&standing=any"}

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        number, body = record(Noun.SOURCE, path["key"], dates)
        line = a_source(body, context(dates))
        yield {"title": body["title"], "description": str(line), "crumbs": [("Sources", "/sources/")]}
        stances, alignments = (found(noun, dates, {"source": [number]}) for noun in (Noun.STANCE, Noun.ALIGNMENT))
        meetings, votes, actors = (
            [read_body(noun, one) for one in naming(Noun.SOURCE, number, noun, edition=dates.edition, size=SHOWN)]
            for noun in (Noun.MEETING, Noun.VOTE, Noun.ACTOR)
        )
        about = context(dates, stances.records, alignments.records, meetings, votes)
        yield {
            "body": body,
            "line": line,
            **facts(body),
            "stances": stances.cards(Noun.STANCE, about),
            "alignments": alignments.cards(Noun.ALIGNMENT, about),
            "meetings": [card(Noun.MEETING, one, about) for one in meetings],
            "votes": [card(Noun.VOTE, one, about) for one in votes],
            "memberships": [
                (one, membership, period(membership["since"], membership["until"]))
                for one in actors
                for membership in one["memberships"]
                if membership["source"] and membership["source"]["id"] == number
            ],
            "has_more": stances.has_more or alignments.has_more,
            "shown": SHOWN,
            **history(Noun.SOURCE, number, dates, about),
        }
