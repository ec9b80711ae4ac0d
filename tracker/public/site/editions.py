"""Editions, what each changed, what changed since one, and releases."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import QueryDict

from tracker.public.formats.csv import Table
from tracker.public.formats.releases import changelog
from tracker.public.formats.releases.citation import CitedRelease, bibtex, released
from tracker.public.formats.releases.comparison import Comparison
from tracker.public.read import editions, feed, keys, releases
from tracker.public.read.tree import tree_of
from tracker.public.read.withheld import WithheldError, check_shown
from tracker.public.site.dates import Dates, query_string, replaced
from tracker.public.site.kept import page_of
from tracker.public.site.page import (
    QUICK_ROWS,
    Content,
    MovedError,
    Page,
    PageError,
    withheld_error,
)
from tracker.public.site.reading import changed, fault_unknown, line_of
from tracker.schema.filters import LARGEST_ID, Keys
from tracker.schema.number_filters import Number
from tracker.values import days
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Operation

PAGE, CHANGES = 50, 100
CORRECTED = [Operation.UPDATED.value, Operation.RETRACTED.value, Operation.MERGED.value]
BEFORE = Number("before", "The page begins before this.", minimum=1, maximum=LARGEST_ID)
PLACE = Number(
    "place", "The page begins before this change of an edition.", minimum=1, maximum=LARGEST_ID
)
AFTER = Number(
    "after", "The page begins after this change of the edition.", minimum=1, maximum=LARGEST_ID
)
UNDER = Keys("under", "Only what is about this issue, or about any below it.", noun=Noun.ISSUE)
BOTH = ("since", "until")  # two editions that are to be compared


def place_of(values: Mapping[str, Any]) -> tuple[int, int] | None:
    """Return the place before which a page of changes begins,
    if it doesn't begin with the latest.
    """
    return (values["before"], values["place"]) if {"before", "place"} <= values.keys() else None


class Editions(Page):
    """What was published when, the latest first."""

    template_name = "site/editions.html"
    title = "Editions"
    description = "What the tracker published when, the latest first."
    parameters = (
        BEFORE,
        *(Number(name, "", minimum=1, maximum=LARGEST_ID) for name in BOTH),
        UNDER,
    )
    api = {"json": "/api/v1/editions/", "atom": "/api/v1/changes.atom"}

    def look_up(self, **path: Any) -> None:
        """Lead on who chose two editions, or one that is compared with the latest."""
        if self.values.keys() & {*BOTH}:
            since, until = (self.values.get(name, self.dates.edition) for name in BOTH)
            raise MovedError(f"/editions/{since}/{until}/", BOTH, for_ever=False)

    def content(self) -> Content:
        page = editions.page(
            edition=self.dates.edition, before=self.values.get("before"), size=PAGE
        )
        return {"editions": page.results, "before": page.after[0] if page.after else None}


class EditionPage(Page):
    """What one edition changed, record by record."""

    template_name = "site/edition.html"
    parameters = (AFTER, PLACE)
    api = {"json": "/api/v1/editions/{number}/", "atom": "/api/v1/changes.atom"}

    def look_up(self, **path: Any) -> None:
        self.number: int = path["number"]
        self.edition = edition = published(self.number, self.dates)
        self.title = f"Edition {self.number}"
        self.description = (
            edition.note or f"What the tracker changed on {days.day(edition.published_at)}."
        )

    def content(self) -> Content:
        values, number = self.values, self.number
        # addresses from when editions were read backwards: the changes up to this one
        end = values.get("place", 0) - 1
        size, after = (
            min(CHANGES, end) if end > 0 else CHANGES,
            max(end - CHANGES, values.get("after", 0)),
        )
        page = feed.in_edition(number, after=after, size=size)
        return {
            "crumbs": [("Editions", "/editions/")],
            "edition": self.edition,
            "digest": editions.digest(number, self.edition.stamp),
            "lines": [line_of(change, self.dates.q) for change in page.results],
            "after": page.after and page.after[1],
        }


def published(number: int, dates: Dates) -> editions.PublishedEdition:
    """Return an edition of those up to the one asked for; raise PageError."""
    edition = editions.by_number(number) if number <= dates.edition else None
    if edition is None:
        says = f"There is no edition {number}; the latest is {dates.edition}."
        raise PageError(404, says, editions=True, q=dates.q)
    return edition


class ComparisonPage(Page):
    """What differs between two editions, record by record, texts word by word;
    of all, or of issues with all below.
    """

    template_name = "site/comparison.html"
    parameters = (UNDER, AFTER)
    own = ("csv", "xlsx", "json")

    def look_up(self, **path: Any) -> None:
        dates, self.since, self.until = self.dates, path["since"], path["until"]
        self.editions = _, after = [published(number, dates) for number in (self.since, self.until)]
        if self.since > self.until:
            raise MovedError(f"/editions/{self.until}/{self.since}/")
        for number in (self.since, self.until):
            try:
                check_shown(number, dates.latest)
            except WithheldError as withheld:
                ends = {
                    other: sorted({other, self.since + self.until - number})
                    for other in withheld.nearest
                }
                where = {
                    other: f"/editions/{of[0]}/{of[-1]}/{dates.q}" for other, of in ends.items()
                }
                raise withheld_error(self.request, withheld, where.__getitem__) from withheld
        chosen = self.values.get("under", ())
        records = keys.records(Noun.ISSUE, chosen, edition=self.until) if chosen else []
        for key in (key for key, record in zip(chosen, records, strict=True) if record is None):
            fault_unknown(self.query, "under", Noun.ISSUE, key, dates)
        self.query.check()
        issues = tree_of(self.until, after.stamp).issues
        self.under = [(key, issues[key].title if key in issues else key) for key in chosen]
        self.compared = Comparison(
            self.since, self.until, after.stamp, tuple(filter(None, records)) or None
        )
        self.title = f"Editions {self.since} and {self.until} compared"
        self.title += ": " * bool(chosen) + ", ".join(title for _, title in self.under)
        self.description = (
            f"Differences between editions {self.since} and {self.until}, word by word."
        )

    def table(self) -> Table:
        return changelog.table(self.compared.moves())

    def file(self, suffix: str) -> bytes:
        if suffix != "json":
            return super().file(suffix)
        compared = {"since": self.since, "until": self.until}
        return self.written(
            self.compared.moves(), lambda moves, _: b"".join(changelog.as_json(moves, compared))
        )

    @property
    def is_long(self) -> bool:
        return sum(sum(kind.counts.values()) for kind in self.compared.kinds) > QUICK_ROWS

    def content(self) -> Content:
        given, part = (
            self.request.GET,
            self.compared.part(self.values.get("after", 0), CHANGES, self._where),
        )
        return {
            "crumbs": [("Editions", "/editions/")],
            "editions": self.editions,
            "under": self.under,
            "kinds": [
                (kind, replaced(given, "after", str(kind.place or "")))
                for kind in self.compared.kinds
            ],
            "part": part,
            "from_the_first": replaced(given, "after", None),
            "further": replaced(given, "after", str(part.last)),
        }

    def _where(self, noun: Noun, key: str | int, is_before: bool) -> str:
        q = self.dates.q
        return page_of(
            noun, key, replaced(QueryDict(q[1:]), "edition", str(self.since)) if is_before else q
        )


class SincePage(Page):
    """What has changed since an edition; never cached, as every edition changes it."""

    template_name = "site/since.html"
    parameters = (UNDER, Keys("actor", "", noun=Noun.ACTOR), BEFORE, PLACE)
    api = {
        "json": "/api/v1/changes/?after={number}{narrowed}{until}",
        "atom": "/api/v1/changes.atom?after={number}{narrowed}",
    }
    freezes = kept = False

    def look_up(self, **path: Any) -> None:
        dates, self.number = self.dates, path["number"]
        if self.number > dates.edition:
            says = f"There is no edition {self.number} yet; the latest is {dates.edition}."
            raise PageError(404, says, editions=True)
        self.title = f"What has changed since edition {self.number}"
        self.description = (
            f"Everything that later editions changed of what edition {self.number} said."
        )
        self.chosen = {
            name: self.values[name] for name in ("under", "actor") if name in self.values
        }
        self.named = {
            "number": self.number,
            "narrowed": "".join(
                f"&{name}={quote(','.join(of), safe=',')}" for name, of in self.chosen.items()
            ),
            "until": f"&edition={dates.edition}" if "edition" in dates.query else "",
        }

    def content(self) -> Content:
        edition, chosen = self.dates.edition, self.chosen
        filters = {
            name: [record or 0 for record in keys.records(noun, chosen[parameter], edition=edition)]
            for name, parameter, noun in (
                ("under", "under", Noun.ISSUE),
                ("actors", "actor", Noun.ACTOR),
            )
            if parameter in chosen
        }
        place = place_of(self.values)
        lines, before = changed(
            edition, filters, CHANGES, after=self.number, before=place, q=self.dates.q
        )
        return {
            "crumbs": [
                ("Editions", "/editions/"),
                (f"Edition {self.number}", f"/editions/{self.number}/"),
            ],
            "number": self.number,
            "narrowed": query_string(
                [("under", key) for key in chosen.get("under", ())] + [*self.dates.query.items()]
            ),
            "about": [key for of in chosen.values() for key in of],
            "lines": lines,
            "before": before,
        }


class Corrections(Page):
    """What was changed or withdrawn after it was published, and why; the latest first."""

    template_name = "site/corrections.html"
    title = "Corrections"
    description = "What was changed or withdrawn after it had been published, and why."
    parameters = (BEFORE, PLACE)
    api = {"atom": "/api/v1/changes.atom"}

    def content(self) -> Content:
        place, corrected = place_of(self.values), {"operations": CORRECTED}
        lines, before = changed(
            self.dates.edition, corrected, CHANGES, before=place, q=self.dates.q
        )
        return {"lines": lines, "before": before}


def _cited(release: releases.PublicRelease) -> CitedRelease:
    day, doi = release.published_at.date(), release.doi or ""
    return CitedRelease(release.version, release.edition, day, settings.DATA_LICENSE, doi=doi)


class Releases(Page):
    """Editions with a name, with their files."""

    template_name = "site/releases.html"
    title = "Releases"
    description = "Editions with a name, by which the data are cited, and their files."
    parameters = (BEFORE,)
    api = {"json": "/api/v1/releases/"}
    freezes = kept = False  # an edition of before may be given a name today

    def content(self) -> Content:
        page = releases.page(
            before=self.values.get("before"), size=PAGE, edition=self.dates.edition
        )
        cited = [
            (each, _cited(each)) for each in page.results if each.edition <= self.dates.edition
        ]
        return {
            "releases": [(release, bibtex(how)) for release, how in cited],
            "before": page.after[0] if page.after else None,
            "jsonld": [
                released(
                    how,
                    release.notes,
                    {name: media_type for name, media_type, _, _ in release.files},
                )
                for release, how in cited
            ],
        }
