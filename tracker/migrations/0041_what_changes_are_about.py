"""Each edition notes which actors and issues its changes are about, so that the feed narrowed to some is looked up."""

import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import tracker.models.triggers

# One plan does for any number of rows, also of tables of which nothing is known yet: row by row, each looked up by an
# index that OFFSET 0 leaves no choice but to use.
FUNCTION = """
-- Note what the changes of an edition are about: what they are of, what their documents name, and all issues above.
-- Trees of before and of now are one here, in which two issues may be above each other.
CREATE FUNCTION public.note_subjects(made int) RETURNS void
LANGUAGE plpgsql VOLATILE STRICT SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
BEGIN
    INSERT INTO public.tracker_changesubject (noun, record, edition, positions)
    WITH RECURSIVE about (noun, record, positions) AS (
        SELECT noun, record, array_agg(position) FROM (
            SELECT c.noun, c.record, c.position FROM public.tracker_change c
            WHERE c.edition = made AND c.noun IN ('actor', 'issue')
            UNION ALL
            SELECT m.named_noun, m.named, c.position FROM public.tracker_change c
            CROSS JOIN LATERAL (
                SELECT id, opened, closed FROM public.tracker_document
                WHERE noun = c.noun AND record = c.record OFFSET 0
            ) d
            CROSS JOIN LATERAL (
                SELECT named_noun, named FROM public.tracker_mention
                WHERE noun = c.noun AND document = d.id OFFSET 0
            ) m
            WHERE c.edition = made AND made IN (d.opened, d.closed) AND m.named_noun IN ('actor', 'issue')
        ) AS named GROUP BY noun, record
        UNION
        SELECT a.noun, d.parent, a.positions FROM about a
        CROSS JOIN LATERAL (
            SELECT parent, opened, gone FROM public.tracker_issuedocument WHERE record = a.record OFFSET 0
        ) d
        WHERE a.noun = 'issue' AND d.parent IS NOT NULL AND d.opened <= made AND d.gone >= made
    )
    SELECT a.noun, a.record, made, array_agg(DISTINCT position ORDER BY position)
    FROM about a CROSS JOIN LATERAL unnest(a.positions) AS position GROUP BY a.noun, a.record;
END $$;
REVOKE ALL ON FUNCTION public.note_subjects FROM PUBLIC;
"""
APPLICATION, READER = settings.APPLICATION, settings.READER
RIGHTS = f"""
REVOKE INSERT, UPDATE, DELETE ON tracker_changesubject FROM {APPLICATION};
GRANT SELECT ON tracker_changesubject TO {READER};
"""
OF_WHAT_IS_THERE = "SELECT public.note_subjects(number) FROM public.tracker_edition ORDER BY number"


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0040_constraints_name_their_field"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChangeSubject",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "noun", "record", "edition", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("noun", models.CharField(max_length=20)),
                ("record", models.IntegerField(help_text="The id of the actor or issue.")),
                ("edition", models.IntegerField(help_text="The number of the edition.")),
                (
                    "positions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(),
                        help_text="The places of the changes within the edition, ascending.",
                        size=None,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION public.note_subjects"),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
        migrations.RunSQL(OF_WHAT_IS_THERE, migrations.RunSQL.noop),
        pgtrigger.migrations.RemoveTrigger(
            model_name="edition",
            name="proves_itself",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="edition",
            trigger=pgtrigger.compiler.Trigger(
                name="proves_itself",
                sql=tracker.models.triggers.TriggerSql(
                    constraint="CONSTRAINT",
                    func="\n                    PERFORM public.check_edition(NEW.number);\n                    PERFORM public.note_subjects(NEW.number);\n                    PERFORM public.add_link(NEW.number);\n                    RETURN NULL;\n                ",
                    hash="a2f807ab238cac9de169a79b74ca05532111cd44",
                    operation="INSERT",
                    pgid="pgtrigger_proves_itself_e5449",
                    table="tracker_edition",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="changesubject",
            constraint=models.CheckConstraint(
                condition=models.Q(("noun__in", ["actor", "issue"])), name="changesubject_noun_is_known"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changesubject",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="3286afe45c7702f67f5dd049b355a20aa7231f91",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_append_only_a5294",
                    table="tracker_changesubject",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changesubject",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="2d05a863d63539ca0936ca7172d83969ef364b06",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_960fe",
                    table="tracker_changesubject",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changesubject",
            trigger=pgtrigger.compiler.Trigger(
                name="happens_now",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF EXISTS (SELECT FROM new_rows WHERE edition IS DISTINCT FROM (SELECT public.edition_being_made())) THEN\n                RAISE EXCEPTION '%.edition: not the edition being made in this transaction', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="adc77378f3c1dabb848eb787f3b5ddbb14c06604",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_happens_now_94bc3",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_changesubject",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(tracker.models.triggers.SECURED, migrations.RunSQL.noop),
        migrations.RunSQL("ANALYZE public.tracker_changesubject", migrations.RunSQL.noop),
    ]
