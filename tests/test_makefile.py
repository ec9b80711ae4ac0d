"""What the Makefile installs, and when."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
UP_TO_DATE = "make: '.venv/installed' is up to date.\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A directory with the Makefile, nothing to install, and a .venv in which that is installed:
    this Python's.
    """
    (tmp_path / "Makefile").write_bytes((ROOT / "Makefile").read_bytes())
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "base.txt").touch()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(Path(sys.executable).resolve())
    (tmp_path / ".venv" / "pyvenv.cfg").write_bytes((Path(sys.prefix) / "pyvenv.cfg").read_bytes())
    (tmp_path / ".venv" / "lib").symlink_to(Path(sys.prefix) / "lib")
    (tmp_path / ".venv" / "installed").touch()
    return tmp_path


def make(checkout: Path, *arguments: str) -> str:
    """Return what `make .venv/installed` says, where no `make` runs these tests:
    one under another tells its depth.
    """
    command = ["make", f"PYTHON={sys.executable}", *arguments, ".venv/installed"]
    environment = {
        name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MAKELEVEL"}
    }
    result = subprocess.run(
        command,
        cwd=checkout,
        capture_output=True,
        text=True,
        check=True,
        env={**environment, "LC_ALL": "C"},
    )
    return result.stdout.replace("`", "'")


def test_what_is_installed_is_not_installed_again(checkout: Path) -> None:
    assert make(checkout, "--dry-run") == UP_TO_DATE


def test_a_venv_whose_python_is_gone_is_made_anew(checkout: Path) -> None:
    (checkout / ".venv" / "bin" / "python").unlink()
    (checkout / ".venv" / "bin" / "python").symlink_to("/nowhere/python3")
    (checkout / ".venv" / "lib").unlink()

    output = make(checkout)

    assert output.startswith("Making .venv …\nInstalling what the tracker needs into .venv")
    python = checkout / ".venv" / "bin" / "python"
    assert subprocess.run(
        [python, "-m", "pip", "--version"], capture_output=True, check=True
    ).stdout
    assert (checkout / ".venv" / "installed").exists()


def test_a_venv_whose_python_became_another_is_made_anew(checkout: Path) -> None:
    """Of its packages it has none: they lie where the old one looks."""
    (checkout / ".venv" / "lib").unlink()
    (checkout / ".venv" / "lib").mkdir()

    assert "Making .venv …" in make(checkout)
