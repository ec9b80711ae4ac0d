"""Let lists be read from indexes alone, and editions be checked at the cost of what they change.

Bodies stay in their rows, whole, up to the size of a page; statistics follow as soon as editions have grown them.
"""

from django.db import migrations, models

DOCUMENTS = [f"tracker_{noun}document" for noun in ("issue", "actor", "source", "stance", "alignment", "meeting")]
STORAGE = "".join(
    f"ALTER TABLE public.{table} SET (toast_tuple_target = 8160, autovacuum_vacuum_scale_factor = 0.02, "
    "autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);"
    for table in DOCUMENTS
)
CHECK_EDITION = """
-- What an edition must be when it commits; every violation raises, naming the record.
-- Planned anew each time: the plan for an edition of one record takes minutes over one of 30,000.
CREATE OR REPLACE FUNCTION public.check_edition(made int) RETURNS void
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
    FROM (
        SELECT s.record
        FROM public.tracker_stancedocument s
        JOIN public.tracker_issuedocument i ON i.record = s.issue AND i.closed IS NULL
        WHERE s.opened = made AND s.closed IS NULL AND NOT i.has_question
        UNION ALL
        SELECT s.record
        FROM public.tracker_issuedocument i
        CROSS JOIN LATERAL (
            -- In the order of the index of an issue's stances, so that it is looked up there, once.
            SELECT s.record FROM public.tracker_stancedocument s
            WHERE s.issue = i.record AND s.closed IS NULL ORDER BY s.sort DESC, s.record DESC LIMIT 1
        ) s
        WHERE i.opened = made AND i.closed IS NULL AND NOT i.has_question
    ) s LIMIT 1;
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
SURVIVOR = """
-- The record that one is merged into in an edition, and that one perhaps again; the record itself if it is not merged.
CREATE FUNCTION public.survivor(of_noun text, start int, up_to int) RETURNS int
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0005_groups"),
    ]

    operations = [
        migrations.RunSQL(CHECK_EDITION, migrations.RunSQL.noop),
        migrations.RunSQL(SURVIVOR, "DROP FUNCTION public.survivor"),
        migrations.RunSQL(STORAGE, migrations.RunSQL.noop),
        migrations.RemoveIndex(
            model_name="actordocument",
            name="actor_opened",
        ),
        migrations.RemoveIndex(
            model_name="alignmentdocument",
            name="alignment_opened",
        ),
        migrations.RemoveIndex(
            model_name="alignmentdocument",
            name="alignment_now",
        ),
        migrations.RemoveIndex(
            model_name="alignmentdocument",
            name="alignment_then",
        ),
        migrations.RemoveIndex(
            model_name="alignmentdocument",
            name="alignment_now_issue",
        ),
        migrations.RemoveIndex(
            model_name="alignmentdocument",
            name="alignment_then_issue",
        ),
        migrations.RemoveIndex(
            model_name="alignmentdocument",
            name="alignment_now_actor",
        ),
        migrations.RemoveIndex(
            model_name="alignmentdocument",
            name="alignment_then_actor",
        ),
        migrations.RemoveIndex(
            model_name="alignmentdocument",
            name="alignment_now_counterpart",
        ),
        migrations.RemoveIndex(
            model_name="alignmentdocument",
            name="alignment_then_counterpart",
        ),
        migrations.RemoveIndex(
            model_name="issuedocument",
            name="issue_opened",
        ),
        migrations.RemoveIndex(
            model_name="issuedocument",
            name="issue_now_children",
        ),
        migrations.RemoveIndex(
            model_name="meetingdocument",
            name="meeting_opened",
        ),
        migrations.RemoveIndex(
            model_name="sourcedocument",
            name="source_opened",
        ),
        migrations.RemoveIndex(
            model_name="stancedocument",
            name="stance_opened",
        ),
        migrations.RemoveIndex(
            model_name="stancedocument",
            name="stance_now",
        ),
        migrations.RemoveIndex(
            model_name="stancedocument",
            name="stance_then",
        ),
        migrations.RemoveIndex(
            model_name="stancedocument",
            name="stance_now_issue",
        ),
        migrations.RemoveIndex(
            model_name="stancedocument",
            name="stance_then_issue",
        ),
        migrations.RemoveIndex(
            model_name="stancedocument",
            name="stance_now_actor",
        ),
        migrations.RemoveIndex(
            model_name="stancedocument",
            name="stance_then_actor",
        ),
        migrations.AddIndex(
            model_name="actordocument",
            index=models.Index(fields=["opened", "record"], name="actor_opened"),
        ),
        migrations.AddIndex(
            model_name="actordocument",
            index=models.Index(
                condition=models.Q(("closed__isnull", True)), fields=["kind", "record"], name="actor_now_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="actordocument",
            index=models.Index(fields=["kind", "record", "opened", "gone"], name="actor_then_kind"),
        ),
        migrations.AddIndex(
            model_name="alignmentdocument",
            index=models.Index(fields=["opened", "record"], name="alignment_opened"),
        ),
        migrations.AddIndex(
            model_name="alignmentdocument",
            index=models.Index(
                condition=models.Q(("closed__isnull", True)),
                fields=["-sort", "-record"],
                include=("id", "standing", "issue", "actor", "counterpart"),
                name="alignment_now",
            ),
        ),
        migrations.AddIndex(
            model_name="alignmentdocument",
            index=models.Index(
                fields=["-sort", "-record", "opened", "gone"],
                include=("id", "standing", "issue", "actor", "counterpart"),
                name="alignment_then",
            ),
        ),
        migrations.AddIndex(
            model_name="alignmentdocument",
            index=models.Index(
                condition=models.Q(("closed__isnull", True)),
                fields=["issue", "-sort", "-record"],
                include=("id", "standing", "actor", "counterpart"),
                name="alignment_now_issue",
            ),
        ),
        migrations.AddIndex(
            model_name="alignmentdocument",
            index=models.Index(
                fields=["issue", "-sort", "-record", "opened", "gone"],
                include=("id", "standing", "actor", "counterpart"),
                name="alignment_then_issue",
            ),
        ),
        migrations.AddIndex(
            model_name="alignmentdocument",
            index=models.Index(
                condition=models.Q(("closed__isnull", True)),
                fields=["actor", "-sort", "-record"],
                include=("id", "standing", "issue", "counterpart"),
                name="alignment_now_actor",
            ),
        ),
        migrations.AddIndex(
            model_name="alignmentdocument",
            index=models.Index(
                fields=["actor", "-sort", "-record", "opened", "gone"],
                include=("id", "standing", "issue", "counterpart"),
                name="alignment_then_actor",
            ),
        ),
        migrations.AddIndex(
            model_name="alignmentdocument",
            index=models.Index(
                condition=models.Q(("closed__isnull", True)),
                fields=["counterpart", "-sort", "-record"],
                include=("id", "standing", "issue", "actor"),
                name="alignment_now_counterpart",
            ),
        ),
        migrations.AddIndex(
            model_name="alignmentdocument",
            index=models.Index(
                fields=["counterpart", "-sort", "-record", "opened", "gone"],
                include=("id", "standing", "issue", "actor"),
                name="alignment_then_counterpart",
            ),
        ),
        migrations.AddIndex(
            model_name="issuedocument",
            index=models.Index(fields=["opened", "record"], name="issue_opened"),
        ),
        migrations.AddIndex(
            model_name="issuedocument",
            index=models.Index(
                condition=models.Q(("closed__isnull", True)), fields=["parent", "record"], name="issue_now_parent"
            ),
        ),
        migrations.AddIndex(
            model_name="issuedocument",
            index=models.Index(fields=["parent", "record", "opened", "gone"], name="issue_then_parent"),
        ),
        migrations.AddIndex(
            model_name="meetingdocument",
            index=models.Index(fields=["opened", "record"], name="meeting_opened"),
        ),
        migrations.AddIndex(
            model_name="sourcedocument",
            index=models.Index(fields=["opened", "record"], name="source_opened"),
        ),
        migrations.AddIndex(
            model_name="stancedocument",
            index=models.Index(fields=["opened", "record"], name="stance_opened"),
        ),
        migrations.AddIndex(
            model_name="stancedocument",
            index=models.Index(
                condition=models.Q(("closed__isnull", True)),
                fields=["-sort", "-record"],
                include=("id", "standing", "issue", "actor"),
                name="stance_now",
            ),
        ),
        migrations.AddIndex(
            model_name="stancedocument",
            index=models.Index(
                fields=["-sort", "-record", "opened", "gone"],
                include=("id", "standing", "issue", "actor"),
                name="stance_then",
            ),
        ),
        migrations.AddIndex(
            model_name="stancedocument",
            index=models.Index(
                condition=models.Q(("closed__isnull", True)),
                fields=["issue", "-sort", "-record"],
                include=("id", "standing", "actor"),
                name="stance_now_issue",
            ),
        ),
        migrations.AddIndex(
            model_name="stancedocument",
            index=models.Index(
                fields=["issue", "-sort", "-record", "opened", "gone"],
                include=("id", "standing", "actor"),
                name="stance_then_issue",
            ),
        ),
        migrations.AddIndex(
            model_name="stancedocument",
            index=models.Index(
                condition=models.Q(("closed__isnull", True)),
                fields=["actor", "-sort", "-record"],
                include=("id", "standing", "issue"),
                name="stance_now_actor",
            ),
        ),
        migrations.AddIndex(
            model_name="stancedocument",
            index=models.Index(
                fields=["actor", "-sort", "-record", "opened", "gone"],
                include=("id", "standing", "issue"),
                name="stance_then_actor",
            ),
        ),
    ]
