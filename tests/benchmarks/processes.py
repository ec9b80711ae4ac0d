"""What processes use: processor time and memory, as Linux tells them; and what the machine is."""

import os
import platform
from collections import defaultdict
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


def own_seconds(*pids: int) -> float:
    """Return the processor time of just these processes."""
    return sum(sum(map(int, _stat(PROC / str(pid))[11:13])) for pid in pids) / TICKS


def processor_seconds(*roots: int) -> float:
    """Return the processor time of these processes and all below them, of those that ended there too."""
    children: dict[int, list[int]] = defaultdict(list)
    seconds: dict[int, float] = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit() and (fields := _stat(entry)):
            pid = int(entry.name)
            children[int(fields[1])].append(pid)
            seconds[pid] = sum(map(int, fields[11:15])) / TICKS
    wanted, total = list(roots), 0.0
    while wanted:
        pid = wanted.pop()
        total += seconds.get(pid, 0.0)
        wanted += children[pid]
    return total


def _stat(entry: Path) -> list[str]:
    """Return the fields of a process after its name: state, parent, …; none if it just ended."""
    try:
        return (entry / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def peak_memory() -> float:
    """Return the most memory that this process ever used, in MiB."""
    return _status("VmHWM") / 1024


def _status(name: str) -> int:
    lines = (PROC / "self" / "status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def machine() -> dict[str, str]:
    """Describe what this runs on."""
    from importlib.metadata import version

    from tests.benchmarks.place import superuser

    processor = [line for line in (PROC / "cpuinfo").read_text().splitlines() if line.startswith("model name")]
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
        **{name: version(name) for name in ("django", "djangorestframework", "psycopg", "gunicorn")},
    }


def _system() -> str:
    return platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
