"""Whether the contestants say the same, before it matters how fast.

They differ by construction in this: ours says in `edition` which edition opened a record's version,
which the desk does not know; the plain one writes an empty text where the others write null, and
has other words around a page.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from tests.benchmarks.contestants import OURS, PLAIN, Contestant
from tests.benchmarks.load import Address
from tests.benchmarks.serving import Server, got
from tests.benchmarks.work import Work


class DifferentError(Exception):
    """Two contestants answer the same question otherwise."""


def compare(works: Sequence[Work], servers: Sequence[Server]) -> int:
    """Compare all answers to all work, and return how many records were compared;
    raises DifferentError.
    """
    return sum(
        _compare_one(work, {server.contestant: server.port for server in servers}) for work in works
    )


def _compare_one(work: Work, ports: dict[Contestant, int]) -> int:
    # pages, which nobody else has; the floor
    if work.name.startswith("H") or OURS not in work.addresses:
        return 0
    compared = 0
    for addresses in zip(*work.addresses.values(), strict=True):
        asked = dict(zip(work.addresses, addresses, strict=True))
        expected = _records(OURS, ports[OURS], asked[OURS])
        for contestant, address in asked.items():
            if _records(contestant, ports[contestant], address) != expected:
                raise DifferentError(
                    f"{work.name}: {contestant.name} answers {address.path} otherwise than ours"
                )
        if not expected and work.name != "R7" and "R5" not in work.name:
            raise DifferentError(f"{work.name}: {asked[OURS].path} finds nothing")
        compared += len(expected)
    return compared


def _records(contestant: Contestant, port: int, address: Address) -> list[Any]:
    """Return the records that an address answers, and the count if it was asked for."""
    status, _, body = got(port, address.path)
    if status != 200:
        raise DifferentError(f"{contestant.name} answers {address.path} with {status}")
    answer = msgspec.json.decode(body)
    records = answer.get("results", [answer])
    count = [answer["count"]] if "count=true" in address.path else []
    return [*count, *(alike(contestant, record) for record in records)]


def alike(contestant: Contestant, value: Any) -> Any:
    """Return what a contestant answers without what differs by construction."""
    if isinstance(value, dict):
        return {
            name: alike(contestant, inner) for name, inner in value.items() if name != "edition"
        }
    if isinstance(value, list):
        return [alike(contestant, inner) for inner in value]
    return None if value == "" and contestant is PLAIN else value
