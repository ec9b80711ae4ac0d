"""Parts of new records, which come before these, raise no versions: that is no longer looked into for each."""

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
            model_name="alignmentcitation",
            name="touch_by_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="coreinterest",
            name="touch_by_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="discussion",
            name="touch_by_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="meetingcitation",
            name="touch_by_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="membership",
            name="touch_by_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="participant",
            name="touch_by_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="stancecitation",
            name="touch_by_insert",
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
