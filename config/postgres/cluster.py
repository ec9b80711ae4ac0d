"""One data directory of PostgreSQL: create it, start and stop its server.
Whoever calls these holds its lock.
"""

import hashlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from config.postgres import binaries, postmaster
from config.postgres.account import Account, account_for
from config.postgres.postmaster import Postmaster
from config.postgres.trouble import TroubleError, full_disk, is_full, of_files, tells_full_disk

PORT = "5432"
LONGEST_PATH = 103


def sockets_for(home: Path, account: Account) -> Path:
    """Return the directory of the socket for the cluster in `home`, making it;
    raise TroubleError if it is not safe.
    """
    name = f"tracker-{account.uid}-{hashlib.sha256(os.fsencode(home.resolve())).hexdigest()[:12]}"
    directory = Path(tempfile.gettempdir()) / name
    if len(os.fsencode(directory / f".s.PGSQL.{PORT}.lock")) > LONGEST_PATH:
        directory = Path("/tmp") / name  # noqa: S108 - checked below to be ours and closed
    try:
        directory.mkdir(mode=0o700, exist_ok=True)
        status = directory.lstat()
        if os.geteuid() == 0 and status.st_uid == 0 and account.uid != 0:
            os.chown(directory, account.uid, account.gid, follow_symlinks=False)
            status = directory.lstat()
    except OSError as error:
        raise of_files(error, directory) from error
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != account.uid or status.st_mode & 0o077:
        raise TroubleError(
            f"{directory} should be a directory of the server's alone and isn't: remove it."
        )
    return directory


def clear_sockets(directory: Path) -> None:
    """Remove what a dead server left there:
    its lock file would keep a new one out if its number were used again.
    """
    for name in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
        (directory / name).unlink(missing_ok=True)


def remove_sockets(directory: Path) -> None:
    """Remove the directory, if nothing else is in it."""
    try:
        clear_sockets(directory)
        directory.rmdir()
    except OSError:
        return


SUPERUSER = "postgres"
PATIENCE = 300
PATIENCE_WITH_LEFTOVERS = 30
LOG_SIZE = 8 << 20
LEFTOVERS = ("lock file", "is still in use")
# The same order of words in every place, and none that a new libc could change under an index.
LOCALE = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8")
LOCALE_OF_LIBC = "--locale=C.UTF-8" if sys.platform == "linux" else "--locale=C"
ACCESS = (f"--username={SUPERUSER}", "--auth-local=trust", "--auth-host=scram-sha-256")


