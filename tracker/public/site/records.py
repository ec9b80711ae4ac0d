"""Records that have a page of their own, and the list of sources."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, ClassVar

from tracker.public.cards.cards import SENTENCES, Card
from tracker.public.cards.context import Body
from tracker.public.cards.evidence import of_claims
from tracker.public.cards.grammar import whose
from tracker.public.cards.record_sentences import a_source, facts, vote
from tracker.public.formats.csv import Table
from tracker.public.read.coverage import origins
from tracker.public.read.keys import slugs
from tracker.public.read.records import named, naming
from tracker.public.site.kept import PageContext, html_of
from tracker.public.site.matrix import overdue, overdue_table
from tracker.public.site.page import CLAIMS_SHOWN, Content, Drawing, Page, files
from tracker.public.site.reading import (
    Chosen,
    Records,
    context,
    history_of,
    question,
    record,
    records_of,
    run,
    table_of,
    tree,
)
from tracker.values.days import period
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Choice, ParticipantRole

MOST_SOURCES = 1_000  # of their list


def files_of(claim: Noun) -> dict[str, str]:
    """Return the files of a claim's page."""
    changes = f"/api/v1/changes.atom?resource={claim.plural}&under={{issue}}&actor={{sides}}"
    return {**files(claim, "key"), "json": f"/api/v1/{claim.plural}/{{key}}/?on={{on}}", "atom": changes}


class RecordPage(Page):
    """A page of one claim, meeting, act or vote: its card, what is said of it elsewhere, and its history."""

    noun: ClassVar[Noun]
    number: int
    body: Body

    @cached_property
    def about(self) -> PageContext:
        return context(self.dates, [self.body])

    @cached_property
    def card(self) -> Card:
        return Card(self.noun, self.body, self.about)

    def drawing(self) -> Drawing:
        self.description = str(SENTENCES[self.noun](self.body, replace(self.about, issue="")))
        quoted = self.card.quotation if self.suffix == "card" else ""
        return Drawing(quoted, len({note.href for note in self.card.footnotes}), chip=self.card.chip)

    def content(self) -> Content:
        history = history_of(self.noun, self.number, self.dates, self.about)
        return {"body": self.body, "card": self.card, **history}


class ClaimPage(RecordPage):
    """One claim: its sentence, its evidence, its rivals, and what was said of it in each edition."""

    template_name = "site/claim.html"
    sides: ClassVar[Sequence[str]]

    def look_up(self, **path: Any) -> None:
        self.number, self.body = record(self.noun, path["key"], self.dates)
        self.issue = self.body["issue"]
        self.title = f"{whose(self.body)} on “{self.issue['name']}”"
        sides = ",".join(self.body[side]["slug"] for side in self.sides)
        self.named = {"key": self.number, "issue": self.issue["slug"], "sides": sides}

    @cached_property
    def others(self) -> list[Body]:
        same = {name: [self.body[name]["slug"]] for name in ("issue", *self.sides)}
        return [claim for claim in records_of(self.noun, self.dates, same) if claim["id"] != self.number]

    @cached_property
    def about(self) -> PageContext:
        """The question stands on the page."""
        claims = [self.body], self.others
        return context(self.dates, *claims, issue=self.issue["slug"], others=claims)

    def content(self) -> Content:
        slug = self.issue["slug"]
        above = [(wider.title, f"/issues/{wider.slug}/") for wider in tree(self.dates).above(slug)]
        return {
            **super().content(),
            "crumbs": [("Issues", "/issues/"), *above, (self.issue["name"], f"/issues/{slug}/")],
            "question": self.about.questions.get(slug) or "",
            "sides": [self.body[side] for side in self.sides],
            "others": [html_of(self.noun, claim, self.about) for claim in self.others],
        }


class StancePage(ClaimPage):
    noun = Noun.STANCE
    sides = ("actor",)
    api = files_of(Noun.STANCE)


class AlignmentPage(ClaimPage):
    noun = Noun.ALIGNMENT
    sides = ("actor", "counterpart")
    api = files_of(Noun.ALIGNMENT)


class Unresolved(Page):
    """Planned meetings and acts, and forecasts, whose day has passed; if they came about, nobody has coded."""

    template_name = "site/unresolved.html"
    title = "Unresolved"
    description = "Forecasts, and planned meetings and acts, whose day has passed; if they came about is not coded yet."
    api = {"json": "/api/v1/stances/?basis=forecast&standing=any"}
    own = ("csv", "xlsx")

    def table(self) -> Table:
        return overdue_table(self.dates)

    def content(self) -> Content:
        late, all_late = overdue(self.dates, CLAIMS_SHOWN)
        return {"overdue": late, "all_overdue": all_late}


class OccurrencePage(RecordPage):
    """One meeting or act."""

    def look_up(self, **path: Any) -> None:
        self.number, self.body = record(self.noun, path["key"], self.dates)
        self.title = self.body["title"]

    def content(self) -> Content:
        plural = self.noun.plural
        return {**super().content(), "crumbs": [(plural.capitalize(), f"/{plural}/")]}


class MeetingPage(OccurrencePage):
    template_name = "site/meeting.html"
    noun = Noun.MEETING
    api = {**files(Noun.MEETING, "key"), "ics": "/api/v1/meetings/{key}.ics"}


