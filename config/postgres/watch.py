"""Stop a server whose users were all killed: `python -m config.postgres.watch DATA_DIR PID`, started with the server.

It looks once a second rather than waiting for the users' lock, since a waiter could be given that lock for a moment and
then be taken for a user by whoever leaves last.
"""

import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

from config.postgres import postmaster
from config.postgres.cluster import Cluster
from config.postgres.users import stop_if_unused

SECONDS = 1.0


def main(home: Path, pid: int) -> None:
    """Look after the server with the process number `pid` until it is gone."""
    cluster = Cluster(home)
    while not postmaster.is_gone(pid):
        time.sleep(SECONDS)
        if not cluster.exists:
            with suppress(ProcessLookupError):
                if postmaster.serves(pid, cluster.directory):
                    os.kill(pid, signal.SIGQUIT)
            return
        server = cluster.running()
        if server is None or server.pid != pid or (server.is_ready and stop_if_unused(cluster, server)):
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
