-- Whether a record is merged into another; it is held on to.
CREATE OR REPLACE FUNCTION public.is_merged(noun text, key int) RETURNS boolean
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    survivor int;
BEGIN
    EXECUTE format('SELECT merged_into_id FROM public.%I WHERE id = $1 FOR KEY SHARE', 'tracker_' || noun)
    INTO survivor USING key;
    RETURN survivor IS NOT NULL;
END $$;

-- Rows name no record that is merged into another: (table, then by column: column, noun …). Of inserted ones each record
-- is asked about once, however many name it; updated ones ask one by one, since a trigger that sees all rows of an update
-- can't be one of some columns.
CREATE OR REPLACE FUNCTION public.name_what_stands() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    named jsonb := to_jsonb(NEW);
    i int;
    key int;
BEGIN
    IF TG_LEVEL = 'STATEMENT' THEN
        SELECT a.i, a.key INTO i, key
        FROM (
            SELECT DISTINCT a.i, (n.named ->> TG_ARGV[a.i])::int AS key
            FROM (SELECT to_jsonb(n) AS named FROM new_rows n OFFSET 0) n
            CROSS JOIN generate_series(1, TG_NARGS - 1, 2) AS a (i)
        ) a
        WHERE public.is_merged(TG_ARGV[a.i + 1], a.key) LIMIT 1;
    ELSE
        SELECT a.i, (named ->> TG_ARGV[a.i])::int INTO i, key FROM generate_series(1, TG_NARGS - 1, 2) AS a (i)
        WHERE public.is_merged(TG_ARGV[a.i + 1], (named ->> TG_ARGV[a.i])::int) LIMIT 1;
    END IF;
    IF key IS NOT NULL THEN
        RAISE EXCEPTION '% % was merged into another; name that one', TG_ARGV[i + 1], key
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0] || '_names_what_stands', COLUMN = TG_ARGV[i];
    END IF;
    RETURN NEW;
END $$;

-- A record is merged into one that isn't merged itself, and by then is named by none that isn't: (noun, then by column
-- that names such records: table, column, column and noun of the record that the row belongs to, or '' twice …).
CREATE OR REPLACE FUNCTION public.merge_into_what_stands() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    is_named boolean;
BEGIN
    PERFORM public.refuse_old_snapshot();
    IF NEW.merged_into_id = NEW.id OR public.is_merged(TG_ARGV[0], NEW.merged_into_id) THEN
        RAISE EXCEPTION '% % was merged itself; name its survivor', TG_ARGV[0], NEW.merged_into_id
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0] || '_merges_into_what_stands',
                COLUMN = 'merged_into_id';
    END IF;
    EXECUTE format('SELECT FROM public.%I WHERE id = $1 FOR UPDATE', TG_TABLE_NAME) USING NEW.id;
    FOR i IN 1 .. TG_NARGS - 1 BY 4 LOOP
        EXECUTE format(
            'SELECT EXISTS (SELECT FROM public.tracker_%I t WHERE t.%I = $1 %s)', TG_ARGV[i], TG_ARGV[i + 1],
            CASE
                -- What belongs to a merged record may go on naming another that is merged, and itself.
                WHEN TG_ARGV[i + 3] <> '' THEN format(
                    'AND EXISTS (SELECT FROM public.tracker_%I o WHERE o.id = t.%I AND o.merged_into_id IS NULL %s)',
                    TG_ARGV[i + 3], TG_ARGV[i + 2], CASE WHEN TG_ARGV[i + 3] = TG_ARGV[0] THEN 'AND o.id <> $1' END
                )
                WHEN TG_ARGV[i] = TG_ARGV[0] THEN 'AND t.merged_into_id IS NULL'
            END
        ) INTO is_named USING NEW.id;
        IF is_named THEN
            RAISE EXCEPTION '% % is still named by a %; let it name the survivor first', TG_ARGV[0], NEW.id, TG_ARGV[i]
                USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0] || '_is_named_no_more';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;

-- What is merged stays as it was: (noun).
CREATE OR REPLACE FUNCTION public.stay_merged() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% % was merged into %: change that one, or undo the merge first',
        TG_ARGV[0], OLD.id, OLD.merged_into_id
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0] || '_stays_merged';
END $$;
