"""Records that have a page of their own, and their lists: stances, alignments, meetings, votes, sources."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from tracker.public.cards.cards import SENTENCES
from tracker.public.cards.context import Body
from tracker.public.cards.grammar import whose
from tracker.public.cards.record_sentences import a_source, facts, is_overdue, vote
from tracker.public.read.keys import slugs
from tracker.public.read.records import named, naming
from tracker.public.site.dates import Dates
from tracker.public.site.kept import html_of
from tracker.public.site.matrix import overdue, overdue_table
from tracker.public.site.page import CLAIMS_SHOWN, Contents, Page, files
from tracker.public.site.reading import (
    BY_BEGINNING,
    Records,
    context,
    history,
    question,
    record,
    record_context,
    records_of,
    run,
    table_of,
    tree,
)
from tracker.values.days import period
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Choice

MOST_SOURCES = 1_000  # of their list


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
            "title": f"{whose(body)} on “{issue['name']}”",
            "named": {"key": number, "issue": issue["slug"], "sides": ",".join(side["slug"] for side in sides)},
        }
        same = {name: [body[name]["slug"]] for name in ("issue", *self.sides)}
        others = [claim for claim in records_of(self.noun, dates, same) if claim["id"] != number]
        about = context(dates, [body], others)
        beside = replace(about, issue=issue["slug"])  # the question stands on the page
        above = [(wider.title, f"/issues/{wider.slug}/") for wider in tree(dates).above(issue["slug"])]
        yield {
            "crumbs": [("Issues", "/issues/"), *above, (issue["name"], f"/issues/{issue['slug']}/")],
            "body": body,
            "question": about.questions.get(issue["slug"]) or "",
            "sides": sides,
            "others": [html_of(self.noun, claim, beside) for claim in others],
            **record_context(self.noun, number, body, dates, beside),
            "description": str(SENTENCES[self.noun](body, about)),
        }


class StancePage(ClaimPage):
    noun = Noun.STANCE
    sides = ("actor",)
    api = files_of(Noun.STANCE)


class AlignmentPage(ClaimPage):
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
        planned = {"from": dates.on, "status": ["planned", "expected"]}
        to_come = question(Noun.MEETING, dates, planned, order=BY_BEGINNING[Noun.MEETING])
        begun, ahead = run(question(Noun.MEETING, dates, {"to": dates.on}), to_come)
        about = context(dates, begun, ahead)
        known = {meeting["id"] for meeting in begun}
        late = [meeting for meeting in begun if is_overdue(meeting, about)]
        yield {
            "meetings": [html_of(Noun.MEETING, meeting, about) for meeting in begun if meeting not in late],
            "ahead": [html_of(Noun.MEETING, meeting, about) for meeting in ahead if meeting["id"] not in known],
            "overdue": [html_of(Noun.MEETING, meeting, about) for meeting in late],
            "has_more": begun.has_more,
        }


class Unresolved(Page):
    """Planned meetings and forecasts whose day has passed, and of which nobody has coded whether they came about."""

    template_name = "site/unresolved.html"
    api = {"json": "/api/v1/stances/?basis=forecast&standing=any"}
    has_table = True

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        yield {
            "title": "Unresolved",
            "description": "Forecasts and planned meetings whose day has passed; if they came about is not coded yet.",
            "table": partial(overdue_table, dates),
        }
        late, all_late = overdue(dates, CLAIMS_SHOWN)
        yield {"overdue": late, "all_overdue": all_late}


class MeetingPage(Page):
    template_name = "site/meeting.html"
    noun = Noun.MEETING
    api = {**files(Noun.MEETING, "key"), "ics": "/api/v1/meetings/{key}.ics"}

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        number, body = record(Noun.MEETING, path["key"], dates)
        yield {"title": body["title"], "crumbs": [("Meetings", "/meetings/")], "body": body}
        yield record_context(Noun.MEETING, number, body, dates, context(dates, [body]))


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
        parts = records_of(Noun.VOTE, dates, {"amends": _names(body)})
        actors = Records(Noun.ACTOR, named(Noun.VOTE, number, Noun.ACTOR, edition=dates.edition))
        names = {actor["slug"]: actor["name"] for actor in actors}
        cast, ballots, notes = [], body["ballots"], body["ballots"]["notes"]
        earlier = {key for choice in Choice for key in ballots[choice]} - names.keys()
        now = slugs(Noun.ACTOR, earlier, edition=dates.edition) if earlier else {}
        for choice in Choice:
            counted = body.get(f"tally_{choice}")
            members = [
                (names.get(slug, slug), about.address(Noun.ACTOR, slug), notes.get(key, ""))
                for key, slug in ((key, now.get(key, key)) for key in ballots[choice])
            ]
            if members or counted:
                cast.append({"choice": choice, "counted": counted, "members": members})
        yield {
            **record_context(Noun.VOTE, number, body, dates, about),
            "cast": cast,
            "parts": [vote(part, about) for part in parts if part["id"] != number],
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
        sources, about = records_of(Noun.SOURCE, dates, {}, MOST_SOURCES), context(dates)
        yield {"sources": [a_source(body, about) for body in sources], "has_more": sources.has_more}


class SourcePage(Page):
    """One source: how to find it, and all that cites it."""

    template_name = "site/source.html"
    noun = Noun.SOURCE
    api = {suffix: address for suffix, address in files(Noun.SOURCE, "key").items() if suffix != "csv"}
    has_table = True

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        number, body = record(Noun.SOURCE, path["key"], dates)
        line = a_source(body, context(dates))
        citing = [(noun, {"source": [number]}) for noun in (Noun.STANCE, Noun.ALIGNMENT)]
        yield {
            "title": body["title"],
            "description": str(line),
            "crumbs": [("Sources", "/sources/")],
            "table": partial(table_of, dates, citing),
        }
        stances, alignments = run(*(question(noun, dates, chosen) for noun, chosen in citing))
        meetings, votes, actors = (
            Records(noun, naming(Noun.SOURCE, number, noun, edition=dates.edition, size=CLAIMS_SHOWN))
            for noun in (Noun.MEETING, Noun.VOTE, Noun.ACTOR)
        )
        about = context(dates, stances, alignments, meetings, votes)
        yield {
            "body": body,
            "line": line,
            **facts(body),
            "stances": stances.cards(about),
            "alignments": alignments.cards(about),
            "meetings": meetings.cards(about),
            "votes": votes.cards(about),
            "memberships": [
                (actor, membership, period(membership["since"], membership["until"]))
                for actor in actors
                for membership in actor["memberships"]
                if membership["source"] and membership["source"]["id"] == number
            ],
            "has_more": stances.has_more or alignments.has_more,
            **history(Noun.SOURCE, number, dates, about),
        }
