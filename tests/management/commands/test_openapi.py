"""The OpenAPI document that is committed is the one that the code makes."""

import difflib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.factories import ActorFactory
from tests.publication.acts import published
from tracker.api.v1.public.documentation import COMMITTED

ROOT = Path(__file__).parents[3]


def test_the_committed_document_is_what_the_code_makes(tmp_path: Path) -> None:
    """In a tracker of its own, whatever the settings of this one say."""
    written = tmp_path / "openapi.yaml"
    settings = {**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "TRACKER_DATA_LICENSE": "urn:x"}

    command = [sys.executable, "manage.py", "openapi", "--to", str(written)]
    subprocess.run(command, cwd=ROOT, env=settings, check=True, capture_output=True)

    is_made = written.read_text(encoding="utf-8").splitlines()
    difference = list(difflib.unified_diff(COMMITTED.read_text(encoding="utf-8").splitlines(), is_made, lineterm=""))
    assert difference == [], "run `make contract`, and look at what it changes in the document"


@pytest.mark.django_db
def test_a_tracker_that_has_something_is_left_alone(tmp_path: Path, as_owner: None) -> None:
    """Even if it is asked for."""
    published(ActorFactory())

    with pytest.raises(CommandError, match="not new"):
        call_command("openapi", here=True, to=tmp_path / "openapi.yaml")
    assert list(tmp_path.iterdir()) == []
