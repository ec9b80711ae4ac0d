"""Whether the contestants say the same, before it matters how fast.

Ours says in `edition` which edition opened a record's version, which the desk does not know.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from tools.bench.serving import LIMIT, OURS, Server, got
from tools.bench.work import Work


class DifferentError(Exception):
    """Two contestants answer the same question otherwise."""


def compare(works: Sequence[Work], servers: Sequence[Server]) -> int:
    """Compare what ours and the limit answer to all work, and return how many records that were.

    Raises DifferentError.
    """
    ports = {server.contestant: server.port for server in servers}
    compared = 0
    for work in works:
        ours, limit = work.addresses.get(OURS, ()), work.addresses.get(LIMIT, ())
        for our, other in zip(ours, limit, strict=bool(limit)):
            expected = records(ports[OURS], our.path)
            if len(expected) == 1 or records(ports[LIMIT], other.path) != expected:
                raise DifferentError(f"{work.name}: {our.path} finds nothing, or another thing")
            compared += len(expected)
    return compared


def records(port: int, path: str) -> list[Any]:
    """Return the records that an address answers, and the count if it was asked for."""
    answer = msgspec.json.decode(got(port, path)[2])
    return [answer.get("count"), *(alike(record) for record in answer.get("results", [answer]))]


def alike(value: Any) -> Any:
    """Return what a contestant answers without what differs by construction."""
    if isinstance(value, dict):
        return {name: alike(inner) for name, inner in value.items() if name != "edition"}
    if isinstance(value, list):
        return [alike(inner) for inner in value]
    return value
