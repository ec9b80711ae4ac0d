"""Lists of meetings and of acts:
what took place, counted, what is to come, and that whose day has passed.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar

from tracker.public.cards.record_sentences import is_overdue
from tracker.public.read import lists
from tracker.public.read.occurrences import TO_COME, TOOK_PLACE, UNKNOWN, counted
from tracker.public.site.kept import html_of
from tracker.public.site.page import Content
from tracker.public.site.reading import BY_BEGINNING, Chosen, Records, context, question
from tracker.public.site.record_list import RecordList, files_of_list, filters
from tracker.schema.fields import fields
from tracker.schema.records import SHAPES
from tracker.values.days import at, span
from tracker.values.nouns import Noun
from tracker.values.vocabularies import ActStatus, MeetingStatus

NARROWED = ("kind", "from", "to", "all_participants", "series", "under")
WAYS = 12  # series and years that are offered above the form
OFFERED = 200  # series in the form


class Occurrences(RecordList):
    """What took place first, the latest first;
    then what is to come, and that whose day has passed.
    """

    statuses: ClassVar[type[MeetingStatus | ActStatus]]

    def listed(self) -> Chosen:
        """Return what is chosen, up to the day, but for what was to come then."""
        return self._up_to_the_day([status for status in self.statuses if status not in TO_COME])

    @property
    def took_place(self) -> tuple[str, ...]:
        """Return all statuses but those of what is to come or was cancelled."""
        return tuple(status for status in self.statuses if status in TOOK_PLACE)

    def content(self) -> Content:
        dates, of = self.dates, self.of
        took_place = question(of, dates, self._up_to_the_day(self.took_place), 1)
        asked = [replace(took_place, order=BY_BEGINNING[of], counts=True), took_place]
        if self.after is None:
            planned = {
                **self.chosen,
                "from": max(dates.on, self.chosen.get("from", dates.on)),
                "status": [*TO_COME],
            }
            asked.append(question(of, dates, planned, order=BY_BEGINNING[of]))
            asked.append(question(of, dates, self._up_to_the_day(TO_COME)))
        answers = lists.pages(asked)
        begun, earliest, latest, *others = (
            Records(of, answer.page.results) for answer in (self.answer, *answers)
        )
        ahead, late = others or ((), ())
        about = context(dates, begun, *others)
        return {
            **super().content(),
            **self._offered(),
            "begun": [html_of(of, body, about) for body in begun],
            "ahead": [html_of(of, body, about) for body in ahead if not is_overdue(body, about)],
            "overdue": [html_of(of, body, about) for body in late if is_overdue(body, about)],
            "count": answers[0].count,
            "first": earliest and earliest[0]["since"] and at(earliest[0]["since"]),
            "last": latest and span(latest[0]["since"], None),
        }

    def _up_to_the_day(self, statuses: Iterable[str]) -> Chosen:
        on = self.dates.on
        return {**self.chosen, "to": min(on, self.chosen.get("to", on)), "status": [*statuses]}

    def _offered(self) -> dict[str, Any]:
        """Return kinds and series with how many there are, the most frequent first, and years,
        the latest first.
        """
        kinds, series, years = Counter[str](), Counter[str](), set[int]()
        dates = self.dates
        for each in counted(self.of, self.took_place, dates.on, dates.edition, dates.stamp):
            kinds[each.kind] += each.records
            series[each.series or ""] += each.records
            years.add(each.year)
        del series[""]
        series.update(dict.fromkeys(self.chosen.get("series", ()), 0))
        vocabulary = sorted(fields(SHAPES[self.of])["kind"].type, key=lambda kind: -kinds[kind])
        return {
            "kinds": [
                (kind.value, f"{kind.label} ({kinds[kind]:,})" if kinds[kind] else kind.label)
                for kind in vocabulary
            ],
            "series": [
                (name, f"{name} ({count:,})") for name, count in series.most_common(OFFERED)
            ],
            "ways": [(name, count) for name, count in series.most_common(WAYS) if count > 1],
            "years": sorted(years - {UNKNOWN}, reverse=True)[:WAYS],
        }


class Meetings(Occurrences):
    template_name = "site/meetings.html"
    title = "Meetings"
    description = (
        "Who met when and where, and about what: held, planned and expected, with sources."
    )
    of = Noun.MEETING
    statuses = MeetingStatus
    parameters = filters(Noun.MEETING, *NARROWED)
    api = files_of_list(Noun.MEETING, "ics")


class Acts(Occurrences):
    template_name = "site/acts.html"
    title = "Acts"
    description = (
        "What actors did together: exercises, patrols, statements, treaties, deals, with sources."
    )
    of = Noun.ACT
    statuses = ActStatus
    parameters = filters(Noun.ACT, *NARROWED)
    api = files_of_list(Noun.ACT, "ics")
