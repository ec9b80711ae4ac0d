"""The chain holds: what a link covers is told once, and nothing else of it changes; each edition adds its link."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

import tracker.models.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0032_chain"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="changeset",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="b66dd1819edf90ce2f794f733b1cb80652d488be",
                    operation="DELETE",
                    pgid="pgtrigger_is_append_only_fd67d",
                    table="tracker_changeset",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changeset",
            trigger=pgtrigger.compiler.Trigger(
                name="is_linked_once",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n        IF OLD.link IS NOT NULL OR NEW.link IS NULL\n           OR to_jsonb(NEW) - ARRAY['link', 'digest'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['link', 'digest'] THEN\n            RAISE EXCEPTION '% is append-only: one link of the chain covers it, and nothing else of it changes',\n                TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="cb50461ab82e97330d72c7d9a64bec95758c3a42",
                    operation="UPDATE",
                    pgid="pgtrigger_is_linked_once_c2029",
                    table="tracker_changeset",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changeset",
            trigger=pgtrigger.compiler.Trigger(
                name="is_linked_now",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF EXISTS (SELECT FROM new_rows WHERE link IS DISTINCT FROM (SELECT public.edition_being_made())) THEN\n                RAISE EXCEPTION '%.link: not the edition being made in this transaction', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="c2a4a670543138a024daf022d1ae6d08afdf0edf",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_is_linked_now_8a701",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_changeset",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changeset",
            trigger=pgtrigger.compiler.Trigger(
                name="is_of_this_transaction",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n    NEW.made_at := now();\n    NEW.transaction := pg_current_xact_id()::text::bigint;\n    NEW.link := NULL;\n    NEW.digest := NULL;\n    RETURN NEW;\n",
                    hash="77242c85af6226b3c649a6274f76b4fde293aa83",
                    operation="INSERT",
                    pgid="pgtrigger_is_of_this_transaction_cdc5f",
                    table="tracker_changeset",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="edition",
            trigger=pgtrigger.compiler.Trigger(
                name="proves_itself",
                sql=tracker.models.triggers.TriggerSql(
                    constraint="CONSTRAINT",
                    func="PERFORM public.check_edition(NEW.number); PERFORM public.add_link(NEW.number); RETURN NULL;",
                    hash="dd0bd8787d1ec207f99cda5d4b119017dc3998f1",
                    operation="INSERT",
                    pgid="pgtrigger_proves_itself_e5449",
                    table="tracker_edition",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="0e6c19a7ed2269ba0af970247fd10ac1e542ef44",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_append_only_7d78a",
                    table="tracker_link",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="ddfeb4e51fe869fa8b4b71b42ae7cd7e29183918",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_169ae",
                    table="tracker_link",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="is_made_now",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n    IF NEW.edition IS DISTINCT FROM public.edition_being_made() THEN\n        RAISE EXCEPTION 'edition %: not the edition being made in this transaction', NEW.edition\n            USING ERRCODE = 'restrict_violation';\n    END IF;\n    RETURN NEW;\n",
                    hash="3726be53143ed2dfcc80eb35f91d6e9f54894a5b",
                    operation="INSERT",
                    pgid="pgtrigger_is_made_now_56d29",
                    table="tracker_link",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="a974467db94762037f7b93fcec26c2ab51a3855a",
                    operation="DELETE",
                    pgid="pgtrigger_is_append_only_cdad3",
                    table="tracker_release",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="is_linked_once",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n        IF OLD.link IS NOT NULL OR NEW.link IS NULL\n           OR to_jsonb(NEW) - ARRAY['link', 'digest'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['link', 'digest'] THEN\n            RAISE EXCEPTION '% is append-only: one link of the chain covers it, and nothing else of it changes',\n                TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="79aee5da4e62cabf7170d099c75b90b95ef6f152",
                    operation="UPDATE",
                    pgid="pgtrigger_is_linked_once_f0117",
                    table="tracker_release",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="is_linked_now",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF EXISTS (SELECT FROM new_rows WHERE link IS DISTINCT FROM (SELECT public.edition_being_made())) THEN\n                RAISE EXCEPTION '%.link: not the edition being made in this transaction', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="3d026ca2280f8e90d3aa9031176e7291575ad1a7",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_is_linked_now_47d86",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_release",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="is_dated",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n    NEW.made_at := clock_timestamp();\n    NEW.transaction := pg_current_xact_id()::text::bigint;\n    NEW.link := NULL;\n    RETURN NEW;\n",
                    hash="109f79a9d004ac4b8ea842cb37223b0812da9572",
                    operation="INSERT",
                    pgid="pgtrigger_is_dated_44e8f",
                    table="tracker_release",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(tracker.models.triggers.SECURED, migrations.RunSQL.noop),
    ]
