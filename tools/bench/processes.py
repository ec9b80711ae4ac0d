"""What processes use, as Linux tells it; and what the machine is."""

import os
import platform
from collections import defaultdict
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")
PROGRAMS = ("django", "psycopg", "gunicorn")


def processor_seconds(*roots: int) -> float:
    """Return the processor time of these processes and all below them, also of those that ended."""
    children: dict[int, list[int]] = defaultdict(list)
    seconds: dict[int, float] = {}
    for entry in PROC.iterdir():
        fields = _stat(entry) if entry.name.isdigit() else []
        if fields:
            pid = int(entry.name)
            children[int(fields[1])].append(pid)
            seconds[pid] = sum(map(int, fields[11:15])) / TICKS
    tree = list(roots)
    for pid in tree:
        tree += children[pid]
    return sum(seconds.get(pid, 0.0) for pid in tree)


def own_seconds(*pids: int) -> float:
    """Return the processor time of just these processes."""
    return sum(sum(map(int, _stat(PROC / str(pid))[11:13])) for pid in pids) / TICKS


def _stat(entry: Path) -> list[str]:
    """Return the fields of a process after its name: state, parent, …; none if it just ended."""
    try:
        return (entry / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def peak_memory() -> float:
    """Return the most memory that this process ever used, in MiB."""
    lines = (PROC / "self" / "status").read_text().splitlines()
    peak = next(line for line in lines if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 1024


def machine() -> str:
    """Describe what this runs on."""
    from importlib.metadata import version

    from tools.bench.place import superuser

    lines = (PROC / "cpuinfo").read_text().splitlines()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    with superuser() as connection:
        ((postgres,),) = connection.execute("SHOW server_version").fetchall()
    programs = ", ".join(f"{name} {version(name)}" for name in PROGRAMS)
    return (
        f"{os.cpu_count()} cores ({models[0] if models else platform.machine()}), "
        f"{memory:.0f} GiB, Python {platform.python_version()}, PostgreSQL {postgres}, {programs}"
    )
