# ruff: noqa: S608 - SQL put together from constants of ours
"""Days of checks and of reading that lie in the future are mended at the desk, so that none may from now on.

A claim gets the day that stands for none, as if nobody had said any: the first day of the newest source that it cites,
today at the latest. A source counts as not read. A meeting to come that was held was planned. What this changes is one
change set with its reason, and waits to be reviewed and published: what readers see is left as it was published.
"""

from django.db import migrations

REASON = """
SELECT set_config('tracker.change', jsonb_build_object(
    'id', gen_random_uuid(), 'reason', 'No check, and nothing that took place, can lie in the future', 'channel', 'command'
)::text, true)
"""
TODAY = "(CURRENT_TIMESTAMP AT TIME ZONE 'UTC')::date"
SOURCES = f"UPDATE tracker_source SET accessed_on = NULL WHERE accessed_on > {TODAY}"
MEETINGS = f"UPDATE tracker_meeting SET status = 'planned' WHERE status = 'held' AND since_earliest > {TODAY}"
CLAIMS = f"""
UPDATE tracker_{{claim}} t SET confirmed_on = (
    SELECT least({TODAY}, max(coalesce(s.issued_earliest, s.accessed_on)))
    FROM tracker_{{claim}}citation c JOIN tracker_source s ON s.id = c.source_id WHERE c.{{claim}}_id = t.id
    HAVING max(coalesce(s.issued_earliest, s.accessed_on)) IS NOT NULL
) WHERE confirmed_on > {TODAY}
"""
MENDS = (REASON, SOURCES, MEETINGS, CLAIMS.format(claim="stance"), CLAIMS.format(claim="alignment"))


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0028_merge_proposals"),
    ]

    operations = [migrations.RunSQL(mend, migrations.RunSQL.noop) for mend in MENDS]
