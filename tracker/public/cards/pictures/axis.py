"""A time axis: where a day is on it, and its ticks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.values import days

STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)  # years between two ticks
MONTHS = (1, 2, 3, 6)
MOST_TICKS, APART = 10, 70  # how many ticks there are, and how far they are from each other


@dataclass(frozen=True, slots=True)
class Axis:
    """The days from `first` to `last` between two places, `left` and `right`."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date | None, *, missing: float = 0) -> float:
        """Return where a day is, at most at the ends of the axis; `missing` if there is no day."""
        if day is None:
            return missing
        share = (day - self.first).days / ((self.last - self.first).days or 1)
        return round(self.left + min(max(share, 0), 1) * (self.right - self.left), 1)

    def after(self, day: date) -> float:
        """Return where a day ends."""
        return self.x(day + timedelta(days=1) if day < date.max else day)

    def ticks(self, apart: float = APART) -> list[tuple[float, str]]:
        """Return the places of ticks, about ten at most, and their words:
        years or, where there are few, months.
        """
        most = max(2, min(MOST_TICKS, int((self.right - self.left) / apart)))
        years = self.last.year - self.first.year
        if years < 2:
            months = years * 12 + self.last.month - self.first.month + 1
            step = next(step for step in (*MONTHS, 12) if months <= step * most or step == 12)
            ticks = self._months(step)
        else:
            step = next(step for step in STEPS if years <= step * most or step == STEPS[-1])
            ticks = (
                (date(year, 1, 1), str(year))
                for year in range(max(self.first.year, 1), self.last.year + 1)
                if year % step == 0
            )
        shown = [(day, word) for day, word in ticks if self.first <= day <= self.last]
        if shown and str(shown[0][0].year) not in shown[0][1]:
            shown[0] = shown[0][0], f"{shown[0][1]} {shown[0][0].year}"
        return [(self.x(day), word) for day, word in shown]

    def _months(self, step: int) -> Iterator[tuple[date, str]]:
        for month in range(self.first.year * 12, self.last.year * 12 + 12, step):
            day = date(month // 12, month % 12 + 1, 1)
            yield day, days.month(day)[:3] + (f" {day.year}" if day.month == 1 else "")


def days_later(day: date, by: int) -> date:
    """Return the day that comes so many days after another, at most the calendar's last."""
    return date.fromordinal(min(day.toordinal() + by, date.max.toordinal()))
