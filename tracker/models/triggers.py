"""Triggers that cannot be gone round.

The trigger library lets whoever sets `pgtrigger.ignore` past any of its triggers, and any role may set that. What
guards history and publication must hold for the application too, so ours are installed without that way out.
"""

from typing import Any

import pgtrigger
from pgtrigger import compiler


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


def planned_anew(statement: str) -> str:
    """Return the PL/pgSQL that plans a statement each time it runs, for the rows that there are then.

    What stands in a function as it is keeps, for the session, the plan made for the first number of rows that it meets.
    That may be one, and a nested loop, which takes hours over the transition tables of an update of 30,000 rows.
    """
    return f"EXECUTE $statement${statement}$statement$"
