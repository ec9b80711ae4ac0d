"""Texts are written composed (NFC), whichever way they come in."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

import tracker.models.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0037_lists_that_forms_can_ask"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="actor",
            trigger=pgtrigger.compiler.Trigger(
                name="composes_text",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF to_jsonb(NEW)::text IS NOT NFC NORMALIZED THEN\n                NEW := jsonb_populate_record(NEW, normalize(to_jsonb(NEW)::text, NFC)::jsonb);\n            END IF;\n            RETURN NEW;\n        ",
                    hash="7a93b2db8a50717de413a2292ebbddab80d1e976",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_composes_text_a7a7b",
                    table="tracker_actor",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignment",
            trigger=pgtrigger.compiler.Trigger(
                name="composes_text",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF to_jsonb(NEW)::text IS NOT NFC NORMALIZED THEN\n                NEW := jsonb_populate_record(NEW, normalize(to_jsonb(NEW)::text, NFC)::jsonb);\n            END IF;\n            RETURN NEW;\n        ",
                    hash="ca113669f137a7e1a956d6f266343d5893345eb1",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_composes_text_64565",
                    table="tracker_alignment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignmentcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="composes_text",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF to_jsonb(NEW)::text IS NOT NFC NORMALIZED THEN\n                NEW := jsonb_populate_record(NEW, normalize(to_jsonb(NEW)::text, NFC)::jsonb);\n            END IF;\n            RETURN NEW;\n        ",
                    hash="a86586b48e5c863eb2d9e3ffed7041184f639238",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_composes_text_f0e26",
                    table="tracker_alignmentcitation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changeset",
            trigger=pgtrigger.compiler.Trigger(
                name="composes_text",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF to_jsonb(NEW)::text IS NOT NFC NORMALIZED THEN\n                NEW := jsonb_populate_record(NEW, normalize(to_jsonb(NEW)::text, NFC)::jsonb);\n            END IF;\n            RETURN NEW;\n        ",
                    hash="602428cf7a3cfd2ad0d993a2830aaa4a49fae6e4",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_composes_text_a9b41",
                    table="tracker_changeset",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coreinterest",
            trigger=pgtrigger.compiler.Trigger(
                name="composes_text",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF to_jsonb(NEW)::text IS NOT NFC NORMALIZED THEN\n                NEW := jsonb_populate_record(NEW, normalize(to_jsonb(NEW)::text, NFC)::jsonb);\n            END IF;\n            RETURN NEW;\n        ",
                    hash="9833931e5c6b89dae340fac01ecc7b8233ecde2a",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_composes_text_12dc4",
                    table="tracker_coreinterest",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="discussion",
            trigger=pgtrigger.compiler.Trigger(
                name="composes_text",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF to_jsonb(NEW)::text IS NOT NFC NORMALIZED THEN\n                NEW := jsonb_populate_record(NEW, normalize(to_jsonb(NEW)::text, NFC)::jsonb);\n            END IF;\n            RETURN NEW;\n        ",
                    hash="ee5e149ace623e56fa37f8f2a841a9d22c58af67",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_composes_text_43d5a",
                    table="tracker_discussion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="edition",
            trigger=pgtrigger.compiler.Trigger(
                name="composes_text",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF to_jsonb(NEW)::text IS NOT NFC NORMALIZED THEN\n                NEW := jsonb_populate_record(NEW, normalize(to_jsonb(NEW)::text, NFC)::jsonb);\n            END IF;\n            RETURN NEW;\n        ",
                    hash="a2d9b1d0688d3d905451d6a2e2ca0423d240971a",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_composes_text_39f7f",
                    table="tracker_edition",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issue",
            trigger=pgtrigger.compiler.Trigger(
                name="composes_text",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF to_jsonb(NEW)::text IS NOT NFC NORMALIZED THEN\n                NEW := jsonb_populate_record(NEW, normalize(to_jsonb(NEW)::text, NFC)::jsonb);\n            END IF;\n            RETURN NEW;\n        ",
                    hash="745cca27271553037fce5993bcf2eb51c3ec226e",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_composes_text_c58bd",
                    table="tracker_issue",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="composes_text",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF to_jsonb(NEW)::text IS NOT NFC NORMALIZED THEN\n                NEW := jsonb_populate_record(NEW, normalize(to_jsonb(NEW)::text, NFC)::jsonb);\n            END IF;\n            RETURN NEW;\n        ",
                    hash="c13582a075ef60126b79514bfdf1306837d1f151",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_composes_text_2eb6f",
                    table="tracker_meeting",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="composes_text",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF to_jsonb(NEW)::text IS NOT NFC NORMALIZED THEN\n                NEW := jsonb_populate_record(NEW, normalize(to_jsonb(NEW)::text, NFC)::jsonb);\n            END IF;\n            RETURN NEW;\n        ",
                    hash="62a97325143782601c120cf8480d475324a088da",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_composes_text_23b4d",
                    table="tracker_meetingcitation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="composes_text",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF to_jsonb(NEW)::text IS NOT NFC NORMALIZED THEN\n                NEW := jsonb_populate_record(NEW, normalize(to_jsonb(NEW)::text, NFC)::jsonb);\n            END IF;\n            RETURN NEW;\n        ",
                    hash="d05472cc42e6497c4fefdbaba8d814ce8eb47414",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_composes_text_ba0cf",
                    table="tracker_membership",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participant",
            trigger=pgtrigger.compiler.Trigger(
                name="composes_text",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF to_jsonb(NEW)::text IS NOT NFC NORMALIZED THEN\n                NEW := jsonb_populate_record(NEW, normalize(to_jsonb(NEW)::text, NFC)::jsonb);\n            END IF;\n            RETURN NEW;\n        ",
                    hash="8989dbad61c4a4ecdea8cc00ccf1f874c8ceb353",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_composes_text_d0acc",
                    table="tracker_participant",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="composes_text",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF to_jsonb(NEW)::text IS NOT NFC NORMALIZED THEN\n                NEW := jsonb_populate_record(NEW, normalize(to_jsonb(NEW)::text, NFC)::jsonb);\n            END IF;\n            RETURN NEW;\n        ",
                    hash="12c9447a27bdc882ebe5adee07438c52fd70d3ba",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_composes_text_dace3",
                    table="tracker_release",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="composes_text",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF to_jsonb(NEW)::text IS NOT NFC NORMALIZED THEN\n                NEW := jsonb_populate_record(NEW, normalize(to_jsonb(NEW)::text, NFC)::jsonb);\n            END IF;\n            RETURN NEW;\n        ",
                    hash="60a828bdec8c334f1ab1f8c868ad3e176c552d40",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_composes_text_c4906",
                    table="tracker_review",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="composes_text",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF to_jsonb(NEW)::text IS NOT NFC NORMALIZED THEN\n                NEW := jsonb_populate_record(NEW, normalize(to_jsonb(NEW)::text, NFC)::jsonb);\n            END IF;\n            RETURN NEW;\n        ",
                    hash="c45cab5b41045115a950b04258d2a8bac0460c91",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_composes_text_81615",
                    table="tracker_source",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stance",
            trigger=pgtrigger.compiler.Trigger(
                name="composes_text",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF to_jsonb(NEW)::text IS NOT NFC NORMALIZED THEN\n                NEW := jsonb_populate_record(NEW, normalize(to_jsonb(NEW)::text, NFC)::jsonb);\n            END IF;\n            RETURN NEW;\n        ",
                    hash="a7fe4910f63f1ee2e14f93739f503f23440044bc",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_composes_text_b35f7",
                    table="tracker_stance",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stancecitation",
            trigger=pgtrigger.compiler.Trigger(
                name="composes_text",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF to_jsonb(NEW)::text IS NOT NFC NORMALIZED THEN\n                NEW := jsonb_populate_record(NEW, normalize(to_jsonb(NEW)::text, NFC)::jsonb);\n            END IF;\n            RETURN NEW;\n        ",
                    hash="7403a3303892bac4ec7db5f6544d8ace4d6d6d40",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_composes_text_2fcdf",
                    table="tracker_stancecitation",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(tracker.models.triggers.SECURED, migrations.RunSQL.noop),
    ]
