"""Triggers that cannot be gone round.

The trigger library lets whoever sets `pgtrigger.ignore` past any of its triggers, and any role may set that. What
guards history and publication must hold for the application too, so ours are installed without that way out.

Nor can names in them be led elsewhere: whatever its caller's search path says, a function looks in PostgreSQL's own
catalogue first and in temporary tables last, so everything else in it is written with its schema. What writes history
or the chain does so as the owner; nobody else may call it, or hang it on a table of their own. Replacing a function
takes all of that from it, so a migration that makes or replaces one ends with
`migrations.RunSQL(SECURED, migrations.RunSQL.noop)`; a test walks over all functions.
"""

from typing import Any

import pgtrigger
from pgtrigger import compiler

AS_OWNER = r"pgtrigger\_(event\_of|proves\_itself)\_%"
SECURED = rf"""
DO $$
DECLARE
    secured regprocedure;
    as_owner boolean;
BEGIN
    FOR secured, as_owner IN
        SELECT p.oid, p.proname SIMILAR TO '{AS_OWNER}'
        FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang
        WHERE p.pronamespace = 'public'::regnamespace AND l.lanname = 'plpgsql'
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, pg_temp', secured);
        IF as_owner THEN
            EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER', secured);
            EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', secured);
        END IF;
    END LOOP;
END $$;
"""


class TriggerSql(compiler.UpsertTriggerSql):
    """The SQL that installs a trigger; migrations hold it."""

    def get_template(self) -> str:
        """Return the template, which migrations that were released depend on."""
        return """
            CREATE OR REPLACE FUNCTION {pgid}() RETURNS trigger LANGUAGE plpgsql AS $$
                {declare}
                BEGIN
                    {func}
                END;
            $$;

            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE {constraint} TRIGGER {pgid}
                {when} {operation} ON {table}
                {timing}
                {referencing}
                FOR EACH {level} {condition}
                EXECUTE FUNCTION {execute};

            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class Trigger(pgtrigger.Trigger):
    """The one base of our triggers."""

    def compile(self, model: Any) -> compiler.Trigger:
        """Compile as the library does, into SQL of ours."""
        compiled = super().compile(model)
        return compiler.Trigger(name=compiled.name, sql=TriggerSql(**compiled.sql.kwargs))


def composes_text() -> Trigger:
    """Return the trigger that writes every text of a row composed (NFC), as it is then searched and compared.

    The row as JSON is looked at, whichever its columns; no letter composes with what JSON puts around texts.
    """
    return Trigger(
        name="composes_text",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="""
            IF to_jsonb(NEW)::text IS NOT NFC NORMALIZED THEN
                NEW := jsonb_populate_record(NEW, normalize(to_jsonb(NEW)::text, NFC)::jsonb);
            END IF;
            RETURN NEW;
        """,
    )


def planned_anew(statement: str) -> str:
    """Return the PL/pgSQL that plans a statement each time it runs, for the rows that there are then.

    What stands in a function as it is keeps, for the session, the plan made for the first number of rows that it meets.
    That may be one, and a nested loop, which takes hours over the transition tables of an update of 30,000 rows.
    """
    return f"EXECUTE $statement${statement}$statement$"
