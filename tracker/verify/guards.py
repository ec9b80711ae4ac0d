"""What guards the past: functions, triggers and rights are those that the tracker's files declare,
and no others.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.db import transaction

from tracker.models import rules
from tracker.models.queries import rows_of, run
from tracker.models.tracking import triggers_of
from tracker.models.triggers import FOLDER, Trigger, source
from tracker.verify.queries import Progress

FUNCTIONS = """
    WITH defined AS (
        SELECT proname || '(' || pg_get_function_identity_arguments(oid) || ')' AS name,
               pronamespace = pg_my_temp_schema() AS is_wanted,
               proname, prosecdef AND pg_get_userbyid(proowner) = %(owner)s AS is_of_the_owner,
               regexp_replace(pg_get_functiondef(oid), 'FUNCTION [^.]+', '') || ARRAY(
                   SELECT CASE grantee WHEN proowner THEN 'its owner' ELSE grantee::regrole::text
                       END
                   FROM aclexplode(coalesce(proacl, acldefault('f', proowner))) ORDER BY 1
               )::text AS definition
        FROM pg_proc p WHERE prokind = 'f'
            AND pronamespace IN ('public'::regnamespace, pg_my_temp_schema())
          AND NOT EXISTS (SELECT FROM pg_depend
              WHERE (classid, objid) = ('pg_proc'::regclass, p.oid) AND deptype = 'e')
    )
    SELECT name, CASE WHEN d.name IS NULL THEN 'is missing' WHEN w.name IS NULL
        THEN 'is not one of the tracker’s'
                      ELSE 'is not as the tracker has it' END,
           CASE WHEN w.name IS NULL THEN 'DROP FUNCTION public.' || name
                ELSE 'what makes it in tracker/models/sql/, again' END
    FROM (SELECT * FROM defined WHERE NOT is_wanted) d FULL
        JOIN (SELECT * FROM defined WHERE is_wanted) w USING (name)
    WHERE d.definition IS DISTINCT FROM w.definition
      AND (d.is_of_the_owner
          OR coalesce(w.proname, d.proname) IN (SELECT proname FROM defined WHERE is_wanted))
    ORDER BY name
"""
TRIGGERS = """
    SELECT relname::text, tgname::text, pg_get_triggerdef(t.oid), tgenabled::text
    FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
    WHERE relnamespace = 'public'::regnamespace AND relname = ANY(%(tables)s)
        AND (NOT tgisinternal OR tgenabled <> 'O')
"""
RIGHTS = """
    SELECT relname::text, relkind::text,
           coalesce(json_agg(json_build_array(role, on_column, privilege_type))
               FILTER (WHERE role IS NOT NULL), '[]')
    FROM pg_class c LEFT JOIN LATERAL (
        SELECT CASE grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(grantee)
            END AS role, on_column, privilege_type
        FROM (
            SELECT '' AS on_column, coalesce(relacl, acldefault('r', relowner)) AS acl
            UNION ALL
            SELECT attname, attacl FROM pg_attribute WHERE attrelid = c.oid AND NOT attisdropped
        ) a CROSS JOIN LATERAL aclexplode(acl)
    ) a ON role <> %(owner)s
       AND (role = ANY(%(ours)s)
           OR privilege_type IN ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER'))
    WHERE relnamespace = 'public'::regnamespace
        AND (relname = ANY(%(tables)s) OR relkind = 'S' AND EXISTS (
        SELECT FROM pg_depend JOIN pg_class t ON t.oid = refobjid
        WHERE (classid, objid) = ('pg_class'::regclass, c.oid) AND t.relname = ANY(%(tables)s)
    ))
    GROUP BY relname, relkind ORDER BY relname
"""
# Written by the owner, whether by triggers or by migrations.
OF_THE_OWNER = {
    *(
        "tracker_changeset",
        "tracker_event",
        "tracker_event_id_seq",
        "tracker_link",
        "tracker_changesubject",
    ),
    "tracker_editionfacts",
    *("tracker_document", "tracker_rulechange", "tracker_rulechange_id_seq", "django_migrations"),
}
READ = {
    f"tracker_{name}"
    for name in (
        "document",
        "change",
        "changesubject",
        "editionfacts",
        "mention",
        "releasedoi",
        "releasefile",
        "releasepiece",
    )
}
READ_IN_PART = {
    "tracker_edition": {"number", "published_at", "note"},
    "tracker_link": {"edition", "digest"},
    "tracker_release": {"id", "version", "edition", "notes", "made_at"},
}
ROLES = """
    SELECT rolname::text, 'may do everything',
           format('ALTER ROLE %%I NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION', rolname)
               FROM pg_roles
    WHERE rolname = ANY(%(ours)s) AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication)
    UNION ALL
    SELECT member::regrole::text, 'may do what ' || roleid::regrole || ' may',
           format('REVOKE %%s FROM %%s', roleid::regrole, member::regrole) FROM pg_auth_members
    WHERE pg_get_userbyid(member) = ANY(%(ours)s)
    UNION ALL
    SELECT member::regrole::text, 'inherits what ' || roleid::regrole || ' may',
           format('GRANT %%s TO %%s WITH INHERIT FALSE, SET TRUE', roleid::regrole, member::regrole)
    FROM pg_auth_members JOIN pg_roles m ON m.oid = member
    WHERE inherit_option AND NOT rolsuper AND rolname <> ALL(%(ours)s)
      AND pg_get_userbyid(roleid) IN (%(owner)s, %(application)s, 'pg_write_all_data')
    UNION ALL
    SELECT current_database()::text, 'fires no triggers',
           'RESET session_replication_role, by ALTER SYSTEM, DATABASE or ROLE, wherever it was set'
    WHERE current_setting('session_replication_role') <> 'origin'
    UNION ALL
    SELECT ev_class::regclass::text, 'has the rule ' || rulename,
           format('DROP RULE %%I ON %%s', rulename, ev_class::regclass)
    FROM pg_rewrite JOIN pg_class c ON c.oid = ev_class
    WHERE relnamespace = 'public'::regnamespace AND relname = ANY(%(tables)s)
