-- What two spellings of one address have in common: no scheme, no www., no default port, no fragment, no trailing
-- slash, no parameters that only track the reader (tracker/values/addresses.py); the host in lower case, and letters
-- beyond ASCII as they are sent to it, %E4%B8%AD, however they were copied.
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
        WHERE pair <> '' AND pair !~* '^(utm_[a-z_]+|(fb|g|d|y|tw)clid|msclkid|gbraid|wbraid|mc_[ce]id|igshid'
            '|mkt_tok|_hs(enc|mi)|_gl|_ga)(=|$)';
        found := rtrim(part[2], '/') || coalesce('?' || query, '');
        IF octet_length(found) > char_length(found) THEN
            SELECT string_agg(
                CASE WHEN octet_length(letter) = 1 THEN letter
                ELSE regexp_replace(encode(convert_to(letter, 'UTF8'), 'hex'), '(..)', '%\1', 'g') END,
                '' ORDER BY place
            ) INTO found FROM regexp_split_to_table(found, '') WITH ORDINALITY AS letters (letter, place);
        END IF;
        IF strpos(found, '%') > 0 THEN
            SELECT string_agg(
                CASE WHEN place > 1 AND piece ~ '^[0-9A-Fa-f]{2}' THEN upper(left(piece, 2)) || substr(piece, 3)
                ELSE piece END,
                '%' ORDER BY place
            ) INTO found FROM regexp_split_to_table(found, '%') WITH ORDINALITY AS pieces (piece, place);
        END IF;
        found := host || found;
    END IF;
    RETURN CASE WHEN char_length(found) <= 500 THEN found
        ELSE left(found, 500) || '#' || encode(sha256(convert_to(found, 'UTF8')), 'hex') END;
END $$;
