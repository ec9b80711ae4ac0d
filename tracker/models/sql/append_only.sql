-- Tables in which nothing is ever changed or taken away: it holds for the owner and a superuser too.

-- Refuse whatever the trigger is for: (why).
CREATE OR REPLACE FUNCTION public.refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: %', TG_OP, TG_TABLE_NAME, TG_ARGV[0] USING ERRCODE = 'restrict_violation';
END $$;

-- A column is filled in once, and nothing else changes but what is computed with it: (why, the column, what else …).
CREATE OR REPLACE FUNCTION public.fill_in_once() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    old_row jsonb := to_jsonb(OLD);
    new_row jsonb := to_jsonb(NEW);
    filled text[] := TG_ARGV[1:];
BEGIN
    IF old_row -> TG_ARGV[1] <> 'null' OR new_row -> TG_ARGV[1] = 'null'
       OR new_row - filled IS DISTINCT FROM old_row - filled THEN
        RAISE EXCEPTION '% is append-only: %, and nothing else of it changes', TG_TABLE_NAME, TG_ARGV[0]
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
