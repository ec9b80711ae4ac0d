"""Records that have a page of their own, and the table of sources."""

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
from tracker.public.read.sources import sources_by_outlet, uses
from tracker.public.site.kept import PageContext, html_of
from tracker.public.site.matrix import overdue, overdue_table
from tracker.public.site.page import CLAIMS_SHOWN, Content, Drawing, Page, files
from tracker.public.site.reading import (
    Records,
    cards,
    context,
    history_of,
    question,
    record,
    records_of,
    run,
    table_of,
    tree,
)
from tracker.public.site.record_list import RecordList, files_of_list, filters
from tracker.schema.records import CLAIMS, ORDERS
from tracker.values.days import period, when
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Choice, Outlet, ParticipantRole


def files_of(claim: Noun) -> dict[str, str]:
    """Return the files of a claim's page."""
    changes = f"/api/v1/changes.atom?resource={claim.plural}&under={{issue}}&actor={{sides}}"
    return {
        **files(claim, "key"),
        "json": f"/api/v1/{claim.plural}/{{key}}/?on={{on}}",
        "atom": changes,
    }


class RecordPage(Page):
    """A page of one claim, meeting, act or vote:
    its card, what is said of it elsewhere, and its history.
    """

    noun: ClassVar[Noun]
    number: int
    body: Body

    def look_up(self, **path: Any) -> None:
        self.number, self.body = record(self.noun, path["key"], self.dates)
        self.title = (
            self.body["title"]
            or self.body.get("symbol")
            or f"{self.noun.capitalize()} {self.number}"
        )

    @cached_property
    def about(self) -> PageContext:
        return context(self.dates, [self.body])

    @cached_property
    def card(self) -> Card:
        return Card(self.noun, self.body, self.about)

    def drawing(self) -> Drawing:
        self.description = str(SENTENCES[self.noun](self.body, replace(self.about, issue="")))
        quoted = self.card.quotation if self.suffix == "card" else ""
        return Drawing(
            quoted, len({note.href for note in self.card.footnotes}), chip=self.card.chip
        )

    def content(self) -> Content:
        crumbs = [(self.noun.plural.capitalize(), f"/{self.noun.plural}/")]
        history = history_of(self.noun, self.number, self.dates, self.about)
        return {"crumbs": crumbs, "body": self.body, "card": self.card, **history}


class ClaimPage(RecordPage):
    """One claim: its sentence, its evidence, its rivals,
    and what was said of it in each edition.
    """

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
        return [
            claim for claim in records_of(self.noun, self.dates, same) if claim["id"] != self.number
        ]

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
    """Planned meetings and acts, and forecasts, whose day has passed;
    if they came about, nobody has coded.
    """

    template_name = "site/unresolved.html"
    title = "Unresolved"
    description = (
        "Forecasts, and planned meetings and acts, whose day has passed; if they came about is "
        "not coded yet."
    )
    api = {"json": "/api/v1/stances/?basis=forecast&standing=any"}
    own = ("csv", "xlsx")

    def table(self) -> Table:
        return overdue_table(self.dates)

    def content(self) -> Content:
        late, all_late = overdue(self.dates, CLAIMS_SHOWN)
        return {"overdue": late, "all_overdue": all_late}


class MeetingPage(RecordPage):
    template_name = "site/meeting.html"
    noun = Noun.MEETING
    api = {**files(Noun.MEETING, "key"), "ics": "/api/v1/meetings/{key}.ics"}


class ActPage(RecordPage):
    """One act: who took part, and if a text was issued, where it is, who signed it,
    and some of its words.
    """

    template_name = "site/act.html"
    noun = Noun.ACT
    api = {**files(Noun.ACT, "key"), "ics": "/api/v1/acts/{key}.ics"}

    def content(self) -> Content:
        body = self.body
        text = body["text"] and record(Noun.SOURCE, str(body["text"]["id"]), self.dates)[1]
        of_text = [
            each for each in body["citations"] if text and each["source"]["id"] == text["id"]
        ]
        return {
            **super().content(),
            "text": text and {"title": text["title"], "id": text["id"], **facts(text)},
            "quoted": [each for each in of_text if each["quote"]][:1],
            "signatories": [
                each for each in body["participants"] if each["role"] == ParticipantRole.SIGNATORY
            ],
        }


