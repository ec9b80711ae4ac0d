-- What is written into these digests stays as it is, for ever. Moments are microseconds since 1970. Generic plans by
-- indexes do for any number of rows, and editions are made by the dozen in a second.

-- Of a change set, and of its events in their order.
CREATE OR REPLACE FUNCTION public.changeset_digest(changeset uuid) RETURNS bytea
LANGUAGE plpgsql STABLE STRICT
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET search_path = pg_catalog, pg_temp AS $$
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
CREATE OR REPLACE FUNCTION public.link_parts(
    since int, made int,
    OUT editions bytea, OUT changes bytea, OUT documents bytea, OUT changesets bytea, OUT releases bytea
)
LANGUAGE plpgsql STABLE STRICT
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    rules text;
BEGIN
    -- Where rules have changed; before there was such a table links stay what they are.
    IF to_regclass('public.tracker_rulechange') IS NOT NULL THEN
        rules := (
            SELECT string_agg(E'\n' || json_build_array(
                r.rule, r.text_digest, r.edition, (extract(epoch FROM r.made_at) * 1000000)::bigint
            )::text, '' ORDER BY r.id) FROM (SELECT * FROM public.tracker_rulechange WHERE link = made OFFSET 0) r
        );
    END IF;
    editions := (
        SELECT sha256(convert_to(coalesce(string_agg(json_build_array(
            number, (extract(epoch FROM published_at) * 1000000)::bigint, note, published_by_id
        )::text, E'\n' ORDER BY number), '') || coalesce(rules, ''), 'UTF8'))
        FROM public.tracker_edition WHERE number > since AND number <= made
    );
    changes := (
        SELECT sha256(coalesce(string_agg(sha256(convert_to(json_build_array(
            edition, position, noun, record, key, operation, "into"
        )::text || CASE reason WHEN '' THEN '' ELSE E'\n' || to_json(reason)::text END || E'\n' || changed::text, 'UTF8')), '' ORDER BY edition, position), ''))
        FROM public.tracker_change WHERE edition > since AND edition <= made
    );
    -- By noun, in the order in which these came: documents that open, then those that close. The first six are there even
    -- where they have none; a noun that came later adds nothing then, so that links of before stay what they are.
    documents := (
        SELECT sha256(string_agg(
            CASE WHEN place IS NULL THEN coalesce(sha256(opening), '') || coalesce(sha256(closing), '')
            ELSE sha256(coalesce(opening, '')) || sha256(coalesce(closing, '')) END, '' ORDER BY place, noun
        ))
        FROM unnest('{issue,actor,source,stance,alignment,meeting}'::text[]) WITH ORDINALITY AS first (noun, place)
        FULL JOIN (
            SELECT noun, string_agg(
                int4send(opened) || int4send(record) || int4send(version) || int2send(shape) || digest, ''
                ORDER BY opened, record, id
            ) AS opening
            FROM public.tracker_document WHERE opened > since AND opened <= made GROUP BY noun
        ) o USING (noun)
        FULL JOIN (
            SELECT noun, string_agg(
                int4send(closed) || int4send(record) || int4send(opened), '' ORDER BY closed, record, opened, id
            ) AS closing
            FROM public.tracker_document WHERE closed > since AND closed <= made GROUP BY noun
        ) c USING (noun)
    );
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
CREATE OR REPLACE FUNCTION public.link_digest(before bytea, link public.tracker_link) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sha256(
    coalesce(before, '') || link.salt || link.editions || link.changes || link.documents || link.changesets
    || link.releases
);

-- Link an edition to the one before; it covers whatever is committed and not covered yet.
CREATE OR REPLACE FUNCTION public.add_link(made int) RETURNS void
LANGUAGE plpgsql STRICT
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    mine bigint := pg_current_xact_id()::text::bigint;
    latest public.tracker_link;
    next public.tracker_link;
BEGIN
    SELECT * INTO latest FROM public.tracker_link ORDER BY edition DESC LIMIT 1;
    UPDATE public.tracker_changeset SET link = made, digest = public.changeset_digest(id)
    WHERE link IS NULL AND transaction <> mine;
    UPDATE public.tracker_release SET link = made WHERE link IS NULL AND transaction <> mine;
    IF to_regclass('public.tracker_rulechange') IS NOT NULL THEN
        UPDATE public.tracker_rulechange SET link = made WHERE link IS NULL;
    END IF;
    SELECT * INTO next.editions, next.changes, next.documents, next.changesets, next.releases
    FROM public.link_parts(coalesce(latest.edition, 0), made);
    next.edition := made;
    next.salt := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
    next.digest := public.link_digest(latest.digest, next);
    INSERT INTO public.tracker_link SELECT next.*;
END $$;
REVOKE ALL ON FUNCTION public.add_link FROM PUBLIC;

-- A link is made of the edition being made, and of no other.
CREATE OR REPLACE FUNCTION public.link_now() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.edition IS DISTINCT FROM public.edition_being_made() THEN
        RAISE EXCEPTION 'edition %: not the edition being made in this transaction', NEW.edition
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
