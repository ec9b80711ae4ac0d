"""The results as Markdown, which is read well as text too."""

from collections.abc import Sequence
from textwrap import fill
from typing import Any

from tests.benchmarks.contestants import ALL, FLOOR, OURS, Contestant
from tests.benchmarks.report import EXPORT_MEMORY_AIM, FIRST_BYTE_AIM, GROWTH_AIM, SHARE_AIMS

COLUMNS = {
    "limit": "÷ limit",
    "limit_cpu": "CPU ÷ limit",
    "page_cpu": "CPU ÷ limit’s R1",
    "floor_cpu": "CPU ÷ floor",
    "plain_cpu": "CPU ÷ plain",
    "own": "÷ own R1",
}
HEAD = ("work", "answers/s", "CPU ms", *COLUMNS.values(), "aims")


def page(results: dict[str, Any]) -> str:
    """Return everything that was found, in the order in which it is asked for."""
    made, machine = results["made"], results["machine"]
    is_first = made.get("first", False)
    more = f", {made['votes']:,} votes" if is_first else ""
    size = (
        f"{made['stances']:,} stances on {made['issues']:,} issues{more}, {made['editions']:,} "
        f"editions"
    )
    rounds = (
        f"{results['rounds']} rounds of {results['seconds']:g} s, {results['encoding']}, "
        f"{results['measured_at'][:10]}"
    )
    parts = [
        fill(f"{size}; {rounds}, on {_machine(machine)}.", width=120),
        ratios(results["work"]),
        contestants(results["work"], (OURS, FLOOR) if is_first else (*ALL, FLOOR)),
    ]
    if is_first:
        return "\n\n".join(parts)
    parts += [
        statements(results["statements"]),
        *([exports(results["exports"])] if "exports" in results else []),
        "\n".join(
            f"- {line}" for line in [*publishing(made), *following(results.get("following"))]
        ),
    ]
    if results.get("growth"):
        parts.append(growth(results["growth"]))
    return "\n\n".join(parts)


def _machine(machine: dict[str, str]) -> str:
    return (
        f"{machine['cores']} cores ({machine['processor']}), {machine['memory']}, "
        f"{machine['system']}, Python {machine['python']}, PostgreSQL "
        f"{machine['postgresql']}, Django {machine['django']}, Django REST framework "
        f"{machine['djangorestframework']}, psycopg {machine['psycopg']}, gunicorn "
        f"{machine['gunicorn']}"
    )


def statements(counts: dict[str, dict[str, float]]) -> str:
    """Return how many SQL statements a request takes."""
    names = [contestant.name for contestant in ALL]
    rows = [("SQL statements", *names), tuple("---" for _ in ["", *names])]
    rows += [
        (work, *(f"{by[name]:g}" if name in by else "" for name in names))
        for work, by in counts.items()
    ]
    return aligned(rows)


def exports(results: dict[str, Any]) -> str:
    """Return what whole lists took."""
    head = ("R6", "rows/s", "÷ COPY", "first byte, ms", "CPU µs a row", "memory, + MiB", "aims")
    rows = [head, tuple("---" for _ in head)]
    for name, medians in results["medians"].items():
        ratio = results["ratios"].get(name)
        numbers = (
            [f"{medians['first_ms']:.0f}", f"{medians['cpu_us']:.1f}", f"{medians['mib']:.0f}"]
            if ratio
            else ["", "", ""]
        )
        aims = " · ".join(_aims_of_export(name, medians, ratio)) if ratio else ""
        rows.append(
            (name, f"{medians['per_second']:.0f}", f"{ratio:.2f}" if ratio else "", *numbers, aims)
        )
    return f"All {results['rows']:,} stances as one file; COPY is read by psql.\n\n{aligned(rows)}"


def _aims_of_export(form: str, medians: dict[str, float], share: float) -> list[str]:
    aims = [
        (share >= SHARE_AIMS[form], f"≥ {SHARE_AIMS[form]}"),
        (medians["first_ms"] <= FIRST_BYTE_AIM, f"≤ {FIRST_BYTE_AIM} ms"),
        (medians["mib"] <= EXPORT_MEMORY_AIM, f"≤ {EXPORT_MEMORY_AIM} MiB"),
    ]
    return [f"{'✓' if is_reached else '✗'} {aim}" for is_reached, aim in aims]


