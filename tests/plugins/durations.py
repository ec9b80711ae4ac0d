"""Keeps how long the slowest tests of a run took, beside its report in JUnit's XML."""

from pathlib import Path

import pytest

SLOWEST = 100


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Write the slowest calls and set-ups, as pytest's `--durations` prints them."""
    if config.option.xmlpath is None:
        return
    reports = [
        report
        for category in terminalreporter.stats.values()
        for report in category
        if isinstance(report, pytest.TestReport)
    ]
    reports.sort(key=lambda report: report.duration, reverse=True)
    lines = [
        f"{report.duration:8.2f}s {report.when:8} {report.nodeid}\n" for report in reports[:SLOWEST]
    ]
    Path(config.option.xmlpath).with_suffix(".durations").write_text("".join(lines))
