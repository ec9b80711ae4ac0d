"""Whether the clock was ahead when the last edition was made: each later one is dated after it, in the future too."""

from datetime import timedelta

from tracker.history import Context
from tracker.models.queries import rows_of
from tracker.values.problems import Problem

AHEAD = """
    SELECT number, to_char(published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'),
           extract(epoch FROM published_at - clock_timestamp())::bigint
    FROM tracker_edition
    WHERE number = (SELECT max(number) FROM tracker_edition) AND published_at > clock_timestamp() + interval '1 minute'
"""
MESSAGE = "edition {edition} is of {moment} UTC, {ahead} ahead of the clock, and the next would be dated after it"
REMEDY = (
    "set the clock right or, if it is right now, confirm that: by the box at the desk, “Clock-Checked: yes” over the "
    "API, import --clock-checked in a shell"
)


def clock_ahead(context: Context | None = None) -> list[Problem]:
    """Return what is wrong if the last edition is more than a minute ahead of the database's clock.

    Nothing, if whoever made `context` says that the clock is right.
    """
    if context and context.clock_checked:
        return []
    return [
        Problem("refused", MESSAGE, (), {"edition": edition, "moment": moment, "ahead": timedelta(seconds=ahead)},
                remedy=REMEDY)
        for edition, moment, ahead in rows_of(AHEAD)
    ]  # fmt: skip
