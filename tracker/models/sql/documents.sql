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