class Cluster:
    """The cluster in `home`/postgres, with its log beside it;
    `options` are further arguments of its server.
    """

    def __init__(self, home: Path, options: Sequence[str] = ()) -> None:
        self.home = home
        self.directory = home / "postgres"
        self.log = home / "server.log"
        self.options = tuple(options)
        self.sockets: Path | None = None

    @property
    def exists(self) -> bool:
        """Whether it was created, wholly."""
        return self.directory.exists()

    def running(self) -> Postmaster | None:
        """Return its server, in whatever state, or None."""
        return postmaster.find(self.directory)

    def create(self) -> None:
        """Create it under another name first,
        so that an interruption leaves nothing that looks like a cluster.
        """
        draft = self.home / "postgres.init"
        account = account_for(self.home)
        shutil.rmtree(draft, ignore_errors=True)
        quick = ["--no-sync"] if "fsync=off" in self.options else []
        initdb = [
            binaries.find().program("initdb"),
            "-D",
            str(draft),
            *ACCESS,
            *LOCALE,
            LOCALE_OF_LIBC,
            *quick,
        ]
        process = subprocess.Popen(
            [*account.prefix, *initdb],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment(),
            start_new_session=True,
        )
        with process:
            try:
                output, _ = process.communicate()
            except BaseException:
                process.terminate()
                process.wait()
                shutil.rmtree(draft, ignore_errors=True)
                raise
        if process.returncode:
            full = tells_full_disk(output) or is_full(self.home)
            shutil.rmtree(draft, ignore_errors=True)
            raise (
                full_disk(self.home)
                if full
                else TroubleError(f"PostgreSQL's initdb failed: {reason(output)}")
            )
        draft.rename(self.directory)

    def start(self) -> Postmaster:
        """Start its server unless it runs, and return it when it takes connections;
        raise TroubleError if it can't.
        """
        server = self.running()
        if server and (server.state == "stopping" or self.is_silent(server)):
            self.wait_until_gone(server.pid, PATIENCE)
            server = None
        if server:
            return self.wait_until_ready(server.pid, self.size_of_log())
        programs = binaries.find()
        self.refuse_other_version(programs.major)
        account = account_for(self.directory)
        account.own(self.directory)
        deadline = time.monotonic() + PATIENCE_WITH_LEFTOVERS
        while True:
            begin = self.size_of_log()
            try:
                return self.wait_until_ready(
                    self.launch(programs.program("postgres"), account), begin
                )
            except StillInUseError:
                # After a kill -9 the server's children notice within seconds that it is gone.
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def is_silent(self, server: Postmaster) -> bool:
        """Tell whether a server that is ready says nothing:
        one that is being killed has all else that it had.
        """
        from psycopg import conninfo, pq  # which the watcher has no use for

        place = conninfo.make_conninfo(
            host=str(server.sockets), port=server.port, user=SUPERUSER, connect_timeout=10
        )
        return server.is_ready and pq.PGconn.ping(place.encode()) == pq.Ping.NO_RESPONSE

    def launch(self, program: str, account: Account) -> int:
        """Begin a server process of its own session, and return its number."""
        sockets = sockets_for(self.home, account)
        clear_sockets(sockets)
        self.sockets = sockets
        postmaster.retire(self.directory)
        if self.size_of_log() > LOG_SIZE:
            self.log.replace(self.log.with_suffix(".log.1"))
        place = [
            "-D",
            str(self.directory),
            "-k",
            str(sockets),
            "-p",
            PORT,
            "-c",
            "listen_addresses=",
        ]
        return detach([*account.prefix, program, *place, *self.options], self.log, environment())

    def wait_until_ready(self, pid: int, begin: int) -> Postmaster:
        """Return the server of process `pid` when it takes connections;
        `begin` is where its log begins, in bytes.
        """
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            server = self.running()
            if server and server.pid == pid and server.is_ready:
                return server
            if postmaster.is_gone(pid):
                raise self.failure(begin)
            time.sleep(0.01)
        raise TroubleError(f"PostgreSQL didn't become ready in {PATIENCE} seconds: see {self.log}.")

    def stop(self) -> None:
        """Stop its server if one runs:
        rolls back what is open, keeps what is committed, waits until it is gone.
        """
        if server := self.running():
            self.end(server)
        elif self.sockets:
            remove_sockets(self.sockets)

    def end(self, server: Postmaster) -> None:
        """End a server, at once without a checkpoint if it takes too long;
        the next start makes up for that.

        One that is asked to stop while it recovers from a full disk may wait for ever.
        """
        for request, patience in ((signal.SIGINT, 30), (signal.SIGQUIT, 10)):
            with suppress(ProcessLookupError):
                os.kill(server.pid, request)
            if self.wait_until_gone(server.pid, patience):
                break
        remove_sockets(server.sockets)

    def wait_until_gone(self, pid: int, patience: float) -> bool:
        """Wait up to `patience` seconds for a process to end, and tell whether it did."""
        deadline = time.monotonic() + patience
        while not postmaster.is_gone(pid) and time.monotonic() < deadline:
            time.sleep(0.01)
        return postmaster.is_gone(pid)

    def refuse_other_version(self, major: int) -> None:
        """Raise TroubleError if the files are no cluster,
        or one that a PostgreSQL of version `major` can't open.
        """
        try:
            made_by = (self.directory / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            raise TroubleError(
                f"{self.directory} isn't a data directory of PostgreSQL: move it away."
            ) from None
        if made_by != str(major):
            raise TroubleError(
                f"{self.directory} was made by PostgreSQL {made_by}, and this is {major}: "
                f"with TRACKER_POSTGRES_BIN set"
                f" to the programs of {made_by} run `manage.py backup DIR`; then move it "
                f"away and run"
                " `manage.py restore FILE`."
            )

    def size_of_log(self) -> int:
        """Return how long the log is, in bytes."""
        return self.log.stat().st_size if self.log.exists() else 0

    def log_since(self, begin: int) -> str:
        """Return what was logged from byte `begin` on."""
        return self.log.read_bytes()[begin:].decode(errors="replace") if self.log.exists() else ""

    def failure(self, begin: int) -> TroubleError:
        """Say why a server ended that should have started."""
        output = self.log_since(begin)
        if tells_full_disk(output) or is_full(self.home):
            return full_disk(self.home)
        if any(words in output for words in LEFTOVERS):
            return StillInUseError(
                f"{self.directory} is still used by processes of a server that was killed: "
                f"end them."
            )
        return TroubleError(
            f"PostgreSQL didn't start: {reason(output)} (all of it is in {self.log})"
        )


class StillInUseError(TroubleError):
    """Children of a server that was killed still run."""


def reason(output: str) -> str:
    """Return the line of a program's output that says why it failed:
    the first of an error, else the last.
    """
    lines = [line for line in output.splitlines() if line.strip()] or ["it said nothing"]
    marks = ("FATAL:", "error:", "ERROR:", "PANIC:")
    return next((line for line in lines if any(mark in line for mark in marks)), lines[-1]).strip()


def environment() -> dict[str, str]:
    """Return this process's environment without what would change
    the server or the language of its messages.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PG", "LC_", "LANG"))
    }
    return {**kept, "LC_ALL": "C"}


def detach(command: Sequence[str], log: Path, env: dict[str, str]) -> int:
    """Start a command that no terminal and no parent ends, its output added to `log`,
    and return its number.

    The shell in between ends at once, so that the process becomes init's: when it is killed, no
    parent keeps its number alive. The shell never reads the arguments, so their spaces and dollars
    stay what they are.
    """
    script = '"$@" </dev/null >>"$0" 2>&1 & echo $!'
    shell = subprocess.run(
        ["/bin/sh", "-c", script, str(log), *command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=env,
        start_new_session=True,
    )
    return int(shell.stdout)
