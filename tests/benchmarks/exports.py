"""R6: all stances as NDJSON and as CSV over HTTP, against a raw `COPY` of the same documents,
read by psql.

NDJSON comes in the order that lists have without `ordering`, and in that of numbers, which is
nearly that of the table.
"""

import csv
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from hashlib import md5
from io import StringIO
from random import Random
from statistics import median
from typing import Any

import msgspec
import psycopg

from tests.benchmarks.contestants import OURS
from tests.benchmarks.processes import below, forget_peaks, peak_of, processor_seconds, resident
from tests.benchmarks.responses import DifferentError
from tests.benchmarks.serving import HOST, Server, got

ADDRESS = "/api/v1/stances/?standing=any&format={}"
FORMS = {"ndjson": "ndjson", "ndjson by number": "ndjson&ordering=id", "csv": "csv"}
COPY = "COPY (SELECT body FROM tracker_stancedocument WHERE closed IS NULL) TO STDOUT"
BLOCK = 1 << 20
Connection = psycopg.Connection[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Whole:
    """One reading of everything:
    rows a second, milliseconds to the first byte, processor microseconds a row.

    `mib` is by how much memory of the process that answers grew at most.
    """

    per_second: float
    first_ms: float
    cpu_us: float
    mib: float


def measured(
    servers: Sequence[Server], connection: Connection, postmaster: int, rounds: int, seed: int
) -> dict[str, Any]:
    """Return what each form came to, and against COPY,
    by medians over rounds in each of which all take turns.
    """
    server = next(server for server in servers if server.contestant is OURS)
    count = compare(server, connection)
    acts: dict[str, Callable[[], Whole]] = {
        "copy": lambda: _copied(count, postmaster),
        **{
            name: lambda form=form: _got(server, form, count, postmaster)  # type: ignore[misc]
            for name, form in FORMS.items()
        },
    }
    random, outcomes_by_name = Random(seed), {name: list[Whole]() for name in acts}
    for number in range(rounds + 1):
        for name in random.sample(list(acts), len(acts)):
            outcome = acts[name]()
            if number:
                outcomes_by_name[name].append(outcome)
    return {
        "rows": count,
        "medians": {name: _medians(outcomes) for name, outcomes in outcomes_by_name.items()},
        "ratios": {
            form: _ratio(outcomes_by_name[form], outcomes_by_name["copy"]) for form in FORMS
        },
        "raw": {name: list(map(asdict, outcomes)) for name, outcomes in outcomes_by_name.items()},
    }


def compare(server: Server, connection: Connection) -> int:
    """Return how many stances there are;
    raise DifferentError if a form doesn't hold exactly these documents.
    """
    expected = dict(
        connection.execute(
            "SELECT record, md5(convert_to('{\"edition\":' || opened || ',' || substr(body, "
            "2), 'UTF8')) FROM tracker_stancedocument WHERE closed IS NULL"
        ).fetchall()
    )
    lines = got(server.port, ADDRESS.format("ndjson"))[2].splitlines()
    if {
        msgspec.json.decode(line)["id"]: md5(line, usedforsecurity=False).hexdigest()
        for line in lines
    } != expected:
        raise DifferentError("R6: what NDJSON holds is not what COPY gives")
    rows = csv.DictReader(StringIO(got(server.port, ADDRESS.format("csv"))[2].decode(), newline=""))
    if [int(row["id"]) for row in rows] != [msgspec.json.decode(line)["id"] for line in lines]:
        raise DifferentError("R6: CSV and NDJSON don't hold the same records in the same order")
    return len(expected)


def _got(server: Server, form: str, count: int, postmaster: int) -> Whole:
    """Get a whole list; the client does nothing with it, so that what is measured is the server."""
    workers = below(server.pid)
    forget_peaks(workers)
    held, cpu = {pid: resident(pid) for pid in workers}, processor_seconds(server.pid, postmaster)
    first, seconds = _read(server.port, ADDRESS.format(form), count * 100)
    used = processor_seconds(server.pid, postmaster) - cpu
    return Whole(
        count / seconds,
        first * 1e3,
        used / count * 1e6,
        max(peak_of(pid) - held[pid] for pid in workers),
    )


def _read(port: int, address: str, least: int) -> tuple[float, float]:
    """Return after how many seconds the first byte of an answer's body came, and the last;
    it has `least` bytes.
    """
    block, begin, size = bytearray(BLOCK), time.perf_counter(), 0
    with socket.create_connection((HOST, port), timeout=600) as line:
        line.sendall(
            f"GET {address} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode()
        )
        head = b""
        while not head.partition(b"\r\n\r\n")[2]:
            if not (some := line.recv(BLOCK)):
                raise RuntimeError(f"R6: {address} has no body")
            head += some
        first = time.perf_counter() - begin
        while some_bytes := line.recv_into(block):
            size += some_bytes
    if size < least or not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(f"R6: {address} broke off after {size} bytes, or {head[:100]!r}")
    return first, time.perf_counter() - begin


def _copied(count: int, postmaster: int) -> Whole:
    """Let psql read the documents by COPY, and drop them."""
    from config.postgres import binaries, embedded

    database = embedded.server()
    where = [
        "-h",
        str(database.sockets),
        "-p",
        str(database.port),
        "-U",
        "postgres",
        "-d",
        embedded.DATABASE,
    ]
    cpu, begin = processor_seconds(postmaster), time.perf_counter()
    command = [binaries.find().program("psql"), *where, "--no-psqlrc", "-q", "-c", COPY]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    seconds = time.perf_counter() - begin
    return Whole(count / seconds, 0.0, (processor_seconds(postmaster) - cpu) / count * 1e6, 0.0)


def _medians(outcomes: Sequence[Whole]) -> dict[str, float]:
    dicts = [asdict(outcome) for outcome in outcomes]
    return {name: round(median(costs[name] for costs in dicts), 3) for name in dicts[0]}


def _ratio(ours: Sequence[Whole], copy: Sequence[Whole]) -> float:
    return round(
        median(our.per_second / raw.per_second for our, raw in zip(ours, copy, strict=True)), 3
    )
