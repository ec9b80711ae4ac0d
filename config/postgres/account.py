"""As whom the server runs. PostgreSQL refuses root, and initdb refuses a user without a name.

An ordinary user runs it as is. Root runs it in a user namespace that shows root as `nobody`: the
files stay root's and no other user gains anything. Where that is forbidden (some containers), or
where the data directory belongs to another, root runs it as that user, or as `postgres` or
`nobody`, with the one privilege of passing through directories that are closed to that user, so
that nothing above the data directory is opened to anybody.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from config.postgres.trouble import TroubleError

ROOT = 0
NOBODY = "65534"
AS_NOBODY = ("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}")


@dataclass(frozen=True)
class Account:
    """Whose files the server's are,
    and what to put before a command so that it runs as that user.
    """

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()

    def own(self, path: Path) -> None:
        """Give `path` and all in it to this account, if it is another's and root asks."""
        if os.geteuid() != ROOT or path.lstat().st_uid == self.uid:
            return
        for folder, _, files in os.walk(path):
            for name in (folder, *(os.path.join(folder, file) for file in files)):
                os.chown(name, self.uid, self.gid, follow_symlinks=False)


def account_for(directory: Path) -> Account:
    """Return as whom to run the server whose files are in `directory` (or will be)."""
    uid = os.geteuid()
    if uid != ROOT:
        nameless = not is_named(uid) and works(AS_NOBODY)
        return Account(uid, os.getegid(), AS_NOBODY if nameless else ())
    owner = directory.stat()
    if owner.st_uid == ROOT and works(AS_NOBODY):
        return Account(ROOT, owner.st_gid, AS_NOBODY)
    if owner.st_uid != ROOT and is_named(owner.st_uid):
        user = pwd.getpwuid(owner.st_uid)
    else:
        user = next(
            entry
            for name in ("postgres", "nobody")
            for entry in pwd.getpwall()
            if entry.pw_name == name
        )
    prefix = as_user(user.pw_uid, user.pw_gid)
    if not works(prefix):
        raise TroubleError(
            "PostgreSQL doesn't run as root, and here root can't act as another user: run "
            "this as an ordinary user."
        )
    return Account(user.pw_uid, user.pw_gid, prefix)


def as_user(uid: int, gid: int) -> tuple[str, ...]:
    """Return the prefix by which root runs a command as another user
    who may pass through closed directories.

    The secure bit keeps access(2), by which initdb looks for its programs,
    of one mind with open(2).
    """
    identity = (f"--reuid={uid}", f"--regid={gid}", "--clear-groups")
    privilege = (
        "--securebits=+no_setuid_fixup",
        "--inh-caps=+dac_override",
        "--ambient-caps=+dac_override",
    )
    return ("setpriv", *identity, *privilege)


def works(prefix: tuple[str, ...]) -> bool:
    """Tell whether a command with that prefix runs on this machine."""
    return (
        shutil.which(prefix[0]) is not None
        and not subprocess.run([*prefix, "true"], capture_output=True).returncode
    )


def is_named(uid: int) -> bool:
    """Tell whether this machine has a name for a user's number."""
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True
