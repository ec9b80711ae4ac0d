-- The edition that this transaction is making, or null; nothing is added to one that has proved itself and is linked.
CREATE OR REPLACE FUNCTION public.edition_being_made() RETURNS int
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (
        SELECT number FROM public.tracker_edition
        WHERE number = (SELECT max(number) FROM public.tracker_edition)
          AND transaction = pg_current_xact_id()::text::bigint
          AND NOT EXISTS (SELECT FROM public.tracker_link WHERE edition = number)
    );
END $$;

-- What an edition must be when it commits; every violation raises, naming the record.
-- One plan does for any number of rows, whatever PostgreSQL has counted, or not yet: each row is looked up by its own
-- index, since OFFSET 0 keeps a subquery from being made a join. A join is planned for as many rows as PostgreSQL
-- believes there are, and one for none takes minutes over 20,000. What opens is asked for by a range, of which PostgreSQL
-- expects one row in two hundred: of `opened = made` it may expect so many that it reads a whole index for a few.
CREATE OR REPLACE FUNCTION public.check_edition(made int) RETURNS void
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    bad record;
BEGIN
    SELECT noun, record INTO bad
    FROM (
        SELECT noun, record, operation, 0 AS opens, 0 AS closes FROM public.tracker_change WHERE edition = made
        UNION ALL
        (SELECT noun, record, NULL, 1, 0 FROM public.tracker_document WHERE opened BETWEEN made AND made OFFSET 0)
        UNION ALL
        (SELECT noun, record, NULL, 0, 1 FROM public.tracker_document WHERE closed = made OFFSET 0)
    ) happened
    GROUP BY noun, record
    HAVING (max(operation), sum(opens), sum(closes)) NOT IN (
        ('published', 1, 0), ('updated', 1, 1), ('renamed', 1, 1), ('retracted', 0, 1), ('merged', 0, 1)
    ) OR max(operation) IS NULL
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'edition %: the change of % % is not what opened and closed', made, bad.noun, bad.record
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'edition_changes_are_what_happened';
    END IF;

    SELECT m.named_noun, m.named INTO bad
    FROM (
        SELECT DISTINCT m.named_noun, m.named
        FROM (SELECT noun, id FROM public.tracker_document WHERE opened BETWEEN made AND made OFFSET 0) d
        CROSS JOIN LATERAL (
            SELECT named_noun, named FROM public.tracker_mention WHERE noun = d.noun AND document = d.id OFFSET 0
        ) m
        UNION
        SELECT c.noun, c.record FROM public.tracker_change c
        WHERE c.edition = made AND c.operation IN ('retracted', 'merged') AND EXISTS (
            SELECT FROM public.tracker_mention m
            CROSS JOIN LATERAL (
                SELECT FROM public.tracker_document
                WHERE noun = m.noun AND id = m.document AND closed IS NULL OFFSET 0
            ) d
            WHERE m.named_noun = c.noun AND m.named = c.record OFFSET 0
        )
    ) m
    WHERE NOT EXISTS (
        SELECT FROM public.tracker_document
        WHERE noun = m.named_noun AND record = m.named AND closed IS NULL OFFSET 0
    ) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'edition %: % % is named but not public', made, bad.named_noun, bad.named
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'edition_names_what_is_public';
    END IF;

    PERFORM public.check_rules(made);
END $$;

-- An edition is later than the one before: by the moment at which it begins, and then by that at which it proves itself.
-- Nothing else of it changes, and nothing any more once it is linked.
CREATE OR REPLACE FUNCTION public.date_edition() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (
        OLD.number IS DISTINCT FROM public.edition_being_made()
        OR to_jsonb(NEW) - 'published_at' IS DISTINCT FROM to_jsonb(OLD) - 'published_at'
    ) THEN
        RAISE EXCEPTION 'UPDATE of tracker_edition is refused: it is append-only' USING ERRCODE = 'restrict_violation';
    END IF;
    NEW.published_at := greatest(
        clock_timestamp(),
        (SELECT published_at FROM public.tracker_edition WHERE number = NEW.number - 1) + interval '1 microsecond'
    );
    RETURN NEW;
END $$;

-- An edition is the next.
CREATE OR REPLACE FUNCTION public.number_edition() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.transaction := pg_current_xact_id()::text::bigint;
    IF NEW.number IS DISTINCT FROM (SELECT coalesce(max(number), 0) + 1 FROM public.tracker_edition) THEN
        RAISE EXCEPTION 'edition % is not the next', NEW.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- An edition proves itself, notes what its changes are about, counts what it holds, is dated, and is linked to the one
-- before: as the owner, who alone writes all that. Whoever reads meanwhile doesn't see it: the less is done after its
-- moment, the better. Up to which day it goes depends on that moment.
CREATE OR REPLACE FUNCTION public.prove_edition() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    facts record;
BEGIN
    PERFORM public.check_edition(NEW.number);
    PERFORM public.note_subjects(NEW.number);
    SELECT * INTO facts FROM public.facts_of(NEW.number);
    UPDATE public.tracker_edition SET published_at = clock_timestamp() WHERE number = NEW.number;
    INSERT INTO public.tracker_editionfacts
        (edition, records, independent, with_address, sourceless, coded, until)
    VALUES (
        NEW.number, facts.records, facts.independent, facts.with_address, facts.sourceless, facts.coded,
        public.edition_covers(NEW.number)
    );
    PERFORM public.add_link(NEW.number);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION public.prove_edition FROM PUBLIC;

-- Rows are written only for the edition that this transaction makes: (the column that names the edition).
CREATE OR REPLACE FUNCTION public.write_edition() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    made int := public.edition_being_made();
    others boolean;
BEGIN
    CASE TG_ARGV[0]  -- of each a plan is kept, as it would not be of one that is put together
        WHEN 'edition' THEN others := EXISTS (SELECT FROM new_rows n WHERE n.edition IS DISTINCT FROM made);
        WHEN 'opened' THEN others := EXISTS (SELECT FROM new_rows n WHERE n.opened IS DISTINCT FROM made);
        WHEN 'closed' THEN others := EXISTS (SELECT FROM new_rows n WHERE n.closed IS DISTINCT FROM made);
        WHEN 'link' THEN others := EXISTS (SELECT FROM new_rows n WHERE n.link IS DISTINCT FROM made);
    END CASE;
    IF others THEN
        RAISE EXCEPTION '%.%: not the edition being made in this transaction', TG_TABLE_NAME, TG_ARGV[0]
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
