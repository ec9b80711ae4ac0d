"""Sources, each with all that cites it; and corrections: what was changed or withdrawn after it was published."""

from collections.abc import Mapping
from typing import Any

from tracker.cards.cards import card
from tracker.cards.footnotes import author, version_date, web
from tracker.cards.record_sentences import a_source
from tracker.site.dates import Dates
from tracker.site.editions import BEFORE, CHANGES, PLACE, place_of
from tracker.site.page import Contents, Page
from tracker.site.reading import SHOWN, changed, context, found, history, naming, record
from tracker.values.days import period
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Operation, Outlet, Reliability

LISTED = 1_000
CORRECTED = [Operation.UPDATED.value, Operation.RETRACTED.value, Operation.MERGED.value]


class Sources(Page):
    """All sources, by title."""

    template_name = "site/sources.html"
    title = "Sources"
    description = "What the tracker’s claims and meetings are checked against, by title."
    api = {"json": "/api/v1/sources/", "csv": "/api/v1/sources.csv", "atom": "/api/v1/changes.atom?resource=sources"}

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        sources, about = found(Noun.SOURCE, dates, {}, LISTED), context(dates)
        yield {"sources": [a_source(one, about) for one in sources.records], "has_more": sources.has_more}


class SourcePage(Page):
    """One source: how to find it, and all that cites it."""

    template_name = "site/source.html"
    noun = Noun.SOURCE
    api = {
        "json": "/api/v1/sources/{key}/",
        "csv": "/api/v1/stances.csv?source={key}&standing=any",
        "atom": "/api/v1/changes.atom?resource=sources",
    }

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        number, body = record(Noun.SOURCE, path["key"], dates)
        line = a_source(body, context(dates))
        yield {"title": body["title"], "description": str(line), "crumbs": [("Sources", "/sources/")]}
        citing = {"source": [path["key"]], "standing": ["any"]}
        stances, alignments = found(Noun.STANCE, dates, citing), found(Noun.ALIGNMENT, dates, citing)
        meetings, votes, actors = (naming(noun, number, dates) for noun in (Noun.MEETING, Noun.VOTE, Noun.ACTOR))
        about = context(dates, stances.records, alignments.records, meetings, votes)
        archive = web(body["archive_url"])
        yield {
            "body": body,
            "line": line,
            "authors": [author(one) for one in body["authors"]],
            "url": web(body["url"]),
            "archive": archive,
            "version_date": version_date(archive, body["accessed_on"]),
            "outlet": Outlet(body["outlet"]),
            "reliability": Reliability(body["reliability"]) if body["reliability"] else None,
            "stances": [card(Noun.STANCE, one, about) for one in stances.records],
            "alignments": [card(Noun.ALIGNMENT, one, about) for one in alignments.records],
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


class Corrections(Page):
    """What was changed or withdrawn after it was published, and why; the latest first."""

    template_name = "site/corrections.html"
    title = "Corrections"
    description = "What was changed or withdrawn after it had been published, and why."
    parameters = (BEFORE, PLACE)
    api = {"atom": "/api/v1/changes.atom"}

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        place = place_of(values)
        lines, before = changed(dates.edition, {"operations": CORRECTED}, CHANGES, before=place, q=dates.q)
        yield {"lines": lines, "before": before}
