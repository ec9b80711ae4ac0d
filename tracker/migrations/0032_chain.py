# ruff: noqa: S608 - SQL put together from nouns of ours
"""The chain: each edition gets a link, made of the one before and of all that was written since.

What is there already is covered by the first link, that of the latest edition.
"""

import django.db.models.deletion
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from tracker.models.triggers import SECURED

NOUNS = ("issue", "actor", "source", "stance", "alignment", "meeting")
DOCUMENTS = " || ".join(
    f"""sha256(coalesce((
            SELECT string_agg(
                int4send(opened) || int4send(record) || int4send(version) || int2send(shape) || digest, ''
                ORDER BY opened, record, id
            ) FROM public.tracker_{noun}document WHERE opened > since AND opened <= made
        ), '')) || sha256(coalesce((
            SELECT string_agg(
                int4send(closed) || int4send(record) || int4send(opened), '' ORDER BY closed, record, opened, id
            ) FROM public.tracker_{noun}document WHERE closed > since AND closed <= made
        ), ''))"""
    for noun in NOUNS
)
# Generic plans by indexes do for any number of rows, and editions are made by the dozen in a second.
PLANNED = "SET plan_cache_mode = force_generic_plan SET enable_seqscan = off"
FUNCTIONS = rf"""
-- What is written into these digests stays as it is, for ever. Moments are microseconds since 1970.

-- Of a change set, and of its events in their order.
CREATE FUNCTION public.changeset_digest(changeset uuid) RETURNS bytea
LANGUAGE plpgsql STABLE STRICT {PLANNED} AS $$
BEGIN
    RETURN (
        SELECT sha256(convert_to(json_build_array(
            c.id, (extract(epoch FROM c.made_at) * 1000000)::bigint, c.made_by_id, c.reason, c.channel, c.transaction
        )::text, 'UTF8') || coalesce((
            SELECT string_agg(e.digest, '' ORDER BY e.id) FROM (
                -- Events are large: their digests are sorted, not they.
                SELECT id, sha256(convert_to(json_build_array(
                    id, (extract(epoch FROM happened_at) * 1000000)::bigint, noun, record, part, row
                )::text || E'\n' || coalesce(before::text, '') || E'\n' || coalesce(after::text, ''), 'UTF8')) AS digest
                FROM public.tracker_event WHERE changeset_id = changeset OFFSET 0
            ) e
        ), ''))
        FROM public.tracker_changeset c WHERE c.id = changeset
    );
END $$;

-- Of each part of a link: of the editions after one and up to another, and of what says that this link covers it.
CREATE FUNCTION public.link_parts(
    since int, made int,
    OUT editions bytea, OUT changes bytea, OUT documents bytea, OUT changesets bytea, OUT releases bytea
) LANGUAGE plpgsql STABLE STRICT {PLANNED} AS $$
BEGIN
    editions := (
        SELECT sha256(convert_to(coalesce(string_agg(json_build_array(
            number, (extract(epoch FROM published_at) * 1000000)::bigint, note, published_by_id
        )::text, E'\n' ORDER BY number), ''), 'UTF8'))
        FROM public.tracker_edition WHERE number > since AND number <= made
    );
    changes := (
        SELECT sha256(coalesce(string_agg(sha256(convert_to(json_build_array(
            edition, position, noun, record, key, operation, "into"
        )::text || E'\n' || changed::text, 'UTF8')), '' ORDER BY edition, position), ''))
        FROM public.tracker_change WHERE edition > since AND edition <= made
    );
    documents := sha256({DOCUMENTS});
    changesets := (
        SELECT sha256(coalesce(string_agg(digest, '' ORDER BY id), '')) FROM public.tracker_changeset WHERE link = made
    );
    releases := (
        SELECT sha256(convert_to(coalesce(string_agg(json_build_array(
            r.id, r.version, r.edition, r.notes, (extract(epoch FROM r.made_at) * 1000000)::bigint, r.made_by_id
        )::text || coalesce((
            SELECT string_agg(
                E'\n' || json_build_array(f.id, f.name, f.media_type, f.sha256, f.size)::text, '' ORDER BY f.id
            ) FROM public.tracker_releasefile f WHERE f.release_id = r.id
        ), ''), E'\n' ORDER BY r.id), ''), 'UTF8'))
        FROM public.tracker_release r WHERE r.link = made
    );
END $$;

-- The digest of a link.
CREATE FUNCTION public.link_digest(before bytea, link public.tracker_link) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sha256(
    coalesce(before, '') || link.salt || link.editions || link.changes || link.documents || link.changesets
    || link.releases
);

-- Link an edition to the one before; it covers whatever is committed and not covered yet.
CREATE FUNCTION public.add_link(made int) RETURNS void
LANGUAGE plpgsql VOLATILE STRICT {PLANNED} AS $$
DECLARE
    mine bigint := pg_current_xact_id()::text::bigint;
    latest public.tracker_link;
    next public.tracker_link;
BEGIN
    SELECT * INTO latest FROM public.tracker_link ORDER BY edition DESC LIMIT 1;
    UPDATE public.tracker_changeset SET link = made, digest = public.changeset_digest(id)
    WHERE link IS NULL AND transaction <> mine;
    UPDATE public.tracker_release SET link = made WHERE link IS NULL AND transaction <> mine;
    SELECT * INTO next.editions, next.changes, next.documents, next.changesets, next.releases
    FROM public.link_parts(coalesce(latest.edition, 0), made);
    next.edition := made;
    next.salt := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
    next.digest := public.link_digest(latest.digest, next);
    INSERT INTO public.tracker_link SELECT next.*;
END $$;
REVOKE ALL ON FUNCTION public.add_link FROM PUBLIC;

-- The edition that this transaction is making, or null; nothing is added to one that has proved itself and is linked.
CREATE OR REPLACE FUNCTION public.edition_being_made() RETURNS int
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (
        SELECT number FROM public.tracker_edition
        WHERE number = (SELECT max(number) FROM public.tracker_edition)
          AND transaction = pg_current_xact_id()::text::bigint
          AND NOT EXISTS (SELECT FROM public.tracker_link WHERE edition = number)
    );
END $$;

-- That an edition has proved itself is no lock any more.
DO $$
BEGIN
    EXECUTE replace(
        pg_get_functiondef('public.check_edition'::regproc), 'PERFORM pg_advisory_xact_lock(20190605, made);', ''
    );
END $$;
"""
APPLICATION, READER = settings.APPLICATION, settings.READER
RIGHTS = f"""
REVOKE INSERT, UPDATE, DELETE ON tracker_link FROM {APPLICATION};
GRANT SELECT (edition, digest) ON tracker_link TO {READER};
"""
FIRST = "SELECT public.add_link(max(number)) FROM public.tracker_edition"


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0031_long_addresses"),
    ]

    operations = [
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "edition",
                    models.OneToOneField(
                        db_column="edition",
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="link",
                        serialize=False,
                        to="tracker.edition",
                    ),
                ),
                ("salt", models.BinaryField(help_text="32 bytes at random; never public.")),
                (
                    "editions",
                    models.BinaryField(help_text="Of the edition itself; of the first link: of all editions up to it."),
                ),
                ("changes", models.BinaryField(help_text="Of its changes, in their order.")),
                ("documents", models.BinaryField(help_text="Of the documents that it opened and closed.")),
                ("changesets", models.BinaryField(help_text="Of the digests of the change sets that it covers.")),
                ("releases", models.BinaryField(help_text="Of the releases that it covers, with their files.")),
                (
                    "digest",
                    models.BinaryField(
                        help_text="Of the digest of the link before, the salt, and these parts; public."
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="changeset",
            name="is_append_only",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="changeset",
            name="is_of_this_transaction",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="edition",
            name="proves_itself",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="release",
            name="is_append_only",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="release",
            name="is_dated",
        ),
        migrations.AddField(
            model_name="changeset",
            name="digest",
            field=models.BinaryField(help_text="The SHA-256 of it and its events, made for that link.", null=True),
        ),
        migrations.AddField(
            model_name="changeset",
            name="link",
            field=models.IntegerField(
                help_text="The edition whose link of the chain covers it; none: not yet.", null=True
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="link",
            field=models.IntegerField(
                help_text="The edition whose link of the chain covers it; none: not yet.", null=True
            ),
        ),
        migrations.AddIndex(
            model_name="changeset",
            index=models.Index(fields=["link"], name="changeset_of_a_link"),
        ),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
        migrations.RunSQL(SECURED, migrations.RunSQL.noop),
        migrations.RunSQL(FIRST, migrations.RunSQL.noop),
    ]
