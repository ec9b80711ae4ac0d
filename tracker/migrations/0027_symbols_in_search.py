"""Symbols such as A/RES/71/102, usip.org and 1.5 are words too, whole and in parts; names come first."""

import django.contrib.postgres.indexes
from django.db import migrations, models

DOCUMENTS = [f"{noun}document" for noun in ("issue", "actor", "source", "stance", "alignment", "meeting")]
NAMES = {
    table: django.contrib.postgres.indexes.GinIndex(
        models.Func("search", function="ts_filter", template="%(function)s(%(expressions)s, '{a}')"),
        name=f"{table.removesuffix('document')}_own_names",
    )
    for table in ("actordocument", "issuedocument")
}
WORDS = r"""
ALTER TEXT SEARCH CONFIGURATION public.tracker ADD MAPPING FOR sfloat WITH public.unaccent, pg_catalog.simple;

-- Texts with their words apart, composed (NFC). PostgreSQL takes what has a slash, a point or an @ for a file, a host, a
-- number …, of which each would be one word; here its parts are words one after the other, and what is asked for is a
-- phrase of them, or of some. It is JSON that is changed, as text: none of these signs belongs to its own.
CREATE FUNCTION public.parted(texts jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    said text := regexp_replace(translate(normalize(texts::text), '/.~@<>&+', '        '), '-(?=[0-9])', ' ', 'g');
BEGIN
    -- Chinese and Japanese have no spaces: each character is a word, and what is asked for a phrase of them.
    IF said ~ '[\u2E80-\u9FFF\uF900-\uFAFF\U00020000-\U0003FFFF]' THEN
        said := regexp_replace(said, '([\u2E80-\u9FFF\uF900-\uFAFF\U00020000-\U0003FFFF])', ' \1 ', 'g');
    END IF;
    RETURN said;
END $$;

-- The words of a document: A its own names, B the names that it refers to, C its texts.
CREATE OR REPLACE FUNCTION public.document_words(body text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    config regconfig := 'public.tracker';
    doc jsonb := body;
    names jsonb := jsonb_build_array(doc -> 'name', doc -> 'title', doc -> 'short_name', doc -> 'names', doc -> 'aliases');
    named jsonb := jsonb_path_query_array(doc, '$.*.name') || jsonb_path_query_array(doc, '$.*.*.name');
    texts jsonb := jsonb_build_array(
        doc -> 'summary', doc -> 'question', doc -> 'standing_note', doc -> 'iso3', doc -> 'place', doc -> 'series',
        doc -> 'publisher', doc -> 'container_title', doc -> 'authors', doc -> 'keywords', doc -> 'url',
        jsonb_path_query_array(doc, '$.citations[*].quote'), jsonb_path_query_array(doc, '$.citations[*].locator'),
        jsonb_path_query_array(doc, '$.core_interests[*].note'), jsonb_path_query_array(doc, '$.memberships[*].role'),
        jsonb_path_query_array(doc, '$.issues[*].outcome')
    );
BEGIN
    IF octet_length(body) > 500000 THEN
        texts := '[]';  -- more words than PostgreSQL can keep of one document
    END IF;
    RETURN setweight(to_tsvector(config, public.parted(names)), 'A')
        || setweight(to_tsvector(config, public.parted(named)), 'B')
        || setweight(to_tsvector(config, public.parted(texts)), 'C');
END $$;
"""
# The owner's: each table is written anew, without an update of which a trigger would hear.
WORK_OUT = "".join(
    f"ALTER TABLE public.tracker_{table} ALTER COLUMN search TYPE tsvector USING public.document_words(body);"
    for table in DOCUMENTS
)


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0026_days_and_lists"),
    ]

    operations = [
        migrations.RunSQL(WORDS, migrations.RunSQL.noop),
        migrations.RunSQL(WORK_OUT, migrations.RunSQL.noop),
        *(migrations.AddIndex(model_name=table, index=index) for table, index in NAMES.items()),
        # A table written anew has forgotten how common its words are, by which searches are planned.
        migrations.RunSQL("".join(f"ANALYZE public.tracker_{table};" for table in DOCUMENTS), migrations.RunSQL.noop),
    ]
