"""What became of what was acknowledged amid faults, by fault, at the end of a run."""

from typing import Any

LINE = "{:>12}  {:>4}  {:>5}  {}"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Tell it, if a test has counted."""
    rows = [
        (*value, report.nodeid.removeprefix("tests/faults/"))
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, [])
        for name, value in report.user_properties
        if name == "fault"
    ]
    if rows:
        terminalreporter.section("faults")
        terminalreporter.write_line(LINE.format("acknowledged", "lost", "twice", ""))
        for row in sorted(rows, key=lambda row: row[-1]):
            terminalreporter.write_line(LINE.format(*row))
        sums = [sum(column) for column in list(zip(*rows, strict=True))[:3]]
        terminalreporter.write_line(LINE.format(*sums, "in all"))
