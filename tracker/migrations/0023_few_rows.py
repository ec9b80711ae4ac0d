"""Triggers cost few rows less: where no rows are joined plans are kept, and parts of new records raise no versions."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

import tracker.models.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0022_undoings"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="actor",
            name="event_of_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="actor",
            name="event_of_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="actor",
            name="is_ahead_by_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="alignment",
            name="event_of_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="alignment",
            name="event_of_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="alignment",
            name="is_ahead_by_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="alignmentcitation",
            name="event_of_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="alignmentcitation",
            name="event_of_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="alignmentcitation",
            name="touch_by_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="coreinterest",
            name="event_of_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="coreinterest",
            name="event_of_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="coreinterest",
            name="touch_by_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="discussion",
            name="event_of_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="discussion",
            name="event_of_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="discussion",
            name="touch_by_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="issue",
            name="event_of_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="issue",
            name="event_of_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="issue",
            name="is_ahead_by_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="meeting",
            name="event_of_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="meeting",
            name="event_of_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="meeting",
            name="is_ahead_by_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="meetingcitation",
            name="event_of_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="meetingcitation",
            name="event_of_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="meetingcitation",
            name="touch_by_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="membership",
            name="event_of_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="membership",
            name="event_of_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="membership",
            name="touch_by_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="participant",
            name="event_of_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="participant",
            name="event_of_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="participant",
            name="touch_by_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="source",
            name="event_of_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="source",
            name="event_of_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="source",
            name="is_ahead_by_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="stance",
            name="event_of_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="stance",
            name="event_of_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="stance",
            name="is_ahead_by_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="stancecitation",
            name="event_of_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="stancecitation",
            name="event_of_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="stancecitation",
            name="touch_by_insert",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actor",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'actor', n.id, '',\n                   n.id, NULL, to_jsonb(n)\n            FROM new_rows n\n            ORDER BY n.id\n        ; RETURN NULL;",
                    hash="c28a9af36017d85f0ea2873c53f6df9170b87268",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_of_insert_45853",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_actor",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actor",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'actor', o.id, '',\n                   o.id, to_jsonb(o), NULL\n            FROM old_rows o\n            ORDER BY o.id\n        ; RETURN NULL;",
                    hash="240bc86ab063ad353a63d4532b4fb28a18e745d9",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_event_of_delete_add90",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_actor",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actor",
            trigger=pgtrigger.compiler.Trigger(
                name="is_ahead_by_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_ahead (noun, record, version)\n            SELECT 'actor', n.id, n.version FROM new_rows n ORDER BY n.id\n            ON CONFLICT (noun, record) DO UPDATE SET version = EXCLUDED.version\n        ; RETURN NULL;",
                    hash="0427f452c3c53bd3f08244f1c0dff43580583cf8",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_is_ahead_by_insert_81cab",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_actor",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignment",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'alignment', n.id, '',\n                   n.id, NULL, to_jsonb(n)\n            FROM new_rows n\n            ORDER BY n.id\n        ; RETURN NULL;",
                    hash="89792fcc2104c0bbd40436ad50a94a399df1b886",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_of_insert_3eb53",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_alignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignment",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'alignment', o.id, '',\n                   o.id, to_jsonb(o), NULL\n            FROM old_rows o\n            ORDER BY o.id\n        ; RETURN NULL;",
                    hash="bbaddd0e08645c1b981749710e61bef2200b130c",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_event_of_delete_61cbc",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_alignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignment",
            trigger=pgtrigger.compiler.Trigger(
                name="is_ahead_by_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_ahead (noun, record, version)\n            SELECT 'alignment', n.id, n.version FROM new_rows n ORDER BY n.id\n            ON CONFLICT (noun, record) DO UPDATE SET version = EXCLUDED.version\n        ; RETURN NULL;",
                    hash="069508f469f658d964b34f0ab8298a9e5e0628c5",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_is_ahead_by_insert_056ef",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_alignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignmentcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'alignment', n.alignment_id, 'citation',\n                   n.id, NULL, to_jsonb(n)\n            FROM new_rows n\n            ORDER BY n.id\n        ; RETURN NULL;",
                    hash="ae0192c1f10a2cd2e39973cfaebb1e302d93ac20",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_of_insert_e8056",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_alignmentcitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignmentcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'alignment', o.alignment_id, 'citation',\n                   o.id, to_jsonb(o), NULL\n            FROM old_rows o\n            ORDER BY o.id\n        ; RETURN NULL;",
                    hash="4d1b30fc31aa9252945d80dda8ab0ea43ab1124f",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_event_of_delete_d808b",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_alignmentcitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignmentcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="IF EXISTS (SELECT FROM new_rows n WHERE (SELECT true FROM public.tracker_alignment WHERE id = n.alignment_id)) THEN EXECUTE $statement$\n            UPDATE public.tracker_alignment SET version = version + 1\n            WHERE id IN (SELECT n.alignment_id FROM new_rows n)\n        $statement$; END IF; RETURN NULL;",
                    hash="e97573e5abbaa253807fa8e5b5cf81c2fc39bbed",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_touch_by_insert_d4aff",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_alignmentcitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coreinterest",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'issue', n.issue_id, 'core_interest',\n                   n.id, NULL, to_jsonb(n)\n            FROM new_rows n\n            ORDER BY n.id\n        ; RETURN NULL;",
                    hash="109aabb94c3f018b93fc597ab06ca7653681d1c4",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_of_insert_c078d",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_coreinterest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coreinterest",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'issue', o.issue_id, 'core_interest',\n                   o.id, to_jsonb(o), NULL\n            FROM old_rows o\n            ORDER BY o.id\n        ; RETURN NULL;",
                    hash="78e352977a94d7977e7e9da11d20d612e7f8a858",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_event_of_delete_4369d",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_coreinterest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coreinterest",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="IF EXISTS (SELECT FROM new_rows n WHERE (SELECT true FROM public.tracker_issue WHERE id = n.issue_id)) THEN EXECUTE $statement$\n            UPDATE public.tracker_issue SET version = version + 1\n            WHERE id IN (SELECT n.issue_id FROM new_rows n)\n        $statement$; END IF; RETURN NULL;",
                    hash="1f6eea5b5bd950bcaa3255afe2dc3c85389f1eb8",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_touch_by_insert_f1130",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_coreinterest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="discussion",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'meeting', n.meeting_id, 'discussion',\n                   n.id, NULL, to_jsonb(n)\n            FROM new_rows n\n            ORDER BY n.id\n        ; RETURN NULL;",
                    hash="e94ce561678a128d4d5063bc569406d8303c8953",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_of_insert_03fa9",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_discussion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="discussion",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'meeting', o.meeting_id, 'discussion',\n                   o.id, to_jsonb(o), NULL\n            FROM old_rows o\n            ORDER BY o.id\n        ; RETURN NULL;",
                    hash="58926340bf57606ac8990b3d8fa4de961db789da",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_event_of_delete_8ebe3",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_discussion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="discussion",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="IF EXISTS (SELECT FROM new_rows n WHERE (SELECT true FROM public.tracker_meeting WHERE id = n.meeting_id)) THEN EXECUTE $statement$\n            UPDATE public.tracker_meeting SET version = version + 1\n            WHERE id IN (SELECT n.meeting_id FROM new_rows n)\n        $statement$; END IF; RETURN NULL;",
                    hash="fe62b2c16a94177e023992a6bd38023523600f78",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_touch_by_insert_52685",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_discussion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issue",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'issue', n.id, '',\n                   n.id, NULL, to_jsonb(n)\n            FROM new_rows n\n            ORDER BY n.id\n        ; RETURN NULL;",
                    hash="1746376ed7c88f4e20a3178d146a614e45a2c386",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_of_insert_201c8",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_issue",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issue",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'issue', o.id, '',\n                   o.id, to_jsonb(o), NULL\n            FROM old_rows o\n            ORDER BY o.id\n        ; RETURN NULL;",
                    hash="e2d07c5d0701e4453cf7c9189731afdf36990320",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_event_of_delete_a2b96",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_issue",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issue",
            trigger=pgtrigger.compiler.Trigger(
                name="is_ahead_by_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_ahead (noun, record, version)\n            SELECT 'issue', n.id, n.version FROM new_rows n ORDER BY n.id\n            ON CONFLICT (noun, record) DO UPDATE SET version = EXCLUDED.version\n        ; RETURN NULL;",
                    hash="1a6f8d5e529b51453f026059b19c8f7b30499612",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_is_ahead_by_insert_a08f1",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_issue",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'meeting', n.id, '',\n                   n.id, NULL, to_jsonb(n)\n            FROM new_rows n\n            ORDER BY n.id\n        ; RETURN NULL;",
                    hash="aa7655fb73f2f06eec67669c927fcc12475690fd",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_of_insert_96703",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_meeting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'meeting', o.id, '',\n                   o.id, to_jsonb(o), NULL\n            FROM old_rows o\n            ORDER BY o.id\n        ; RETURN NULL;",
                    hash="18d758495f0b7913df43249c493d6e4ac28f5452",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_event_of_delete_4f974",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_meeting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="is_ahead_by_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_ahead (noun, record, version)\n            SELECT 'meeting', n.id, n.version FROM new_rows n ORDER BY n.id\n            ON CONFLICT (noun, record) DO UPDATE SET version = EXCLUDED.version\n        ; RETURN NULL;",
                    hash="aac0281f5ac882324cccbd9c7a53d0b4165d78b2",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_is_ahead_by_insert_ba5f1",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_meeting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'meeting', n.meeting_id, 'citation',\n                   n.id, NULL, to_jsonb(n)\n            FROM new_rows n\n            ORDER BY n.id\n        ; RETURN NULL;",
                    hash="71c858d8a55e6691943e1474d314b9956f191336",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_of_insert_8a487",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_meetingcitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'meeting', o.meeting_id, 'citation',\n                   o.id, to_jsonb(o), NULL\n            FROM old_rows o\n            ORDER BY o.id\n        ; RETURN NULL;",
                    hash="56d840e3189caa193f25d2eaf713ba7cec620c95",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_event_of_delete_0c730",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_meetingcitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="IF EXISTS (SELECT FROM new_rows n WHERE (SELECT true FROM public.tracker_meeting WHERE id = n.meeting_id)) THEN EXECUTE $statement$\n            UPDATE public.tracker_meeting SET version = version + 1\n            WHERE id IN (SELECT n.meeting_id FROM new_rows n)\n        $statement$; END IF; RETURN NULL;",
                    hash="75d2c10def3f12acd2f251852bbc19c77ac975e9",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_touch_by_insert_3a0fd",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_meetingcitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'actor', n.actor_id, 'membership',\n                   n.id, NULL, to_jsonb(n)\n            FROM new_rows n\n            ORDER BY n.id\n        ; RETURN NULL;",
                    hash="8d0d9c72c02b85ccaa40f1ab4610da00b5ebea1c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_of_insert_aa103",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'actor', o.actor_id, 'membership',\n                   o.id, to_jsonb(o), NULL\n            FROM old_rows o\n            ORDER BY o.id\n        ; RETURN NULL;",
                    hash="c00f0a399dac35707d9ef302a817a9f21140400a",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_event_of_delete_e4140",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="IF EXISTS (SELECT FROM new_rows n WHERE (SELECT true FROM public.tracker_actor WHERE id = n.actor_id)) THEN EXECUTE $statement$\n            UPDATE public.tracker_actor SET version = version + 1\n            WHERE id IN (SELECT n.actor_id FROM new_rows n)\n        $statement$; END IF; RETURN NULL;",
                    hash="1efbbd55b2a0862fe9e9adbd4a19ed0d6bf03cd2",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_touch_by_insert_a813f",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participant",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'meeting', n.meeting_id, 'participant',\n                   n.id, NULL, to_jsonb(n)\n            FROM new_rows n\n            ORDER BY n.id\n        ; RETURN NULL;",
                    hash="eb060ebbf888629d63c6a49bef0349e3696d26f7",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_of_insert_ce26a",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_participant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participant",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'meeting', o.meeting_id, 'participant',\n                   o.id, to_jsonb(o), NULL\n            FROM old_rows o\n            ORDER BY o.id\n        ; RETURN NULL;",
                    hash="19afa6c83936d78f911cfd7615a55478ec2a8eb5",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_event_of_delete_327aa",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_participant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participant",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="IF EXISTS (SELECT FROM new_rows n WHERE (SELECT true FROM public.tracker_meeting WHERE id = n.meeting_id)) THEN EXECUTE $statement$\n            UPDATE public.tracker_meeting SET version = version + 1\n            WHERE id IN (SELECT n.meeting_id FROM new_rows n)\n        $statement$; END IF; RETURN NULL;",
                    hash="56469949c56fc39dab6f6867cb733f9f8bed2f62",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_touch_by_insert_741c3",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_participant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'source', n.id, '',\n                   n.id, NULL, to_jsonb(n)\n            FROM new_rows n\n            ORDER BY n.id\n        ; RETURN NULL;",
                    hash="abfe1ae320912a4063c4c6f671fa172a9bd4ec95",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_of_insert_a5f35",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'source', o.id, '',\n                   o.id, to_jsonb(o), NULL\n            FROM old_rows o\n            ORDER BY o.id\n        ; RETURN NULL;",
                    hash="23f6c949f1f6a88af6b5f9ff5021ce0b6d728e12",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_event_of_delete_57066",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="is_ahead_by_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_ahead (noun, record, version)\n            SELECT 'source', n.id, n.version FROM new_rows n ORDER BY n.id\n            ON CONFLICT (noun, record) DO UPDATE SET version = EXCLUDED.version\n        ; RETURN NULL;",
                    hash="9c980caa5b809190754b82fb134a75db04611ff9",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_is_ahead_by_insert_e061a",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stance",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'stance', n.id, '',\n                   n.id, NULL, to_jsonb(n)\n            FROM new_rows n\n            ORDER BY n.id\n        ; RETURN NULL;",
                    hash="b2d4e59c987e06ad2d3b79c9946a99256f1ef8cf",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_of_insert_8c3d6",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_stance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stance",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'stance', o.id, '',\n                   o.id, to_jsonb(o), NULL\n            FROM old_rows o\n            ORDER BY o.id\n        ; RETURN NULL;",
                    hash="305b3e0d2c0a049004bdb279c155ef362809e998",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_event_of_delete_3b855",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_stance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stance",
            trigger=pgtrigger.compiler.Trigger(
                name="is_ahead_by_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_ahead (noun, record, version)\n            SELECT 'stance', n.id, n.version FROM new_rows n ORDER BY n.id\n            ON CONFLICT (noun, record) DO UPDATE SET version = EXCLUDED.version\n        ; RETURN NULL;",
                    hash="8ab240ab1409cd0f5213ea7990ca067641f2ac0f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_is_ahead_by_insert_1cd6a",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_stance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stancecitation",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'stance', n.stance_id, 'citation',\n                   n.id, NULL, to_jsonb(n)\n            FROM new_rows n\n            ORDER BY n.id\n        ; RETURN NULL;",
                    hash="b928fe2c00be2a4efba3e88c1a9af686b30edc79",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_of_insert_0d473",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_stancecitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stancecitation",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'stance', o.stance_id, 'citation',\n                   o.id, to_jsonb(o), NULL\n            FROM old_rows o\n            ORDER BY o.id\n        ; RETURN NULL;",
                    hash="64719024ab65c4171d296ce91d3ef01043bfa9b6",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_event_of_delete_15c45",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_stancecitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stancecitation",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="IF EXISTS (SELECT FROM new_rows n WHERE (SELECT true FROM public.tracker_stance WHERE id = n.stance_id)) THEN EXECUTE $statement$\n            UPDATE public.tracker_stance SET version = version + 1\n            WHERE id IN (SELECT n.stance_id FROM new_rows n)\n        $statement$; END IF; RETURN NULL;",
                    hash="53f259221cd07d86fd2dc6161d80f28eac77cc0a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_touch_by_insert_99dd5",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_stancecitation",
                    when="AFTER",
                ),
            ),
        ),
    ]
