"""Load on one server: wrk on eight connections, rotating over addresses, and the processor time that it cost."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.benchmarks.processes import processor_seconds
from tests.benchmarks.serving import HOST, Server

CONNECTIONS = 8
SCRIPT = Path(__file__).with_name("rotate.lua")


@dataclass(frozen=True, slots=True)
class Address:
    """What to ask for, and the tag to ask with."""

    path: str
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a load: answers a second; processor milliseconds of server and database, and bytes, an answer.

    Latencies are in milliseconds.
    """

    per_second: float
    cpu_ms: float
    database_cpu_ms: float
    bytes: float
    median_ms: float
    p99_ms: float

    def as_dict(self) -> dict[str, float]:
        """Return it with numbers rounded to what can be told apart."""
        return {name: round(value, 4) for name, value in asdict(self).items()}


def missing() -> str:
    """Say what is missing on this machine; nothing if all is there."""
    return "" if shutil.which("wrk") else "wrk, the load generator, is not installed: apt install wrk"


def load(server: Server, addresses: Sequence[Address], *, seconds: float, postmaster: int) -> Outcome:
    """Load a server for so many seconds; raises RuntimeError if any answer was an error."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.writelines(f"{address.path}\t{address.tag}\n" for address in addresses)
        file.flush()
        before, before_database = processor_seconds(server.pid), processor_seconds(postmaster)
        said = _wrk(server.port, file.name, seconds)
        in_server = processor_seconds(server.pid) - before
        in_database = processor_seconds(postmaster) - before_database
    if said["failed"] or not said["requests"]:
        raise RuntimeError(f"{server.contestant.name}: {said['failed']} of {said['requests']} answers were errors")
    return Outcome(
        per_second=said["requests"] / said["microseconds"] * 1e6,
        cpu_ms=(in_server + in_database) / said["requests"] * 1e3,
        database_cpu_ms=in_database / said["requests"] * 1e3,
        bytes=said["bytes"] / said["requests"],
        median_ms=said["median"] / 1e3,
        p99_ms=said["p99"] / 1e3,
    )


def _wrk(port: int, file: str, seconds: float) -> dict[str, float]:
    length = f"-d{max(1, round(seconds))}s"
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", length, "-s", str(SCRIPT), f"http://{HOST}:{port}", "--", file]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    said: dict[str, float] = json.loads(output.splitlines()[-1])
    return said
