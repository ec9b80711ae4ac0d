"""Round by round, every work by every contestant: in each round all of them, in another order."""

import sys
from collections import defaultdict
from collections.abc import Sequence
from random import Random

from tests.benchmarks.contestants import Contestant
from tests.benchmarks.load import Outcome, load
from tests.benchmarks.options import Options
from tests.benchmarks.serving import Server
from tests.benchmarks.work import Work

Measured = dict[str, dict[Contestant, list[Outcome]]]  # by work and contestant, one outcome a round


def measure(
    works: Sequence[Work], servers: Sequence[Server], options: Options, postmaster: int
) -> Measured:
    """Measure so many rounds, after one second of each to warm up."""
    random = Random(options.seed)
    measured: Measured = {work.name: defaultdict(list) for work in works}
    for number in range(options.rounds + 1):
        for work in works:
            contestants = [server for server in servers if server.contestant in work.addresses]
            for server in random.sample(contestants, len(contestants)):
                seconds = options.seconds if number else 1
                addresses = list(work.addresses[server.contestant])
                if work.is_made:  # begins where no round before has been
                    start = number * len(addresses) // (options.rounds + 1)
                    addresses = addresses[start:] + addresses[:start]
                outcome = load(
                    server,
                    addresses,
                    seconds=seconds,
                    encoding=options.encoding,
                    postmaster=postmaster,
                )
                if number:
                    measured[work.name][server.contestant].append(outcome)
        print(f"\r  round {number} of {options.rounds}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return measured
