"""The ten minutes of docs/api.md go as told: every command and program of the page, run in its order."""

import re
import shlex
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.api.guide.curl import HOST, Curl
from tests.api.guide.pages import START, VOTES, agree, sections
from tests.api.v1.desk.working import Worker
from tests.contract.document import publish_first_dataset

PLOT, _ = re.findall(r"```python\n(.*?)```", START.read_text(), re.DOTALL)
MANAGE = ".venv/bin/python manage.py "
COMMANDS = [shown for heading, commands in sections(START) if heading != VOTES for shown in commands]


@pytest.fixture
def server(transactional_db: None, live_server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Serve the first dataset, and work in a directory of one's own."""
    publish_first_dataset()
    monkeypatch.chdir(tmp_path)
    return str(live_server)


@pytest.mark.django_db
def test_its_requests_are_answered_as_shown(first_dataset: None) -> None:
    """In their order, with an editor's token."""
    curl = Curl(TOKEN=Worker("editors").token)
    for shown in COMMANDS:
        if not shown.command.startswith(MANAGE):
            answer = curl.lines(shown.command)
            assert agree(shown.lines, answer), "\n".join([shown.command, *answer])


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
