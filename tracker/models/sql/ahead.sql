-- Note the versions to which a statement raised records; take the notes on records that it deleted away: (noun).
CREATE OR REPLACE FUNCTION public.note_ahead() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO public.tracker_ahead (noun, record, version)
        SELECT TG_ARGV[0], n.id, n.version FROM new_rows n ORDER BY n.id
        ON CONFLICT (noun, record) DO UPDATE SET version = EXCLUDED.version;
    ELSIF TG_OP = 'DELETE' THEN
        EXECUTE 'DELETE FROM public.tracker_ahead a USING old_rows o WHERE a.noun = $1 AND a.record = o.id'
            USING TG_ARGV[0];
    ELSE
        EXECUTE $statement$
            INSERT INTO public.tracker_ahead (noun, record, version)
            SELECT $1, n.id, n.version FROM old_rows o JOIN new_rows n USING (id)
            WHERE o.* IS DISTINCT FROM n.* ORDER BY n.id
            ON CONFLICT (noun, record) DO UPDATE SET version = EXCLUDED.version
        $statement$ USING TG_ARGV[0];
    END IF;
    RETURN NULL;
END $$;

-- Take the notes on versions that readers see away: (noun), or without it of the noun that the new rows say.
CREATE OR REPLACE FUNCTION public.forget_seen() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    EXECUTE format(
        'DELETE FROM public.tracker_ahead a USING new_rows n'
        ' WHERE a.noun = %s AND a.record = n.record AND a.version <= n.version',
        coalesce(quote_literal(TG_ARGV[0]), 'n.noun')
    );
    RETURN NULL;
END $$;
