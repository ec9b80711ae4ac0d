"""What was measured, as medians, ratios and tables in Markdown.

A ratio is the median of the ratios within each round: what disturbs a round disturbs both.
"""

from collections.abc import Sequence
from dataclasses import asdict
from statistics import median
from textwrap import fill
from typing import Any

from tools.bench.load import Outcome
from tools.bench.rounds import Measured
from tools.bench.serving import FLOOR, LIMIT, OURS
from tools.bench.work import Work

RATIOS = {
    "limit": "÷ limit",
    "limit_cpu": "CPU ÷ limit",
    "floor_cpu": "CPU ÷ floor",
    "own": "÷ own",
}
# What is aimed at: the ratio, and the least or the most that it may be.
AIMS = {
    "R1": [("limit", "≥", 1.7), ("limit_cpu", "≤", 0.6)],
    "R2": [("limit", "≥", 0.9)],
    "R4": [("limit", "≥", 1.7), ("limit_cpu", "≤", 0.6)],
    "R5 early": [("own", "≥", 0.9)],
    "R5 middle": [("own", "≥", 0.9)],
    "R5 late": [("own", "≥", 0.9)],
    "R5 counted": [("own", "≥", 0.75)],
    "R7": [("floor_cpu", "≤", 2.5)],
}


def summary(works: Sequence[Work], measured: Measured) -> dict[str, Any]:
    """Return, by work, the medians of each contestant and our ratios."""
    summaries = {}
    for work in works:
        outcomes = measured[work.name]
        ratios = {}
        if OURS in outcomes:
            ours = outcomes[OURS]
            floor = measured[FLOOR.name][FLOOR]
            ratios["floor_cpu"] = ratio(ours, floor, "cpu_ms")
            if LIMIT in outcomes:
                ratios["limit"] = ratio(ours, outcomes[LIMIT], "per_second")
                ratios["limit_cpu"] = ratio(ours, outcomes[LIMIT], "cpu_ms")
            if work.own:
                ratios["own"] = ratio(ours, measured[work.own][OURS], "per_second")
        medians = {contestant.name: medians_of(each) for contestant, each in outcomes.items()}
        summaries[work.name] = {"medians": medians, "ratios": ratios}
    return summaries


def ratio(ours: Sequence[Outcome], others: Sequence[Outcome], name: str) -> float:
    pairs = zip(ours, others, strict=True)
    middle: float = median(getattr(our, name) / getattr(other, name) for our, other in pairs)
    return round(middle, 3)


def medians_of(rounds: Sequence[Outcome]) -> dict[str, float]:
    dicts = [asdict(outcome) for outcome in rounds]
    return {name: round(median(each[name] for each in dicts), 3) for name in dicts[0]}


def page(results: dict[str, Any]) -> str:
    """Return everything that was found, as it stands in docs/performance.md."""
    made = results["made"]
    votes = f", {made['votes']:,} votes" if "votes" in made else ""
    intro = (
        f"{made['stances']:,} stances on {made['issues']:,} issues{votes}, {made['editions']:,} "
        f"editions; {results['rounds']} rounds of {results['seconds']:g} s, "
        f"{results['measured_at'][:10]}, on {results['machine']}."
    )
    parts = [fill(intro, width=120), ratio_table(results["work"])]
    lines = []
    if "publishing" in made:
        lines += [whole(made["publishing"]), *small_editions(made)]
    if "exports" in results:
        rates = results["exports"]["per_second"]
        rows = ", ".join(f"{name} {rate:.0f}" for name, rate in rates.items())
        lines.append(f"R6, all stances as one file, rows a second: {rows}")
    parts.append("\n".join(f"- {line}" for line in lines))
    return "\n\n".join(part for part in parts if part)


def whole(published: dict[str, float]) -> str:
    """Return in words what publishing everything took."""
    return f"Publishing all as one edition: {cost(published)}"


def small_editions(made: dict[str, Any]) -> list[str]:
    """Return in words what the editions after the first took."""
    renaming, small = made["renaming"], made["small_editions"]
    return [
        f"Renaming what {renaming['documents']:,.0f} documents name: {cost(renaming)}",
        f"Small editions: {small['editions'] / small['seconds']:.0f} a second, "
        f"{small['cpu'] / small['editions'] * 1e3:.1f} ms of CPU each",
    ]


def cost(costs: dict[str, float]) -> str:
    return (
        f"{costs['seconds']:.1f} s, {costs['cpu']:.1f} s of CPU, {costs['mib_peak']:.0f} MiB at "
        f"most ({costs['mib_before']:.0f} before)"
    )


def ratio_table(works: dict[str, Any]) -> str:
    """Return our answers a second, and the ratios with what is aimed at."""
    rows = [["work", "answers/s", "CPU ms", *RATIOS.values(), "aims"]]
    for name, work in works.items():
        if OURS.name in work["medians"]:
            ours, ratios = work["medians"][OURS.name], work["ratios"]
            numbers = [f"{ratios[key]:.2f}" if key in ratios else "" for key in RATIOS]
            aims = [aim(ratios[key], key, sign, bound) for key, sign, bound in AIMS.get(name, [])
                    if key in ratios]  # fmt: skip
            rates = [f"{ours['per_second']:.0f}", f"{ours['cpu_ms']:.2f}"]
            rows.append([name, *rates, *numbers, " · ".join(aims)])
    return aligned(rows)


def aim(reached: float, key: str, sign: str, bound: float) -> str:
    is_reached = reached >= bound if sign == "≥" else reached <= bound
    return f"{'✓' if is_reached else '✗'} {RATIOS[key]} {sign} {bound}"


def aligned(rows: list[list[str]]) -> str:
    """Return a table whose columns stand below each other."""
    rows.insert(1, ["---"] * len(rows[0]))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [text.ljust(width) for text, width in zip(row, widths, strict=True)]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)
