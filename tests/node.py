"""Programs of Node.js that tests run:
installed in exactly the versions of a package-lock.json, beside it.
"""

import fcntl
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINTERS, GENERATORS = (
    ROOT / "tests" / "contract" / "linters",
    ROOT / "tests/public/api/outside/readers",
)
NO_NODE = (
    "there is no Node.js 20.19 or newer with npm here: `apt install nodejs npm` to try the "
    "OpenAPI document"
)
INSTALL = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error")


def installed(directory: Path) -> Path:
    """Install what a lock asks for, unless it is there; no script of it is run.
    Return the directory of its modules.

    Without Node.js, or where it can't be installed, the test is left out, but in CI it fails.
    """
    if not has_node():
        leave_out(NO_NODE)
    modules, asked = directory / "node_modules", directory / "package-lock.json"
    stamp = modules / "installed-by-tests"
    with asked.open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of several workers, one installs
        if not stamp.is_file() or stamp.read_text() != asked.read_text():
            done = subprocess.run(INSTALL, cwd=directory, capture_output=True, text=True)
            if done.returncode:
                leave_out(f"npm can't install {directory.name}: {done.stderr}")
            stamp.write_text(asked.read_text())
    return modules


def has_node() -> bool:
    if shutil.which("npm") is None or shutil.which("node") is None:
        return False
    version = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout
    return [int(part) for part in version.lstrip("v").split(".")] >= [20, 19]


def leave_out(why: str) -> None:
    """Skip the test, but in CI let it fail."""
    pytest.fail(why) if os.environ.get("CI") == "true" else pytest.skip(why)
