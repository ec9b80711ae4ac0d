"""Functions in SQL that the tables, their constraints and their triggers stand on."""

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations

VAGUE_DATES = r"""
-- The days that a vague date can mean, first and last inclusive; null for ''. The same as tracker.values.dates.
CREATE FUNCTION public.edtf_days(edtf text) RETURNS daterange
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
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

CREATE FUNCTION public.edtf_earliest(edtf text) RETURNS date
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(public.edtf_days(edtf));

CREATE FUNCTION public.edtf_latest(edtf text) RETURNS date
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN upper(public.edtf_days(edtf)) - 1;
"""

ADDRESSES = r"""
-- What two spellings of one address have in common: no scheme, no www., no default port, no fragment, no trailing
-- slash, no parameters that only track the reader; the host in lower case.
CREATE FUNCTION public.normalised_url(url text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    part text[] := regexp_match(btrim(url), '^[a-zA-Z][a-zA-Z0-9+.-]*://([^/?#]*)([^?#]*)(?:\?([^#]*))?');
    host text := regexp_replace(regexp_replace(lower(part[1]), '^www\.', ''), ':(80|443)$', '');
    query text;
BEGIN
    IF part IS NULL THEN
        RETURN btrim(url);
    END IF;
    SELECT string_agg(pair, '&' ORDER BY place) INTO query
    FROM regexp_split_to_table(part[3], '&') WITH ORDINALITY AS pairs (pair, place)
    WHERE pair <> '' AND pair !~* '^(utm_[a-z_]+|fbclid|gclid|mc_cid|mc_eid)(=|$)';
    RETURN host || rtrim(part[2], '/') || coalesce('?' || query, '');
END $$;
"""

SNAPSHOTS = """
-- What looks at other rows must see what was committed while it waited for their locks; under REPEATABLE READ it can't.
CREATE FUNCTION public.refuse_old_snapshot() RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
        RAISE EXCEPTION 'this looks at other rows: do it in READ COMMITTED' USING ERRCODE = 'active_sql_transaction';
    END IF;
END $$;
"""

CHANGE_SETS = """
-- The change set of this transaction; made on first need, of what history.change() left in the setting, or as SQL's.
CREATE FUNCTION public.current_changeset() RETURNS uuid
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    said jsonb := nullif(current_setting('tracker.change', true), '')::jsonb;
    mine bigint := pg_current_xact_id()::text::bigint;
BEGIN
    IF said IS NULL THEN
        said := jsonb_build_object('id', gen_random_uuid(), 'reason', 'as ' || session_user, 'channel', 'sql');
        PERFORM set_config('tracker.change', said::text, true);
    END IF;
    INSERT INTO public.tracker_changeset (id, made_by_id, reason, channel)
    VALUES ((said ->> 'id')::uuid, (said ->> 'made_by')::int, said ->> 'reason', said ->> 'channel')
    ON CONFLICT (id) DO NOTHING;
    IF NOT EXISTS (
        SELECT FROM public.tracker_changeset WHERE id = (said ->> 'id')::uuid AND transaction = mine
    ) THEN
        RAISE EXCEPTION 'change set % belongs to another transaction', said ->> 'id'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN (said ->> 'id')::uuid;
END $$;
"""

EDITIONS = """
-- The edition that this transaction is making, or null; nothing is added to one that has proved itself, which may be
-- before the commit (SET CONSTRAINTS ALL IMMEDIATE). That it has is a lock, as only the end of the transaction undoes it.
CREATE FUNCTION public.edition_being_made() RETURNS int
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (
        SELECT number FROM public.tracker_edition
        WHERE number = (SELECT max(number) FROM public.tracker_edition)
          AND transaction = pg_current_xact_id()::text::bigint
          AND NOT EXISTS (
              SELECT FROM pg_locks
              WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND classid = 20190605 AND objid = number::oid
          )
    );
END $$;

-- What an edition must be when it commits; every violation raises, naming the record.
-- Planned anew each time: the plan for an edition of one record takes minutes over one of 30,000.
CREATE FUNCTION public.check_edition(made int) RETURNS void
LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    bad record;
BEGIN
    SELECT noun, record INTO bad
    FROM (
        SELECT noun, record, operation, 0 AS opens, 0 AS closes FROM public.tracker_change WHERE edition = made
        UNION ALL
        SELECT noun, record, NULL, 1, 0 FROM public.tracker_document WHERE opened = made
        UNION ALL
        SELECT noun, record, NULL, 0, 1 FROM public.tracker_document WHERE closed = made
    ) happened
    GROUP BY noun, record
    HAVING (max(operation), sum(opens), sum(closes)) NOT IN (
        ('published', 1, 0), ('updated', 1, 1), ('renamed', 1, 1), ('retracted', 0, 1), ('merged', 0, 1)
    ) OR max(operation) IS NULL
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'edition %: the change of % % is not what opened and closed', made, bad.noun, bad.record
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'edition_changes_are_what_happened';
    END IF;

    SELECT m.named_noun, m.named INTO bad
    FROM (
        SELECT DISTINCT m.named_noun, m.named
        FROM public.tracker_document d
        JOIN public.tracker_mention m ON m.noun = d.noun AND m.document = d.id
        WHERE d.opened = made
        UNION
        SELECT c.noun, c.record FROM public.tracker_change c
        WHERE c.edition = made AND c.operation IN ('retracted', 'merged') AND EXISTS (
            SELECT FROM public.tracker_mention m
            JOIN public.tracker_document d ON d.noun = m.noun AND d.id = m.document AND d.closed IS NULL
            WHERE m.named_noun = c.noun AND m.named = c.record
        )
    ) m
    WHERE NOT EXISTS (
        SELECT FROM public.tracker_document s
        WHERE s.noun = m.named_noun AND s.record = m.named AND s.closed IS NULL
    ) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'edition %: % % is named but not public', made, bad.named_noun, bad.named
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'edition_names_what_is_public';
    END IF;

    SELECT s.record INTO bad
    FROM public.tracker_issuedocument i
    JOIN public.tracker_stancedocument s ON s.issue = i.record AND s.closed IS NULL
    WHERE i.closed IS NULL AND NOT i.has_question AND (s.opened = made OR i.opened = made) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'edition %: stance % is on an issue without a question', made, bad.record
            USING ERRCODE = 'check_violation', CONSTRAINT = 'edition_stances_have_a_question';
    END IF;

    WITH RECURSIVE above (start, id) AS (
        SELECT record, parent FROM public.tracker_issuedocument WHERE opened = made
        UNION
        SELECT a.start, i.parent FROM above a
        JOIN public.tracker_issuedocument i ON i.record = a.id AND i.closed IS NULL
    )
    SELECT start INTO bad FROM above WHERE id = start LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'edition %: issue % would be its own ancestor', made, bad.start
            USING ERRCODE = 'check_violation', CONSTRAINT = 'edition_issues_are_a_tree';
    END IF;

    PERFORM pg_advisory_xact_lock(20190605, made);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = []
    operations = [
        BtreeGistExtension(),
        migrations.RunSQL(VAGUE_DATES, "DROP FUNCTION public.edtf_latest, public.edtf_earliest, public.edtf_days"),
        migrations.RunSQL(ADDRESSES, "DROP FUNCTION public.normalised_url"),
        migrations.RunSQL(SNAPSHOTS, "DROP FUNCTION public.refuse_old_snapshot"),
        migrations.RunSQL(CHANGE_SETS, "DROP FUNCTION public.current_changeset"),
        migrations.RunSQL(EDITIONS, "DROP FUNCTION public.check_edition, public.edition_being_made"),
    ]
