"""Changes know which actors and issues they are about, so that the feed narrowed to some is looked up."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import tracker.models.triggers

ABOUT = """
-- What a change is about: actors that it is of, or that a document named which the edition closed or opened; issues
-- likewise, and all above them, in the tree as it was before the edition and as it was in it, so that what moves is told
-- on both sides. By indexes whatever PostgreSQL thinks of tables that an edition is about to fill.
CREATE FUNCTION public.change_about(made int, of_noun text, of_record int, OUT actors int[], OUT issues int[])
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
BEGIN
    WITH RECURSIVE named (noun, record) AS (
        SELECT of_noun, of_record
        UNION
        SELECT m.named_noun, m.named FROM public.tracker_document d
        JOIN public.tracker_mention m ON m.noun = d.noun AND m.document = d.id
        WHERE d.noun = of_noun AND d.record = of_record AND made IN (d.opened, d.closed)
    ), above (record) AS (
        SELECT record FROM named WHERE noun = 'issue'
        UNION
        SELECT i.parent FROM above a JOIN public.tracker_issuedocument i
        ON i.record = a.record AND i.opened <= made AND i.gone >= made WHERE i.parent IS NOT NULL
    )
    SELECT ARRAY(SELECT record FROM named WHERE noun = 'actor' ORDER BY record), ARRAY(SELECT record FROM above ORDER BY record)
    INTO actors, issues;
END $$;
"""
# The owner's: the table is written anew, without an update of which a trigger would hear.
OF_WHAT_IS_THERE = """
ALTER TABLE public.tracker_change
    ALTER COLUMN actors TYPE int[] USING (public.change_about(edition, noun, record)).actors,
    ALTER COLUMN issues TYPE int[] USING (public.change_about(edition, noun, record)).issues;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0033_chain_holds"),
    ]

    operations = [
        migrations.AddField(
            model_name="change",
            name="actors",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.IntegerField(),
                db_default=[],
                help_text="The actor that it is of, and those that it named or names.",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="change",
            name="issues",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.IntegerField(),
                db_default=[],
                help_text="The issues that it is of or about, and all above them.",
                size=None,
            ),
        ),
        migrations.RunSQL(ABOUT, "DROP FUNCTION public.change_about"),
        migrations.RunSQL(OF_WHAT_IS_THERE, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="change",
            index=django.contrib.postgres.indexes.GinIndex(fields=["actors", "issues"], name="change_about"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="change",
            trigger=pgtrigger.compiler.Trigger(
                name="knows_what_it_is_about",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n                    SELECT a.actors, a.issues INTO NEW.actors, NEW.issues\n                    FROM public.change_about(NEW.edition, NEW.noun, NEW.record) a;\n                    RETURN NEW;\n                ",
                    hash="3512112a62a9f447e88126b8a1b6b72a0ec2f3ac",
                    operation="INSERT",
                    pgid="pgtrigger_knows_what_it_is_about_c2b1c",
                    table="tracker_change",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(tracker.models.triggers.SECURED, migrations.RunSQL.noop),
        migrations.RunSQL("ANALYZE public.tracker_change", migrations.RunSQL.noop),
    ]
