-- An issue that stances are on keeps its question.
CREATE OR REPLACE FUNCTION public.keep_question() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    stance int;
BEGIN
    PERFORM public.refuse_old_snapshot();
    SELECT id INTO stance FROM public.tracker_stance WHERE issue_id = NEW.id LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'issue % is one of stances', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'stance_issue_has_a_question', COLUMN = 'question',
                  DETAIL = json_build_object('record', stance, 'other', NEW.id, 'params', null)::text;
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION public.ask_for_question() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (SELECT question FROM public.tracker_issue WHERE id = NEW.issue_id FOR SHARE) = '' THEN
        RAISE EXCEPTION 'issue % of stance % has no question', NEW.issue_id, NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'stance_issue_has_a_question', COLUMN = 'issue_id',
                  DETAIL = json_build_object('record', NEW.id, 'other', NEW.issue_id, 'params', null)::text;
    END IF;
    RETURN NEW;
END $$;

-- The tree has no cycles, also when two issues are moved at the same moment.
CREATE OR REPLACE FUNCTION public.keep_tree() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.refuse_old_snapshot();
    PERFORM pg_advisory_xact_lock(hashtext('tracker: the tree of issues'));
    IF EXISTS (
        WITH RECURSIVE above (id) AS (
            SELECT NEW.parent_id
            UNION
            SELECT i.parent_id FROM public.tracker_issue i JOIN above ON i.id = above.id WHERE i.id <> NEW.id
        )
        SELECT FROM above WHERE id = NEW.id
    ) THEN
        RAISE EXCEPTION 'issue % would be its own ancestor', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'issue_is_not_its_own_ancestor', COLUMN = 'parent_id',
                  DETAIL = json_build_object('record', NEW.id, 'other', null, 'params', null)::text;
    END IF;
    RETURN NEW;
END $$;
