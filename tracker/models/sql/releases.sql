-- A release is made now, and covered by no link yet.
CREATE OR REPLACE FUNCTION public.date_release() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.made_at := clock_timestamp();
    NEW.transaction := pg_current_xact_id()::text::bigint;
    NEW.link := NULL;
    RETURN NEW;
END $$;

-- Files and pieces are of the release that this transaction makes. Numbers of transactions begin anew in a restored
-- database, so one alone doesn't tell that it is this transaction's.
CREATE OR REPLACE FUNCTION public.add_to_release() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    added_to bigint;
BEGIN
    IF TG_TABLE_NAME = 'tracker_releasefile' THEN
        added_to := NEW.release_id;
    ELSE
        added_to := (SELECT release_id FROM public.tracker_releasefile WHERE id = NEW.file_id);
    END IF;
    IF NOT EXISTS (
        SELECT FROM public.tracker_release
        WHERE id = added_to AND transaction = pg_current_xact_id()::text::bigint AND made_at >= now()
    ) THEN
        RAISE EXCEPTION '%: not of the release being made in this transaction', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION public.weigh_file() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.size IS DISTINCT FROM (
        SELECT coalesce(sum(octet_length(p.content)), 0) FROM public.tracker_releasepiece p WHERE p.file_id = NEW.id
    ) THEN
        RAISE EXCEPTION '%: it is not % bytes long', NEW.name, NEW.size
            USING ERRCODE = 'check_violation', CONSTRAINT = 'release_file_is_whole';
    END IF;
    RETURN NULL;
END $$;
