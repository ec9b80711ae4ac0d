"""Texts of the desk that were written decomposed are composed, as one change set that says why.

The trigger that composes does it. What was merged into another stays as it was, and what readers see as it was published.
"""

from django.db import migrations

REASON = """
SELECT set_config('tracker.change', jsonb_build_object(
    'id', gen_random_uuid(), 'reason', 'Texts are kept composed (Unicode NFC)', 'channel', 'command'
)::text, true)
"""
COMPOSE = "UPDATE tracker_{table} t SET id = id WHERE to_jsonb(t)::text IS NOT NFC NORMALIZED {stands}"
OF_OWNER = "AND EXISTS (SELECT FROM tracker_{owner} o WHERE o.id = t.{owner}_id {stands})"
STANDS = dict.fromkeys(("issue", "actor", "source", "meeting"), "AND o.merged_into_id IS NULL")
PARTS = {
    "coreinterest": "issue",
    "membership": "actor",
    "stancecitation": "stance",
    "alignmentcitation": "alignment",
    "participant": "meeting",
    "discussion": "meeting",
    "meetingcitation": "meeting",
}
RECORDS = dict.fromkeys(("stance", "alignment"), "") | dict.fromkeys(STANDS, "AND merged_into_id IS NULL")


class Migration(migrations.Migration):
    dependencies = [("tracker", "0038_texts_are_composed")]
    operations = [
        migrations.RunSQL(REASON, migrations.RunSQL.noop),
        *(
            migrations.RunSQL(
                COMPOSE.format(table=part, stands=OF_OWNER.format(owner=owner, stands=STANDS.get(owner, ""))),
                migrations.RunSQL.noop,
            )
            for part, owner in PARTS.items()
        ),
        *(
            migrations.RunSQL(COMPOSE.format(table=record, stands=stands), migrations.RunSQL.noop)
            for record, stands in RECORDS.items()
        ),
    ]
