-- Note what the changes of an edition are about: what they are of, what their documents name, and all issues above.
-- Trees of before and of now are one here, in which two issues may be above each other.
-- One plan does for any number of rows, also of tables of which nothing is known yet: row by row, each looked up by an
-- index that OFFSET 0 leaves no choice but to use.
CREATE OR REPLACE FUNCTION public.note_subjects(made int) RETURNS void
LANGUAGE plpgsql STRICT
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET search_path = pg_catalog, pg_temp AS $$
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
