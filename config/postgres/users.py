"""Who uses the server of a cluster: the first starts it, the last stops it.

A process that uses it holds a share of the lock `postgres.users` from its first connection to its
end. Whoever leaves tries to take that lock alone; if that succeeds nobody else is there, and the
server is stopped. Both decisions are made under `postgres.lock`, so nobody arrives at a server that
is being stopped. For those who were killed and couldn't leave, a watcher does (see watch). What the
lock's file holds is the number of the server that was made ready.
"""

import atexit
import fcntl
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from config.postgres.cluster import Cluster, detach
from config.postgres.locks import locked, open_lock, try_alone
from config.postgres.postmaster import Postmaster
from config.postgres.trouble import TroubleError, of_files

ROOT = Path(__file__).resolve().parent.parent.parent

shares: dict[Path, int] = {}
among_threads = threading.Lock()


def join(cluster: Cluster, prepare: Callable[[Postmaster], None]) -> Postmaster:
    """Return the running server of `cluster`, and keep it while this process lives.

    Creates the cluster and starts its server if need be; then `prepare` is called with it.
    Raises TroubleError.
    """
    with among_threads:
        if cluster.home in shares and (server := cluster.running()) and server.is_ready:
            return server
        try:
            with locked(start_lock(cluster.home)):
                descriptor = share(cluster)
                if not cluster.exists:
                    os.truncate(descriptor, 0)
                    cluster.create()
                server = cluster.start()
                # Noted last: whoever comes after a starter that was
                # killed halfway does these again.
                if os.pread(descriptor, 20, 0) != str(server.pid).encode():
                    start_watcher(cluster, server)
                    prepare(server)
                    os.truncate(descriptor, 0)
                    os.pwrite(descriptor, str(server.pid).encode(), 0)
                return server
        except OSError as error:
            raise of_files(error, cluster.home) from error


def share(cluster: Cluster) -> int:
    """Take this process's share, unless it has it, to leave when the process ends;
    return the lock's descriptor.
    """
    if cluster.home not in shares:
        descriptor = open_lock(users_lock(cluster.home))
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        shares[cluster.home] = descriptor
        atexit.register(leave, cluster)
    return shares[cluster.home]


def leave(cluster: Cluster) -> None:
    """Give this process's share back, and stop the server if it was the last;
    nothing if it has none.
    """
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        descriptor = shares.pop(cluster.home, None)
        if descriptor is None:
            return
        # A directory that was removed isn't made again for its lock: the watcher stops that server.
        if cluster.home.exists():
            with suppress(TroubleError), locked(start_lock(cluster.home)):
                if try_alone(descriptor):
                    cluster.stop()
        os.close(descriptor)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def stop_if_unused(cluster: Cluster, server: Postmaster) -> bool:
    """Stop `server` if nobody uses it, and tell whether it is gone:
    by this or because another stopped it.
    """
    with locked(start_lock(cluster.home)):
        if cluster.running() is None or cluster.running() != server:
            return True
        descriptor = open_lock(users_lock(cluster.home))
        try:
            unused = try_alone(descriptor)
            if unused:
                cluster.stop()
            return unused
        finally:
            os.close(descriptor)


def start_watcher(cluster: Cluster, server: Postmaster) -> None:
    """Start the process that stops `server` should all its users be killed."""
    command = [sys.executable, "-m", "config.postgres.watch", str(cluster.home), str(server.pid)]
    detach(
        [*command, server.port, str(server.sockets)],
        cluster.log,
        {**os.environ, "PYTHONPATH": str(ROOT)},
    )


def forget() -> None:
    """Let a forked process begin without its parent's share: it takes its own when it connects."""
    global among_threads
    among_threads = threading.Lock()
    while shares:
        os.close(shares.popitem()[1])


os.register_at_fork(after_in_child=forget)


def start_lock(home: Path) -> Path:
    """Return the lock under which a server of `home` is started and stopped."""
    return home / "postgres.lock"


def users_lock(home: Path) -> Path:
    """Return the lock of which every user of the server has a share."""
    return home / "postgres.users"
