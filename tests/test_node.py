"""What the tests run with Node.js is the same everywhere."""

import json
from pathlib import Path

import pytest

from tests.node import GENERATORS, LINTERS


@pytest.mark.parametrize("directory", [LINTERS, GENERATORS], ids=lambda directory: directory.name)
def test_a_lock_names_versions_and_digests_but_no_host(directory: Path) -> None:
    """So that it works with any registry, and with the same bytes."""
    lock = json.loads((directory / "package-lock.json").read_text())
    packages = [package for path, package in lock["packages"].items() if path]

    assert all("integrity" in package and "resolved" not in package for package in packages)
    asked = json.loads((directory / "package.json").read_text())["devDependencies"]
    assert all(version.replace(".", "").isdigit() for version in asked.values())
