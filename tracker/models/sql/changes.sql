-- The record that one is merged into in an edition, and that one perhaps again; the record itself if it is not merged.
CREATE OR REPLACE FUNCTION public.survivor(of_noun text, start int, up_to int) RETURNS int
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found int := start;
    next int := start;
BEGIN
    WHILE next IS NOT NULL LOOP
        found := next;
        next := (
            SELECT c.into FROM public.tracker_change c
            WHERE c.noun = of_noun AND c.record = found AND c.edition <= up_to ORDER BY c.edition DESC LIMIT 1
        );
    END LOOP;
    RETURN found;
END $$;

-- What is published is at the desk, and stands: (the nouns that can be merged …). Whoever deletes a record looks for
-- its changes; so whoever makes one public holds on to the record.
CREATE OR REPLACE FUNCTION public.hold_on_to_records() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_noun text;
    published int[];
    held bigint;
BEGIN
    FOR of_noun, published IN
        SELECT noun, array_agg(record) FROM new_rows WHERE operation = 'published' GROUP BY noun ORDER BY noun
    LOOP
        EXECUTE format(
            'SELECT FROM public.tracker_%I WHERE id = ANY ($1) %s FOR KEY SHARE',
            of_noun, CASE WHEN of_noun = ANY (TG_ARGV) THEN 'AND merged_into_id IS NULL' END
        ) USING published;
        GET DIAGNOSTICS held = ROW_COUNT;
        IF held < cardinality(published) THEN
            RAISE EXCEPTION 'a published % is not at the desk, or is merged into another', of_noun
                USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'change_is_of_a_record';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION public.merge_into_public() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    others boolean;
BEGIN
    EXECUTE $statement$
        SELECT EXISTS (
            SELECT FROM new_rows c WHERE c.operation = 'merged' AND NOT EXISTS (
                SELECT FROM public.tracker_document d
                WHERE d.noun = c.noun AND d.record = c.into AND d.record <> c.record AND d.closed IS NULL
            )
        )
    $statement$ INTO others;
    IF others THEN
        RAISE EXCEPTION 'what a record is merged into is another one, and public'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'change_merges_into_what_stands', COLUMN = 'into';
    END IF;
    RETURN NULL;
END $$;

-- Mentions are of documents of the edition that this transaction makes.
CREATE OR REPLACE FUNCTION public.mention_in_new_documents() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_noun text;
    others boolean;
BEGIN
    FOR of_noun IN SELECT DISTINCT noun FROM new_rows LOOP
        EXECUTE format($statement$
            SELECT EXISTS (
                SELECT FROM (SELECT DISTINCT document FROM new_rows WHERE noun = $1) m
                LEFT JOIN public.tracker_%Idocument d ON d.id = m.document
                WHERE d.opened IS NULL OR d.opened IS DISTINCT FROM $2
            )
        $statement$, of_noun) INTO others USING of_noun, public.edition_being_made();
        IF others THEN
            RAISE EXCEPTION 'tracker_mention: not of a document of the edition being made in this transaction'
                USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
