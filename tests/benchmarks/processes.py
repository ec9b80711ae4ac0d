"""What processes use: processor time and memory, as Linux tells them; and what the machine is."""

import os
import platform
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


def own_seconds(*pids: int) -> float:
    """Return the processor time of just these processes."""
    return sum(sum(map(int, _stat(PROC / str(pid))[11:13])) for pid in pids) / TICKS


def processor_seconds(*roots: int) -> float:
    """Return the processor time of these processes and all below them,
    of those that ended there too.
    """
    seconds: dict[int, float] = {}
    return sum(seconds.get(pid, 0.0) for pid in _tree(roots, seconds))


def below(root: int) -> list[int]:
    """Return the processes below one."""
    return _tree([root], {})[1:]


def _tree(roots: Sequence[int], seconds: dict[int, float]) -> list[int]:
    """Return these processes and all below them; note in `seconds` what every process has used."""
    children: dict[int, list[int]] = defaultdict(list)
    for entry in PROC.iterdir():
        if entry.name.isdigit() and (fields := _stat(entry)):
            pid = int(entry.name)
            children[int(fields[1])].append(pid)
            seconds[pid] = sum(map(int, fields[11:15])) / TICKS
    tree = list(roots)
    for pid in tree:
        tree += children[pid]
    return tree


def _stat(entry: Path) -> list[str]:
    """Return the fields of a process after its name: state, parent, …; none if it just ended."""
    try:
        return (entry / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def peak_memory() -> float:
    """Return the most memory that this process ever used, in MiB."""
    return peak_of("self")


def peak_of(pid: int | str) -> float:
    """Return the most memory that a process used, ever or since `forget_peaks`, in MiB."""
    return _status(pid, "VmHWM") / 1024


def resident(pid: int) -> float:
    """Return how much memory a process uses, in MiB."""
    return _status(pid, "VmRSS") / 1024


def forget_peaks(pids: Iterable[int]) -> None:
    """Let Linux count the most memory that processes use anew."""
    for pid in pids:
        (PROC / str(pid) / "clear_refs").write_text("5")


def _status(pid: int | str, name: str) -> int:
    lines = (PROC / str(pid) / "status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def machine() -> dict[str, str]:
    """Describe what this runs on."""
    from importlib.metadata import version

    from tests.benchmarks.place import superuser

    processor = [
        line
        for line in (PROC / "cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    with superuser() as connection:
        postgres = str(connection.execute("SHOW server_version").fetchone()[0])
    return {
        "processor": processor[0].partition(":")[2].strip() if processor else platform.machine(),
        "cores": str(os.cpu_count()),
        "memory": f"{memory:.0f} GiB",
        "system": f"{_system()}, {platform.system()} {platform.release().partition('-')[0]}",
        "python": platform.python_version(),
        "postgresql": postgres,
        **{
            name: version(name) for name in ("django", "djangorestframework", "psycopg", "gunicorn")
        },
    }


def _system() -> str:
    return platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
