-- The digest of a record as the API writes it, with the number of the edition.
CREATE OR REPLACE FUNCTION public.document_digest(opened int, body text) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN sha256(convert_to('{"edition":' || opened || ',', 'UTF8') || substr(convert_to(body, 'UTF8'), 2));
END $$;
