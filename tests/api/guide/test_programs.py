"""What docs/api.md shows that runs beside a server goes as told: a copy kept in step, and a plot.

Apart from its requests, whose dataset is kept for their module: these need the database for themselves.
"""

import re
import shlex
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.api.guide.curl import HOST
from tests.api.guide.pages import START, agree
from tests.api.guide.test_start import COMMANDS, MANAGE
from tests.contract.document import publish_first_dataset

PLOT, _ = re.findall(r"```python\n(.*?)```", START.read_text(), re.DOTALL)


@pytest.fixture
def server(transactional_db: None, live_server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Serve the first dataset, and work in a directory of one's own."""
    publish_first_dataset()
    monkeypatch.chdir(tmp_path)
    return str(live_server)


def test_its_copy_is_kept_in_step_as_shown(server: str) -> None:
    """By commands of the tracker's own, which ask a server."""
    for shown in (shown for shown in COMMANDS if shown.command.startswith(MANAGE)):
        answer = managed(shown.command, server)
        assert agree(shown.lines, answer), "\n".join([shown.command, *answer])


def managed(command: str, server: str) -> list[str]:
    """Return what a command of the tracker's own says."""
    output = StringIO()
    arguments = shlex.split(command.removeprefix(MANAGE).replace(HOST, server))
    call_command(*arguments, stdout=output, no_color=True)
    return output.getvalue().replace(server, HOST).splitlines()


def test_its_plot_shows_who_stood_where(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both went from strong support to support at some time from March to May 2019."""
    monkeypatch.setenv("MPLBACKEND", "Agg")
    plot: dict[str, Any] = {}
    exec(PLOT.replace(HOST, server), plot)

    assert (tmp_path / "positions.png").read_bytes().startswith(b"\x89PNG")
    for actor in plot["actors"]:
        by_month = plot["scores"].loc["Maduro’s government", actor]
        bands = [(row.min, row.max) for row in by_month.rename(columns=str).itertuples(index=False)]
        assert bands == [(2, 2)] * 3 + [(1, 2)] * 3 + [(1, 1)] * 2
    assert len(plot["figure"].axes) == len(plot["issues"]) * len(plot["actors"])
