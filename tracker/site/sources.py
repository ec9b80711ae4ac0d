"""Sources, each with all that cites it; and corrections: what was changed or withdrawn after it was published."""

from collections.abc import Mapping
from typing import Any

from tracker.cards import records as lines
from tracker.cards.cards import card
from tracker.cards.days import period
from tracker.cards.footnotes import author, version_date, web
from tracker.site.dates import Dates
from tracker.site.editions import BEFORE, CHANGES, PLACE
from tracker.site.page import Content, Page
from tracker.site.reading import SHOWN, changed, context, found, naming, record, told
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Operation, Outlet, Reliability

LISTED = 1_000
CORRECTED = [Operation.UPDATED.value, Operation.RETRACTED.value, Operation.MERGED.value]


class Sources(Page):
    """All sources, by title."""

    template_name = "site/sources.html"
    api = {"json": "/api/v1/sources/", "csv": "/api/v1/sources.csv", "atom": "/api/v1/changes.atom?resource=sources"}

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Content:
        sources, about = found(Noun.SOURCE, dates, {}, LISTED), context(dates)
        return {
            "title": "Sources",
            "description": "Everything that the tracker’s claims rest on, by title.",
            "sources": [lines.a_source(one, about) for one in sources.records],
            "has_more": sources.has_more,
        }


class SourcePage(Page):
    """One source: how to find it, and all that cites it."""

    template_name = "site/source.html"
    noun = Noun.SOURCE
    api = {
        "json": "/api/v1/sources/{key}/",
        "csv": "/api/v1/stances.csv?source={key}&standing=any",
        "atom": "/api/v1/changes.atom?resource=sources",
    }

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Content:
        number, body = record(Noun.SOURCE, path["key"], dates)
        citing = {"source": [path["key"]], "standing": ["any"]}
        stances, alignments = found(Noun.STANCE, dates, citing), found(Noun.ALIGNMENT, dates, citing)
        meetings, actors = (naming(noun, number, dates) for noun in (Noun.MEETING, Noun.ACTOR))
        about = context(dates, stances.records, alignments.records, meetings)
        history, has_earlier = told(Noun.SOURCE, number, dates)
        archive = web(body["archive_url"])
        return {
            "title": body["title"],
            "description": str(lines.a_source(body, about)),
            "crumbs": [("Sources", "/sources/")],
            "body": body,
            "line": lines.a_source(body, about),
            "authors": [author(one) for one in body["authors"]],
            "url": web(body["url"]),
            "archive": archive,
            "version_date": version_date(archive, body["accessed_on"]),
            "outlet": Outlet(body["outlet"]),
            "reliability": Reliability(body["reliability"]) if body["reliability"] else None,
            "stances": [card(Noun.STANCE, one, about) for one in stances.records],
            "alignments": [card(Noun.ALIGNMENT, one, about) for one in alignments.records],
            "meetings": [card(Noun.MEETING, one, about) for one in meetings],
            "memberships": [
                (one, membership, period(membership["since"], membership["until"]))
                for one in actors
                for membership in one["memberships"]
                if membership["source"] and membership["source"]["id"] == number
            ],
            "has_more": stances.has_more or alignments.has_more,
            "shown": SHOWN,
            "told": [(one, None) for one in history],
            "has_earlier": has_earlier,
            "all_told": f"/api/v1/sources/{number}/history/",
        }


class Corrections(Page):
    """What was changed or withdrawn after it was published, and why; the latest first."""

    template_name = "site/corrections.html"
    parameters = (BEFORE, PLACE)
    api = {"atom": "/api/v1/changes.atom"}

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Content:
        place = (values["before"], values["place"]) if {"before", "place"} <= values.keys() else None
        listed, before = changed(dates.edition, {"operations": CORRECTED}, CHANGES, before=place, q=dates.q)
        return {
            "title": "Corrections",
            "description": "What was changed or withdrawn after it had been published, and why.",
            "lines": listed,
            "before": before,
        }
