"""What `/metrics` tells of the desk,
besides what `tracker/public/api/metrics.py` tells of readers and requests.
"""

from collections.abc import Iterator

from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from tracker.desk.search.attention import wanting, wants_of
from tracker.management.backups import last_checked
from tracker.models.nouns import records_of
from tracker.models.queries import rows_of
from tracker.public.api.metrics import EDITION, GAUGES, Descriptions, Gauges, RequestMeter, Sample
from tracker.publishing.worklists import queues
from tracker.values.nouns import Noun

MOST_COUNTED = 10_000  # records that want attention for one reason
OF_THE_DESK: Descriptions = {
    "tracker_edition_age_seconds": (
        "Since when the latest edition is out; below 0, the clock was ahead then.",
        [],
    ),
    "tracker_queue_records": (
        "Records in review, drafts and edits that aren't, and uploads not imported.",
        ["queue"],
    ),
    "tracker_queue_age_seconds": ("How long the oldest of a queue has been in it.", ["queue"]),
    "tracker_attention_records": (
        f"Records that want attention, of each noun up to {MOST_COUNTED}: “unconfirmed” are "
        f"stale claims, “due” "
        "forecasts whose day has come, “overdue” meetings and acts.",
        ["reason", "noun"],
    ),
    "tracker_database_connections": ("Connections of everybody to the database server.", []),
    "tracker_database_connections_limit": (
        "How many the database server takes (max_connections).",
        [],
    ),
    "tracker_backup_age_seconds": (
        "How old the youngest backup is that was checked, if one was.",
        [],
    ),
    "tracker_standby_lag_bytes": (
        "What a standby has yet to replay, where our role may see it.",
        ["standby"],
    ),
    "tracker_standby_lag_seconds": (
        "How long a standby took lately to replay what was written.",
        ["standby"],
    ),
}
UPLOADS = (
    "SELECT 'uploads', count(*), extract(epoch FROM clock_timestamp() - min(made_at)) FROM "
    "tracker_upload"
)
CONNECTIONS = "SELECT sum(numbackends), current_setting('max_connections') FROM pg_stat_database"
# Who may not see it sees nulls. Standbys may share a name.
STANDBYS = """
    SELECT application_name, max(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)),
           max(extract(epoch FROM coalesce(replay_lag, '0')))
    FROM pg_stat_replication WHERE replay_lsn IS NOT NULL GROUP BY application_name
"""


def desk() -> Iterator[Sample]:
    """Yield what the desk's database has.
    What else is to be told goes here, and into OF_THE_DESK.
    """
    for number, age in rows_of(EDITION):
        yield "tracker_edition_number", ["desk"], number
        yield "tracker_edition_age_seconds", [], age
    for queue, number, age in (*queues(), *rows_of(UPLOADS)):
        yield "tracker_queue_records", [queue], number
        yield "tracker_queue_age_seconds", [queue], age or 0
    if backup := last_checked():
        yield "tracker_backup_age_seconds", [], (timezone.now() - backup.made_at).total_seconds()
    today = timezone.localdate()
    for noun in Noun:
        for want in wants_of(noun):
            number = wanting(records_of(noun), want, today=today)[:MOST_COUNTED].count()
            yield "tracker_attention_records", [want, noun], number
    for number, most in rows_of(CONNECTIONS):
        yield "tracker_database_connections", [], number
        yield "tracker_database_connections_limit", [], float(most)
    for standby, lag, seconds in rows_of(STANDBYS):
        yield "tracker_standby_lag_bytes", [standby], lag
        yield "tracker_standby_lag_seconds", [standby], seconds


class AllGauges(Gauges):
    """What the desk and readers have."""

    descriptions = {**GAUGES, **OF_THE_DESK}
    sources = ((DEFAULT_DB_ALIAS, "desk", desk), *Gauges.sources)


class InstallationMeter(RequestMeter):
    """The meter of an installation that has the desk."""

    gauges = AllGauges
