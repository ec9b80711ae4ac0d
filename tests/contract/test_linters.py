"""The ecosystem's own linters of OpenAPI documents have nothing to say, not even a warning.

Their own rules hold, all that they recommend, but for the one that wants no slash at the end of an
address. They are programs of Node.js, in exactly the versions of `linters/package-lock.json`.
"""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from tests.contract.mutations import ABSENT, changed
from tests.node import LINTERS, installed
from tracker.public.api.documentation import as_yaml, document

pytestmark = pytest.mark.slow

# No looking for newer versions, and nothing told to anybody.
QUIET = {
    "REDOCLY_TELEMETRY": "off",
    "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true",
    "NO_UPDATE_NOTIFIER": "1",
}
COMMANDS = {
    "redocly": (
        "lint",
        "--config",
        LINTERS / "redocly.yaml",
        "--format",
        "json",
        "--max-problems",
        "1000",
    ),
    "spectral": ("lint", "--ruleset", LINTERS / "spectral.yaml", "--format", "json", "--quiet"),
}
Lint = Callable[[str, Path], list[str]]


@pytest.fixture(scope="module")
def lint() -> Lint:
    """Return a function that lets a linter read a document and returns what it complains of."""
    programs = installed(LINTERS) / ".bin"

    def complaints(linter: str, path: Path) -> list[str]:
        done = run(programs / linter, *COMMANDS[linter], path)
        assert done.stdout.startswith(("{", "[")), done.stdout + done.stderr
        report = json.loads(done.stdout)
        return (
            [problem["ruleId"] for problem in report["problems"]]
            if linter == "redocly"
            else [problem["code"] for problem in report]
        )

    return complaints


def run(*command: Any) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command, cwd=LINTERS, env={**os.environ, **QUIET}, capture_output=True, text=True
    )


@pytest.mark.parametrize("public", [False, True])
@pytest.mark.parametrize("linter", COMMANDS)
def test_it_complains_of_nothing_in_the_document(
    lint: Lint, tmp_path: Path, linter: str, *, public: bool
) -> None:
    """No error, no warning, no hint; nor in its public part."""
    served = tmp_path / "openapi.yaml"
    served.write_bytes(as_yaml(settings.DATA_LICENSE, public=public))

    assert lint(linter, served) == []


@pytest.mark.parametrize(
    ("linter", "rule"),
    [("redocly", "operation-4xx-response"), ("spectral", "operation-description")],
)
def test_it_would_complain(lint: Lint, tmp_path: Path, linter: str, rule: str) -> None:
    """Of an operation that says neither what it does nor how it fails."""
    part = {**document(), "paths": {"/api/v1/codebook/": document()["paths"]["/api/v1/codebook/"]}}
    operation = "paths /api/v1/codebook/ get"
    for what in ("description", "responses 400", "responses 406", "responses 414", "responses 429"):
        part = changed(part, f"{operation} {what}", ABSENT)
    broken = tmp_path / "openapi.yaml"
    broken.write_text(yaml.safe_dump(part))

    assert rule in lint(linter, broken)


def test_the_rules_are_their_own_but_for_the_slash() -> None:
    configured = [yaml.safe_load((LINTERS / f"{linter}.yaml").read_text()) for linter in COMMANDS]

    assert configured == [
        {"extends": ["recommended"], "rules": {"no-path-trailing-slash": False}},
        {"extends": ["spectral:oas"], "rules": {"path-keys-no-trailing-slash": False}},
    ]
