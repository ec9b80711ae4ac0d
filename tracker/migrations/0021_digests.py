"""Documents know their digests, of which the digest of an edition is made without reading any."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import tracker.models.triggers

DIGEST = """
CREATE FUNCTION public.document_digest(opened int, body text) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    RETURN sha256(convert_to('{"edition":' || opened || ',' || substr(body, 2), 'UTF8'));
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0020_pace"),
    ]

    operations = [
        migrations.RunSQL(DIGEST, "DROP FUNCTION public.document_digest"),
        pgtrigger.migrations.RemoveTrigger(
            model_name="actordocument",
            name="closes_once",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="alignmentdocument",
            name="closes_once",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="issuedocument",
            name="closes_once",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="meetingdocument",
            name="closes_once",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="sourcedocument",
            name="closes_once",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="stancedocument",
            name="closes_once",
        ),
        migrations.AddField(
            model_name="actordocument",
            name="digest",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func("opened", "body", function="public.document_digest"),
                help_text="The SHA-256 of the record as the API writes it.",
                output_field=models.BinaryField(),
            ),
        ),
        migrations.AddField(
            model_name="alignmentdocument",
            name="digest",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func("opened", "body", function="public.document_digest"),
                help_text="The SHA-256 of the record as the API writes it.",
                output_field=models.BinaryField(),
            ),
        ),
        migrations.AddField(
            model_name="issuedocument",
            name="digest",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func("opened", "body", function="public.document_digest"),
                help_text="The SHA-256 of the record as the API writes it.",
                output_field=models.BinaryField(),
            ),
        ),
        migrations.AddField(
            model_name="meetingdocument",
            name="digest",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func("opened", "body", function="public.document_digest"),
                help_text="The SHA-256 of the record as the API writes it.",
                output_field=models.BinaryField(),
            ),
        ),
        migrations.AddField(
            model_name="sourcedocument",
            name="digest",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func("opened", "body", function="public.document_digest"),
                help_text="The SHA-256 of the record as the API writes it.",
                output_field=models.BinaryField(),
            ),
        ),
        migrations.AddField(
            model_name="stancedocument",
            name="digest",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func("opened", "body", function="public.document_digest"),
                help_text="The SHA-256 of the record as the API writes it.",
                output_field=models.BinaryField(),
            ),
        ),
        migrations.AddIndex(
            model_name="actordocument",
            index=models.Index(fields=["record", "opened", "gone"], include=("digest",), name="actor_digests"),
        ),
        migrations.AddIndex(
            model_name="alignmentdocument",
            index=models.Index(fields=["record", "opened", "gone"], include=("digest",), name="alignment_digests"),
        ),
        migrations.AddIndex(
            model_name="issuedocument",
            index=models.Index(fields=["record", "opened", "gone"], include=("digest",), name="issue_digests"),
        ),
        migrations.AddIndex(
            model_name="meetingdocument",
            index=models.Index(fields=["record", "opened", "gone"], include=("digest",), name="meeting_digests"),
        ),
        migrations.AddIndex(
            model_name="sourcedocument",
            index=models.Index(fields=["record", "opened", "gone"], include=("digest",), name="source_digests"),
        ),
        migrations.AddIndex(
            model_name="stancedocument",
            index=models.Index(fields=["record", "opened", "gone"], include=("digest",), name="stance_digests"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actordocument",
            trigger=pgtrigger.compiler.Trigger(
                name="closes_once",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n        IF OLD.closed IS NOT NULL OR NEW.closed IS NULL\n           OR to_jsonb(NEW) - ARRAY['closed', 'gone', 'digest'] IS DISTINCT FROM\n              to_jsonb(OLD) - ARRAY['closed', 'gone', 'digest'] THEN\n            RAISE EXCEPTION '% is append-only: a document is closed once, and nothing else of it changes', TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="f520686f47fe1bc005c998063527f11df25d12f6",
                    operation="UPDATE",
                    pgid="pgtrigger_closes_once_13878",
                    table="tracker_actordocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignmentdocument",
            trigger=pgtrigger.compiler.Trigger(
                name="closes_once",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n        IF OLD.closed IS NOT NULL OR NEW.closed IS NULL\n           OR to_jsonb(NEW) - ARRAY['closed', 'gone', 'digest'] IS DISTINCT FROM\n              to_jsonb(OLD) - ARRAY['closed', 'gone', 'digest'] THEN\n            RAISE EXCEPTION '% is append-only: a document is closed once, and nothing else of it changes', TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="85a518612c7b24c9f917f5ba3049c612a8de5346",
                    operation="UPDATE",
                    pgid="pgtrigger_closes_once_e4689",
                    table="tracker_alignmentdocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issuedocument",
            trigger=pgtrigger.compiler.Trigger(
                name="closes_once",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n        IF OLD.closed IS NOT NULL OR NEW.closed IS NULL\n           OR to_jsonb(NEW) - ARRAY['closed', 'gone', 'digest'] IS DISTINCT FROM\n              to_jsonb(OLD) - ARRAY['closed', 'gone', 'digest'] THEN\n            RAISE EXCEPTION '% is append-only: a document is closed once, and nothing else of it changes', TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="08d9ae6aa8a36dbea4ed92936f18f90f853aeb20",
                    operation="UPDATE",
                    pgid="pgtrigger_closes_once_89fe9",
                    table="tracker_issuedocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingdocument",
            trigger=pgtrigger.compiler.Trigger(
                name="closes_once",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n        IF OLD.closed IS NOT NULL OR NEW.closed IS NULL\n           OR to_jsonb(NEW) - ARRAY['closed', 'gone', 'digest'] IS DISTINCT FROM\n              to_jsonb(OLD) - ARRAY['closed', 'gone', 'digest'] THEN\n            RAISE EXCEPTION '% is append-only: a document is closed once, and nothing else of it changes', TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="832792d114fc15633446b595c769c73ee7693ccf",
                    operation="UPDATE",
                    pgid="pgtrigger_closes_once_55dda",
                    table="tracker_meetingdocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourcedocument",
            trigger=pgtrigger.compiler.Trigger(
                name="closes_once",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n        IF OLD.closed IS NOT NULL OR NEW.closed IS NULL\n           OR to_jsonb(NEW) - ARRAY['closed', 'gone', 'digest'] IS DISTINCT FROM\n              to_jsonb(OLD) - ARRAY['closed', 'gone', 'digest'] THEN\n            RAISE EXCEPTION '% is append-only: a document is closed once, and nothing else of it changes', TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="8a4c88e05d34e234f1f8b6a080fdd86b7f5e7494",
                    operation="UPDATE",
                    pgid="pgtrigger_closes_once_a2bf1",
                    table="tracker_sourcedocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stancedocument",
            trigger=pgtrigger.compiler.Trigger(
                name="closes_once",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n        IF OLD.closed IS NOT NULL OR NEW.closed IS NULL\n           OR to_jsonb(NEW) - ARRAY['closed', 'gone', 'digest'] IS DISTINCT FROM\n              to_jsonb(OLD) - ARRAY['closed', 'gone', 'digest'] THEN\n            RAISE EXCEPTION '% is append-only: a document is closed once, and nothing else of it changes', TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="a698f73beea020f415e1a3205add3363606d7b3c",
                    operation="UPDATE",
                    pgid="pgtrigger_closes_once_e16f2",
                    table="tracker_stancedocument",
                    when="BEFORE",
                ),
            ),
        ),
    ]
