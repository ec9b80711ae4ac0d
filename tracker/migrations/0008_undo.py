"""Let a deleted record come back as itself, and nothing else under its id; find events by change set and record."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import tracker.models.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0007_merging"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="actor",
            name="begins_at_one",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="alignment",
            name="begins_at_one",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="issue",
            name="begins_at_one",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="meeting",
            name="begins_at_one",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="source",
            name="begins_at_one",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="stance",
            name="begins_at_one",
        ),
        migrations.AlterField(
            model_name="event",
            name="changeset",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="tracker.changeset",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["changeset", "noun", "record", "id"], name="event_of_changeset"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("after__isnull", True), ("part", "")),
                fields=["id"],
                name="event_of_a_deleted_record",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actor",
            trigger=pgtrigger.compiler.Trigger(
                name="begins_at_one",
                sql=tracker.models.triggers.TriggerSql(
                    declare="DECLARE last int; is_itself boolean;",
                    func="\n            NEW.version := 1;\n            PERFORM FROM public.tracker_actor WHERE id = NEW.id FOR KEY SHARE;\n            IF FOUND THEN\n                RETURN NEW;\n            END IF;\n            SELECT max((e.after ->> 'version')::int), bool_or(NOT EXISTS (\n                SELECT FROM jsonb_each(to_jsonb(NEW)) AS now\n                WHERE now.key <> ALL ('{id,state,version}') AND e.after ? now.key\n                  AND e.after -> now.key IS DISTINCT FROM now.value\n            )) INTO last, is_itself\n            FROM public.tracker_event e\n            WHERE e.noun = 'actor' AND e.record = NEW.id AND e.part = '' AND e.after IS NOT NULL;\n            IF NOT is_itself THEN\n                RAISE EXCEPTION 'actor % was another record: an id is never used again', NEW.id\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'actor_id_is_never_used_again';\n            ELSIF is_itself THEN\n                NEW.version := last + 1;\n                NEW.state := 'editing';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="ed227d4c0d39ad875fbe77c64c3d1650ae27af1b",
                    operation="INSERT",
                    pgid="pgtrigger_begins_at_one_29641",
                    table="tracker_actor",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignment",
            trigger=pgtrigger.compiler.Trigger(
                name="begins_at_one",
                sql=tracker.models.triggers.TriggerSql(
                    declare="DECLARE last int; is_itself boolean;",
                    func="\n            NEW.version := 1;\n            PERFORM FROM public.tracker_alignment WHERE id = NEW.id FOR KEY SHARE;\n            IF FOUND THEN\n                RETURN NEW;\n            END IF;\n            SELECT max((e.after ->> 'version')::int), bool_or(NOT EXISTS (\n                SELECT FROM jsonb_each(to_jsonb(NEW)) AS now\n                WHERE now.key <> ALL ('{id,since_earliest,since_latest,state,until_earliest,until_latest,version}') AND e.after ? now.key\n                  AND e.after -> now.key IS DISTINCT FROM now.value\n            )) INTO last, is_itself\n            FROM public.tracker_event e\n            WHERE e.noun = 'alignment' AND e.record = NEW.id AND e.part = '' AND e.after IS NOT NULL;\n            IF NOT is_itself THEN\n                RAISE EXCEPTION 'alignment % was another record: an id is never used again', NEW.id\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'alignment_id_is_never_used_again';\n            ELSIF is_itself THEN\n                NEW.version := last + 1;\n                NEW.state := 'editing';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="1ada6c0afac2d1054e4c3124b830fb41046466ef",
                    operation="INSERT",
                    pgid="pgtrigger_begins_at_one_a5537",
                    table="tracker_alignment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issue",
            trigger=pgtrigger.compiler.Trigger(
                name="begins_at_one",
                sql=tracker.models.triggers.TriggerSql(
                    declare="DECLARE last int; is_itself boolean;",
                    func="\n            NEW.version := 1;\n            PERFORM FROM public.tracker_issue WHERE id = NEW.id FOR KEY SHARE;\n            IF FOUND THEN\n                RETURN NEW;\n            END IF;\n            SELECT max((e.after ->> 'version')::int), bool_or(NOT EXISTS (\n                SELECT FROM jsonb_each(to_jsonb(NEW)) AS now\n                WHERE now.key <> ALL ('{id,state,version}') AND e.after ? now.key\n                  AND e.after -> now.key IS DISTINCT FROM now.value\n            )) INTO last, is_itself\n            FROM public.tracker_event e\n            WHERE e.noun = 'issue' AND e.record = NEW.id AND e.part = '' AND e.after IS NOT NULL;\n            IF NOT is_itself THEN\n                RAISE EXCEPTION 'issue % was another record: an id is never used again', NEW.id\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'issue_id_is_never_used_again';\n            ELSIF is_itself THEN\n                NEW.version := last + 1;\n                NEW.state := 'editing';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="d78443b2ae48ec56c56d0a6c403666d9b39dbea3",
                    operation="INSERT",
                    pgid="pgtrigger_begins_at_one_9646b",
                    table="tracker_issue",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="begins_at_one",
                sql=tracker.models.triggers.TriggerSql(
                    declare="DECLARE last int; is_itself boolean;",
                    func="\n            NEW.version := 1;\n            PERFORM FROM public.tracker_meeting WHERE id = NEW.id FOR KEY SHARE;\n            IF FOUND THEN\n                RETURN NEW;\n            END IF;\n            SELECT max((e.after ->> 'version')::int), bool_or(NOT EXISTS (\n                SELECT FROM jsonb_each(to_jsonb(NEW)) AS now\n                WHERE now.key <> ALL ('{id,since_earliest,since_latest,state,until_earliest,until_latest,version}') AND e.after ? now.key\n                  AND e.after -> now.key IS DISTINCT FROM now.value\n            )) INTO last, is_itself\n            FROM public.tracker_event e\n            WHERE e.noun = 'meeting' AND e.record = NEW.id AND e.part = '' AND e.after IS NOT NULL;\n            IF NOT is_itself THEN\n                RAISE EXCEPTION 'meeting % was another record: an id is never used again', NEW.id\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_id_is_never_used_again';\n            ELSIF is_itself THEN\n                NEW.version := last + 1;\n                NEW.state := 'editing';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="f75599dc6c49d64cfa2849c3987f9b29132822c3",
                    operation="INSERT",
                    pgid="pgtrigger_begins_at_one_f89a3",
                    table="tracker_meeting",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="begins_at_one",
                sql=tracker.models.triggers.TriggerSql(
                    declare="DECLARE last int; is_itself boolean;",
                    func="\n            NEW.version := 1;\n            PERFORM FROM public.tracker_source WHERE id = NEW.id FOR KEY SHARE;\n            IF FOUND THEN\n                RETURN NEW;\n            END IF;\n            SELECT max((e.after ->> 'version')::int), bool_or(NOT EXISTS (\n                SELECT FROM jsonb_each(to_jsonb(NEW)) AS now\n                WHERE now.key <> ALL ('{id,issued_earliest,issued_latest,state,url_key,version}') AND e.after ? now.key\n                  AND e.after -> now.key IS DISTINCT FROM now.value\n            )) INTO last, is_itself\n            FROM public.tracker_event e\n            WHERE e.noun = 'source' AND e.record = NEW.id AND e.part = '' AND e.after IS NOT NULL;\n            IF NOT is_itself THEN\n                RAISE EXCEPTION 'source % was another record: an id is never used again', NEW.id\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'source_id_is_never_used_again';\n            ELSIF is_itself THEN\n                NEW.version := last + 1;\n                NEW.state := 'editing';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="be0d265fb405feaa8030a854b0cdf968d0baea94",
                    operation="INSERT",
                    pgid="pgtrigger_begins_at_one_18018",
                    table="tracker_source",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stance",
            trigger=pgtrigger.compiler.Trigger(
                name="begins_at_one",
                sql=tracker.models.triggers.TriggerSql(
                    declare="DECLARE last int; is_itself boolean;",
                    func="\n            NEW.version := 1;\n            PERFORM FROM public.tracker_stance WHERE id = NEW.id FOR KEY SHARE;\n            IF FOUND THEN\n                RETURN NEW;\n            END IF;\n            SELECT max((e.after ->> 'version')::int), bool_or(NOT EXISTS (\n                SELECT FROM jsonb_each(to_jsonb(NEW)) AS now\n                WHERE now.key <> ALL ('{id,since_earliest,since_latest,state,until_earliest,until_latest,version}') AND e.after ? now.key\n                  AND e.after -> now.key IS DISTINCT FROM now.value\n            )) INTO last, is_itself\n            FROM public.tracker_event e\n            WHERE e.noun = 'stance' AND e.record = NEW.id AND e.part = '' AND e.after IS NOT NULL;\n            IF NOT is_itself THEN\n                RAISE EXCEPTION 'stance % was another record: an id is never used again', NEW.id\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'stance_id_is_never_used_again';\n            ELSIF is_itself THEN\n                NEW.version := last + 1;\n                NEW.state := 'editing';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="37aab8b8da7a148bd5542ba7d70b4729601018a7",
                    operation="INSERT",
                    pgid="pgtrigger_begins_at_one_db0fe",
                    table="tracker_stance",
                    when="BEFORE",
                ),
            ),
        ),
    ]
