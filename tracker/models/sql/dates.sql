-- The days that a vague date can mean, first and last inclusive; null for ''. The same as tracker.values.dates.
CREATE OR REPLACE FUNCTION public.edtf_days(edtf text) RETURNS daterange
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    part text[];
    first_day date;
    last_day date;
BEGIN
    IF edtf = '' THEN
        RETURN NULL;
    END IF;
    part := regexp_match(edtf, '^\[([0-9-]+)\.\.([0-9-]+)\]$');
    IF part IS NOT NULL THEN
        RETURN daterange(lower(public.edtf_days(part[1])), upper(public.edtf_days(part[2])) - 1, '[]');
    END IF;
    part := regexp_match(edtf, '^([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?[~?%]?$');
    IF part IS NULL OR (part[2] IS NOT NULL AND part[1] LIKE '%X') OR (part[2] = 'XX' AND part[3] <> 'XX') THEN
        RAISE EXCEPTION '“%” is not a date of the EDTF subset', edtf USING ERRCODE = 'invalid_datetime_format';
    END IF;
    first_day := make_date(
        replace(part[1], 'X', '0')::int,
        coalesce(nullif(part[2], 'XX'), '01')::int,
        coalesce(nullif(part[3], 'XX'), '01')::int
    );
    IF coalesce(part[3], 'XX') <> 'XX' THEN
        last_day := first_day;
    ELSIF coalesce(part[2], 'XX') <> 'XX' THEN
        last_day := (first_day + interval '1 month')::date - 1;
    ELSE
        last_day := make_date(replace(part[1], 'X', '9')::int, 12, 31);
    END IF;
    RETURN daterange(first_day, last_day, '[]');
END $$;

CREATE OR REPLACE FUNCTION public.edtf_earliest(edtf text) RETURNS date
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(public.edtf_days(edtf));

CREATE OR REPLACE FUNCTION public.edtf_latest(edtf text) RETURNS date
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN upper(public.edtf_days(edtf)) - 1;

-- The days from the first to the last, both inclusive; null: open.
CREATE OR REPLACE FUNCTION public.days_between(first date, last date) RETURNS daterange
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN daterange(first, last, '[]');
