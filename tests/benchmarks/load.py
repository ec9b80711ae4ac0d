"""Load on one server: wrk on eight connections, rotating over addresses,
and the processor time that it cost.
"""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.processes import processor_seconds
from tests.benchmarks.serving import HOST, Server, answered

CONNECTIONS = 8
SCRIPT = Path(__file__).with_name("rotate.lua")


@dataclass(frozen=True, slots=True)
class Address:
    """What to ask for, and the tag to ask with; or what to post there, and with which token."""

    path: str
    tag: str = ""
    body: str = ""
    token: str = ""

    def line(self) -> str:
        """Return it as the script reads it; JSON has neither tabs nor line ends."""
        return "\t".join((self.path, self.tag, self.body, self.token)) + "\n"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a load: answers a second;
    processor milliseconds of server and database, and bytes, an answer.

    Latencies are in milliseconds.
    """

    per_second: float
    cpu_ms: float
    database_cpu_ms: float
    bytes: float
    median_ms: float
    p99_ms: float


def asked(port: int, address: Address) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of the answer to what the load asks for."""
    headers = {"Accept": "application/json"}
    headers |= {"If-None-Match": address.tag} if address.tag else {}
    headers |= {"Authorization": f"Bearer {address.token}"} if address.token else {}
    if not address.body:
        return answered(port, "GET", address.path, headers)
    return answered(
        port, "POST", address.path, headers | {"Content-Type": "application/json"}, address.body
    )


def missing() -> str:
    """Say what is missing on this machine; nothing if all is there."""
    return (
        "" if shutil.which("wrk") else "wrk, the load generator, is not installed: apt install wrk"
    )


def load(
    server: Server, addresses: Sequence[Address], *, seconds: float, encoding: str, postmaster: int
) -> Outcome:
    """Load a server for so many seconds, for answers in an encoding;
    raises RuntimeError if any answer was an error.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.writelines(address.line() for address in addresses)
        file.flush()
        before, before_database = processor_seconds(server.pid), processor_seconds(postmaster)
        counts = _wrk(server.port, file.name, encoding, seconds)
        in_server = processor_seconds(server.pid) - before
        in_database = processor_seconds(postmaster) - before_database
    if counts["failed"] or not counts["requests"]:
        raise RuntimeError(
            f"{server.contestant.name}: {counts['failed']} of {counts['requests']} answers "
            f"were errors"
        )
    return Outcome(
        per_second=counts["requests"] / counts["microseconds"] * 1e6,
        cpu_ms=(in_server + in_database) / counts["requests"] * 1e3,
        database_cpu_ms=in_database / counts["requests"] * 1e3,
        bytes=counts["bytes"] / counts["requests"],
        median_ms=counts["median"] / 1e3,
        p99_ms=counts["p99"] / 1e3,
    )


def _wrk(port: int, file: str, encoding: str, seconds: float) -> dict[str, float]:
    length = f"-d{max(1, round(seconds))}s"
    command = [
        "wrk",
        "-t1",
        f"-c{CONNECTIONS}",
        length,
        "-s",
        str(SCRIPT),
        f"http://{HOST}:{port}",
        "--",
        file,
        encoding,
    ]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    counts: dict[str, float] = json.loads(output.splitlines()[-1])
    return counts
