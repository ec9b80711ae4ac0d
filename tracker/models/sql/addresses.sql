-- What two spellings of one address have in common: no scheme, no www., no default port, no fragment, no trailing
-- slash, no parameters that only track the reader; the host in lower case.
CREATE OR REPLACE FUNCTION public.normalised_url(url text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    part text[] := regexp_match(btrim(url), '^[a-zA-Z][a-zA-Z0-9+.-]*://([^/?#]*)([^?#]*)(?:\?([^#]*))?');
    host text := regexp_replace(regexp_replace(lower(part[1]), '^www\.', ''), ':(80|443)$', '');
    query text;
    found text := btrim(url);
BEGIN
    IF part IS NOT NULL THEN
        SELECT string_agg(pair, '&' ORDER BY place) INTO query
        FROM regexp_split_to_table(part[3], '&') WITH ORDINALITY AS pairs (pair, place)
        WHERE pair <> '' AND pair !~* '^(utm_[a-z_]+|fbclid|gclid|mc_cid|mc_eid)(=|$)';
        found := host || rtrim(part[2], '/') || coalesce('?' || query, '');
    END IF;
    RETURN CASE WHEN char_length(found) <= 500 THEN found
        ELSE left(found, 500) || '#' || encode(sha256(convert_to(found, 'UTF8')), 'hex') END;
END $$;
