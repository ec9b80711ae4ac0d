"""Load on one server: wrk on eight connections, rotating over addresses, and what that cost."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.bench.processes import processor_seconds
from tools.bench.serving import HOST, Server

CONNECTIONS = "-c8"
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
    """What came of a load: answers a second, and what an answer took of server and database."""

    per_second: float
    cpu_ms: float
    database_cpu_ms: float
    bytes: float
    p99_ms: float


def missing() -> str:
    """Say what is missing on this machine; nothing if all is there."""
    return "" if shutil.which("wrk") else "wrk is not installed: apt install wrk"


def load(server: Server, addresses: Sequence[Address], seconds: float, postmaster: int) -> Outcome:
    """Load a server for so many seconds; raise RuntimeError if any answer was an error."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.writelines(address.line() for address in addresses)
        file.flush()
        duration = f"-d{max(1, round(seconds))}s"
        url = f"http://{HOST}:{server.port}"
        command = ["wrk", "-t1", CONNECTIONS, duration, "-s", str(SCRIPT), url, "--", file.name]
        before, before_database = processor_seconds(server.pid), processor_seconds(postmaster)
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        in_server = processor_seconds(server.pid) - before
        in_database = processor_seconds(postmaster) - before_database
    counts: dict[str, float] = json.loads(output.splitlines()[-1])
    answers = counts["requests"]
    if counts["failed"] or not answers:
        raise RuntimeError(
            f"{server.contestant.name}: {counts['failed']} of {answers} answers were errors"
        )
    return Outcome(
        per_second=answers / counts["microseconds"] * 1e6,
        cpu_ms=(in_server + in_database) / answers * 1e3,
        database_cpu_ms=in_database / answers * 1e3,
        bytes=counts["bytes"] / answers,
        p99_ms=counts["p99"] / 1e3,
    )
