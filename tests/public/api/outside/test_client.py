"""A client that somebody generates of the OpenAPI document is whole, typed,
and does all that the team does.

What it is told to do is in `consumer.py`, which knows nothing else of the tracker.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.factories import TokenFactory, UserFactory
from tracker.management.openapi.document import publish_first_dataset
from tracker.public.api.documentation import DOCUMENT
from tracker.public.api.http.renderers import Atom, Bibtex, Ndjson, Ris, Xlsx

pytestmark = pytest.mark.slow

CONSUMER = Path(__file__).with_name("consumer.py")
TEAM = {"anna": "analysts", "erik": "editors", "emma": "editors"}
# Nothing is done to what was generated: it is run as it is.
CONFIG = {
    "package_name_override": "tracker_client",
    "post_hooks": [],
    # As docs/desk-api.md says:
    # media types that the generator doesn't know, of text, and of workbooks.
    "content_type_overrides": {
        **{form.media_type: "text/plain" for form in (Ndjson, Bibtex, Ris, Atom)},
        Xlsx.media_type: "application/octet-stream",
    },
}


def run(*command: object, **environment: str) -> str:
    """Run a Python module or program, and return what it prints; it must end well."""
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        env={**os.environ, **environment},
        cwd=environment.get("PYTHONPATH"),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("client")
    (directory / "config.json").write_text(json.dumps(CONFIG))
    output = run(
        *(
            "-m",
            "openapi_python_client",
            "generate",
            "--path",
            DOCUMENT,
            "--config",
            directory / "config.json",
        ),
        *("--meta", "none", "--output-path", directory / "tracker_client", "--fail-on-warning"),
    )
    assert output.strip().splitlines() == [f"Generating {directory / 'tracker_client'}"]
    return directory


def test_a_program_that_uses_it_is_typed(generated: Path) -> None:
    output = run(
        "-m",
        "mypy",
        "--strict",
        "--cache-dir",
        generated / "cache",
        CONSUMER,
        PYTHONPATH=str(generated),
    )

    assert output.startswith("Success")


@pytest.mark.django_db(transaction=True)
def test_it_writes_publishes_and_undoes_a_claim(live_server: Any, generated: Path) -> None:
    publish_first_dataset()
    for name, group in TEAM.items():
        TokenFactory(
            user=UserFactory(username=name, groups=[group], is_staff=True),
            text=f"tracker_of-{name}",
        )

    run(
        CONSUMER,
        live_server.url,
        *(f"tracker_of-{name}" for name in TEAM),
        PYTHONPATH=str(generated),
    )
