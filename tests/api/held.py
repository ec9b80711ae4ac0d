"""Whether anybody holds a transaction, a lock or a snapshot."""

from tests.models.rows import execute

OTHERS = "pid <> pg_backend_pid() AND datname = current_database() AND backend_type = 'client backend'"
IN_A_TRANSACTION = f"SELECT pid, query FROM pg_stat_activity WHERE {OTHERS} AND xact_start IS NOT NULL"
HELD = f"SELECT l.* FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE {OTHERS}".replace("pid <>", "a.pid <>")
SNAPSHOTS = f"SELECT pid FROM pg_stat_activity WHERE {OTHERS} AND (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL)"


def nobody_is_held_up() -> bool:
    """Tell whether no other connection has a transaction, a lock or a snapshot."""
    return not (execute(IN_A_TRANSACTION) or execute(HELD) or execute(SNAPSHOTS))
