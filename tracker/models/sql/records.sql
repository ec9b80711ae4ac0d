-- What looks at other rows must see what was committed while it waited for their locks; under REPEATABLE READ it can't.
CREATE OR REPLACE FUNCTION public.refuse_old_snapshot() RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
        RAISE EXCEPTION 'this looks at other rows: do it in READ COMMITTED' USING ERRCODE = 'active_sql_transaction';
    END IF;
END $$;

-- Write every text of a row composed (NFC), as it is then searched and compared. The row as JSON is looked at,
-- whichever its columns; no letter composes with what JSON puts around texts. Characters up to U+02FF, dashes and quotation
-- marks compose with nothing, so a row that has no others is not looked at: making JSON of it takes longer than finding out.
CREATE OR REPLACE FUNCTION public.compose_text() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW::text ~ '[^\u0001-\u02FF\u2010-\u2027]' AND to_jsonb(NEW)::text IS NOT NFC NORMALIZED THEN
        NEW := jsonb_populate_record(NEW, normalize(to_jsonb(NEW)::text, NFC)::jsonb);
    END IF;
    RETURN NEW;
END $$;

-- Refuse what the trigger's condition says has changed: (column, why).
CREATE OR REPLACE FUNCTION public.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '%.%: %', TG_TABLE_NAME, TG_ARGV[0], TG_ARGV[1] USING ERRCODE = 'check_violation';
END $$;

-- The columns of a record that say nothing of its content: its key, what triggers keep, what is generated, which is not
-- computed yet when a trigger looks before the row is written.
CREATE OR REPLACE FUNCTION public.columns_apart(of_table oid) RETURNS text[]
LANGUAGE plpgsql STABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN ARRAY['id', 'version', 'state'] || ARRAY(
        SELECT attname::text FROM pg_attribute WHERE attrelid = of_table AND attgenerated <> ''
    );
END $$;

-- A record's history begins, at version 1; or goes on, if what comes back is a row that the record once was: (noun).
-- Asked for each row, so by an index even while PostgreSQL believes that there are no events. Events of parts do not count:
-- the parts of a new record are often written before it.
CREATE OR REPLACE FUNCTION public.begin_at_one() RETURNS trigger
LANGUAGE plpgsql SET enable_seqscan = off SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    apart text[];
    is_there boolean;
    latest int;
    is_itself boolean;
BEGIN
    NEW.version := 1;
    IF NOT EXISTS (
        SELECT FROM public.tracker_event WHERE noun = TG_ARGV[0] AND record = NEW.id AND part = ''
    ) THEN
        RETURN NEW;
    END IF;
    EXECUTE format('SELECT true FROM public.%I WHERE id = $1 FOR KEY SHARE', TG_TABLE_NAME) INTO is_there USING NEW.id;
    IF is_there THEN
        RETURN NEW;
    END IF;
    apart := public.columns_apart(TG_RELID);
    SELECT max((e.after ->> 'version')::int), bool_or(NOT EXISTS (
        SELECT FROM jsonb_each(to_jsonb(NEW)) AS now
        WHERE now.key <> ALL (apart) AND e.after ? now.key
          AND e.after -> now.key IS DISTINCT FROM now.value
    )) INTO latest, is_itself
    FROM public.tracker_event e
    WHERE e.noun = TG_ARGV[0] AND e.record = NEW.id AND e.part = '' AND e.after IS NOT NULL;
    IF NOT is_itself THEN
        RAISE EXCEPTION '% % was another record: an id is never used again', TG_ARGV[0], NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0] || '_id_is_never_used_again';
    ELSIF is_itself THEN
        NEW.version := latest + 1;
        NEW.state := 'editing';
    END IF;
    RETURN NEW;
END $$;

-- Raise a record's version by one when something in it changed, and send it back to editing unless it is the state that
-- did; an editor's save that changes nothing does neither: (the columns that are generated …). These are said, since to
-- look them up would take each row of a large update longer than all the rest of this.
CREATE OR REPLACE FUNCTION public.raise_version() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    apart text[] := ARRAY['id', 'version', 'state'] || TG_ARGV;
    nulls jsonb := jsonb_object(apart, array_fill(NULL::text, ARRAY[cardinality(apart)]));
    is_changed boolean := NEW.version > OLD.version
        OR jsonb_populate_record(NEW, nulls) IS DISTINCT FROM jsonb_populate_record(OLD, nulls);
BEGIN
    IF is_changed AND NEW.state = OLD.state THEN
        NEW.state := 'editing';
    END IF;
    NEW.version := OLD.version + (is_changed OR NEW.state <> OLD.state)::int;
    RETURN NEW;
END $$;

-- A record that was ever public is retracted, not deleted: (noun).
CREATE OR REPLACE FUNCTION public.refuse_deletion_of_public() RETURNS trigger
LANGUAGE plpgsql SET enable_seqscan = off SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.refuse_old_snapshot();
    IF EXISTS (SELECT FROM public.tracker_change WHERE noun = TG_ARGV[0] AND record = OLD.id) THEN
        RAISE EXCEPTION '% % was public: retract it instead of deleting it', TG_ARGV[0], OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_ARGV[0] || '_public_is_not_deleted';
    END IF;
    RETURN OLD;
END $$;
