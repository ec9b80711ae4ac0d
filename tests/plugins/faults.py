"""At the end of a run: what became by fault of what was acknowledged,
and how long an innocent reader waited.
"""

from typing import Any

LINE = "{:>12}  {:>6}  {:>6}  {}"
HEADS = {
    "fault": ("acknowledged", "lost", "twice", ""),
    "reader": ("answers", "p50 ms", "p99 ms", "of a reader"),
}


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Tell it, if a test has counted or measured: three figures, and beside what."""
    reports = [
        report
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, [])
    ]
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in HEADS}
    for report in sorted(reports, key=lambda report: str(report.nodeid)):
        for name, value in report.user_properties:
            if name in rows:
                *figures, beside = value
                rows[name].append(
                    (*figures, f"{report.nodeid.removeprefix('tests/faults/')} {beside}".rstrip())
                )
    if any(rows.values()):
        terminalreporter.section("faults")
    for name, lines in rows.items():
        for line in [HEADS[name], *lines] if lines else []:
            terminalreporter.write_line(LINE.format(*line))
        if lines and name == "fault":
            sums = [sum(column) for column in list(zip(*lines, strict=True))[:3]]
            terminalreporter.write_line(LINE.format(*sums, "in all"))
