"""Addresses of any length: an index holds the beginning of a long one and a digest, and of an archived copy a digest.

An index takes no more than 2,704 bytes a row: a long address with its archived copy, or one of 700 Chinese letters, had
more. And what a search for readers takes of one record is bounded, by how many names it may have; rows that have more
stay as they are, and are refused when they are next saved.
"""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

import tracker.models.constraints

FUNCTION = r"""
CREATE OR REPLACE FUNCTION public.normalised_url(url text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    part text[] := regexp_match(btrim(url), '^[a-zA-Z][a-zA-Z0-9+.-]*://([^/?#]*)([^?#]*)(?:\?([^#]*))?');
    host text := regexp_replace(regexp_replace(lower(part[1]), '^www\.', ''), ':(80|443)$', '');
    query text;
    found text := btrim(url);
BEGIN
    IF part IS NOT NULL THEN
        SELECT string_agg(pair, '&' ORDER BY place) INTO query
        FROM regexp_split_to_table(part[3], '&') WITH ORDINALITY AS pairs (pair, place)
        WHERE pair <> '' AND pair !~* '^(utm_[a-z_]+|fbclid|gclid|mc_cid|mc_eid)(=|$)';
        found := host || rtrim(part[2], '/') || coalesce('?' || query, '');
    END IF;
    RETURN CASE WHEN char_length(found) <= 500 THEN found
        ELSE left(found, 500) || '#' || encode(sha256(convert_to(found, 'UTF8')), 'hex') END;
END $$;
"""
# Computes it anew for what is there, past the triggers: nothing was edited. Rewriting makes the table's indexes anew.
COMPUTE = "ALTER TABLE public.tracker_source ALTER COLUMN url_key SET EXPRESSION AS (public.normalised_url(url));"
STANDS = ~models.Q(url="") & models.Q(merged_into__isnull=True)
TAKEN = "url: this address is a source already; tell them apart by “issued” or “archive_url”, or use that source."


def rule(field: str, template: str) -> models.Func:
    return models.Func(models.F(field), template=template, output_field=models.BooleanField())


def at_most(field: str) -> models.CheckConstraint:
    table = {"aliases": "actor", "keywords": "source"}[field]
    return models.CheckConstraint(
        name=f"{table}_{field}_are_few",
        condition=rule(field, "cardinality(%(expressions)s) <= 200"),
        violation_error_message=f"{field}: give at most 200.",
    )


class Migration(migrations.Migration):
    dependencies = [("tracker", "0030_days_have_come")]
    operations = [
        migrations.RemoveConstraint("source", "source_once_per_address_and_day"),
        migrations.RunSQL(FUNCTION, migrations.RunSQL.noop),
        migrations.RunSQL(COMPUTE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "source",
            tracker.models.constraints.UniqueByDigest(
                fields=("url_key", "issued", "archive_url"),
                digested=("archive_url",),
                condition=STANDS,
                name="source_once_per_address_and_day",
                violation_error_message=TAKEN,
            ),
        ),
        AddConstraintNotValid("source", at_most("keywords")),
        AddConstraintNotValid("actor", at_most("aliases")),
        AddConstraintNotValid(
            "actor",
            models.CheckConstraint(
                name="actor_names_are_short",
                condition=rule(
                    "names",
                    "coalesce(NOT jsonb_path_exists(%(expressions)s, "
                    "'strict $.* ? (@ like_regex \"^.{201}\" flag \"s\")', '{}', true), true)",
                ),
                violation_error_message="names: give each name no more than 200 letters.",
            ),
        ),
        AddConstraintNotValid(
            "actor",
            models.CheckConstraint(
                name="actor_names_are_few",
                condition=rule("names", "octet_length(%(expressions)s::text) <= 50000"),
                violation_error_message="names: give fewer names; all together have no more than 50,000 bytes.",
            ),
        ),
    ]
