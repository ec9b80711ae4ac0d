"""Round by round, every work by every contestant: in each round all of them, in another order."""

import sys
from collections import defaultdict
from collections.abc import Sequence
from random import Random

from tools.bench.load import Outcome, load
from tools.bench.serving import Contestant, Server
from tools.bench.work import Work

Measured = dict[str, dict[Contestant, list[Outcome]]]  # by work and contestant, one outcome a round


def measure(
    works: Sequence[Work],
    servers: Sequence[Server],
    rounds: int,
    seconds: float,
    postmaster: int,
) -> Measured:
    """Measure so many rounds, after one second of each to warm up."""
    random = Random(0)
    measured: Measured = {work.name: defaultdict(list) for work in works}
    for number in range(rounds + 1):
        for work in works:
            contestants = [server for server in servers if server.contestant in work.addresses]
            for server in random.sample(contestants, len(contestants)):
                addresses = list(work.addresses[server.contestant])
                if work.is_made:  # begins where no round before has been
                    start = number * len(addresses) // (rounds + 1)
                    addresses = addresses[start:] + addresses[:start]
                outcome = load(server, addresses, seconds if number else 1, postmaster)
                if number:
                    measured[work.name][server.contestant].append(outcome)
        print(f"\r  round {number} of {rounds}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return measured
