-- A review is of the version that is at the desk, and so is the survivor that a merge is proposed into.
CREATE OR REPLACE FUNCTION public.review_version() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found int;
BEGIN
    NEW.made_at := statement_timestamp();  -- one for all that one step is about
    EXECUTE format('SELECT version FROM public.tracker_%I WHERE id = $1 FOR SHARE', NEW.noun)
        INTO found USING NEW.record;
    IF found IS DISTINCT FROM NEW.version THEN
        RAISE EXCEPTION '% % has version %, not %', NEW.noun, NEW.record, coalesce(found::text, 'none'), NEW.version
            USING ERRCODE = 'check_violation', CONSTRAINT = 'review_is_of_the_version_at_the_desk';
    END IF;
    IF NEW.survivor IS NOT NULL THEN
        EXECUTE format('SELECT version FROM public.tracker_%I WHERE id = $1 FOR SHARE', NEW.noun)
            INTO found USING NEW.survivor;
        IF found IS DISTINCT FROM NEW.survivor_version THEN
            RAISE EXCEPTION '% % has version %, not %', NEW.noun, NEW.survivor, coalesce(found::text, 'none'),
                NEW.survivor_version
                USING ERRCODE = 'check_violation', CONSTRAINT = 'review_is_of_the_version_at_the_desk';
        END IF;
    END IF;
    RETURN NEW;
END $$;
