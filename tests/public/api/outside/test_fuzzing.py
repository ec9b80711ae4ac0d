"""Schemathesis finds nothing wrong with any operation of either face, by any of its checks.

What it sends is made of the OpenAPI document, right and wrong, without chance, and of what it was
answered. `make fuzz` sends more of it, for as long as is wanted, and something else each time.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.contract.mutations import changed
from tests.factories import TokenFactory, UserFactory
from tracker.desk.access import attempts
from tracker.management.openapi.document import publish_first_dataset, publish_some_votes
from tracker.public.api.documentation import DOCUMENT, document

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
ROOT = HERE.parents[3]
PATIENT = attempts.Patience(1_000_000, 1)
# `make fuzz` also tries every boundary of every parameter and field, for as long as it has.
EVERYTHING = (
    "--generation-deterministic",
    "--phases",
    "examples,fuzzing,stateful",
    "--max-examples",
    "2",
)
ONLY_THE_DESK = ("--include-path-regex", "^/api/v1/desk/")
# e.g. "--max-examples 100 --max-time 600"
LONG = os.environ.get("FUZZ", "").split()
CASES = [
    pytest.param(False, LONG or EVERYTHING, id="an editor"),
    pytest.param(True, (*(LONG or EVERYTHING), *ONLY_THE_DESK), id="an editor who may only read"),
]


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a check try as many wrong tokens as there are operations."""
    monkeypatch.setattr(attempts, "ADDRESS", PATIENT)


def complaints(url: str, tmp_path: Path, *how: str, token: str = "", path: Path = DOCUMENT) -> str:
    """Let schemathesis loose on a tracker, as the owner of a token;
    return what it says if it finds anything wrong.
    """
    command = [
        *(
            sys.executable,
            "-m",
            "schemathesis.cli",
            "--config-file",
            HERE / "schemathesis.toml",
            "--no-color",
        ),
        *("run", path, "--url", url, "--checks", "all", "--workers", "1", *how),
    ]
    document()  # else the first answer, which is checked against it too, waits for its being read
    done = subprocess.run(
        [str(part) for part in command],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TOKEN": token},
        cwd=tmp_path,  # where it keeps what it found
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr if done.returncode else ""


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("patience")
@pytest.mark.parametrize(("is_read_only", "how"), CASES)
def test_it_finds_nothing(
    live_server: Any, tmp_path: Path, is_read_only: bool, how: Sequence[str]
) -> None:
    """At the desk as somebody with a token; the publication takes none."""
    publish_first_dataset()
    publish_some_votes()
    editor = UserFactory(username="erik", groups=["editors"], is_staff=True)
    TokenFactory(user=editor, text="tracker_of-erik", is_read_only=is_read_only)

    if report := complaints(live_server.url, tmp_path, *how, token="tracker_of-erik"):
        pytest.fail(report)


@pytest.mark.django_db(transaction=True)
def test_it_would_find_something(live_server: Any, tmp_path: Path) -> None:
    operation = "paths /api/v1/codebook/ get responses 200 content application/json schema"
    wrong = tmp_path / "openapi.yaml"
    wrong.write_text(
        yaml.safe_dump(
            changed(document(), operation, {"type": "array", "items": {}}), sort_keys=False
        )
    )

    report = complaints(
        live_server.url, tmp_path, "--include-path", "/api/v1/codebook/", *EVERYTHING, path=wrong
    )

    assert "Response violates schema" in report
