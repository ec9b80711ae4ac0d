-- The words of some texts, each after a space: in lower case, without accents and punctuation; every Chinese or
-- Japanese character is a word, since nothing parts them.
CREATE OR REPLACE FUNCTION public.folded(VARIADIC texts text[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE COST 1000 PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN ' ' || btrim(regexp_replace(
        lower(public.unaccent('public.unaccent', regexp_replace(
            array_to_string(texts, ' '), '([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])', ' \1 ', 'g'
        ))),
        '\s*[[:punct:]][\s[:punct:]]*|\s{2,}|[\t\n\r]', ' ', 'g'
    ));
END $$;

CREATE OR REPLACE FUNCTION public.joined(texts text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN array_to_string(texts, ' ');

-- All texts within a JSON value.
CREATE OR REPLACE FUNCTION public.texts_of(value jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN jsonb_path_query_array(value, '$.** ? (@.type() == "string")')::text;

-- The pattern by which words are searched: anywhere, but the beginning of a word if it is short.
CREATE OR REPLACE FUNCTION public.sought(word text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    words text := ltrim(public.folded(word));
BEGIN
    RETURN CASE WHEN words ~ '^(.{1,2}$|[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])' THEN '% ' ELSE '%' END
        || words || '%';
END $$;

-- Symbols of documents, and of resolutions of the General Assembly the other spelling too: that of lists of votes,
-- R/26/2752, or the body's own, which has the session in Roman numerals up to the thirtieth, A/RES/2752(XXVI), and
-- from then on before the number, A/RES/66/253.
CREATE OR REPLACE FUNCTION public.spellings(VARIADIC symbols text[]) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found text[] := '{}';
    symbol text;
    part text[];
BEGIN
    FOREACH symbol IN ARRAY symbols LOOP
        CONTINUE WHEN coalesce(symbol, '') = '';
        found := found || symbol;
        part := regexp_match(symbol, '^R/([0-9]{1,3})/(.+)$');
        IF part IS NOT NULL AND part[1]::int <= 30 THEN
            found := found || format('A/RES/%s(%s)', part[2], to_char(part[1]::int, 'FMRN'));
        ELSIF part IS NOT NULL THEN
            found := found || format('A/RES/%s/%s', part[1]::int, part[2]);
        END IF;
        part := regexp_match(symbol, '^A/RES/([0-9]{2,3})/(.+)$');
        IF part IS NOT NULL THEN
            found := found || format('R/%s/%s', part[1], part[2]);
        END IF;
        part := regexp_match(symbol, '^A/RES/(.+?) ?\(([IVX]+)\)$');
        IF part IS NOT NULL THEN
            found := found || ARRAY(
                SELECT format('R/%s/%s', session, part[1]) FROM generate_series(1, 30) session
                WHERE to_char(session, 'FMRN') = part[2]
            );
        END IF;
    END LOOP;
    RETURN found;
END $$;
