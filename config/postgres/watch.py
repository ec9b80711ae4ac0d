"""Stop a server whose users were all killed:
`python -m config.postgres.watch HOME PID PORT SOCKETS`, started with it.

It looks once a second rather than waiting for the users' lock, since a waiter could be given that
lock for a moment and then be taken for a user by whoever leaves last.
"""

import sys
import time
from pathlib import Path

from config.postgres.cluster import Cluster
from config.postgres.postmaster import Postmaster, is_gone, serves
from config.postgres.users import stop_if_unused

INTERVAL = 1.0


def watch(cluster: Cluster, server: Postmaster) -> None:
    """Look after `server` until it is gone,
    and see that it goes when its users or its files are.
    """
    while not is_gone(server.pid):
        time.sleep(INTERVAL)
        if not cluster.exists:
            if serves(server.pid, cluster.directory):
                cluster.end(server)
            return
        if cluster.running() != server or stop_if_unused(cluster, server):
            return


if __name__ == "__main__":
    cluster, server = (
        Cluster(Path(sys.argv[1])),
        Postmaster(int(sys.argv[2]), sys.argv[3], Path(sys.argv[4]), "ready"),
    )
    if serves(server.pid, cluster.directory):  # whose files may be gone already
        watch(cluster, server)
