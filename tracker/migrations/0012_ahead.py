# ruff: noqa: S608 - SQL put together from nouns of ours
"""Note for which records the desk is ahead of the publication, from now on and for what is there."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import tracker.models.triggers

NOUNS = ("issue", "actor", "source", "stance", "alignment", "meeting")
NOTE_WHAT_IS_THERE = "".join(
    f"""
    INSERT INTO tracker_ahead (noun, record, version)
    SELECT '{noun}', t.id, t.version FROM tracker_{noun} t WHERE t.version > greatest(
        0,
        (SELECT max(version) FROM tracker_{noun}document WHERE record = t.id),
        (SELECT max(version) FROM tracker_unchanged WHERE noun = '{noun}' AND record = t.id)
    );
    """
    for noun in NOUNS
)


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0011_archive_addresses"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ahead",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "noun", "record", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "noun",
                    models.CharField(
                        choices=[
                            ("issue", "issue"),
                            ("actor", "actor"),
                            ("source", "source"),
                            ("stance", "stance"),
                            ("alignment", "alignment"),
                            ("meeting", "meeting"),
                        ],
                        max_length=20,
                    ),
                ),
                ("record", models.IntegerField(help_text="The id of the record at the desk.")),
                ("version", models.PositiveIntegerField(help_text="The desk's version.")),
            ],
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=models.Q(("operation", "retracted")), fields=["noun", "record"], name="change_retractions"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actor",
            trigger=pgtrigger.compiler.Trigger(
                name="is_ahead_by_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_ahead (noun, record, version)\n            SELECT 'actor', n.id, n.version FROM new_rows n ORDER BY n.id\n            ON CONFLICT (noun, record) DO UPDATE SET version = EXCLUDED.version\n        $statement$; RETURN NULL;",
                    hash="d864f00ef1a7d0a4b628358edb703c3e79e5014f",
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
            model_name="actor",
            trigger=pgtrigger.compiler.Trigger(
                name="is_ahead_by_update",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_ahead (noun, record, version)\n            SELECT 'actor', n.id, n.version FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.* ORDER BY n.id\n            ON CONFLICT (noun, record) DO UPDATE SET version = EXCLUDED.version\n        $statement$; RETURN NULL;",
                    hash="76a9216070723a5512e37b4a57a43e3f00de362e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_is_ahead_by_update_337fc",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="tracker_actor",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actor",
            trigger=pgtrigger.compiler.Trigger(
                name="is_ahead_no_more",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$DELETE FROM public.tracker_ahead a USING old_rows o WHERE a.noun = 'actor' AND a.record = o.id$statement$; RETURN NULL;",
                    hash="1e9e26d16695b6554a2ed17a18c546a62a8f3c5f",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_is_ahead_no_more_daa4d",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_actor",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actordocument",
            trigger=pgtrigger.compiler.Trigger(
                name="is_seen",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n        DELETE FROM public.tracker_ahead a USING new_rows n\n        WHERE a.noun = 'actor' AND a.record = n.record AND a.version <= n.version\n    $statement$; RETURN NULL;",
                    hash="e140a15fee50218d5a3a31066fea1cc2de5d3929",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_is_seen_767e6",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_actordocument",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignment",
            trigger=pgtrigger.compiler.Trigger(
                name="is_ahead_by_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_ahead (noun, record, version)\n            SELECT 'alignment', n.id, n.version FROM new_rows n ORDER BY n.id\n            ON CONFLICT (noun, record) DO UPDATE SET version = EXCLUDED.version\n        $statement$; RETURN NULL;",
                    hash="5f0bdfd25eb656135c23ad3e9c86122adb61525f",
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
            model_name="alignment",
            trigger=pgtrigger.compiler.Trigger(
                name="is_ahead_by_update",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_ahead (noun, record, version)\n            SELECT 'alignment', n.id, n.version FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.* ORDER BY n.id\n            ON CONFLICT (noun, record) DO UPDATE SET version = EXCLUDED.version\n        $statement$; RETURN NULL;",
                    hash="60bfa9a960421e47d261afe26933775b878bb0a8",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_is_ahead_by_update_022a7",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="tracker_alignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignment",
            trigger=pgtrigger.compiler.Trigger(
                name="is_ahead_no_more",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$DELETE FROM public.tracker_ahead a USING old_rows o WHERE a.noun = 'alignment' AND a.record = o.id$statement$; RETURN NULL;",
                    hash="2d5888c19968bac1852748fe4b12a38c025907ea",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_is_ahead_no_more_bbdc1",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_alignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignmentdocument",
            trigger=pgtrigger.compiler.Trigger(
                name="is_seen",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n        DELETE FROM public.tracker_ahead a USING new_rows n\n        WHERE a.noun = 'alignment' AND a.record = n.record AND a.version <= n.version\n    $statement$; RETURN NULL;",
                    hash="81ef15fabc687ee99886fe564338bd3ebe805176",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_is_seen_345b1",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_alignmentdocument",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issue",
            trigger=pgtrigger.compiler.Trigger(
                name="is_ahead_by_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_ahead (noun, record, version)\n            SELECT 'issue', n.id, n.version FROM new_rows n ORDER BY n.id\n            ON CONFLICT (noun, record) DO UPDATE SET version = EXCLUDED.version\n        $statement$; RETURN NULL;",
                    hash="b24c67cec282186abac905d91134c1748c27485b",
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
            model_name="issue",
            trigger=pgtrigger.compiler.Trigger(
                name="is_ahead_by_update",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_ahead (noun, record, version)\n            SELECT 'issue', n.id, n.version FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.* ORDER BY n.id\n            ON CONFLICT (noun, record) DO UPDATE SET version = EXCLUDED.version\n        $statement$; RETURN NULL;",
                    hash="2268f1ac49a83c49e8a61e585a78830b91697d91",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_is_ahead_by_update_dd340",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="tracker_issue",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issue",
            trigger=pgtrigger.compiler.Trigger(
                name="is_ahead_no_more",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$DELETE FROM public.tracker_ahead a USING old_rows o WHERE a.noun = 'issue' AND a.record = o.id$statement$; RETURN NULL;",
                    hash="5fe1ffe7693fc736217dbc3adc82aca7417f944a",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_is_ahead_no_more_eceaf",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_issue",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issuedocument",
            trigger=pgtrigger.compiler.Trigger(
                name="is_seen",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n        DELETE FROM public.tracker_ahead a USING new_rows n\n        WHERE a.noun = 'issue' AND a.record = n.record AND a.version <= n.version\n    $statement$; RETURN NULL;",
                    hash="bb7157f186f4f7c9996b3db4c48b12dc3a4a776f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_is_seen_43c76",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_issuedocument",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="is_ahead_by_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_ahead (noun, record, version)\n            SELECT 'meeting', n.id, n.version FROM new_rows n ORDER BY n.id\n            ON CONFLICT (noun, record) DO UPDATE SET version = EXCLUDED.version\n        $statement$; RETURN NULL;",
                    hash="8a0f2268a9a945668fa24b2ad5232dfd4a293ffb",
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
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="is_ahead_by_update",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_ahead (noun, record, version)\n            SELECT 'meeting', n.id, n.version FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.* ORDER BY n.id\n            ON CONFLICT (noun, record) DO UPDATE SET version = EXCLUDED.version\n        $statement$; RETURN NULL;",
                    hash="9956cce19a77b142d60e787c34931917bb73bd3a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_is_ahead_by_update_f80ff",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="tracker_meeting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="is_ahead_no_more",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$DELETE FROM public.tracker_ahead a USING old_rows o WHERE a.noun = 'meeting' AND a.record = o.id$statement$; RETURN NULL;",
                    hash="442cf8f0e0f210745fdd0252e562a6aaa3b537ad",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_is_ahead_no_more_80ef9",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_meeting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingdocument",
            trigger=pgtrigger.compiler.Trigger(
                name="is_seen",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n        DELETE FROM public.tracker_ahead a USING new_rows n\n        WHERE a.noun = 'meeting' AND a.record = n.record AND a.version <= n.version\n    $statement$; RETURN NULL;",
                    hash="5a05db67683c515197affd18e5b9b5339a6ccb15",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_is_seen_456eb",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_meetingdocument",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="is_ahead_by_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_ahead (noun, record, version)\n            SELECT 'source', n.id, n.version FROM new_rows n ORDER BY n.id\n            ON CONFLICT (noun, record) DO UPDATE SET version = EXCLUDED.version\n        $statement$; RETURN NULL;",
                    hash="2524480b7818b923faa0ba1cc7341d9fb48dec71",
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
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="is_ahead_by_update",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_ahead (noun, record, version)\n            SELECT 'source', n.id, n.version FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.* ORDER BY n.id\n            ON CONFLICT (noun, record) DO UPDATE SET version = EXCLUDED.version\n        $statement$; RETURN NULL;",
                    hash="c96bbb967cc6365c818b70ef184231e317faff77",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_is_ahead_by_update_07e8d",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="tracker_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="is_ahead_no_more",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$DELETE FROM public.tracker_ahead a USING old_rows o WHERE a.noun = 'source' AND a.record = o.id$statement$; RETURN NULL;",
                    hash="350e4d1fe21b56f76f5a5fe2f0be8dd642efa094",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_is_ahead_no_more_38f36",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourcedocument",
            trigger=pgtrigger.compiler.Trigger(
                name="is_seen",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n        DELETE FROM public.tracker_ahead a USING new_rows n\n        WHERE a.noun = 'source' AND a.record = n.record AND a.version <= n.version\n    $statement$; RETURN NULL;",
                    hash="284499dd8bd1cfb006f8921077bd6026bcb8b782",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_is_seen_ca8f0",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_sourcedocument",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stance",
            trigger=pgtrigger.compiler.Trigger(
                name="is_ahead_by_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_ahead (noun, record, version)\n            SELECT 'stance', n.id, n.version FROM new_rows n ORDER BY n.id\n            ON CONFLICT (noun, record) DO UPDATE SET version = EXCLUDED.version\n        $statement$; RETURN NULL;",
                    hash="7fdf2288d9a310fb7ce1ee43ca822f6393d605e4",
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
            model_name="stance",
            trigger=pgtrigger.compiler.Trigger(
                name="is_ahead_by_update",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_ahead (noun, record, version)\n            SELECT 'stance', n.id, n.version FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.* ORDER BY n.id\n            ON CONFLICT (noun, record) DO UPDATE SET version = EXCLUDED.version\n        $statement$; RETURN NULL;",
                    hash="c95c1bbd4321605104cfb01c92f99f34a6f086ca",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_is_ahead_by_update_0637d",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="tracker_stance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stance",
            trigger=pgtrigger.compiler.Trigger(
                name="is_ahead_no_more",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$DELETE FROM public.tracker_ahead a USING old_rows o WHERE a.noun = 'stance' AND a.record = o.id$statement$; RETURN NULL;",
                    hash="d8084bf7ee296884086299c86e8f846a783bad78",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_is_ahead_no_more_8b77a",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_stance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stancedocument",
            trigger=pgtrigger.compiler.Trigger(
                name="is_seen",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n        DELETE FROM public.tracker_ahead a USING new_rows n\n        WHERE a.noun = 'stance' AND a.record = n.record AND a.version <= n.version\n    $statement$; RETURN NULL;",
                    hash="cacfc22b20911223621eba1e534b5d13dcced599",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_is_seen_629cd",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_stancedocument",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unchanged",
            trigger=pgtrigger.compiler.Trigger(
                name="is_seen",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n        DELETE FROM public.tracker_ahead a USING new_rows n\n        WHERE a.noun = n.noun AND a.record = n.record AND a.version <= n.version\n    $statement$; RETURN NULL;",
                    hash="10009993027bb021a32ad4c3d965dd97e4b096bc",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_is_seen_5502e",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_unchanged",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="ahead",
            constraint=models.CheckConstraint(
                condition=models.Q(("noun__in", ["issue", "actor", "source", "stance", "alignment", "meeting"])),
                name="ahead_noun_is_known",
            ),
        ),
        migrations.RunSQL(NOTE_WHAT_IS_THERE, migrations.RunSQL.noop),
    ]
