-- A value that was public belongs to one record for ever: (the column, the rule's name). An edition is made by one
-- transaction at a time, since it takes the next number, so no other can be adding the same.
CREATE OR REPLACE FUNCTION public.belong_to_one_record() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    taken record;
BEGIN
    EXECUTE format(
        'SELECT n.record, n.%1$I AS value, d.record AS owner FROM new_rows n'
        ' JOIN public.%2$I d ON d.%1$I = n.%1$I AND d.record <> n.record LIMIT 1',
        TG_ARGV[0], TG_TABLE_NAME
    ) INTO taken;
    IF taken.value IS NOT NULL THEN
        RAISE EXCEPTION '“%” belongs to record % for ever, not to %', taken.value, taken.owner, taken.record
            USING ERRCODE = 'unique_violation', CONSTRAINT = TG_ARGV[1], COLUMN = TG_ARGV[0];
    END IF;
    RETURN NULL;
END $$;

-- At the desk, too, nobody else takes it: (noun, column). Of inserted rows all are asked about at once; it is asked after
-- they were written, when whoever held the key before them has committed.
CREATE OR REPLACE FUNCTION public.take_no_public_key() RETURNS trigger
LANGUAGE plpgsql SET enable_seqscan = off SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    documents text := TG_TABLE_NAME || 'document';
    this jsonb := to_jsonb(NEW);
    taken record;
BEGIN
    PERFORM public.refuse_old_snapshot();
    IF TG_LEVEL = 'STATEMENT' THEN
        EXECUTE format(
            'SELECT n.%1$I AS key, d.record AS owner FROM new_rows n CROSS JOIN LATERAL ('
            '    SELECT record FROM public.%2$I WHERE %1$I = n.%1$I AND record <> n.id LIMIT 1'
            ') d LIMIT 1',
            TG_ARGV[1], documents
        ) INTO taken;
    ELSE
        EXECUTE format(
            'SELECT $1 AS key, record AS owner FROM public.%2$I WHERE %1$I = $1 AND record <> $2 LIMIT 1',
            TG_ARGV[1], documents
        ) INTO taken USING this ->> TG_ARGV[1], (this ->> 'id')::int;
    END IF;
    IF taken.key IS NOT NULL THEN
        RAISE EXCEPTION '“%” belongs to % % for ever, which was public with it; choose another',
            taken.key, TG_ARGV[0], taken.owner
            USING ERRCODE = 'unique_violation', CONSTRAINT = TG_ARGV[0] || '_takes_no_public_key', COLUMN = TG_ARGV[1];
    END IF;
    RETURN NULL;
END $$;
