"""Find records by their words, in any script, and by what wants attention: functions, extensions and indexes."""

import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.functions.comparison
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations, models

FUNCTIONS = r"""
-- The words of some texts, each after a space: in lower case, without accents and punctuation; every Chinese or
-- Japanese character is a word, since nothing parts them.
CREATE FUNCTION public.folded(VARIADIC texts text[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
BEGIN
    RETURN ' ' || btrim(regexp_replace(
        lower(public.unaccent('public.unaccent', regexp_replace(
            array_to_string(texts, ' '), '([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])', ' \1 ', 'g'
        ))),
        '\s*[[:punct:]][\s[:punct:]]*|\s{2,}|[\t\n\r]', ' ', 'g'
    ));
END $$;

-- The pattern by which words are searched: anywhere, but the beginning of a word if it is short.
CREATE FUNCTION public.sought(word text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    words text := ltrim(public.folded(word));
BEGIN
    RETURN CASE WHEN words ~ '^(.{1,2}$|[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])' THEN '% ' ELSE '%' END
        || words || '%';
END $$;

CREATE FUNCTION public.joined(texts text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN array_to_string(texts, ' ');

-- The days from the first to the last, both inclusive; null: open.
CREATE FUNCTION public.days_between(first date, last date) RETURNS daterange
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN daterange(first, last, '[]');

-- All texts within a JSON value.
CREATE FUNCTION public.texts_of(value jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN jsonb_path_query_array(value, '$.** ? (@.type() == "string")')::text;
"""
NO_FUNCTIONS = "DROP FUNCTION public.texts_of, public.days_between, public.joined, public.sought, public.folded"


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0013_uploads"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.AddIndex(
            model_name="actor",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    models.Func(
                        "name",
                        "short_name",
                        "slug",
                        "iso3",
                        "wikidata_id",
                        "ref",
                        models.Func("names", function="texts_of", output_field=models.TextField()),
                        models.Func("aliases", function="joined", output_field=models.TextField()),
                        function="folded",
                        output_field=models.TextField(),
                    ),
                    name="gin_trgm_ops",
                ),
                name="actor_words",
            ),
        ),
        migrations.AddIndex(
            model_name="alignment",
            index=models.Index(
                models.OrderBy(models.F("since_latest"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                name="alignment_latest",
            ),
        ),
        migrations.AddIndex(
            model_name="alignment",
            index=models.Index(
                models.OrderBy(models.F("basis")),
                models.OrderBy(models.F("since_latest"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                name="alignment_by_basis",
            ),
        ),
        migrations.AddIndex(
            model_name="alignment",
            index=models.Index(
                models.OrderBy(models.F("confidence")),
                models.OrderBy(models.F("since_latest"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                name="alignment_by_confidence",
            ),
        ),
        migrations.AddIndex(
            model_name="alignment",
            index=models.Index(
                models.OrderBy(models.F("pattern")),
                models.OrderBy(models.F("since_latest"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                name="alignment_by_pattern",
            ),
        ),
        migrations.AddIndex(
            model_name="alignment",
            index=django.contrib.postgres.indexes.GistIndex(
                models.Func(
                    models.F("since_earliest"),
                    models.F("until_latest"),
                    function="days_between",
                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                ),
                name="alignment_possible",
            ),
        ),
        migrations.AddIndex(
            model_name="alignment",
            index=models.Index(
                condition=models.Q(("standing", "contested")), fields=["id"], name="alignment_contested"
            ),
        ),
        migrations.AddIndex(
            model_name="alignment",
            index=models.Index(
                condition=models.Q(("basis", "forecast")), fields=["since_latest", "id"], name="alignment_forecasts"
            ),
        ),
        migrations.AddIndex(
            model_name="alignment",
            index=models.Index(
                models.OrderBy(models.F("confirmed_on"), nulls_first=True),
                models.OrderBy(models.F("id")),
                condition=models.Q(("until", "")),
                name="alignment_unconfirmed",
            ),
        ),
        migrations.AddIndex(
            model_name="alignment",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    models.Func("summary", "standing_note", "ref", function="folded", output_field=models.TextField()),
                    name="gin_trgm_ops",
                ),
                name="alignment_words",
            ),
        ),
        migrations.AddIndex(
            model_name="issue",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    models.Func("title", "slug", "question", "ref", function="folded", output_field=models.TextField()),
                    name="gin_trgm_ops",
                ),
                name="issue_words",
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(
                models.OrderBy(models.F("since_latest"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                name="meeting_latest",
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=django.contrib.postgres.indexes.GistIndex(
                models.Func(
                    models.F("since_earliest"),
                    django.db.models.functions.comparison.Coalesce("until_latest", "since_latest"),
                    function="days_between",
                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                ),
                name="meeting_possible",
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    models.Func(
                        "title",
                        "place",
                        "country",
                        "series",
                        "summary",
                        "ref",
                        function="folded",
                        output_field=models.TextField(),
                    ),
                    name="gin_trgm_ops",
                ),
                name="meeting_words",
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(
                condition=models.Q(("status__in", ["planned", "expected"])),
                fields=["since_earliest", "id"],
                name="meeting_ahead",
            ),
        ),
        migrations.AddIndex(
            model_name="source",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    models.Func(
                        "title",
                        "publisher",
                        "container_title",
                        "url",
                        "archive_url",
                        "ref",
                        models.Func("authors", function="texts_of", output_field=models.TextField()),
                        function="folded",
                        output_field=models.TextField(),
                    ),
                    name="gin_trgm_ops",
                ),
                name="source_words",
            ),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(
                models.OrderBy(models.F("issued_latest"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                name="source_latest",
            ),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(
                models.OrderBy(models.F("outlet")),
                models.OrderBy(models.F("issued_latest"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                name="source_by_outlet",
            ),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(
                models.OrderBy(models.F("reliability")),
                models.OrderBy(models.F("issued_latest"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                name="source_by_reliability",
            ),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(
                models.OrderBy(models.F("type")),
                models.OrderBy(models.F("issued_latest"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                name="source_by_type",
            ),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(
                condition=models.Q(models.Q(("url", ""), _negated=True), ("archive_url", "")),
                fields=["id"],
                name="source_not_archived",
            ),
        ),
        migrations.AddIndex(
            model_name="stance",
            index=models.Index(
                models.OrderBy(models.F("since_latest"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                name="stance_latest",
            ),
        ),
        migrations.AddIndex(
            model_name="stance",
            index=models.Index(
                models.OrderBy(models.F("basis")),
                models.OrderBy(models.F("since_latest"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                name="stance_by_basis",
            ),
        ),
        migrations.AddIndex(
            model_name="stance",
            index=models.Index(
                models.OrderBy(models.F("confidence")),
                models.OrderBy(models.F("since_latest"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                name="stance_by_confidence",
            ),
        ),
        migrations.AddIndex(
            model_name="stance",
            index=models.Index(
                models.OrderBy(models.F("position")),
                models.OrderBy(models.F("since_latest"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                name="stance_by_position",
            ),
        ),
        migrations.AddIndex(
            model_name="stance",
            index=django.contrib.postgres.indexes.GistIndex(
                models.Func(
                    models.F("since_earliest"),
                    models.F("until_latest"),
                    function="days_between",
                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                ),
                name="stance_possible",
            ),
        ),
        migrations.AddIndex(
            model_name="stance",
            index=models.Index(condition=models.Q(("standing", "contested")), fields=["id"], name="stance_contested"),
        ),
        migrations.AddIndex(
            model_name="stance",
            index=models.Index(
                condition=models.Q(("basis", "forecast")), fields=["since_latest", "id"], name="stance_forecasts"
            ),
        ),
        migrations.AddIndex(
            model_name="stance",
            index=models.Index(
                models.OrderBy(models.F("confirmed_on"), nulls_first=True),
                models.OrderBy(models.F("id")),
                condition=models.Q(("until", "")),
                name="stance_unconfirmed",
            ),
        ),
        migrations.AddIndex(
            model_name="stance",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    models.Func("summary", "standing_note", "ref", function="folded", output_field=models.TextField()),
                    name="gin_trgm_ops",
                ),
                name="stance_words",
            ),
        ),
    ]
