"""Which claims held when the question of their issue was settled, as of which they are told:
public and desk half.
"""

from datetime import date

from django.db.models import F, Q

# Of a document `d`; `o` is the issue, and `{{}}` which days of settlement are meant.
HELD_WHEN_SETTLED = (
    "EXISTS (SELECT FROM tracker_issuedocument o WHERE o.record = d.issue AND {{live}} AND "
    "o.settled && d.possible{})"
)
WHENEVER = HELD_WHEN_SETTLED.format("")
# the day that is asked for
BEFORE = HELD_WHEN_SETTLED.format(" AND upper(o.settled) <= %(on)s::date")


def held_when_settled(before: date | None = None) -> Q:
    """Return the desk's condition: that it was settled before a day, or whenever."""
    # said, since Django takes generated columns for never null
    settled = Q(issue__settled_latest__isnull=False)
    settled &= Q(issue__settled_latest__lt=before) if before else Q()
    begun = Q(since_earliest=None) | Q(since_earliest__lte=F("issue__settled_latest"))
    lasts = Q(until_latest=None) | Q(until_latest__gte=F("issue__settled_earliest"))
    return settled & begun & lasts