"""


# a role, the column that it may use, or "" for all, and what it may do
Right = tuple[str, str, str]


class GuardDifference(NamedTuple):
    """What isn't as the tracker has it, and what puts it back:
    SQL for the owner, or who may grant.
    """

    what: str
    remedy: str


def complaints(progress: Progress) -> Iterator[str]:
    """Yield functions, triggers and rights that are others;
    to be asked outside a transaction that only reads.
    """
    progress("functions, triggers and rights", 0, 0)
    yield from (difference.what for difference in differences())


def differences() -> Iterator[GuardDifference]:
    """Yield the same with what to do about it."""
    roles = {"owner": settings.OWNER, "application": settings.APPLICATION}
    tables = [model._meta.db_table for model in apps.get_models(include_auto_created=True)]
    ours = {
        "ours": [settings.APPLICATION, settings.READER, "public"],
        "tables": [*tables, "django_migrations"],
    }
    names = {**roles, **ours}
    for name, what, remedy in _functions(names):
        yield GuardDifference(f"function {name}: it {what}", remedy)
    for table, name, what, remedy in _triggers(names):
        yield GuardDifference(f"trigger {name} of {table}: it {what}", remedy)
    yield from _rights(names)
    yield from (
        GuardDifference(f"{name}: it {what}", remedy)
        for name, what, remedy in rows_of(ROLES, names)
    )


def _functions(names: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return which functions are others than those of the files,
    which PostgreSQL defines once more, as temporary.
    """
    if rows_of("SELECT pg_is_in_recovery()") == [(True,)]:
        return [
            (
                "of any name",
                "can't be compared on a standby: verify where the desk writes",
                "nothing",
            )
        ]
    with transaction.atomic():
        for functions in (
            *(source(path.stem) for path in sorted(FOLDER.glob("*.sql"))),
            rules.function(),
        ):
            run(functions.replace("FUNCTION public.", "FUNCTION pg_temp."))
        different = rows_of(FUNCTIONS, names)
        transaction.set_rollback(True)
    return different


def _triggers(names: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    wanted = {
        (table, trigger.name): trigger.sql(table)
        for table, each in _declared().items()
        for trigger in each
    }
    there = {
        (table, name): (definition, enabled)
        for table, name, definition, enabled in rows_of(TRIGGERS, names)
    }
    for key in sorted(wanted.keys() | there.keys()):
        definition, enabled = there.get(key, ("", ""))
        drop = f'DROP TRIGGER "{key[1]}" ON {key[0]}'
        if not definition:
            yield *key, "is missing", wanted[key]
        elif enabled != "O":
            yield *key, "is disabled", f'ALTER TABLE {key[0]} ENABLE TRIGGER "{key[1]}"'
        elif key not in wanted:
            yield *key, "is not one of the tracker’s", drop
        elif _plain(definition) != _plain(wanted[key]):
            yield *key, "is not as the tracker has it", f"{drop}; {wanted[key]}"


def _declared() -> dict[str, tuple[Trigger, ...]]:
    return {
        model._meta.db_table: triggers_of(model)
        for model in apps.get_app_config("tracker").get_models()
    }


def _plain(definition: str) -> str:
    """Return a definition without what PostgreSQL writes otherwise than we do:
    schema, types, brackets, blanks.
    """
    return re.sub(r"public\.|::\w+|[();\s]", "", definition.lower())


def _rights(names: dict[str, Any]) -> Iterator[GuardDifference]:
    triggers = {table: {trigger.name for trigger in each} for table, each in _declared().items()}
    for relation, kind, held in rows_of(RIGHTS, names):
        granted = _granted(relation, kind, triggers.get(relation, set()))
        rights = set(map(tuple, held))
        on = f"{'SEQUENCE ' * (kind == 'S')}{relation}"
        for says, again, different in (
            ("may", f"REVOKE {{}} ON {on} FROM", rights - granted),
            ("may not", f"GRANT {{}} ON {on} TO", granted - rights),
        ):
            for role, column, right in sorted(different):
                of_column = f" ({column})" if column else ""
                remedy = f"{again.format(right + of_column)} {role}"
                yield GuardDifference(f"{role}: it {says} {right} {relation}{of_column}", remedy)


def _granted(relation: str, kind: str, triggers: set[str]) -> set[Right]:
    """Return what migrations grant."""
    writes = ["INSERT"] if "is_append_only" in triggers else ["INSERT", "UPDATE", "DELETE"]
    of_application = [] if relation in OF_THE_OWNER else ["USAGE"] if kind == "S" else writes
    reads = [] if kind == "S" else [(settings.APPLICATION, "", "SELECT")]
    if "closes_once" in triggers:
        reads.append((settings.APPLICATION, "closed", "UPDATE"))
    if "closes_once" in triggers or relation in READ:
        reads.append((settings.READER, "", "SELECT"))
    reads += [(settings.READER, column, "SELECT") for column in READ_IN_PART.get(relation, ())]
    return {*reads, *((settings.APPLICATION, "", right) for right in of_application)}
