-- No source comes from itself by way of others, also when two are changed at the same moment.
CREATE OR REPLACE FUNCTION public.keep_origins() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.refuse_old_snapshot();
    PERFORM pg_advisory_xact_lock(hashtext('tracker: origins of sources'));
    IF EXISTS (
        WITH RECURSIVE origins (id) AS (
            SELECT NEW.derives_from_id
            UNION
            SELECT s.derives_from_id FROM public.tracker_source s JOIN origins o ON s.id = o.id WHERE s.id <> NEW.id
        )
        SELECT FROM origins WHERE id = NEW.id
    ) THEN
        RAISE EXCEPTION 'source % would come from itself', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'source_is_not_its_own_origin', COLUMN = 'derives_from_id',
                  DETAIL = json_build_object('record', NEW.id, 'other', null, 'params', null)::text;
    END IF;
    RETURN NEW;
END $$;
