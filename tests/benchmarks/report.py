"""From what was measured to a table and a file: medians, and medians of the ratios within each round."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from statistics import median
from typing import Any

from tests.benchmarks.contestants import LIMIT, OURS, PLAIN, Contestant
from tests.benchmarks.load import Outcome
from tests.benchmarks.rounds import Measured
from tests.benchmarks.work import Work

# What is aimed at, by work: throughput and processor time against the limit, throughput against the plain contestant,
# throughput and processor time against own R1.
AIMS: dict[str, dict[str, tuple[str, float]]] = {
    "R1": {"limit": ("≥", 1.7), "limit_cpu": ("≤", 0.6), "plain": ("≥", 15)},
    "R2": {"limit": ("≥", 0.45), "limit_cpu": ("≤", 2.3), "plain": ("≥", 7)},
    "R4": {"limit": ("≥", 1.7), "limit_cpu": ("≤", 0.6), "plain": ("≥", 15)},
    "R5 early": {"own": ("≥", 0.9)},
    "R5 middle": {"own": ("≥", 0.9)},
    "R5 late": {"own": ("≥", 0.9)},
    "R5 counted": {"own": ("≥", 0.75)},
    "R7": {"own_cpu": ("≤", 0.3)},
}
PUBLISHING_AIM, RENAMING_AIM, GROWTH_AIM = 60, 20, 1.3
GROWING = ("R1", "R2", "R4", "R5 early", "R5 middle", "R5 late")
HEAD = ("work", "answers/s", "CPU ms", "÷ limit", "CPU ÷ limit", "÷ plain", "÷ own", "CPU ÷ own", "aims")


def summary(works: Sequence[Work], measured: Measured) -> dict[str, Any]:
    """Return, by work, the medians of each contestant, our ratios, and which aims are reached."""
    return {work.name: _summary_of(work, measured) for work in works}


def _summary_of(work: Work, measured: Measured) -> dict[str, Any]:
    outcomes = measured[work.name]
    own = measured.get(work.own or "", {}).get(OURS)
    against: list[tuple[str, Sequence[Outcome] | None]] = [
        ("limit", outcomes.get(LIMIT)),
        ("plain", outcomes.get(PLAIN)),
        ("own", own),
    ]
    ratios: dict[str, float] = {}
    for name, others in against:
        if others:
            ratios[name] = _ratio(outcomes[OURS], others, "per_second")
            ratios[f"{name}_cpu"] = _ratio(outcomes[OURS], others, "cpu_ms")
    return {
        "says": work.says,
        "medians": {contestant.name: _medians(rounds) for contestant, rounds in outcomes.items()},
        "ratios": ratios,
        "aims": {
            name: {"aim": f"{sign} {bound}", "reached": ratios[name] >= bound if sign == "≥" else ratios[name] <= bound}
            for name, (sign, bound) in AIMS.get(work.name, {}).items()
            if name in ratios
        },
    }


def _ratio(ours: Sequence[Outcome], others: Sequence[Outcome], name: str) -> float:
    return round(median(getattr(our, name) / getattr(other, name) for our, other in zip(ours, others, strict=True)), 3)


def _medians(rounds: Sequence[Outcome]) -> dict[str, float]:
    return {field.name: round(median(getattr(one, field.name) for one in rounds), 3) for field in fields(Outcome)}


def raw(measured: Measured) -> dict[str, Any]:
    """Return every outcome, by work and contestant."""
    return {
        work: {contestant.name: [asdict(one) for one in rounds] for contestant, rounds in by_contestant.items()}
        for work, by_contestant in measured.items()
    }


def growth(now: dict[str, Any], before: dict[str, Any]) -> dict[str, float]:
    """Return by how much more processor time an answer of ours takes than in another result, by work."""
    return {
        name: round(_our_cpu(now[name]) / _our_cpu(before[name]), 2)
        for name in GROWING
        if name in now and name in before
    }


def _our_cpu(work: dict[str, Any]) -> float:
    cpu: float = work["medians"][OURS.name]["cpu_ms"]
    return cpu


def publishing(made: dict[str, Any]) -> list[str]:
    """Return in words what making the editions took."""
    whole, rename = made["publishing"], made["renaming"]
    lines = [
        f"Publishing all as one edition: {whole['seconds']:.1f} s (aim ≤ {PUBLISHING_AIM}), {_cost(whole)}",
        f"Renaming what {rename['documents']:.0f} documents name: {rename['seconds']:.1f} s (aim ≤ {RENAMING_AIM}), "
        f"{_cost(rename)}",
    ]
    for part in (made["editions_before"], made["editions_after"]):
        lines.append(
            f"Small editions: {part['editions'] / part['seconds']:.0f} a second, "
            f"{part['cpu'] / part['editions'] * 1e3:.1f} ms of CPU each ({part['editions']:.0f} of "
            f"{part['records'] / part['editions']:.1f} records)"
        )
    return lines


def _cost(one: dict[str, float]) -> str:
    return f"{one['cpu']:.1f} s of CPU, {one['mib_peak']:.0f} MiB at most ({one['mib_before']:.0f} before)"


def table(found: dict[str, Any]) -> str:
    """Return the ratios as a table in Markdown, which is also read well as text."""
    rows = [HEAD, tuple("---" for _ in HEAD)]
    for name, work in found.items():
        ours, ratios = work["medians"][OURS.name], work["ratios"]
        marks = [f"{mark} {_said(aim)} {one['aim']}" for aim, one in work["aims"].items()
                 for mark in ["✓" if one["reached"] else "✗"]]  # fmt: skip
        columns = [ratios.get(key) for key in ("limit", "limit_cpu", "plain", "own", "own_cpu")]
        numbers = ["" if ratio is None else f"{ratio:.2f}" for ratio in columns]
        rows.append((name, f"{ours['per_second']:.0f}", f"{ours['cpu_ms']:.2f}", *numbers, " · ".join(marks)))
    return _aligned(rows)


def contestants_table(found: dict[str, Any], contestants: Sequence[Contestant]) -> str:
    """Return what each contestant did by itself, as a table."""
    head = ("work", *(f"{one.name}: answers/s, CPU ms (of it PostgreSQL), p99 ms" for one in contestants), "bytes")
    rows = [head, tuple("---" for _ in head)]
    for name, work in found.items():
        cells = [_cell(work["medians"].get(one.name)) for one in contestants]
        rows.append((name, *cells, f"{work['medians'][OURS.name]['bytes']:.0f}"))
    return _aligned(rows)


def _cell(one: dict[str, float] | None) -> str:
    if one is None:
        return ""
    return f"{one['per_second']:.0f}, {one['cpu_ms']:.2f} ({one['database_cpu_ms']:.2f}), {one['p99_ms']:.0f}"


def _said(aim: str) -> str:
    return {"limit": "", "limit_cpu": "CPU", "plain": "plain", "own": "", "own_cpu": "CPU"}[aim]


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    )