def following(results: dict[str, Any] | None) -> list[str]:
    """Return in words what following took."""
    says = {"latest": "only the last one proved", "each": "each proved by its digest"}
    return [
        f"F1, following {results['editions']:,} editions of {results['changes']:,} changes, {how}: "
        f"{costs['per_second']:.0f} changes a second, {costs['seconds']:.0f} s, "
        f"{costs['origin_cpu']:.1f} s of CPU at the origin"
        for how, costs in (
            [(how, results[proves]) for proves, how in says.items()] if results else ()
        )
    ]


def growth(ratios: dict[str, float]) -> str:
    """Return what more stances cost."""
    rows = [("CPU against 100,000 stances", "aim"), ("---", "---")]
    for work, ratio in ratios.items():
        rows.append(
            (f"{work}: {ratio:.2f} ×", f"{'✓' if ratio <= GROWTH_AIM else '✗'} ≤ {GROWTH_AIM}")
        )
    return aligned(rows)


def publishing(made: dict[str, Any]) -> list[str]:
    """Return in words what importing and making the editions took."""
    files, rename = made["importing"], made["renaming"]
    lines = [
        f"Importing {files['stances']:,.0f} stances from files into an empty desk: "
        f"{files['seconds']:.1f} s, {_cost(files)}",
        whole(made["publishing"]),
        f"Renaming what {rename['documents']:.0f} documents name: {rename['seconds']:.1f} s, "
        f"{_cost(rename)}",
    ]
    for part in [
        part for part in (made["editions_before"], made["editions_after"]) if part["editions"]
    ]:
        lines.append(
            f"Small editions: {part['editions'] / part['seconds']:.0f} a second, "
            f"{part['cpu'] / part['editions'] * 1e3:.1f} ms of CPU each ({part['editions']:.0f} of "
            f"{part['records'] / part['editions']:.1f} records)"
        )
    if released := made.get("releasing"):
        lines.append(
            f"Releasing it, {released['mib_made']:.0f} MiB of files: "
            f"{released['seconds']:.1f} s, {_cost(released)}"
        )
    return lines


def whole(published: dict[str, float]) -> str:
    """Return in words what publishing everything took."""
    return f"Publishing all as one edition: {published['seconds']:.1f} s, {_cost(published)}"


def _cost(costs: dict[str, float]) -> str:
    return (
        f"{costs['cpu']:.1f} s of CPU, {costs['mib_peak']:.0f} MiB at most "
        f"({costs['mib_before']:.0f} before)"
    )


def ratios(results: dict[str, Any]) -> str:
    """Return the ratios as a table in Markdown, which is also read well as text."""
    rows: list[tuple[str, ...]] = []
    for name, work in results.items():
        if OURS.name not in work["medians"]:
            continue
        ours, ratios = work["medians"][OURS.name], work["ratios"]
        marks = [f"{'✓' if target['reached'] else '✗'} {COLUMNS[aim]} {target['aim']}"
                 for aim, target in work["aims"].items()]  # fmt: skip
        numbers = ["" if (ratio := ratios.get(key)) is None else f"{ratio:.2f}" for key in COLUMNS]
        rows.append(
            (
                name,
                f"{ours['per_second']:.0f}",
                f"{ours['cpu_ms']:.2f}",
                *numbers,
                " · ".join(marks),
            )
        )
    # Without the columns of contestants that were not asked.
    columns = [
        cells
        for cells in zip(HEAD, ("---" for _ in HEAD), *rows, strict=True)
        if any(cells[2:]) or not rows
    ]
    return aligned([*zip(*columns, strict=True)])


def contestants(results: dict[str, Any], contestants: Sequence[Contestant]) -> str:
    """Return what each contestant did by itself, as a table."""
    head = (
        "work",
        *(
            f"{contestant.name}: answers/s, CPU ms (of it PostgreSQL), p99 ms"
            for contestant in contestants
        ),
        "bytes",
    )
    rows = [head, tuple("---" for _ in head)]
    for name, work in results.items():
        cells = [_cell(work["medians"].get(contestant.name)) for contestant in contestants]
        size = next(iter(work["medians"].values()))["bytes"]
        rows.append((name, *cells, f"{size:.0f}"))
    return aligned(rows)


def _cell(medians: dict[str, float] | None) -> str:
    if medians is None:
        return ""
    cpu = f"{medians['cpu_ms']:.2f} ({medians['database_cpu_ms']:.2f})"
    return f"{medians['per_second']:.0f}, {cpu}, {medians['p99_ms']:.0f}"


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Return a table whose columns stand below each other."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    )
