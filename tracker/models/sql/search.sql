-- A Russian word without its ending. PostgreSQL's stemmer is asked until it finds nothing more to take off: asked once,
-- it makes one word of Китай (кита) and another of Китая (кит).
CREATE OR REPLACE FUNCTION public.stem(word text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    stem text := lower(word);
    shorter text;
BEGIN
    LOOP
        shorter := (ts_lexize('pg_catalog.russian_stem', stem))[1];  -- null: it is one that any text has (и, в)
        EXIT WHEN shorter IS NULL OR shorter = stem;
        stem := shorter;
    END LOOP;
    RETURN stem;
END $$;

-- A text with its Russian words as stems, all else as it is.
CREATE OR REPLACE FUNCTION public.stems(said text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF said !~ '[\u0400-\u04FF]' THEN
        RETURN said;
    END IF;
    RETURN (
        SELECT string_agg(piece[1] || public.stem(piece[2]), '' ORDER BY place)
        FROM regexp_matches(said, '([^\u0400-\u04FF]*)([\u0400-\u04FF]*)', 'g') WITH ORDINALITY AS m (piece, place)
    );
END $$;

-- Texts with their words apart, composed (NFC), Russian ones as stems. PostgreSQL takes what has a slash, a point or an @
-- for a file, a host, a number …, of which each would be one word; here its parts are words one after the other, and what
-- is asked for is a phrase of them, or of some. It is JSON that is changed, as text: none of these signs belongs to its
-- own.
CREATE OR REPLACE FUNCTION public.parted(texts jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    said text := texts::text;
    is_latin boolean := said !~ '[^\u0001-\u02FF\u2010-\u2027]';  -- and so composed as it is: composing is slow
BEGIN
    IF NOT is_latin THEN
        said := public.stems(normalize(said));
    END IF;
    said := regexp_replace(said, '[/.~@<>&+]|-(?=[0-9])', ' ', 'g');
    -- Chinese and Japanese have no spaces: each character is a word, and what is asked for a phrase of them.
    IF NOT is_latin AND said ~ '[\u2E80-\u9FFF\uF900-\uFAFF\U00020000-\U0003FFFF]' THEN
        said := regexp_replace(said, '([\u2E80-\u9FFF\uF900-\uFAFF\U00020000-\U0003FFFF])', ' \1 ', 'g');
    END IF;
    RETURN said;
END $$;

-- The words of a document: A its own names, B the names that it refers to, C its texts.
CREATE OR REPLACE FUNCTION public.document_words(body text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    config regconfig := 'public.tracker';
    doc jsonb := body;
    names jsonb := jsonb_build_array(
        doc -> 'name', doc -> 'title', doc -> 'english_title', doc -> 'short_name', doc -> 'names', doc -> 'aliases',
        to_jsonb(public.spellings(doc ->> 'symbol'))
    );
    named jsonb := jsonb_path_query_array(doc, '$.*.name') || jsonb_path_query_array(doc, '$.*.*.name');
    texts jsonb := jsonb_build_array(
        doc -> 'summary', doc -> 'question', doc -> 'standing_note', doc -> 'iso3', doc -> 'place', doc -> 'series',
        doc -> 'publisher', doc -> 'container_title', doc -> 'authors', doc -> 'keywords', doc -> 'url',
        jsonb_path_query_array(doc, '$.citations[*].quote'), jsonb_path_query_array(doc, '$.citations[*].locator'),
        jsonb_path_query_array(doc, '$.core_interests[*].note'), jsonb_path_query_array(doc, '$.memberships[*].role'),
        jsonb_path_query_array(doc, '$.issues[*].outcome'), doc -> 'draft_symbol', doc -> 'meeting_record'
    );
BEGIN
    IF octet_length(body) > 500000 THEN
        texts := '[]';  -- more words than PostgreSQL can keep of one document
    END IF;
    texts := public.parted(jsonb_build_array(names, named, texts));
    RETURN setweight(to_tsvector(config, texts -> 0), 'A')
        || setweight(to_tsvector(config, texts -> 1), 'B')
        || setweight(to_tsvector(config, texts -> 2), 'C');
END $$;

-- A document's own names, as one text in which near spellings are found.
CREATE OR REPLACE FUNCTION public.name_words(words tsvector) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN array_to_string(tsvector_to_array(ts_filter(words, '{a}')), ' ');
END $$;

-- Loads pg_trgm: before that, nobody but a superuser may name a setting of its own.
SELECT public.similarity('', '');

-- What a search asks for: exactly that, and widened by near spellings of its bare words among the names of actors and
-- issues that stood in an edition. A word that is itself one of these names is not widened, nor is one of four letters,
-- of which another makes another name (Iran, Iraq). Near is what begins or ends alike and has four of five letters in
-- common, in whatever order: Valdimir and Vladimir, but not Poland and polar.
CREATE OR REPLACE FUNCTION public.search_query(said text, bare text, made int, OUT exact tsquery, OUT wide tsquery)
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET pg_trgm.word_similarity_threshold = 0.35 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    word text;
    near text;
BEGIN
    exact := websearch_to_tsquery('public.tracker', public.stems(said));
    wide := exact;
    FOREACH word IN ARRAY (tsvector_to_array(to_tsvector('public.tracker', public.stems(bare))))[1:20] LOOP
        CONTINUE WHEN length(word) < 5 OR word ~ '[0-9\\]';
        SELECT string_agg(quote_literal(n.name), ' | ') INTO near FROM (
            SELECT w.lexeme AS name, max(public.similarity(w.lexeme, word)) AS how
            FROM (
                SELECT search FROM public.tracker_actordocument
                WHERE public.name_words(search) OPERATOR(public.%>) word AND opened <= made AND gone > made
                UNION ALL
                SELECT search FROM public.tracker_issuedocument
                WHERE public.name_words(search) OPERATOR(public.%>) word AND opened <= made AND gone > made
            ) d CROSS JOIN LATERAL unnest(ts_filter(d.search, '{a}')) w
            WHERE public.similarity(w.lexeme, word) >= 0.38 AND length(w.lexeme) >= 4 AND w.lexeme !~ '\\'
                AND (
                    10 * (
                        SELECT count(*) FROM (
                            SELECT string_to_table(w.lexeme, NULL) INTERSECT ALL SELECT string_to_table(word, NULL)
                        ) letters
                    ) >= 4 * (length(w.lexeme) + length(word))
                    -- Iranian begins with Iran, Ukrainian with all but the last letter of Ukraine.
                    OR starts_with(word, left(w.lexeme, length(w.lexeme) - (length(w.lexeme) > 6)::int))
                    OR starts_with(w.lexeme, left(word, length(word) - (length(word) > 6)::int))
                )
            GROUP BY w.lexeme ORDER BY how DESC, name LIMIT 3
        ) n HAVING max(n.how) < 1;
        IF near IS NOT NULL THEN
            wide := ts_rewrite(wide, quote_literal(word)::tsquery, (quote_literal(word) || ' | ' || near)::tsquery);
        END IF;
    END LOOP;
END $$;

-- A document knows its words.
CREATE OR REPLACE FUNCTION public.know_words() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.search := public.document_words(NEW.body);
    RETURN NEW;
END $$;
