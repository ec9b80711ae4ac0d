"""A network of two machines: this one, and a namespace whose packets can be dropped or refused.
It takes root.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

PORT = 5432
# What becomes of packets, of both ways or to the database: nobody hears of those that are dropped.
DROP, RESET = "drop", f"tcp dport {PORT} reject with tcp reset"


@dataclass(frozen=True)
class Namespace:
    """A machine of that name; `address` is this one's, seen from there.
    What has the `prefix` is run there.
    """

    name: str
    address: str

    @property
    def prefix(self) -> tuple[str, ...]:
        return ("ip", "netns", "exec", self.name)

    def ports(self) -> str:
        """Return the ports there from which the database is connected to, as nftables has sets."""
        connected = ("ss", "-Htno", "state", "established", f"dport = :{PORT}")
        lines = subprocess.run(
            [*self.prefix, *connected], capture_output=True, text=True, check=True
        ).stdout
        return (
            f"{{ {', '.join(line.split()[2].rpartition(':')[2] for line in lines.splitlines())} }}"
        )

    @contextmanager
    def faulty(self, fault: str) -> Iterator[None]:
        """Drop all packets, or reset all connections, for as long as the context lasts."""
        ways = [
            f"chain {way} {{ type filter hook {way} priority 0; {fault}; }}\n"
            for way in ("input", "output")
        ]
        _run(*self.prefix, "nft", f"table inet fault {{ {''.join(ways)} }}")
        try:
            yield
        finally:
            _run(*self.prefix, "nft", "delete table inet fault")


@contextmanager
def namespace() -> Iterator[Namespace]:
    """Make such a machine, beside those of other processes of a run,
    for as long as the context lasts.
    """
    number = os.getpid() % 16_000
    name, (high, low) = f"tracker-{number}", divmod(number * 4, 256)
    near, far = (f"10.{200 + high // 256}.{high % 256}.{low + place}" for place in (1, 2))
    _run("ip", "netns", "add", name)
    try:
        _run(
            "ip",
            "link",
            "add",
            f"near{number}",
            "type",
            "veth",
            "peer",
            "name",
            f"far{number}",
            "netns",
            name,
        )
        for there, address, link in (
            ((), near, f"near{number}"),
            (("-n", name), far, f"far{number}"),
        ):
            _run("ip", *there, "address", "add", f"{address}/30", "dev", link)
            _run("ip", *there, "link", "set", link, "up")
        _run("ip", "-n", name, "link", "set", "lo", "up")
        yield Namespace(name, near)
    finally:
        _run("ip", "netns", "delete", name)


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, (
        f"{' '.join(command)}: {done.stderr}\nNetwork faults take root, iproute2 and nftables."
    )
