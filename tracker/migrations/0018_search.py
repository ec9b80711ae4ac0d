"""Documents know their words, in which they are searched; what is published already learns them here."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations, models

import tracker.models.triggers

DOCUMENTS = [f"{noun}document" for noun in ("issue", "actor", "source", "stance", "alignment", "meeting")]
WORDS = r"""
-- Words are compared without accents and case; of no language, so no ending is cut off and no word left out.
CREATE TEXT SEARCH CONFIGURATION public.tracker (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION public.tracker
    DROP MAPPING FOR url, url_path, host, file, email, float, sfloat, version;
ALTER TEXT SEARCH CONFIGURATION public.tracker
    ALTER MAPPING FOR asciiword, word, numword, asciihword, hword, numhword, hword_asciipart, hword_part, hword_numpart
    WITH public.unaccent, pg_catalog.simple;

-- The words of a document: A its own names, B the names that it refers to, C its texts.
CREATE FUNCTION public.document_words(body text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    config regconfig := 'public.tracker';
    -- Chinese and Japanese have no spaces: each character is a word, and what is asked for a phrase of them.
    doc jsonb := CASE WHEN body ~ '[\u2E80-\u9FFF\uF900-\uFAFF\U00020000-\U0003FFFF]'
        THEN regexp_replace(body, '([\u2E80-\u9FFF\uF900-\uFAFF\U00020000-\U0003FFFF])', ' \1 ', 'g')
        ELSE body END;
    names jsonb := jsonb_build_array(doc -> 'name', doc -> 'title', doc -> 'short_name', doc -> 'names', doc -> 'aliases');
    named jsonb := jsonb_path_query_array(doc, '$.*.name') || jsonb_path_query_array(doc, '$.*.*.name');
    texts jsonb := jsonb_build_array(
        doc -> 'summary', doc -> 'question', doc -> 'standing_note', doc -> 'iso3', doc -> 'place', doc -> 'series',
        doc -> 'publisher', doc -> 'container_title', doc -> 'authors', doc -> 'keywords',
        jsonb_path_query_array(doc, '$.citations[*].quote'), jsonb_path_query_array(doc, '$.citations[*].locator'),
        jsonb_path_query_array(doc, '$.core_interests[*].note'), jsonb_path_query_array(doc, '$.memberships[*].role'),
        jsonb_path_query_array(doc, '$.issues[*].outcome')
    );
BEGIN
    IF octet_length(body) > 500000 THEN
        texts := '[]';  -- more words than PostgreSQL can keep of one document
    END IF;
    RETURN setweight(to_tsvector(config, names), 'A') || setweight(to_tsvector(config, named), 'B')
        || setweight(to_tsvector(config, texts), 'C');
END $$;

CREATE FUNCTION public.name_words(words tsvector) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    RETURN array_to_string(tsvector_to_array(ts_filter(words, '{a}')), ' ');
END $$;
"""
QUERY = r"""
-- What a search asks for: exactly that, and widened by near spellings of its bare words among the names of actors and
-- issues that stood in an edition. A word that is itself one of these names is not widened.
CREATE FUNCTION public.search_query(said text, bare text, made int, OUT exact tsquery, OUT wide tsquery)
LANGUAGE plpgsql STABLE PARALLEL SAFE SET pg_trgm.word_similarity_threshold = 0.35 AS $$
DECLARE
    word text;
    near text;
BEGIN
    exact := websearch_to_tsquery('public.tracker', said);
    wide := exact;
    FOREACH word IN ARRAY (tsvector_to_array(to_tsvector('public.tracker', bare)))[1:20] LOOP
        CONTINUE WHEN length(word) < 4 OR word ~ '[0-9\\]';
        SELECT string_agg(quote_literal(n.name), ' | ') INTO near FROM (
            SELECT w.lexeme AS name, max(public.similarity(w.lexeme, word)) AS how
            FROM (
                SELECT search FROM public.tracker_actordocument
                WHERE public.name_words(search) OPERATOR(public.%>) word AND opened <= made AND gone > made
                UNION ALL
                SELECT search FROM public.tracker_issuedocument
                WHERE public.name_words(search) OPERATOR(public.%>) word AND opened <= made AND gone > made
            ) d CROSS JOIN LATERAL unnest(ts_filter(d.search, '{a}')) w
            WHERE public.similarity(w.lexeme, word) >= 0.38 AND w.lexeme !~ '\\'
            GROUP BY w.lexeme ORDER BY how DESC, name LIMIT 3
        ) n HAVING max(n.how) < 1;
        IF near IS NOT NULL THEN
            wide := ts_rewrite(wide, quote_literal(word)::tsquery, (quote_literal(word) || ' | ' || near)::tsquery);
        END IF;
    END LOOP;
END $$;
"""
# As a generated column it is filled in for what is there; from then on the trigger does it, and on opening only.
ADD = "".join(
    f"ALTER TABLE public.tracker_{table} ADD COLUMN search tsvector NOT NULL "
    "GENERATED ALWAYS AS (public.document_words(body)) STORED;"
    f"ALTER TABLE public.tracker_{table} ALTER COLUMN search DROP EXPRESSION;"
    for table in DOCUMENTS
)
TAKE_AWAY = "".join(f"ALTER TABLE public.tracker_{table} DROP COLUMN search;" for table in DOCUMENTS)
FORGET_WORDS = """
DROP FUNCTION public.name_words, public.document_words;
DROP TEXT SEARCH CONFIGURATION public.tracker;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0017_idempotency"),
    ]

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(WORDS, FORGET_WORDS),
        migrations.RunSQL(
            ADD,
            TAKE_AWAY,
            state_operations=[
                migrations.AddField(
                    model_name=table,
                    name="search",
                    field=django.contrib.postgres.search.SearchVectorField(
                        help_text="The words of the body, names first."
                    ),
                )
                for table in DOCUMENTS
            ],
        ),
        migrations.AddIndex(
            model_name="actordocument",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("closed__isnull", True)), fields=["search"], name="actor_search_now"
            ),
        ),
        migrations.AddIndex(
            model_name="actordocument",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("closed__isnull", False)), fields=["search"], name="actor_search_closed"
            ),
        ),
        migrations.AddIndex(
            model_name="actordocument",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    models.Func("search", function="public.name_words"), "gin_trgm_ops"
                ),
                name="actor_names",
            ),
        ),
        migrations.AddIndex(
            model_name="alignmentdocument",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("closed__isnull", True)), fields=["search"], name="alignment_search_now"
            ),
        ),
        migrations.AddIndex(
            model_name="alignmentdocument",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("closed__isnull", False)), fields=["search"], name="alignment_search_closed"
            ),
        ),
        migrations.AddIndex(
            model_name="issuedocument",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("closed__isnull", True)), fields=["search"], name="issue_search_now"
            ),
        ),
        migrations.AddIndex(
            model_name="issuedocument",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("closed__isnull", False)), fields=["search"], name="issue_search_closed"
            ),
        ),
        migrations.AddIndex(
            model_name="issuedocument",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    models.Func("search", function="public.name_words"), "gin_trgm_ops"
                ),
                name="issue_names",
            ),
        ),
        migrations.AddIndex(
            model_name="meetingdocument",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("closed__isnull", True)), fields=["search"], name="meeting_search_now"
            ),
        ),
        migrations.AddIndex(
            model_name="meetingdocument",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("closed__isnull", False)), fields=["search"], name="meeting_search_closed"
            ),
        ),
        migrations.AddIndex(
            model_name="sourcedocument",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("closed__isnull", True)), fields=["search"], name="source_search_now"
            ),
        ),
        migrations.AddIndex(
            model_name="sourcedocument",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("closed__isnull", False)), fields=["search"], name="source_search_closed"
            ),
        ),
        migrations.AddIndex(
            model_name="stancedocument",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("closed__isnull", True)), fields=["search"], name="stance_search_now"
            ),
        ),
        migrations.AddIndex(
            model_name="stancedocument",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("closed__isnull", False)), fields=["search"], name="stance_search_closed"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actordocument",
            trigger=pgtrigger.compiler.Trigger(
                name="knows_its_words",
                sql=tracker.models.triggers.TriggerSql(
                    func="NEW.search := public.document_words(NEW.body); RETURN NEW;",
                    hash="93618816d89d44d8932e2f17ae20dc0c10be497b",
                    operation="INSERT",
                    pgid="pgtrigger_knows_its_words_c3af8",
                    table="tracker_actordocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignmentdocument",
            trigger=pgtrigger.compiler.Trigger(
                name="knows_its_words",
                sql=tracker.models.triggers.TriggerSql(
                    func="NEW.search := public.document_words(NEW.body); RETURN NEW;",
                    hash="7b6f9676c084e6513997cc3f6adff88d80c3eeb9",
                    operation="INSERT",
                    pgid="pgtrigger_knows_its_words_d0d14",
                    table="tracker_alignmentdocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issuedocument",
            trigger=pgtrigger.compiler.Trigger(
                name="knows_its_words",
                sql=tracker.models.triggers.TriggerSql(
                    func="NEW.search := public.document_words(NEW.body); RETURN NEW;",
                    hash="d676b28c223c713ae99c9a51430cac96ecd4b66e",
                    operation="INSERT",
                    pgid="pgtrigger_knows_its_words_4c2d1",
                    table="tracker_issuedocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingdocument",
            trigger=pgtrigger.compiler.Trigger(
                name="knows_its_words",
                sql=tracker.models.triggers.TriggerSql(
                    func="NEW.search := public.document_words(NEW.body); RETURN NEW;",
                    hash="9b6629c60ac67147b2dced021b610ecbce603353",
                    operation="INSERT",
                    pgid="pgtrigger_knows_its_words_2ecec",
                    table="tracker_meetingdocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourcedocument",
            trigger=pgtrigger.compiler.Trigger(
                name="knows_its_words",
                sql=tracker.models.triggers.TriggerSql(
                    func="NEW.search := public.document_words(NEW.body); RETURN NEW;",
                    hash="ee3e969b11c37adbe59f1d3a68783ef0886f81eb",
                    operation="INSERT",
                    pgid="pgtrigger_knows_its_words_ccd6e",
                    table="tracker_sourcedocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stancedocument",
            trigger=pgtrigger.compiler.Trigger(
                name="knows_its_words",
                sql=tracker.models.triggers.TriggerSql(
                    func="NEW.search := public.document_words(NEW.body); RETURN NEW;",
                    hash="609de773c7095dbc0a40d853df057e950893ca55",
                    operation="INSERT",
                    pgid="pgtrigger_knows_its_words_4aba2",
                    table="tracker_stancedocument",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(QUERY, "DROP FUNCTION public.search_query"),
    ]