class VotePage(RecordPage):
    """One vote: each choice with how many cast it by the tally, and who is known to have."""

    template_name = "site/vote.html"
    noun = Noun.VOTE
    api = files(Noun.VOTE, "key")

    def content(self) -> Content:
        names = [name for name in (self.body["symbol"], self.body["ref"]) if name]
        parts = records_of(Noun.VOTE, self.dates, {"amends": names})
        return {
            **super().content(),
            "cast": list(self._cast()),
            "parts": [vote(part, self.about) for part in parts if part["id"] != self.number],
        }

    def _cast(self) -> Iterator[dict[str, Any]]:
        """Yield each choice with how many cast it by the tally, and who is known to have."""
        ballots, notes, edition = (
            self.body["ballots"],
            self.body["ballots"]["notes"],
            self.dates.edition,
        )
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


class Sources(RecordList):
    """Sources as a table, the latest first, each with how many records cite it."""

    template_name = "site/sources.html"
    of = Noun.SOURCE
    order = tuple(
        replace(by, descending=True) for by in ORDERS[Noun.SOURCE] if by.name in ("issued", "id")
    )
    title = "Sources"
    description = (
        "What the tracker’s claims, acts, meetings and votes are checked against, and how many "
        "cite it."
    )
    parameters = filters(Noun.SOURCE, "q", "outlet", "issued_from", "issued_to", "has_address")
    api = files_of_list(Noun.SOURCE)

    def content(self) -> Content:
        dates, sources = self.dates, Records(Noun.SOURCE, self.answer.page.results)
        cited = uses([body["id"] for body in sources], edition=dates.edition)
        outlets = sources_by_outlet(dates.edition, dates.stamp).items()
        return {
            **super().content(),
            "sources": [
                {
                    "body": body,
                    **facts(body),
                    "day": body["issued"] and when(body["issued"]),
                    "host": (body["url"] or "")
                    .partition("//")[2]
                    .partition("/")[0]
                    .removeprefix("www."),
                    "uses": cited.get(body["id"], 0),
                }
                for body in sources
            ],
            "outlets": [(outlet, f"{Outlet(outlet).label} ({many:,})") for outlet, many in outlets],
            "addressed": [("true", "known"), ("false", "not known")],
        }


class SourcePage(Page):
    """One source: how to find it, and all that cites it."""

    template_name = "site/source.html"
    noun = Noun.SOURCE
    api = {
        suffix: address for suffix, address in files(Noun.SOURCE, "key").items() if suffix != "csv"
    }
    own = ("csv", "xlsx")

    def look_up(self, **path: Any) -> None:
        self.number, self.body = record(Noun.SOURCE, path["key"], self.dates)
        self.line = a_source(self.body, context(self.dates))
        self.title, self.description = self.body["title"], str(self.line)
        self.citing = [(noun, {"source": [self.number]}) for noun in CLAIMS]

    def table(self) -> Table:
        return table_of(self.dates, self.citing)

    def content(self) -> Content:
        dates, number = self.dates, self.number
        passing_on = question(Noun.SOURCE, dates, {"derives_from": [number]})
        stances, alignments, copies = run(
            *(question(noun, dates, chosen) for noun, chosen in self.citing), passing_on
        )
        acts, meetings, votes, actors, issues = (
            Records(
                noun, naming(Noun.SOURCE, number, noun, edition=dates.edition, size=CLAIMS_SHOWN)
            )
            for noun in (Noun.ACT, Noun.MEETING, Noun.VOTE, Noun.ACTOR, Noun.ISSUE)
        )
        about = context(dates, stances, alignments, acts, meetings, votes)
        return {
            "crumbs": [("Sources", "/sources/")],
            "body": self.body,
            "line": self.line,
            **facts(self.body),
            **cards(about, stances, alignments, acts, meetings, votes),
            "evidence": of_claims([*stances, *alignments], origins(dates.edition, dates.stamp)),
            "copies": [a_source(copy, about) for copy in copies],
            "more_copies": copies.has_more,
            "settled": [
                issue
                for issue in issues
                if (cited := issue["settlement_source"]) and cited["id"] == number
            ],
            "memberships": [
                (actor, membership, period(membership["since"], membership["until"]))
                for actor in actors
                for membership in actor["memberships"]
                if membership["source"] and membership["source"]["id"] == number
            ],
            **history_of(Noun.SOURCE, number, dates, about),
        }
