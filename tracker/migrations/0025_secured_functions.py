"""Names in functions lead nowhere else, and history is written by the owner's triggers alone.

A temporary table called pg_locks let the application add to an edition that had proved itself, and a trigger on a
temporary table let it write events into change sets of before.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations

import tracker.models.triggers

RIGHTS = f"""
REVOKE INSERT ON tracker_event, tracker_changeset FROM {settings.APPLICATION};
REVOKE USAGE ON SEQUENCE tracker_event_id_seq FROM {settings.APPLICATION};
"""
CURRENT_CHANGESET = """
-- The change set of this transaction; made on first need, of what history.change() left in the setting, or as SQL's.
-- Numbers of transactions begin anew in a restored database; so one of another moment is another's, too.
CREATE OR REPLACE FUNCTION public.current_changeset() RETURNS uuid
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    said jsonb := nullif(current_setting('tracker.change', true), '')::jsonb;
    mine bigint := pg_current_xact_id()::text::bigint;
BEGIN
    IF said IS NULL THEN
        said := jsonb_build_object('id', gen_random_uuid(), 'reason', 'as ' || session_user, 'channel', 'sql');
        PERFORM set_config('tracker.change', said::text, true);
    END IF;
    INSERT INTO public.tracker_changeset (id, made_by_id, reason, channel)
    VALUES ((said ->> 'id')::uuid, (said ->> 'made_by')::int, said ->> 'reason', said ->> 'channel')
    ON CONFLICT (id) DO NOTHING;
    IF NOT EXISTS (
        SELECT FROM public.tracker_changeset WHERE id = (said ->> 'id')::uuid AND transaction = mine AND made_at = now()
    ) THEN
        RAISE EXCEPTION 'change set % belongs to another transaction', said ->> 'id'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN (said ->> 'id')::uuid;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0024_unread_rows"),
    ]

    operations = [
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
        migrations.RunSQL(CURRENT_CHANGESET, migrations.RunSQL.noop),
        pgtrigger.migrations.RemoveTrigger(
            model_name="releasefile",
            name="is_being_made",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="releasepiece",
            name="is_being_made",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="releasefile",
            trigger=pgtrigger.compiler.Trigger(
                name="is_being_made",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n    IF NOT EXISTS (\n        SELECT FROM public.tracker_release r WHERE r.id = NEW.release_id AND r.transaction = pg_current_xact_id()::text::bigint AND r.made_at >= now()\n    ) THEN\n        RAISE EXCEPTION '%: not of the release being made in this transaction', TG_TABLE_NAME\n            USING ERRCODE = 'restrict_violation';\n    END IF;\n    RETURN NEW;\n",
                    hash="2a276ca778a3f8674007f3309df76ff1dfd38e9c",
                    operation="INSERT",
                    pgid="pgtrigger_is_being_made_81c24",
                    table="tracker_releasefile",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="releasepiece",
            trigger=pgtrigger.compiler.Trigger(
                name="is_being_made",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n    IF NOT EXISTS (\n        SELECT FROM public.tracker_releasefile f JOIN public.tracker_release r ON r.id = f.release_id WHERE f.id = NEW.file_id AND r.transaction = pg_current_xact_id()::text::bigint AND r.made_at >= now()\n    ) THEN\n        RAISE EXCEPTION '%: not of the release being made in this transaction', TG_TABLE_NAME\n            USING ERRCODE = 'restrict_violation';\n    END IF;\n    RETURN NEW;\n",
                    hash="07382c457cf24f08dbb6eeb4dc9760e2b80a1a8a",
                    operation="INSERT",
                    pgid="pgtrigger_is_being_made_7a46c",
                    table="tracker_releasepiece",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(tracker.models.triggers.SECURED, migrations.RunSQL.noop),
    ]
