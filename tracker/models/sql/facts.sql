-- What an edition holds, counted as it is made: the facts of the edition before, plus what opens, minus what closes.
-- Readers look the row up. Only `manage.py verify` counts a whole edition.
-- One plan does for any number of rows, whatever PostgreSQL has counted: rows are looked up one by one by an index, which
-- OFFSET 0 leaves no choice but to use; what opens is asked for by a range, for the reason told at check_edition.

-- Whether the body of a source has a web address; one that is damaged has none, as `manage.py verify` tells.
CREATE OR REPLACE FUNCTION public.has_url(body text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN body IS JSON OBJECT THEN body::json ->> 'url' IS NOT NULL ELSE false END;

-- Of these documents of claims, in an edition: how many rest on 0, 1, 2, 3 or more independent sources, how many name a
-- source with a web address, and how many name none. Sources that pass on one and the same count as one.
CREATE OR REPLACE FUNCTION public.claims_evidence(
    stances bigint[], alignments bigint[], made int,
    OUT independent int[], OUT with_address int, OUT sourceless int
)
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_nestloop = off
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    WITH RECURSIVE claim AS MATERIALIZED (
        SELECT row_number() OVER () AS place, backing, cited FROM (
            SELECT d.* FROM unnest(stances) s (id) CROSS JOIN LATERAL (
                SELECT backing, cited FROM public.tracker_stancedocument WHERE id = s.id OFFSET 0
            ) d
            UNION ALL
            SELECT d.* FROM unnest(alignments) a (id) CROSS JOIN LATERAL (
                SELECT backing, cited FROM public.tracker_alignmentdocument WHERE id = a.id OFFSET 0
            ) d
        ) c
    ), source AS MATERIALIZED (
        SELECT s.id, d.has_address FROM (SELECT DISTINCT unnest(cited) AS id FROM claim) s CROSS JOIN LATERAL (
            SELECT public.has_url(body) AS has_address FROM public.tracker_sourcedocument
            WHERE record = s.id AND opened <= made AND gone > made OFFSET 0
        ) d
    ), step (source, at) AS (
        SELECT id, id FROM source
        UNION
        SELECT s.source, d.derives_from FROM step s CROSS JOIN LATERAL (
            SELECT derives_from FROM public.tracker_sourcedocument
            WHERE record = s.at AND opened <= made AND gone > made AND derives_from IS NOT NULL OFFSET 0
        ) d
    ), origin AS MATERIALIZED (
        SELECT s.source, s.at AS id FROM step s WHERE NOT EXISTS (
            SELECT FROM public.tracker_sourcedocument
            WHERE record = s.at AND opened <= made AND gone > made AND derives_from IS NOT NULL OFFSET 0
        )
    ), backed AS (
        SELECT place, count(DISTINCT o.id) AS origins
        FROM (SELECT place, unnest(backing) AS source FROM claim) b JOIN origin o USING (source) GROUP BY place
    ), addressed AS (
        SELECT DISTINCT place
        FROM (SELECT place, unnest(cited) AS id FROM claim) c JOIN source s USING (id) WHERE s.has_address
    )
    SELECT ARRAY[
            count(*) FILTER (WHERE b.origins IS NULL),
            count(*) FILTER (WHERE b.origins = 1),
            count(*) FILTER (WHERE b.origins = 2),
            count(*) FILTER (WHERE b.origins > 2)
        ]::int[], count(a.place), count(*) FILTER (WHERE c.cited = '{}')
    INTO independent, with_address, sourceless
    FROM claim c LEFT JOIN backed b USING (place) LEFT JOIN addressed a USING (place);
END $$;

-- The sources that in an edition come from elsewhere than before, or whose web address came or went; and all that pass
-- these on, before or now.
CREATE OR REPLACE FUNCTION public.moved_sources(made int) RETURNS int[]
LANGUAGE plpgsql STABLE STRICT
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN ARRAY(
        WITH RECURSIVE moved (record) AS (
            SELECT n.record
            FROM (SELECT record, derives_from, body FROM public.tracker_sourcedocument WHERE opened BETWEEN made AND made OFFSET 0) n
            CROSS JOIN LATERAL (
                SELECT derives_from, body FROM public.tracker_sourcedocument
                WHERE record = n.record AND gone = made OFFSET 0
            ) o
            WHERE n.derives_from IS DISTINCT FROM o.derives_from
               OR public.has_url(n.body) <> public.has_url(o.body)
            UNION
            SELECT d.record FROM moved m CROSS JOIN LATERAL (
                SELECT record FROM public.tracker_sourcedocument
                WHERE derives_from = m.record AND opened <= made AND gone >= made OFFSET 0
            ) d
        )
        SELECT record FROM moved
    );
END $$;

-- Up to which day an edition has records of each noun that tells of days, of votes by body: [noun, body, day]. Neither
-- what is expected counts nor a day after the edition's. Of vague days, and of what lasts, it is the first.
-- A maximum can't be taken off, so each is looked up: from the newest day back.
CREATE OR REPLACE FUNCTION public.edition_covers(made int) RETURNS jsonb
LANGUAGE plpgsql STABLE STRICT
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    unknown CONSTANT date := '0001-01-01';
    today date := (SELECT (published_at AT TIME ZONE 'UTC')::date FROM public.tracker_edition WHERE number = made);
BEGIN
    RETURN (
        WITH RECURSIVE body (id) AS (
            SELECT (SELECT own_body FROM public.tracker_votedocument ORDER BY own_body LIMIT 1)
            UNION ALL
            SELECT (
                SELECT own_body FROM public.tracker_votedocument WHERE own_body > b.id ORDER BY own_body LIMIT 1
            ) FROM body b WHERE b.id IS NOT NULL
        ), newest (noun, body, day) AS (
            SELECT 'stance', NULL::int, greatest((
                SELECT sort FROM public.tracker_stancedocument
                WHERE sort > unknown AND sort <= today AND opened <= made AND gone > made AND basis <> 'forecast'
                ORDER BY sort DESC LIMIT 1
            ), (
                SELECT confirmed_on FROM public.tracker_stancedocument
                WHERE confirmed_on <= today AND opened <= made AND gone > made AND basis <> 'forecast'
                ORDER BY confirmed_on DESC LIMIT 1
            ))
            UNION ALL
            SELECT 'alignment', NULL, greatest((
                SELECT sort FROM public.tracker_alignmentdocument
                WHERE sort > unknown AND sort <= today AND opened <= made AND gone > made AND basis <> 'forecast'
                ORDER BY sort DESC LIMIT 1
            ), (
                SELECT confirmed_on FROM public.tracker_alignmentdocument
                WHERE confirmed_on <= today AND opened <= made AND gone > made AND basis <> 'forecast'
                ORDER BY confirmed_on DESC LIMIT 1
            ))
            UNION ALL
            SELECT 'meeting', NULL, (
                SELECT sort FROM public.tracker_meetingdocument
                WHERE sort > unknown AND sort <= today AND opened <= made AND gone > made
                  AND status NOT IN ('planned', 'expected', 'cancelled')
                ORDER BY sort DESC LIMIT 1
            )
            UNION ALL
            SELECT 'act', NULL, (
                SELECT sort FROM public.tracker_actdocument
                WHERE sort > unknown AND sort <= today AND opened <= made AND gone > made
                  AND status NOT IN ('planned', 'expected', 'cancelled')
                ORDER BY sort DESC LIMIT 1
            )
            UNION ALL
            SELECT 'vote', b.id, (
                SELECT sort FROM public.tracker_votedocument
                WHERE own_body = b.id AND sort > unknown AND sort <= today AND opened <= made AND gone > made
                ORDER BY sort DESC LIMIT 1
            ) FROM body b WHERE b.id IS NOT NULL
            UNION ALL
            SELECT 'source', NULL, (
                SELECT lower(issued) FROM public.tracker_sourcedocument
                WHERE lower(issued) <= today AND opened <= made AND gone > made
                ORDER BY lower(issued) DESC LIMIT 1
            )
        )
        SELECT coalesce(jsonb_agg(jsonb_build_array(noun, body, day) ORDER BY noun, body), '[]')
        FROM newest WHERE day IS NOT NULL
    );
END $$;

-- The facts of an edition by those of the edition before; null before the first. `until` is left to `edition_covers`.
-- Claims that stand are counted anew where a source that they name has moved, and no others.
CREATE OR REPLACE FUNCTION public.facts_after(before public.tracker_editionfacts, made int)
RETURNS public.tracker_editionfacts
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    facts public.tracker_editionfacts;
    moved int[] := public.moved_sources(made);
    stances bigint[];
    alignments bigint[];
    added record;
    taken record;
BEGIN
    facts.edition := made;
    facts.records := (
        SELECT coalesce(jsonb_object_agg(noun, number ORDER BY noun), '{}') FROM (
            SELECT noun, sum(number) AS number FROM (
                SELECT key, value::int FROM jsonb_each_text(before.records)
                UNION ALL
                SELECT noun, CASE WHEN operation = 'published' THEN 1 ELSE -1 END FROM public.tracker_change
                WHERE edition = made AND operation IN ('published', 'retracted', 'merged')
            ) c (noun, number) GROUP BY noun HAVING sum(number) <> 0
        ) n
    );
    stances := ARRAY(
        SELECT DISTINCT m.document FROM unnest(moved) s (id) CROSS JOIN LATERAL (
            SELECT document FROM public.tracker_mention
            WHERE named_noun = 'source' AND named = s.id AND noun = 'stance' OFFSET 0
        ) m CROSS JOIN LATERAL (
            SELECT FROM public.tracker_stancedocument
            WHERE id = m.document AND opened < made AND gone > made OFFSET 0
        ) d
    );
    alignments := ARRAY(
        SELECT DISTINCT m.document FROM unnest(moved) s (id) CROSS JOIN LATERAL (
            SELECT document FROM public.tracker_mention
            WHERE named_noun = 'source' AND named = s.id AND noun = 'alignment' OFFSET 0
        ) m CROSS JOIN LATERAL (
            SELECT FROM public.tracker_alignmentdocument
            WHERE id = m.document AND opened < made AND gone > made OFFSET 0
        ) d
    );
    SELECT * INTO added FROM public.claims_evidence(
        stances || ARRAY(SELECT id FROM public.tracker_stancedocument WHERE opened BETWEEN made AND made),
        alignments || ARRAY(SELECT id FROM public.tracker_alignmentdocument WHERE opened BETWEEN made AND made), made
    );
    SELECT * INTO taken FROM public.claims_evidence(
        stances || ARRAY(SELECT id FROM public.tracker_stancedocument WHERE closed = made),
        alignments || ARRAY(SELECT id FROM public.tracker_alignmentdocument WHERE closed = made), made - 1
    );
    facts.independent := ARRAY(
        SELECT coalesce(b, 0) + a - t
        FROM unnest(coalesce(before.independent, '{}'), added.independent, taken.independent)
            WITH ORDINALITY n (b, a, t, place) ORDER BY place
    );
    facts.with_address := coalesce(before.with_address, 0) + added.with_address - taken.with_address;
    facts.sourceless := coalesce(before.sourceless, 0) + added.sourceless - taken.sourceless;
    facts.coded := ARRAY(
        SELECT issue FROM (
            SELECT unnest(before.coded)
            UNION
            SELECT issue FROM public.tracker_stancedocument WHERE opened BETWEEN made AND made
            UNION
            SELECT issue FROM public.tracker_alignmentdocument WHERE opened BETWEEN made AND made
            EXCEPT
            SELECT c.issue FROM (
                SELECT issue FROM public.tracker_stancedocument WHERE closed = made
                UNION
                SELECT issue FROM public.tracker_alignmentdocument WHERE closed = made
            ) c WHERE NOT EXISTS (
                SELECT FROM public.tracker_stancedocument
                WHERE issue = c.issue AND opened <= made AND gone > made OFFSET 0
            ) AND NOT EXISTS (
                SELECT FROM public.tracker_alignmentdocument
                WHERE issue = c.issue AND opened <= made AND gone > made OFFSET 0
            )
        ) i (issue) ORDER BY issue
    );
    RETURN facts;
END $$;

-- The facts of an edition; `until` is left to `edition_covers`. If rows of before are missing, it goes on from the last.
CREATE OR REPLACE FUNCTION public.facts_of(made int) RETURNS public.tracker_editionfacts
LANGUAGE plpgsql STABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    facts public.tracker_editionfacts;
BEGIN
    SELECT * INTO facts FROM public.tracker_editionfacts WHERE edition < made ORDER BY edition DESC LIMIT 1;
    FOR number IN coalesce(facts.edition, 0) + 1 .. made LOOP
        facts := public.facts_after(facts, number);
    END LOOP;
    RETURN facts;
END $$;
