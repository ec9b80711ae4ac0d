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
