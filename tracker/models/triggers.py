"""Triggers, declared beside the tables that they guard:
`triggers = (Trigger(…), …)` in the body of a model.

They call functions of `sql/`, one file a subject, which many tables share: noun, part and columns
are arguments. `docs/development/triggers.md` says how one is added or changed. Names of a table's
triggers sort in the order in which they must fire.

Nobody gets past a trigger of ours but a superuser, and names in functions lead nowhere else:
whatever its caller's search path says, a function looks in PostgreSQL's own catalogue first and in
temporary tables last (`SET search_path = pg_catalog, pg_temp`), so everything else in it is written
with its schema. What writes history or the chain does so as the owner (`SECURITY DEFINER`), and
nobody else may execute it, or hang it on a table of their own.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from django.db.migrations import RunSQL

FOLDER = Path(__file__).parent / "sql"


@dataclass(frozen=True)
class Trigger:
    """A trigger of one table.

    `when` is, for instance, BEFORE INSERT OR UPDATE OF issue_id.
    One that fires for statements sees their rows as `old_rows` or `new_rows`, if it asks for them.
    """

    name: str
    when: str
    function: str
    arguments: tuple[str, ...] = ()
    each: Literal["ROW", "STATEMENT"] = "ROW"
    rows: tuple[Literal["old_rows", "new_rows"], ...] = ()
    condition: str = ""
    deferred: bool = False

    @property
    def columns(self) -> set[str]:
        """Return the columns without which it can't be made."""
        _, _, named = self.when.partition(" OF ")
        return {*re.findall(r"\w+", named), *re.findall(r"\b(?:NEW|OLD)\.(\w+)", self.condition)}

    def sql(self, table: str) -> str:
        """Return the statement that makes it."""
        return " ".join(
            [
                f"CREATE {'CONSTRAINT ' if self.deferred else ''}TRIGGER {self.name} "
                f"{self.when} ON public.{table}",
                *(["DEFERRABLE INITIALLY DEFERRED"] if self.deferred else []),
                *(
                    ["REFERENCING", *(f"{rows[:3].upper()} TABLE AS {rows}" for rows in self.rows)]
                    if self.rows
                    else []
                ),
                f"FOR EACH {self.each}",
                *([f"WHEN ({self.condition})"] if self.condition else []),
                f"EXECUTE FUNCTION "
                f"public.{self.function}({', '.join(map(_literal, self.arguments))});",
            ]
        )


COMPOSES_TEXT = Trigger("composes_text", "BEFORE INSERT OR UPDATE", "compose_text")


def source(subject: str) -> str:
    """Return the SQL that makes the functions of a file in `sql/`, again if they are there."""
    return (FOLDER / f"{subject}.sql").read_text()


def digest(subject: str) -> str:
    """Return by what a migration knows the file as it is: the first digits of its SHA-256."""
    return sha256(source(subject).encode()).hexdigest()[:12]


class Functions(RunSQL):
    """Make the functions of files in `sql/` what the files say:
    `Functions(history="0123456789ab")`.

    A file is run as it is, also by a migration of a day when it was another. So its functions must
    be right for the tables that there are at each migration that runs it; what is in the body of
    one in PL/pgSQL is looked up when it is called, not before. The digest says which state of the
    file a migration brings to databases that are there already. Going back leaves the functions.
    """

    def __init__(self, **digests: str) -> None:
        self.digests = digests
        super().__init__("\n".join(map(source, digests)), RunSQL.noop)


def _literal(argument: str) -> str:
    return "'" + argument.replace("'", "''") + "'"
