"""From what was measured to what it means:
medians, medians of the ratios within each round, aims reached or not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from statistics import median
from typing import Any

from tests.benchmarks.contestants import FLOOR, LIMIT, OURS, PLAIN
from tests.benchmarks.load import Outcome
from tests.benchmarks.rounds import Measured
from tests.benchmarks.work import Work

# What is aimed at, by work: answers and processor time against the limit, processor time against
# the limit's page (R1) and against the floor and the plain contestant, answers against own R1.
AIMS: dict[str, dict[str, tuple[str, float]]] = {
    "R1": {"limit": ("≥", 1.7), "limit_cpu": ("≤", 0.6)},
    "R2": {"limit": ("≥", 0.9)},
    "R3 rare": {"limit": ("≥", 1.1)},
    "R3 common": {"limit": ("≥", 1.1)},
    "R4": {"limit": ("≥", 1.7), "limit_cpu": ("≤", 0.6)},
    "R5 early": {"own": ("≥", 0.9)},
    "R5 middle": {"own": ("≥", 0.9)},
    "R5 late": {"own": ("≥", 0.9)},
    "R5 counted": {"own": ("≥", 0.75)},
    "R7": {"floor_cpu": ("≤", 2.5)},
    "W1": {"plain_cpu": ("≤", 0.55)},
}
OF_IDENTITY = {work: {"limit": ("≥", 2.0), "limit_cpu": ("≤", 0.5)} for work in ("R1", "R4")}
GROWTH_AIM = 1.3
# Of whole lists: rows a second against COPY, milliseconds to the first byte,
# MiB by which a process grows.
SHARE_AIMS = {"ndjson": 0.7, "ndjson by number": 0.7, "csv": 0.2}
FIRST_BYTE_AIM, EXPORT_MEMORY_AIM = 500, 32
GROWING = ("R1", "R2", "R3 rare", "R3 common", "R4", "R5 early", "R5 middle", "R5 late")


def summary(works: Sequence[Work], measured: Measured, encoding: str) -> dict[str, Any]:
    """Return, by work, the medians of each contestant, our ratios,
    and which aims are reached in this encoding.
    """
    aims = AIMS if encoding == "gzip" else AIMS | OF_IDENTITY
    return {work.name: _summary_of(work, measured, aims.get(work.name, {})) for work in works}


def _summary_of(
    work: Work, measured: Measured, aims: Mapping[str, tuple[str, float]]
) -> dict[str, Any]:
    outcomes = measured[work.name]
    against: list[tuple[str, Sequence[Outcome] | None]] = [
        ("limit", outcomes.get(LIMIT)),
        ("page", measured.get("R1", {}).get(LIMIT)),
        ("floor", measured.get(FLOOR.name, {}).get(FLOOR)),
        ("plain", outcomes.get(PLAIN)),
        ("own", measured.get(work.own or "", {}).get(OURS)),
    ]
    ratios: dict[str, float] = {}
    for name, others in against if OURS in outcomes else ():
        if others:
            ratios[name] = _ratio(outcomes[OURS], others, "per_second")
            ratios[f"{name}_cpu"] = _ratio(outcomes[OURS], others, "cpu_ms")
    return {
        "says": work.says,
        "medians": {contestant.name: _medians(rounds) for contestant, rounds in outcomes.items()},
        "ratios": ratios,
        "aims": {
            name: {
                "aim": f"{sign} {bound}",
                "reached": ratios[name] >= bound if sign == "≥" else ratios[name] <= bound,
            }
            for name, (sign, bound) in aims.items()
            if name in ratios
        },
    }


def _ratio(ours: Sequence[Outcome], others: Sequence[Outcome], name: str) -> float:
    return round(
        median(
            getattr(our, name) / getattr(other, name)
            for our, other in zip(ours, others, strict=True)
        ),
        3,
    )


def _medians(rounds: Sequence[Outcome]) -> dict[str, float]:
    return {
        field.name: round(median(getattr(outcome, field.name) for outcome in rounds), 3)
        for field in fields(Outcome)
    }


def raw(measured: Measured) -> dict[str, Any]:
    """Return every outcome, by work and contestant."""
    return {
        work: {
            contestant.name: [asdict(outcome) for outcome in rounds]
            for contestant, rounds in by_contestant.items()
        }
        for work, by_contestant in measured.items()
    }


def growth(now: dict[str, Any], before: dict[str, Any]) -> dict[str, float]:
    """Return by how much more processor time an answer of ours takes than in another result,
    by work.
    """
    return {
        name: round(_our_cpu(now[name]) / _our_cpu(before[name]), 2)
        for name in GROWING
        if name in now and name in before
    }


def _our_cpu(work: dict[str, Any]) -> float:
    cpu: float = work["medians"][OURS.name]["cpu_ms"]
    return cpu
