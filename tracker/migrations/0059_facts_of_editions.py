"""Columns of sources are filled from documents, and all editions get their facts.

Readers are answered meanwhile: nothing here locks them out. Nobody publishes, as the columns allow no old document.
"""

import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

from tracker.models.triggers import Functions

READER, APPLICATION = settings.READER, settings.APPLICATION
FILL = """
    ALTER TABLE public.tracker_{noun}document DISABLE TRIGGER USER;
    UPDATE public.tracker_{noun}document d SET backing = ARRAY(
        SELECT DISTINCT (c -> 'source' ->> 'id')::int
        FROM json_array_elements(CASE WHEN d.body IS JSON OBJECT THEN d.body::json -> 'citations' END) c
        WHERE c ->> 'relation' = 'supports' ORDER BY 1
    ), cited = ARRAY(
        SELECT named FROM public.tracker_mention
        WHERE noun = '{noun}' AND document = d.id AND named_noun = 'source' ORDER BY named
    );
    ALTER TABLE public.tracker_{noun}document ENABLE TRIGGER USER;
"""
COUNT = """
    DO $$ BEGIN
        FOR made IN 1 .. (SELECT coalesce(max(number), 0) FROM public.tracker_edition) LOOP
            INSERT INTO public.tracker_editionfacts
                (edition, records, independent, with_address, sourceless, coded, until)
            SELECT made, f.records, f.independent, f.with_address, f.sourceless, f.coded, public.edition_covers(made)
            FROM public.facts_of(made) f;
        END LOOP;
    END $$
"""
GUARDS = f"""
    CREATE TRIGGER is_append_only BEFORE DELETE OR UPDATE ON public.tracker_editionfacts
        FOR EACH ROW EXECUTE FUNCTION public.refuse('it is append-only');
    CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_editionfacts
        FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('it is append-only');
    CREATE TRIGGER happens_now AFTER INSERT ON public.tracker_editionfacts REFERENCING NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION public.write_edition('edition');
    REVOKE INSERT, UPDATE, DELETE ON public.tracker_editionfacts FROM {APPLICATION};
    GRANT SELECT ON public.tracker_editionfacts TO {READER};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0058_sources_of_claims"),
    ]

    operations = [
        migrations.RunSQL(FILL.format(noun="alignment"), migrations.RunSQL.noop),
        migrations.RunSQL(FILL.format(noun="stance"), migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="alignmentdocument",
            index=models.Index(
                condition=models.Q(("confirmed_on__isnull", False)),
                fields=["confirmed_on", "opened", "gone"],
                name="alignment_document_confirmed",
            ),
        ),
        migrations.AddIndex(
            model_name="alignmentdocument",
            index=models.Index(
                models.F("issue"),
                django.db.models.functions.comparison.Least("actor", "counterpart"),
                django.db.models.functions.comparison.Greatest("actor", "counterpart"),
                models.F("opened"),
                models.F("gone"),
                name="alignment_document_subject",
            ),
        ),
        migrations.AddIndex(
            model_name="sourcedocument",
            index=models.Index(
                condition=models.Q(("derives_from__isnull", False)),
                fields=["derives_from", "record"],
                name="source_derives_from_ever",
            ),
        ),
        migrations.AddIndex(
            model_name="sourcedocument",
            index=models.Index(
                models.Func("issued", function="lower"),
                models.F("opened"),
                models.F("gone"),
                name="source_document_issued",
            ),
        ),
        migrations.AddIndex(
            model_name="stancedocument",
            index=models.Index(
                condition=models.Q(("confirmed_on__isnull", False)),
                fields=["confirmed_on", "opened", "gone"],
                name="stance_document_confirmed",
            ),
        ),
        migrations.AddIndex(
            model_name="stancedocument",
            index=models.Index(
                models.F("issue"),
                models.F("actor"),
                models.F("opened"),
                models.F("gone"),
                name="stance_document_subject",
            ),
        ),
        Functions(facts="163d5e0ffdd1", editions="7ab147a21bc9"),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
