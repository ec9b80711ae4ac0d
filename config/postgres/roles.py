"""The three roles of the database and what they may do as such;
what they may do with each table, migrations say.

The embedded server gets them from its launcher. On a server of your own `manage.py up` makes them
if its login may, and an administrator can: `manage.py roles` prints the same statements. Each can
be repeated.
"""

from dataclasses import dataclass

from psycopg import Connection, sql

Row = tuple[object, ...]


@dataclass(frozen=True)
class Roles:
    owner: str
    application: str
    reader: str

    @property
    def names(self) -> tuple[str, str, str]:
        """All three, the owner first."""
        return self.owner, self.application, self.reader


def statements(roles: Roles, database: str, logins: dict[str, str]) -> list[sql.Composed]:
    """Return the statements that prepare `database`, to be run in it.

    `logins` says which login works as which role: role → login.
    """
    return [
        *(creation(role) for role in roles.names),
        *memberships(logins),
        *rights(roles, database, set(logins.values())),
    ]


def creation(role: str) -> sql.Composed:
    """Return the statement that makes a role nobody can log in as, unless it exists."""
    return sql.SQL(
        "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = {name}) "
        "THEN CREATE ROLE {role} NOLOGIN NOSUPERUSER; END IF; END $$"
    ).format(name=sql.Literal(role), role=sql.Identifier(role))


def memberships(logins: dict[str, str]) -> list[sql.Composed]:
    """Return the statements that let each login take its role,
    and have nothing of it before it does.
    """
    return [
        sql.SQL("GRANT {role} TO {login} WITH INHERIT FALSE, SET TRUE").format(
            role=sql.Identifier(role), login=sql.Identifier(login)
        )
        for role, login in logins.items()
        if role != login
    ]


def rights(roles: Roles, database: str, logins: set[str]) -> list[sql.Composed]:
    """Return the statements that let the owner make everything, and the others what they need;
    the public nothing.

    The database itself may belong to anybody:
    only who may also create databases could give it away.
    """
    names = {
        "database": sql.Identifier(database),
        "owner": sql.Identifier(roles.owner),
        "application": sql.Identifier(roles.application),
        "reader": sql.Identifier(roles.reader),
        "connecting": sql.SQL(", ").join(
            sql.Identifier(role) for role in sorted({roles.reader, *logins})
        ),
    }
    lines = (
        "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        "GRANT ALL ON DATABASE {database} TO {owner}",
        "GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {application}",
        "GRANT CONNECT ON DATABASE {database} TO {connecting}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "GRANT ALL ON SCHEMA public TO {owner}",
        "GRANT USAGE ON SCHEMA public TO {application}, {reader}",
    )
    return [sql.SQL(line).format(**names) for line in lines]


def prepare(
    connection: Connection[Row], roles: Roles, database: str, logins: dict[str, str]
) -> None:
    """Run the statements in one transaction; raises psycopg's InsufficientPrivilege."""
    with connection.transaction():
        for statement in statements(roles, database, logins):
            connection.execute(statement)


def is_prepared(connection: Connection[Row], roles: Roles) -> bool:
    """Tell whether the database of `connection` has the roles,
    with what they need to migrate and to read.
    """
    known = connection.execute(
        "SELECT count(*) FROM pg_catalog.pg_roles WHERE rolname = ANY(%s)", [list(roles.names)]
    ).fetchone()
    if known != (len(roles.names),):
        return False
    return connection.execute(
        """SELECT has_database_privilege(%(owner)s, current_database(), 'CREATE')
              AND has_schema_privilege(%(owner)s, 'public', 'CREATE')
              AND has_database_privilege(%(application)s, current_database(), 'TEMPORARY')
              AND NOT has_database_privilege('public', current_database(), 'TEMPORARY')
              AND has_schema_privilege(%(application)s, 'public', 'USAGE')
              AND has_schema_privilege(%(reader)s, 'public', 'USAGE')""",
        {"owner": roles.owner, "application": roles.application, "reader": roles.reader},
    ).fetchone() == (True,)


def may_take(connection: Connection[Row], role: str) -> bool:
    """Tell whether the login of `connection` may take `role`;
    True for the role itself and for a superuser.
    """
    return connection.execute("SELECT pg_has_role(session_user, %s, 'SET')", [role]).fetchone() == (
        True,
    )
