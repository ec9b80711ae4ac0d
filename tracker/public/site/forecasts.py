"""Forecasts, as pages show them:
what is due, what became of them, and how often each term came about.
"""

from collections import Counter

from tracker.public.cards.age import is_unresolved
from tracker.public.cards.cards import brief
from tracker.public.cards.pictures.calibration import calibration
from tracker.public.formats.csv import Table
from tracker.public.http.clients import origin
from tracker.public.read.forecasts import Forecast, forecasts, tallies
from tracker.public.site.page import CLAIMS_SHOWN, Content, Page
from tracker.public.site.reading import context, table_of
from tracker.schema.records import CLAIMS
from tracker.values.scores import outcome_by, scores
from tracker.values.vocabularies import ForecastOutcome

HEADINGS = {
    "overdue": "Overdue",
    "open": "Open",
    "resolved": "What became of them",
    "unasked": "Not asked",
}
KINDS = {
    "scored": "scored",
    "open": "open",
    "overdue": "overdue",
    "retrospective": "judged in retrospect",
    "ambiguous": "ambiguous",
    "void": "void",
    "unasked": "of which nobody has said how they are decided",
}
UNSCORED = {"retrospective", "ambiguous", "void"}  # though decided
BECAME = {
    ForecastOutcome.YES: "came about",
    ForecastOutcome.NO: "did not",
    ForecastOutcome.AMBIGUOUS: "can be read both ways",
    ForecastOutcome.VOID: "lost what it stood on",
}


class ForecastsPage(Page):
    """All forecasts of an edition, as far as was known on the day."""

    template_name = "site/forecasts.html"
    title = "Forecasts"
    description = "What was expected, how likely it was said to be, and whether it came about."
    api = {"json": "/api/v1/forecasts/?on={on}"}
    own = ("csv", "xlsx")

    def table(self) -> Table:
        return table_of(self.dates, [(noun, {"basis": ["forecast"]}) for noun in CLAIMS])

    def content(self) -> Content:
        dates, on = self.dates, self.dates.on
        every = forecasts(dates.edition, dates.stamp)
        about = context(dates)
        groups: dict[str, list[Forecast]] = {name: [] for name in HEADINGS}
        for each in every:
            groups[self._group(each, is_overdue=is_unresolved(each.body, about))].append(each)
        groups["resolved"].reverse()
        shown = {
            name: [brief(each.noun, each.body, about) for each in of[:CLAIMS_SHOWN]]
            for name, of in groups.items()
        }
        decided, kinds = tallies(every, on), Counter(each.kind(on) for each in every)
        decided_as = [
            outcome_by(each.resolution, on) for each in groups["resolved"] if each.resolution
        ]
        plate = dates.plate(
            "How often forecasts came about",
            "",
            0,
            origin(self.request) + self.address + self.frozen,
        )
        return {
            "groups": [
                (name, heading, shown[name], len(groups[name]))
                for name, heading in HEADINGS.items()
            ],
            "counts": [(kinds[kind], words) for kind, words in KINDS.items() if kinds[kind]],
            "has_unscored": not UNSCORED.isdisjoint(kinds),
            "outcomes": [
                (decided_as.count(outcome), says)
                for outcome, says in BECAME.items()
                if outcome in decided_as
            ],
            "scores": scores(decided),
            "calibration": calibration(plate, decided, f"/forecasts/{dates.q}#resolved"),
        }

    def _group(self, each: Forecast, *, is_overdue: bool) -> str:
        if is_overdue:
            return "overdue"
        if each.resolution is None:
            return "unasked"
        outcome = outcome_by(each.resolution, self.dates.on)
        return "open" if outcome is ForecastOutcome.OPEN else "resolved"
