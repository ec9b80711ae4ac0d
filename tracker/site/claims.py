"""Single records that show what is claimed, and what was said of them before: stances, alignments, meetings."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from tracker.cards.cards import SENTENCES, card
from tracker.cards.record_sentences import is_overdue
from tracker.site.dates import Dates
from tracker.site.matrix import overdue
from tracker.site.page import Contents, Page
from tracker.site.reading import BY_BEGINNING, SHOWN, Body, context, found, history, record, tree
from tracker.values.nouns import Noun

LISTED = 100


class ClaimPage(Page):
    """One claim: its sentence, its evidence, its rivals, and what was said of it in each edition."""

    template_name = "site/claim.html"
    noun: ClassVar[Noun]
    sides: ClassVar[Sequence[str]]

    def named(self, dates: Dates, values: Mapping[str, Any], path: Mapping[str, Any]) -> Mapping[str, Any]:
        return self._named(record(self.noun, path["key"], dates)[1])

    def _named(self, body: Body) -> Mapping[str, Any]:
        sides = ",".join(body[side]["slug"] for side in self.sides)
        return {"key": body["id"], "issue": body["issue"]["slug"], "sides": sides}

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        number, body = record(self.noun, path["key"], dates)
        sides = {side: [body[side]["slug"]] for side in self.sides}
        chosen = {"issue": [body["issue"]["slug"]], **sides, "standing": ["any"]}
        names = " and ".join(body[side]["name"] for side in self.sides)
        yield {"title": f"{names} on “{body['issue']['name']}”"}
        others = [one for one in found(self.noun, dates, chosen).records if one["id"] != body["id"]]
        about = context(dates, [body], others)
        description = str(SENTENCES[self.noun](body, about))
        about = replace(about, issue=body["issue"]["slug"])
        own = card(self.noun, body, about)
        above = tree(dates).above(body["issue"]["slug"])
        yield {
            "description": description,
            "chip": own.chip,
            "sources": len({note.href for note in own.footnotes}),
            "crumbs": [
                ("Issues", "/issues/"),
                *((one.title, f"/issues/{one.slug}/") for one in above),
                (body["issue"]["name"], f"/issues/{body['issue']['slug']}/"),
            ],
            "card": own,
            "body": body,
            "question": about.questions.get(body["issue"]["slug"]) or "",
            "sides": [body[side] for side in self.sides],
            "named": self._named(body),
            "others": [card(self.noun, one, about) for one in others],
            **history(self.noun, number, dates, about),
        }


class StancePage(ClaimPage):
    """One stance."""

    noun = Noun.STANCE
    sides = ("actor",)
    api = {
        "json": "/api/v1/stances/{key}/?on={on}",
        "csv": "/api/v1/stances.csv?id={key}",
        "atom": "/api/v1/changes.atom?resource=stances&under={issue}&actor={sides}",
    }


class AlignmentPage(ClaimPage):
    """One alignment."""

    noun = Noun.ALIGNMENT
    sides = ("actor", "counterpart")
    api = {
        "json": "/api/v1/alignments/{key}/?on={on}",
        "csv": "/api/v1/alignments.csv?id={key}",
        "atom": "/api/v1/changes.atom?resource=alignments&under={issue}&actor={sides}",
    }


class Meetings(Page):
    """Meetings: what was held first, the latest first; then those to come, and those whose day has passed."""

    template_name = "site/meetings.html"
    title = "Meetings"
    description = "Who met when and where, and about what: held, planned and expected, with sources."
    api = {
        "json": "/api/v1/meetings/",
        "csv": "/api/v1/meetings.csv",
        "ics": "/api/v1/meetings.ics",
        "atom": "/api/v1/changes.atom?resource=meetings",
    }

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        begun = found(Noun.MEETING, dates, {"to": dates.on}, LISTED)
        planned = {"from": dates.on, "status": ["planned", "expected"]}
        ahead = found(Noun.MEETING, dates, planned, LISTED, BY_BEGINNING[Noun.MEETING]).records
        about = context(dates, begun.records, ahead)
        known = {one["id"] for one in begun.records}
        late = [one for one in begun.records if is_overdue(one, about)]
        yield {
            "meetings": [card(Noun.MEETING, one, about) for one in begun.records if one not in late],
            "ahead": [card(Noun.MEETING, one, about) for one in ahead if one["id"] not in known],
            "overdue": [card(Noun.MEETING, one, about) for one in late],
            "has_more": begun.has_more,
            "shown": LISTED,
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
    api = {
        "json": "/api/v1/meetings/{key}/",
        "csv": "/api/v1/meetings.csv?id={key}",
        "ics": "/api/v1/meetings/{key}.ics",
        "atom": "/api/v1/changes.atom?resource=meetings",
    }

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        number, body = record(Noun.MEETING, path["key"], dates)
        yield {"title": body["title"], "crumbs": [("Meetings", "/meetings/")], "body": body}
        about = context(dates, [body])
        own = card(Noun.MEETING, body, about)
        yield {
            "description": str(own.sentence),
            "chip": own.chip,
            "sources": len({note.href for note in own.footnotes}),
            "card": own,
            **history(Noun.MEETING, number, dates, about),
        }