class ActPage(OccurrencePage):
    """One act: who took part, and if a text was issued, where it is, who signed it, and some of its words."""

    template_name = "site/act.html"
    noun = Noun.ACT
    api = {**files(Noun.ACT, "key"), "ics": "/api/v1/acts/{key}.ics"}

    def content(self) -> Content:
        body = self.body
        text = body["text"] and record(Noun.SOURCE, str(body["text"]["id"]), self.dates)[1]
        return {
            **super().content(),
            "text": text and {"title": text["title"], "id": text["id"], **facts(text), **_wording(body)},
            "signatories": [each for each in body["participants"] if each["role"] == ParticipantRole.SIGNATORY],
        }


def _wording(act: Body) -> dict[str, str]:
    """Return the words that are cited of the text of an act, and their language."""
    cited = (each for each in act["citations"] if each["source"]["id"] == act["text"]["id"] and each["quote"])
    quoted = next(cited, None)
    return {"words": quoted["quote"] if quoted else "", "words_language": (quoted and quoted["quote_language"]) or ""}


class VotePage(RecordPage):
    """One vote: each choice with how many cast it by the tally, and who is known to have."""

    template_name = "site/vote.html"
    noun = Noun.VOTE
    api = files(Noun.VOTE, "key")

    def look_up(self, **path: Any) -> None:
        self.number, self.body = record(Noun.VOTE, path["key"], self.dates)
        self.title = self.body["title"] or self.body["symbol"] or f"Vote {self.number}"

    def content(self) -> Content:
        parts = records_of(Noun.VOTE, self.dates, {"amends": _names(self.body)})
        return {
            **super().content(),
            "crumbs": [("Votes", "/votes/")],
            "cast": list(self._cast()),
            "parts": [vote(part, self.about) for part in parts if part["id"] != self.number],
        }

    def _cast(self) -> Iterator[dict[str, Any]]:
        """Yield each choice with how many cast it by the tally, and who is known to have."""
        ballots, notes, edition = self.body["ballots"], self.body["ballots"]["notes"], self.dates.edition
        actors = Records(Noun.ACTOR, named(Noun.VOTE, self.number, Noun.ACTOR, edition=edition))
        names = {actor["slug"]: actor["name"] for actor in actors}
        earlier = {key for choice in Choice for key in ballots[choice]} - names.keys()
        now = slugs(Noun.ACTOR, earlier, edition=edition) if earlier else {}
        for choice in Choice:
            counted = self.body.get(f"tally_{choice}")
            members = [
                (names.get(slug, slug), self.about.address(Noun.ACTOR, slug), notes.get(key, ""))
                for key, slug in ((key, now.get(key, key)) for key in ballots[choice])
            ]
            if members or counted:
                yield {"choice": choice, "counted": counted, "members": members}


def _names(vote: Body) -> list[str]:
    """Return by what others say that they amend it."""
    return [name for name in (vote["symbol"], vote["ref"]) if name]


class Sources(Page):
    """All sources, by title."""

    template_name = "site/sources.html"
    title = "Sources"
    description = "What the tracker’s claims, acts, meetings and votes are checked against, by title."
    api = files(Noun.SOURCE)

    def content(self) -> Content:
        sources, about = records_of(Noun.SOURCE, self.dates, {}, MOST_SOURCES), context(self.dates)
        return {"sources": [a_source(body, about) for body in sources], "has_more": sources.has_more}


class SourcePage(Page):
    """One source: how to find it, and all that cites it."""

    template_name = "site/source.html"
    noun = Noun.SOURCE
    api = {suffix: address for suffix, address in files(Noun.SOURCE, "key").items() if suffix != "csv"}
    own = ("csv", "xlsx")

    def look_up(self, **path: Any) -> None:
        self.number, self.body = record(Noun.SOURCE, path["key"], self.dates)
        self.line = a_source(self.body, context(self.dates))
        self.title, self.description = self.body["title"], str(self.line)
        self.citing: list[tuple[Noun, Chosen]] = [
            (noun, {"source": [self.number]}) for noun in (Noun.STANCE, Noun.ALIGNMENT)
        ]

    def table(self) -> Table:
        return table_of(self.dates, self.citing)

    def content(self) -> Content:
        dates, number = self.dates, self.number
        passing_on = question(Noun.SOURCE, dates, {"derives_from": [number]})
        stances, alignments, copies = run(*(question(noun, dates, chosen) for noun, chosen in self.citing), passing_on)
        acts, meetings, votes, actors, issues = (
            Records(noun, naming(Noun.SOURCE, number, noun, edition=dates.edition, size=CLAIMS_SHOWN))
            for noun in (Noun.ACT, Noun.MEETING, Noun.VOTE, Noun.ACTOR, Noun.ISSUE)
        )
        about = context(dates, stances, alignments, acts, meetings, votes)
        return {
            "crumbs": [("Sources", "/sources/")],
            "body": self.body,
            "line": self.line,
            **facts(self.body),
            "stances": stances.cards(about),
            "alignments": alignments.cards(about),
            "acts": acts.cards(about),
            "meetings": meetings.cards(about),
            "votes": votes.cards(about),
            "evidence": of_claims([*stances, *alignments], origins(dates.edition, dates.stamp)),
            "copies": [a_source(copy, about) for copy in copies],
            "more_copies": copies.has_more,
            "settled": [issue for issue in issues if (cited := issue["settlement_source"]) and cited["id"] == number],
            "memberships": [
                (actor, membership, period(membership["since"], membership["until"]))
                for actor in actors
                for membership in actor["memberships"]
                if membership["source"] and membership["source"]["id"] == number
            ],
            "has_more": stances.has_more or alignments.has_more,
            **history_of(Noun.SOURCE, number, dates, about),
        }
