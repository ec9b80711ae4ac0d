"""Editions, what each changed, what changed since one, and releases."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django.conf import settings

from tracker.public.formats.releases.citation import CitedRelease, bibtex, released
from tracker.public.read import editions, feed, keys, releases
from tracker.public.site.dates import Dates
from tracker.public.site.page import Contents, Page, PageError
from tracker.public.site.reading import changed, line_of
from tracker.schema.filters import LARGEST_ID, Keys
from tracker.schema.number_filters import Number
from tracker.values import days
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Operation

PAGE, CHANGES = 50, 100
CORRECTED = [Operation.UPDATED.value, Operation.RETRACTED.value, Operation.MERGED.value]
BEFORE = Number("before", "The page begins before this.", minimum=1, maximum=LARGEST_ID)
PLACE = Number("place", "The page begins before this change of an edition.", minimum=1, maximum=LARGEST_ID)
AFTER = Number("after", "The page begins after this change of the edition.", minimum=1, maximum=LARGEST_ID)


def place_of(values: Mapping[str, Any]) -> tuple[int, int] | None:
    """Return the place before which a page of changes begins, if it doesn't begin with the latest."""
    return (values["before"], values["place"]) if {"before", "place"} <= values.keys() else None


class Editions(Page):
    """What was published when, the latest first."""

    template_name = "site/editions.html"
    title = "Editions"
    description = "What the tracker published when, the latest first."
    parameters = (BEFORE,)
    api = {"json": "/api/v1/editions/", "atom": "/api/v1/changes.atom"}

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        page = editions.page(edition=dates.edition, before=values.get("before"), size=PAGE)
        yield {"editions": page.results, "before": page.after[0] if page.after else None}


class EditionPage(Page):
    """What one edition changed, record by record."""

    template_name = "site/edition.html"
    parameters = (AFTER, PLACE)
    api = {"json": "/api/v1/editions/{number}/", "atom": "/api/v1/changes.atom"}

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        number: int = path["number"]
        edition = editions.by_number(number) if number <= dates.edition else None
        if edition is None:
            says = f"There is no edition {number}; the latest is {dates.edition}."
            raise PageError(404, says, editions=True, q=dates.q)
        yield {
            "title": f"Edition {number}",
            "description": edition.note or f"What the tracker changed on {days.day(edition.published_at)}.",
            "crumbs": [("Editions", "/editions/")],
            "edition": edition,
        }
        end = values.get("place", 0) - 1  # addresses from when editions were read backwards: the changes up to this one
        size, after = min(CHANGES, end) if end > 0 else CHANGES, max(end - CHANGES, values.get("after", 0))
        page, digest = feed.in_edition(number, after=after, size=size), editions.digest(number, edition.stamp)
        lines = [line_of(change, dates.q) for change in page.results]
        yield {"digest": digest, "lines": lines, "after": page.after and page.after[1]}


class SincePage(Page):
    """What has changed since an edition; never cached, as every edition changes it."""

    template_name = "site/since.html"
    parameters = (Keys("under", "", noun=Noun.ISSUE), Keys("actor", "", noun=Noun.ACTOR), BEFORE, PLACE)
    api = {
        "json": "/api/v1/changes/?after={number}{narrowed}{until}",
        "atom": "/api/v1/changes.atom?after={number}{narrowed}",
    }
    freezes = kept = False

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        number: int = path["number"]
        if number > dates.edition:
            raise PageError(404, f"There is no edition {number} yet; the latest is {dates.edition}.", editions=True)
        chosen = {name: values[name] for name in ("under", "actor") if name in values}
        named = {
            "number": number,
            "narrowed": "".join(f"&{name}={quote(','.join(of), safe=',')}" for name, of in chosen.items()),
            "until": f"&edition={dates.edition}" if "edition" in dates.query else "",
        }
        filters = {
            name: [record or 0 for record in keys.records(noun, chosen[parameter], edition=dates.edition)]
            for name, parameter, noun in (("under", "under", Noun.ISSUE), ("actors", "actor", Noun.ACTOR))
            if parameter in chosen
        }
        lines, before = changed(dates.edition, filters, CHANGES, after=number, before=place_of(values), q=dates.q)
        yield {
            "title": f"What has changed since edition {number}",
            "description": f"Everything that later editions changed of what edition {number} said.",
            "crumbs": [("Editions", "/editions/"), (f"Edition {number}", f"/editions/{number}/")],
            "number": number,
            "about": [key for of in chosen.values() for key in of],
            "lines": lines,
            "before": before,
            "named": named,
        }


class Corrections(Page):
    """What was changed or withdrawn after it was published, and why; the latest first."""

    template_name = "site/corrections.html"
    title = "Corrections"
    description = "What was changed or withdrawn after it had been published, and why."
    parameters = (BEFORE, PLACE)
    api = {"atom": "/api/v1/changes.atom"}

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        place, corrected = place_of(values), {"operations": CORRECTED}
        lines, before = changed(dates.edition, corrected, CHANGES, before=place, q=dates.q)
        yield {"lines": lines, "before": before}


class Releases(Page):
    """Editions with a name, with their files."""

    template_name = "site/releases.html"
    title = "Releases"
    description = "Editions with a name, by which the data are cited, and their files."
    parameters = (BEFORE,)
    api = {"json": "/api/v1/releases/"}
    freezes = kept = False  # an edition of before may be given a name today

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        page = releases.page(before=values.get("before"), size=PAGE, edition=dates.edition)
        cited = [
            (each, CitedRelease(each.version, each.edition, each.published_at.date(), settings.DATA_LICENSE))
            for each in page.results
            if each.edition <= dates.edition
        ]
        yield {
            "releases": [(release, bibtex(how)) for release, how in cited],
            "before": page.after[0] if page.after else None,
            "jsonld": [
                released(how, release.notes, {name: media_type for name, media_type, _, _ in release.files})
                for release, how in cited
            ],
        }
