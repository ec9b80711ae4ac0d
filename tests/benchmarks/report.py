"""From what was measured to what it means: medians, medians of the ratios within each round, aims reached or not."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from statistics import median
from typing import Any

from tests.benchmarks.contestants import LIMIT, OURS, PLAIN
from tests.benchmarks.load import Outcome
from tests.benchmarks.rounds import Measured
from tests.benchmarks.work import Work

# What is aimed at, by work: throughput and processor time against the limit, throughput against the plain contestant,
# throughput and processor time against own R1.
AIMS: dict[str, dict[str, tuple[str, float]]] = {
    "R1": {"limit": ("≥", 1.7), "limit_cpu": ("≤", 0.6), "plain": ("≥", 15)},
    "R2": {"limit": ("≥", 0.45), "limit_cpu": ("≤", 2.3), "plain": ("≥", 7)},
    "R3 rare": {"limit_cpu": ("≤", 1.45)},
    "R3 common": {"limit_cpu": ("≤", 1.45)},
    "R4": {"limit": ("≥", 1.7), "limit_cpu": ("≤", 0.6), "plain": ("≥", 15)},
    "R5 early": {"own": ("≥", 0.9)},
    "R5 middle": {"own": ("≥", 0.9)},
    "R5 late": {"own": ("≥", 0.9)},
    "R5 counted": {"own": ("≥", 0.75)},
    "R7": {"own_cpu": ("≤", 0.3)},
    "H1": {"own_cpu": ("≤", 6)},
    "H1 again": {"own_cpu": ("≤", 6)},
    "H2": {"own_cpu": ("≤", 15)},
    "H2 again": {"own_cpu": ("≤", 15)},
    "H3": {"own_cpu": ("≤", 1.2)},
    "W1": {"plain": ("≥", 1.5)},
}
PUBLISHING_AIM, RENAMING_AIM, GROWTH_AIM = 25, 15, 1.3
# Of whole lists: rows a second against COPY for NDJSON, milliseconds to the first byte, MiB by which a process grows.
COPY_AIM, FIRST_BYTE_AIM, EXPORT_MEMORY_AIM = 0.7, 500, 32
FOLLOWING_AIM = 500  # changes a second
GROWING = ("R1", "R2", "R3 rare", "R3 common", "R4", "R5 early", "R5 middle", "R5 late")


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
    return {
        field.name: round(median(getattr(outcome, field.name) for outcome in rounds), 3) for field in fields(Outcome)
    }


def raw(measured: Measured) -> dict[str, Any]:
    """Return every outcome, by work and contestant."""
    return {
        work: {contestant.name: [asdict(outcome) for outcome in rounds] for contestant, rounds in by_contestant.items()}
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
