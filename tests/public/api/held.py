"""Whether anybody holds a transaction, a lock or a snapshot."""

from tests.models.rows import execute

OTHERS = (
    "a.pid <> pg_backend_pid() AND a.datname = current_database() AND a.backend_type = 'client "
    "backend'"
)
OF_OTHERS = f"SELECT a.pid, a.query FROM pg_stat_activity a WHERE {OTHERS}"
IN_A_TRANSACTION = f"{OF_OTHERS} AND a.xact_start IS NOT NULL"
HELD = f"SELECT l.* FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE {OTHERS}"
SNAPSHOTS = f"{OF_OTHERS} AND (a.backend_xmin IS NOT NULL OR a.backend_xid IS NOT NULL)"


def nobody_is_held_up() -> bool:
    """Tell whether no other connection has a transaction, a lock or a snapshot."""
    return not (execute(IN_A_TRANSACTION) or execute(HELD) or execute(SNAPSHOTS))
