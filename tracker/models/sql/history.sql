-- The change set of this transaction; made on first need, of what history.change() left in the setting, or as SQL's.
-- Numbers of transactions begin anew in a restored database; so one of another moment is another's, too.
CREATE OR REPLACE FUNCTION public.current_changeset() RETURNS uuid
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    said jsonb := nullif(current_setting('tracker.change', true), '')::jsonb;
    mine bigint := pg_current_xact_id()::text::bigint;
BEGIN
    IF said IS NULL THEN
        said := jsonb_build_object('id', gen_random_uuid(), 'reason', 'as ' || session_user, 'channel', 'sql');
        PERFORM set_config('tracker.change', said::text, true);
    END IF;
    INSERT INTO public.tracker_changeset (id, made_by_id, reason, channel)
    VALUES ((said ->> 'id')::uuid, (said ->> 'made_by')::int, said ->> 'reason', said ->> 'channel')
    ON CONFLICT (id) DO NOTHING;
    IF NOT EXISTS (
        SELECT FROM public.tracker_changeset WHERE id = (said ->> 'id')::uuid AND transaction = mine AND made_at = now()
    ) THEN
        RAISE EXCEPTION 'change set % belongs to another transaction', said ->> 'id'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN (said ->> 'id')::uuid;
END $$;

-- A change set is of this transaction, and covered by no link yet.
CREATE OR REPLACE FUNCTION public.date_changeset() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.made_at := now();
    NEW.transaction := pg_current_xact_id()::text::bigint;
    NEW.link := NULL;
    NEW.digest := NULL;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION public.refuse_events_by_hand() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'events are written by triggers only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

-- Write one event for each row that a statement inserted, changed or deleted: (noun, part, column of the record).
-- As the owner, who alone writes events. Without rows it makes no change set. What joins is planned anew each time: a
-- plan is kept for the session, and the one made for a single row, a nested loop, takes hours over 30,000.
CREATE OR REPLACE FUNCTION public.write_events() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)
        SELECT (SELECT public.current_changeset()), TG_ARGV[0], (r.after ->> TG_ARGV[2])::int, TG_ARGV[1], r.id,
               NULL, r.after
        FROM (SELECT n.id, to_jsonb(n) AS after FROM new_rows n OFFSET 0) r
        ORDER BY r.id;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)
        SELECT (SELECT public.current_changeset()), TG_ARGV[0], (r.before ->> TG_ARGV[2])::int, TG_ARGV[1], r.id,
               r.before, NULL
        FROM (SELECT o.id, to_jsonb(o) AS before FROM old_rows o OFFSET 0) r
        ORDER BY r.id;
    ELSE
        EXECUTE $statement$
            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)
            SELECT (SELECT public.current_changeset()), $1, (r.after ->> $3)::int, $2, r.id, r.before, r.after
            FROM (
                SELECT n.id, to_jsonb(o) AS before, to_jsonb(n) AS after
                FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.* OFFSET 0
            ) r
            ORDER BY r.id
        $statement$ USING TG_ARGV[0], TG_ARGV[1], TG_ARGV[2];
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION public.write_events FROM PUBLIC;

-- Raise the version of the records whose parts a statement changed: (noun, column of the record). Parts of new records
-- come before these, and so have none. Records are looked up by their key, however few PostgreSQL believes there are.
CREATE OR REPLACE FUNCTION public.touch_record() RETURNS trigger
LANGUAGE plpgsql SET enable_seqscan = off SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    changed text := CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT n.%2$I FROM new_rows n'
        WHEN 'DELETE' THEN 'SELECT o.%2$I FROM old_rows o'
        ELSE 'SELECT n.%2$I FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.*'
    END;
    are_there boolean := true;
BEGIN
    IF TG_OP = 'INSERT' THEN
        EXECUTE format(
            'SELECT EXISTS (SELECT FROM new_rows n WHERE (SELECT true FROM public.tracker_%1$I WHERE id = n.%2$I))',
            TG_ARGV[0], TG_ARGV[1]
        ) INTO are_there;
    END IF;
    IF are_there THEN
        EXECUTE format(
            'UPDATE public.tracker_%1$I SET version = version + 1 WHERE id = ANY (ARRAY(' || changed || '))',
            TG_ARGV[0], TG_ARGV[1]
        );
    END IF;
    RETURN NULL;
END $$;
