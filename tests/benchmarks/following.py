"""F1: all editions followed from the first on,
by `manage.py follow` from a directory that is empty.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.contestants import OURS
from tests.benchmarks.processes import processor_seconds
from tests.benchmarks.serving import HOST, Server

ROOT = Path(__file__).resolve().parent.parent.parent


def measured(servers: Sequence[Server], connection: Any, postmaster: int) -> dict[str, Any]:
    """Return what following took, each edition proved, and only the last one proved."""
    server = next(server for server in servers if server.contestant is OURS)
    editions, changes = connection.execute(
        "SELECT max(edition), count(*) FROM tracker_change"
    ).fetchone()
    return {
        "editions": editions,
        "changes": changes,
        **{
            proves: _followed(server, proves, editions, changes, postmaster)
            for proves in ("latest", "each")
        },
    }


def _followed(
    server: Server, proves: str, editions: int, changes: int, postmaster: int
) -> dict[str, float]:
    into = tempfile.mkdtemp(prefix="tracker-follower-")
    try:
        command = [
            sys.executable,
            "manage.py",
            "follow",
            f"http://{HOST}:{server.port}",
            "--into",
            into,
        ]
        cpu, begin = processor_seconds(server.pid, postmaster), time.perf_counter()
        done = subprocess.run(
            [*command, "--prove", proves], cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True
        ).stdout.splitlines()
        seconds = time.perf_counter() - begin
    finally:
        shutil.rmtree(into)
    if len(done) != editions + 1 or f"edition {editions}," not in done[-1]:
        raise RuntimeError(f"F1: the follower ended with “{done[-1]}”")
    return {
        "seconds": round(seconds, 2),
        "per_second": round(changes / seconds, 1),
        "origin_cpu": round(processor_seconds(server.pid, postmaster) - cpu, 2),
    }
