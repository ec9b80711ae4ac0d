"""Let issues, actors, sources and meetings be merged: what was merged is named by nothing that stands."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import tracker.models.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0006_reading"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="actor",
            name="raises_version",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="change",
            name="is_of_a_record",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="issue",
            name="raises_version",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="meeting",
            name="raises_version",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="source",
            name="raises_version",
        ),
        migrations.RemoveConstraint(
            model_name="source",
            name="source_once_per_address_and_day",
        ),
        migrations.AddField(
            model_name="actor",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                help_text="The record into which this one was merged, if it was.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracker.actor",
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                help_text="The record into which this one was merged, if it was.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracker.issue",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                help_text="The record into which this one was merged, if it was.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracker.meeting",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                help_text="The record into which this one was merged, if it was.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracker.source",
            ),
        ),
        migrations.AlterField(
            model_name="actor",
            name="iso3",
            field=models.CharField(
                blank=True, help_text="ISO 3166-1 alpha-3 code, for states that have one.", max_length=3, null=True
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(condition=models.Q(("operation", "merged")), fields=["edition"], name="change_merges"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actor",
            trigger=pgtrigger.compiler.Trigger(
                name="raises_version",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.version > OLD.version OR (NEW.ref, NEW.slug, NEW.kind, NEW.name, NEW.short_name, NEW.names, NEW.aliases, NEW.summary, NEW.iso3, NEW.wikidata_id, NEW.merged_into_id) IS DISTINCT FROM (OLD.ref, OLD.slug, OLD.kind, OLD.name, OLD.short_name, OLD.names, OLD.aliases, OLD.summary, OLD.iso3, OLD.wikidata_id, OLD.merged_into_id) THEN\n                NEW.version := OLD.version + 1;\n                IF NEW.state = OLD.state THEN\n                    NEW.state := 'editing';\n                END IF;\n            ELSIF NEW.state <> OLD.state THEN\n                NEW.version := OLD.version + 1;\n            ELSE\n                NEW.version := OLD.version;\n            END IF;\n            RETURN NEW;\n        ",
                    hash="1631186de5c2dfbecfb8b82ebc28f0221277b078",
                    operation="UPDATE",
                    pgid="pgtrigger_raises_version_5cc4f",
                    table="tracker_actor",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actor",
            trigger=pgtrigger.compiler.Trigger(
                name="merges_into_what_stands",
                sql=tracker.models.triggers.TriggerSql(
                    condition="WHEN (NEW.merged_into_id IS NOT NULL)",
                    func="\n                PERFORM public.refuse_old_snapshot();\n                IF NEW.merged_into_id = NEW.id OR (\n                    SELECT merged_into_id FROM public.tracker_actor WHERE id = NEW.merged_into_id FOR KEY SHARE\n                ) IS NOT NULL THEN\n                    RAISE EXCEPTION 'merged_into: actor % was merged itself; name the one that stands',\n                        NEW.merged_into_id\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'actor_merges_into_what_stands';\n                END IF;\n                PERFORM FROM public.tracker_actor WHERE id = NEW.id FOR UPDATE;\n                \n        IF EXISTS (SELECT FROM public.tracker_coreinterest t WHERE t.actor_id = NEW.id AND EXISTS (SELECT FROM public.tracker_issue o WHERE o.id = t.issue_id AND o.merged_into_id IS NULL )) THEN\n            RAISE EXCEPTION 'actor % is still named by a coreinterest; let it name the survivor first', NEW.id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'actor_is_named_no_more';\n        END IF;\n        \n        IF EXISTS (SELECT FROM public.tracker_membership t WHERE t.organization_id = NEW.id AND EXISTS (SELECT FROM public.tracker_actor o WHERE o.id = t.actor_id AND o.merged_into_id IS NULL AND o.id <> NEW.id)) THEN\n            RAISE EXCEPTION 'actor % is still named by a membership; let it name the survivor first', NEW.id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'actor_is_named_no_more';\n        END IF;\n        \n        IF EXISTS (SELECT FROM public.tracker_stance t WHERE t.actor_id = NEW.id ) THEN\n            RAISE EXCEPTION 'actor % is still named by a stance; let it name the survivor first', NEW.id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'actor_is_named_no_more';\n        END IF;\n        \n        IF EXISTS (SELECT FROM public.tracker_stance t WHERE t.defers_to_id = NEW.id ) THEN\n            RAISE EXCEPTION 'actor % is still named by a stance; let it name the survivor first', NEW.id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'actor_is_named_no_more';\n        END IF;\n        \n        IF EXISTS (SELECT FROM public.tracker_alignment t WHERE t.actor_id = NEW.id ) THEN\n            RAISE EXCEPTION 'actor % is still named by a alignment; let it name the survivor first', NEW.id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'actor_is_named_no_more';\n        END IF;\n        \n        IF EXISTS (SELECT FROM public.tracker_alignment t WHERE t.counterpart_id = NEW.id ) THEN\n            RAISE EXCEPTION 'actor % is still named by a alignment; let it name the survivor first', NEW.id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'actor_is_named_no_more';\n        END IF;\n        \n        IF EXISTS (SELECT FROM public.tracker_participant t WHERE t.actor_id = NEW.id AND EXISTS (SELECT FROM public.tracker_meeting o WHERE o.id = t.meeting_id AND o.merged_into_id IS NULL )) THEN\n            RAISE EXCEPTION 'actor % is still named by a participant; let it name the survivor first', NEW.id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'actor_is_named_no_more';\n        END IF;\n        \n        IF EXISTS (SELECT FROM public.tracker_participant t WHERE t.represented_by_id = NEW.id AND EXISTS (SELECT FROM public.tracker_meeting o WHERE o.id = t.meeting_id AND o.merged_into_id IS NULL )) THEN\n            RAISE EXCEPTION 'actor % is still named by a participant; let it name the survivor first', NEW.id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'actor_is_named_no_more';\n        END IF;\n        \n                RETURN NEW;\n            ",
                    hash="844774e3e519e0f0afc4283e26b0f5330e00804c",
                    operation='INSERT OR UPDATE OF "merged_into_id"',
                    pgid="pgtrigger_merges_into_what_stands_ab84e",
                    table="tracker_actor",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actor",
            trigger=pgtrigger.compiler.Trigger(
                name="stays_merged",
                sql=tracker.models.triggers.TriggerSql(
                    condition="WHEN (OLD.merged_into_id IS NOT NULL AND NEW.merged_into_id IS NOT NULL)",
                    func="\n                RAISE EXCEPTION 'actor % was merged into %: change that one, or undo the merge first',\n                    OLD.id, OLD.merged_into_id\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'actor_stays_merged';\n            ",
                    hash="23cb831aa02aea2fd4df1b6eceaea6ab7b2ba2f5",
                    operation="UPDATE",
                    pgid="pgtrigger_stays_merged_24cdd",
                    table="tracker_actor",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignment",
            trigger=pgtrigger.compiler.Trigger(
                name="names_what_stands",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n        IF (SELECT merged_into_id FROM public.tracker_issue WHERE id = NEW.issue_id FOR KEY SHARE) IS NOT NULL THEN\n            RAISE EXCEPTION 'issue: issue % was merged into another; name that one',\n                NEW.issue_id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'alignment_names_what_stands';\n        END IF;\n    \n        IF (SELECT merged_into_id FROM public.tracker_actor WHERE id = NEW.actor_id FOR KEY SHARE) IS NOT NULL THEN\n            RAISE EXCEPTION 'actor: actor % was merged into another; name that one',\n                NEW.actor_id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'alignment_names_what_stands';\n        END IF;\n    \n        IF (SELECT merged_into_id FROM public.tracker_actor WHERE id = NEW.counterpart_id FOR KEY SHARE) IS NOT NULL THEN\n            RAISE EXCEPTION 'counterpart: actor % was merged into another; name that one',\n                NEW.counterpart_id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'alignment_names_what_stands';\n        END IF;\n    RETURN NEW;",
                    hash="c76948a2268f5b233b20ef832779b61333e9615d",
                    operation='INSERT OR UPDATE OF "issue_id", "actor_id", "counterpart_id"',
                    pgid="pgtrigger_names_what_stands_6da46",
                    table="tracker_alignment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignmentcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="names_what_stands",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n        IF (SELECT merged_into_id FROM public.tracker_source WHERE id = NEW.source_id FOR KEY SHARE) IS NOT NULL THEN\n            RAISE EXCEPTION 'source: source % was merged into another; name that one',\n                NEW.source_id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'alignmentcitation_names_what_stands';\n        END IF;\n    RETURN NEW;",
                    hash="865f317bfc5ade4d1d8bb5af17d66b5349ca7c25",
                    operation='INSERT OR UPDATE OF "source_id"',
                    pgid="pgtrigger_names_what_stands_3e16c",
                    table="tracker_alignmentcitation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="change",
            trigger=pgtrigger.compiler.Trigger(
                name="is_of_a_record",
                sql=tracker.models.triggers.TriggerSql(
                    declare="DECLARE found bigint;",
                    func="\n    EXECUTE $statement$SELECT FROM public.tracker_issue WHERE id IN (SELECT record FROM new_rows WHERE operation = 'published' AND noun = 'issue') AND merged_into_id IS NULL FOR KEY SHARE$statement$;\n    GET DIAGNOSTICS found = ROW_COUNT;\n    IF found < (SELECT count(*) FROM (SELECT record FROM new_rows WHERE operation = 'published' AND noun = 'issue') AS published) THEN\n        RAISE EXCEPTION 'a published issue is not at the desk, or is merged into another'\n            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'change_is_of_a_record';\n    END IF;\n    \n    EXECUTE $statement$SELECT FROM public.tracker_actor WHERE id IN (SELECT record FROM new_rows WHERE operation = 'published' AND noun = 'actor') AND merged_into_id IS NULL FOR KEY SHARE$statement$;\n    GET DIAGNOSTICS found = ROW_COUNT;\n    IF found < (SELECT count(*) FROM (SELECT record FROM new_rows WHERE operation = 'published' AND noun = 'actor') AS published) THEN\n        RAISE EXCEPTION 'a published actor is not at the desk, or is merged into another'\n            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'change_is_of_a_record';\n    END IF;\n    \n    EXECUTE $statement$SELECT FROM public.tracker_source WHERE id IN (SELECT record FROM new_rows WHERE operation = 'published' AND noun = 'source') AND merged_into_id IS NULL FOR KEY SHARE$statement$;\n    GET DIAGNOSTICS found = ROW_COUNT;\n    IF found < (SELECT count(*) FROM (SELECT record FROM new_rows WHERE operation = 'published' AND noun = 'source') AS published) THEN\n        RAISE EXCEPTION 'a published source is not at the desk, or is merged into another'\n            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'change_is_of_a_record';\n    END IF;\n    \n    EXECUTE $statement$SELECT FROM public.tracker_stance WHERE id IN (SELECT record FROM new_rows WHERE operation = 'published' AND noun = 'stance')  FOR KEY SHARE$statement$;\n    GET DIAGNOSTICS found = ROW_COUNT;\n    IF found < (SELECT count(*) FROM (SELECT record FROM new_rows WHERE operation = 'published' AND noun = 'stance') AS published) THEN\n        RAISE EXCEPTION 'a published stance is not at the desk, or is merged into another'\n            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'change_is_of_a_record';\n    END IF;\n    \n    EXECUTE $statement$SELECT FROM public.tracker_alignment WHERE id IN (SELECT record FROM new_rows WHERE operation = 'published' AND noun = 'alignment')  FOR KEY SHARE$statement$;\n    GET DIAGNOSTICS found = ROW_COUNT;\n    IF found < (SELECT count(*) FROM (SELECT record FROM new_rows WHERE operation = 'published' AND noun = 'alignment') AS published) THEN\n        RAISE EXCEPTION 'a published alignment is not at the desk, or is merged into another'\n            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'change_is_of_a_record';\n    END IF;\n    \n    EXECUTE $statement$SELECT FROM public.tracker_meeting WHERE id IN (SELECT record FROM new_rows WHERE operation = 'published' AND noun = 'meeting') AND merged_into_id IS NULL FOR KEY SHARE$statement$;\n    GET DIAGNOSTICS found = ROW_COUNT;\n    IF found < (SELECT count(*) FROM (SELECT record FROM new_rows WHERE operation = 'published' AND noun = 'meeting') AS published) THEN\n        RAISE EXCEPTION 'a published meeting is not at the desk, or is merged into another'\n            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'change_is_of_a_record';\n    END IF;\n     RETURN NULL;",
                    hash="cab94ed40f8e474481e5924b35196c165e215009",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_is_of_a_record_a98e2",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_change",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="change",
            trigger=pgtrigger.compiler.Trigger(
                name="merges_into_what_stands",
                sql=tracker.models.triggers.TriggerSql(
                    declare="DECLARE found boolean;",
                    func="\n                    EXECUTE $statement$\n    SELECT EXISTS (\n        SELECT FROM new_rows c WHERE c.operation = 'merged' AND NOT EXISTS (\n            SELECT FROM public.tracker_document d\n            WHERE d.noun = c.noun AND d.record = c.into AND d.record <> c.record AND d.closed IS NULL\n        )\n    )\n$statement$ INTO found;\n                    IF found THEN\n                        RAISE EXCEPTION 'into: what a record is merged into is another one, and public'\n                            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'change_merges_into_what_stands';\n                    END IF;\n                    RETURN NULL;\n                ",
                    hash="2220bd1308a4ad7220ac56f1ca94c66133c164dc",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_merges_into_what_stands_1d8e6",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_change",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coreinterest",
            trigger=pgtrigger.compiler.Trigger(
                name="names_what_stands",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n        IF (SELECT merged_into_id FROM public.tracker_actor WHERE id = NEW.actor_id FOR KEY SHARE) IS NOT NULL THEN\n            RAISE EXCEPTION 'actor: actor % was merged into another; name that one',\n                NEW.actor_id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'coreinterest_names_what_stands';\n        END IF;\n    RETURN NEW;",
                    hash="33418b57b3642bcf9059da84774d6c03af2960cc",
                    operation='INSERT OR UPDATE OF "actor_id"',
                    pgid="pgtrigger_names_what_stands_a631f",
                    table="tracker_coreinterest",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="discussion",
            trigger=pgtrigger.compiler.Trigger(
                name="names_what_stands",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n        IF (SELECT merged_into_id FROM public.tracker_issue WHERE id = NEW.issue_id FOR KEY SHARE) IS NOT NULL THEN\n            RAISE EXCEPTION 'issue: issue % was merged into another; name that one',\n                NEW.issue_id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'discussion_names_what_stands';\n        END IF;\n    RETURN NEW;",
                    hash="c03006342033abecc7e328383b7ad0d5b14b1c3f",
                    operation='INSERT OR UPDATE OF "issue_id"',
                    pgid="pgtrigger_names_what_stands_1e452",
                    table="tracker_discussion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issue",
            trigger=pgtrigger.compiler.Trigger(
                name="raises_version",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.version > OLD.version OR (NEW.ref, NEW.slug, NEW.title, NEW.question, NEW.summary, NEW.parent_id, NEW.themes, NEW.region, NEW.merged_into_id) IS DISTINCT FROM (OLD.ref, OLD.slug, OLD.title, OLD.question, OLD.summary, OLD.parent_id, OLD.themes, OLD.region, OLD.merged_into_id) THEN\n                NEW.version := OLD.version + 1;\n                IF NEW.state = OLD.state THEN\n                    NEW.state := 'editing';\n                END IF;\n            ELSIF NEW.state <> OLD.state THEN\n                NEW.version := OLD.version + 1;\n            ELSE\n                NEW.version := OLD.version;\n            END IF;\n            RETURN NEW;\n        ",
                    hash="f4c34814d655378fa8ba04817d7cd9963cae1485",
                    operation="UPDATE",
                    pgid="pgtrigger_raises_version_e8765",
                    table="tracker_issue",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issue",
            trigger=pgtrigger.compiler.Trigger(
                name="merges_into_what_stands",
                sql=tracker.models.triggers.TriggerSql(
                    condition="WHEN (NEW.merged_into_id IS NOT NULL)",
                    func="\n                PERFORM public.refuse_old_snapshot();\n                IF NEW.merged_into_id = NEW.id OR (\n                    SELECT merged_into_id FROM public.tracker_issue WHERE id = NEW.merged_into_id FOR KEY SHARE\n                ) IS NOT NULL THEN\n                    RAISE EXCEPTION 'merged_into: issue % was merged itself; name the one that stands',\n                        NEW.merged_into_id\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'issue_merges_into_what_stands';\n                END IF;\n                PERFORM FROM public.tracker_issue WHERE id = NEW.id FOR UPDATE;\n                \n        IF EXISTS (SELECT FROM public.tracker_issue t WHERE t.parent_id = NEW.id AND t.merged_into_id IS NULL) THEN\n            RAISE EXCEPTION 'issue % is still named by a issue; let it name the survivor first', NEW.id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'issue_is_named_no_more';\n        END IF;\n        \n        IF EXISTS (SELECT FROM public.tracker_stance t WHERE t.issue_id = NEW.id ) THEN\n            RAISE EXCEPTION 'issue % is still named by a stance; let it name the survivor first', NEW.id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'issue_is_named_no_more';\n        END IF;\n        \n        IF EXISTS (SELECT FROM public.tracker_alignment t WHERE t.issue_id = NEW.id ) THEN\n            RAISE EXCEPTION 'issue % is still named by a alignment; let it name the survivor first', NEW.id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'issue_is_named_no_more';\n        END IF;\n        \n        IF EXISTS (SELECT FROM public.tracker_discussion t WHERE t.issue_id = NEW.id AND EXISTS (SELECT FROM public.tracker_meeting o WHERE o.id = t.meeting_id AND o.merged_into_id IS NULL )) THEN\n            RAISE EXCEPTION 'issue % is still named by a discussion; let it name the survivor first', NEW.id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'issue_is_named_no_more';\n        END IF;\n        \n                RETURN NEW;\n            ",
                    hash="843af0621f391883fc18153ac2a5c1f0406e8680",
                    operation='INSERT OR UPDATE OF "merged_into_id"',
                    pgid="pgtrigger_merges_into_what_stands_3d8ef",
                    table="tracker_issue",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issue",
            trigger=pgtrigger.compiler.Trigger(
                name="stays_merged",
                sql=tracker.models.triggers.TriggerSql(
                    condition="WHEN (OLD.merged_into_id IS NOT NULL AND NEW.merged_into_id IS NOT NULL)",
                    func="\n                RAISE EXCEPTION 'issue % was merged into %: change that one, or undo the merge first',\n                    OLD.id, OLD.merged_into_id\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'issue_stays_merged';\n            ",
                    hash="120d7ef683582b67dff78ece7096107bc42f890c",
                    operation="UPDATE",
                    pgid="pgtrigger_stays_merged_03907",
                    table="tracker_issue",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issue",
            trigger=pgtrigger.compiler.Trigger(
                name="names_what_stands",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n        IF (SELECT merged_into_id FROM public.tracker_issue WHERE id = NEW.parent_id FOR KEY SHARE) IS NOT NULL THEN\n            RAISE EXCEPTION 'parent: issue % was merged into another; name that one',\n                NEW.parent_id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'issue_names_what_stands';\n        END IF;\n    RETURN NEW;",
                    hash="1b7f1633280d5961de80a62fe2378f27ea28898a",
                    operation='INSERT OR UPDATE OF "parent_id"',
                    pgid="pgtrigger_names_what_stands_99061",
                    table="tracker_issue",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="raises_version",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.version > OLD.version OR (NEW.ref, NEW.title, NEW.kind, NEW.status, NEW.since, NEW.until, NEW.place, NEW.country, NEW.series, NEW.summary, NEW.merged_into_id) IS DISTINCT FROM (OLD.ref, OLD.title, OLD.kind, OLD.status, OLD.since, OLD.until, OLD.place, OLD.country, OLD.series, OLD.summary, OLD.merged_into_id) THEN\n                NEW.version := OLD.version + 1;\n                IF NEW.state = OLD.state THEN\n                    NEW.state := 'editing';\n                END IF;\n            ELSIF NEW.state <> OLD.state THEN\n                NEW.version := OLD.version + 1;\n            ELSE\n                NEW.version := OLD.version;\n            END IF;\n            RETURN NEW;\n        ",
                    hash="8cd8acfcef2387bf14fcb69759553f3314ab6cff",
                    operation="UPDATE",
                    pgid="pgtrigger_raises_version_32d70",
                    table="tracker_meeting",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="merges_into_what_stands",
                sql=tracker.models.triggers.TriggerSql(
                    condition="WHEN (NEW.merged_into_id IS NOT NULL)",
                    func="\n                PERFORM public.refuse_old_snapshot();\n                IF NEW.merged_into_id = NEW.id OR (\n                    SELECT merged_into_id FROM public.tracker_meeting WHERE id = NEW.merged_into_id FOR KEY SHARE\n                ) IS NOT NULL THEN\n                    RAISE EXCEPTION 'merged_into: meeting % was merged itself; name the one that stands',\n                        NEW.merged_into_id\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_merges_into_what_stands';\n                END IF;\n                PERFORM FROM public.tracker_meeting WHERE id = NEW.id FOR UPDATE;\n                \n                RETURN NEW;\n            ",
                    hash="8b95a25dec4b716805ba6ecfdf374e9f5c4f6d23",
                    operation='INSERT OR UPDATE OF "merged_into_id"',
                    pgid="pgtrigger_merges_into_what_stands_2cd1e",
                    table="tracker_meeting",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="stays_merged",
                sql=tracker.models.triggers.TriggerSql(
                    condition="WHEN (OLD.merged_into_id IS NOT NULL AND NEW.merged_into_id IS NOT NULL)",
                    func="\n                RAISE EXCEPTION 'meeting % was merged into %: change that one, or undo the merge first',\n                    OLD.id, OLD.merged_into_id\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_stays_merged';\n            ",
                    hash="7c39d716386f9ea652c8263cfce999b379b543a9",
                    operation="UPDATE",
                    pgid="pgtrigger_stays_merged_12daa",
                    table="tracker_meeting",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="names_what_stands",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n        IF (SELECT merged_into_id FROM public.tracker_source WHERE id = NEW.source_id FOR KEY SHARE) IS NOT NULL THEN\n            RAISE EXCEPTION 'source: source % was merged into another; name that one',\n                NEW.source_id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'meetingcitation_names_what_stands';\n        END IF;\n    RETURN NEW;",
                    hash="6412c99a79f01dc84f68e2292c463d1d75be989f",
                    operation='INSERT OR UPDATE OF "source_id"',
                    pgid="pgtrigger_names_what_stands_85955",
                    table="tracker_meetingcitation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="names_what_stands",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n        IF (SELECT merged_into_id FROM public.tracker_actor WHERE id = NEW.organization_id FOR KEY SHARE) IS NOT NULL THEN\n            RAISE EXCEPTION 'organization: actor % was merged into another; name that one',\n                NEW.organization_id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_names_what_stands';\n        END IF;\n    \n        IF (SELECT merged_into_id FROM public.tracker_source WHERE id = NEW.source_id FOR KEY SHARE) IS NOT NULL THEN\n            RAISE EXCEPTION 'source: source % was merged into another; name that one',\n                NEW.source_id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_names_what_stands';\n        END IF;\n    RETURN NEW;",
                    hash="97700e450dbbbbde2630e3188ce6094ad1e8ad0c",
                    operation='INSERT OR UPDATE OF "organization_id", "source_id"',
                    pgid="pgtrigger_names_what_stands_d6797",
                    table="tracker_membership",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participant",
            trigger=pgtrigger.compiler.Trigger(
                name="names_what_stands",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n        IF (SELECT merged_into_id FROM public.tracker_actor WHERE id = NEW.actor_id FOR KEY SHARE) IS NOT NULL THEN\n            RAISE EXCEPTION 'actor: actor % was merged into another; name that one',\n                NEW.actor_id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'participant_names_what_stands';\n        END IF;\n    \n        IF (SELECT merged_into_id FROM public.tracker_actor WHERE id = NEW.represented_by_id FOR KEY SHARE) IS NOT NULL THEN\n            RAISE EXCEPTION 'represented_by: actor % was merged into another; name that one',\n                NEW.represented_by_id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'participant_names_what_stands';\n        END IF;\n    RETURN NEW;",
                    hash="882ca408c4a6825ddb3c66cfe37eb83b34d4531a",
                    operation='INSERT OR UPDATE OF "actor_id", "represented_by_id"',
                    pgid="pgtrigger_names_what_stands_400a2",
                    table="tracker_participant",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="raises_version",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.version > OLD.version OR (NEW.ref, NEW.type, NEW.title, NEW.authors, NEW.publisher, NEW.container_title, NEW.issued, NEW.url, NEW.archive_url, NEW.accessed_on, NEW.language, NEW.keywords, NEW.outlet, NEW.reliability, NEW.merged_into_id) IS DISTINCT FROM (OLD.ref, OLD.type, OLD.title, OLD.authors, OLD.publisher, OLD.container_title, OLD.issued, OLD.url, OLD.archive_url, OLD.accessed_on, OLD.language, OLD.keywords, OLD.outlet, OLD.reliability, OLD.merged_into_id) THEN\n                NEW.version := OLD.version + 1;\n                IF NEW.state = OLD.state THEN\n                    NEW.state := 'editing';\n                END IF;\n            ELSIF NEW.state <> OLD.state THEN\n                NEW.version := OLD.version + 1;\n            ELSE\n                NEW.version := OLD.version;\n            END IF;\n            RETURN NEW;\n        ",
                    hash="83536acd8c9aa963a11dbefbb1861fa311ddf503",
                    operation="UPDATE",
                    pgid="pgtrigger_raises_version_51bb1",
                    table="tracker_source",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="merges_into_what_stands",
                sql=tracker.models.triggers.TriggerSql(
                    condition="WHEN (NEW.merged_into_id IS NOT NULL)",
                    func="\n                PERFORM public.refuse_old_snapshot();\n                IF NEW.merged_into_id = NEW.id OR (\n                    SELECT merged_into_id FROM public.tracker_source WHERE id = NEW.merged_into_id FOR KEY SHARE\n                ) IS NOT NULL THEN\n                    RAISE EXCEPTION 'merged_into: source % was merged itself; name the one that stands',\n                        NEW.merged_into_id\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'source_merges_into_what_stands';\n                END IF;\n                PERFORM FROM public.tracker_source WHERE id = NEW.id FOR UPDATE;\n                \n        IF EXISTS (SELECT FROM public.tracker_membership t WHERE t.source_id = NEW.id AND EXISTS (SELECT FROM public.tracker_actor o WHERE o.id = t.actor_id AND o.merged_into_id IS NULL )) THEN\n            RAISE EXCEPTION 'source % is still named by a membership; let it name the survivor first', NEW.id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'source_is_named_no_more';\n        END IF;\n        \n        IF EXISTS (SELECT FROM public.tracker_stancecitation t WHERE t.source_id = NEW.id ) THEN\n            RAISE EXCEPTION 'source % is still named by a stancecitation; let it name the survivor first', NEW.id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'source_is_named_no_more';\n        END IF;\n        \n        IF EXISTS (SELECT FROM public.tracker_alignmentcitation t WHERE t.source_id = NEW.id ) THEN\n            RAISE EXCEPTION 'source % is still named by a alignmentcitation; let it name the survivor first', NEW.id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'source_is_named_no_more';\n        END IF;\n        \n        IF EXISTS (SELECT FROM public.tracker_meetingcitation t WHERE t.source_id = NEW.id AND EXISTS (SELECT FROM public.tracker_meeting o WHERE o.id = t.meeting_id AND o.merged_into_id IS NULL )) THEN\n            RAISE EXCEPTION 'source % is still named by a meetingcitation; let it name the survivor first', NEW.id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'source_is_named_no_more';\n        END IF;\n        \n                RETURN NEW;\n            ",
                    hash="605b935738b3ca4bb90f9cb366738f7a948bc0d3",
                    operation='INSERT OR UPDATE OF "merged_into_id"',
                    pgid="pgtrigger_merges_into_what_stands_a4748",
                    table="tracker_source",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="stays_merged",
                sql=tracker.models.triggers.TriggerSql(
                    condition="WHEN (OLD.merged_into_id IS NOT NULL AND NEW.merged_into_id IS NOT NULL)",
                    func="\n                RAISE EXCEPTION 'source % was merged into %: change that one, or undo the merge first',\n                    OLD.id, OLD.merged_into_id\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'source_stays_merged';\n            ",
                    hash="c1db79572b50950f4ec12b22f0e50716366766c9",
                    operation="UPDATE",
                    pgid="pgtrigger_stays_merged_f1ccf",
                    table="tracker_source",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stance",
            trigger=pgtrigger.compiler.Trigger(
                name="names_what_stands",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n        IF (SELECT merged_into_id FROM public.tracker_actor WHERE id = NEW.actor_id FOR KEY SHARE) IS NOT NULL THEN\n            RAISE EXCEPTION 'actor: actor % was merged into another; name that one',\n                NEW.actor_id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'stance_names_what_stands';\n        END IF;\n    \n        IF (SELECT merged_into_id FROM public.tracker_issue WHERE id = NEW.issue_id FOR KEY SHARE) IS NOT NULL THEN\n            RAISE EXCEPTION 'issue: issue % was merged into another; name that one',\n                NEW.issue_id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'stance_names_what_stands';\n        END IF;\n    \n        IF (SELECT merged_into_id FROM public.tracker_actor WHERE id = NEW.defers_to_id FOR KEY SHARE) IS NOT NULL THEN\n            RAISE EXCEPTION 'defers_to: actor % was merged into another; name that one',\n                NEW.defers_to_id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'stance_names_what_stands';\n        END IF;\n    RETURN NEW;",
                    hash="b8ba76231a5ee559e4139bab477e178861ec4e51",
                    operation='INSERT OR UPDATE OF "actor_id", "issue_id", "defers_to_id"',
                    pgid="pgtrigger_names_what_stands_6ad96",
                    table="tracker_stance",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stancecitation",
            trigger=pgtrigger.compiler.Trigger(
                name="names_what_stands",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n        IF (SELECT merged_into_id FROM public.tracker_source WHERE id = NEW.source_id FOR KEY SHARE) IS NOT NULL THEN\n            RAISE EXCEPTION 'source: source % was merged into another; name that one',\n                NEW.source_id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'stancecitation_names_what_stands';\n        END IF;\n    RETURN NEW;",
                    hash="a787f5d5fbd99b109a3b2a6d3f1171a8d303fe9d",
                    operation='INSERT OR UPDATE OF "source_id"',
                    pgid="pgtrigger_names_what_stands_f9077",
                    table="tracker_stancecitation",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="actor",
            constraint=models.UniqueConstraint(
                condition=models.Q(("merged_into__isnull", True)),
                fields=("iso3",),
                name="actor_iso3_is_of_one",
                violation_error_message="iso3: another actor has this country code; use that one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(
                condition=models.Q(models.Q(("url", ""), _negated=True), ("merged_into__isnull", True)),
                fields=("url_key", "issued", "archive_url"),
                name="source_once_per_address_and_day",
                violation_error_message="url: this address is a source already; tell them apart by “issued” or “archive_url”, or use that source.",
            ),
        ),
    ]
