"""Stubs of a field and of a noun, in a copy of the tree:
it starts, ruff takes it, and what it lacks is told.
"""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.public.api.guide.pages import agree, sections
from tests.stubs.insertion import OPEN, ROOT, Module, NoPlaceError

GUIDE = ROOT / "docs" / "development" / "first-change.md"
TREES = ("config", "tracker", "tests", "tools", "docs")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the tree, without what was left there by running it."""
    for name in TREES:
        shutil.copytree(
            ROOT / name,
            tmp_path / name,
            ignore=shutil.ignore_patterns("__pycache__", "node_modules"),
        )
    for name in ("manage.py", "pyproject.toml", "CHANGELOG.md"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def run(tree: Path, *command: str) -> str:
    """Return what a command in a tree says; fail with it if it fails."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DJANGO_", "PYTEST_"))
    }
    result = subprocess.run(
        [sys.executable, *command], cwd=tree, env=environment, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def is_laid_out(tree: Path) -> bool:
    """Tell whether ruff has nothing to say of a tree."""
    return all(
        not run(tree, "-m", "ruff", *verb, "--quiet")
        for verb in (("check",), ("format", "--check"))
    )


def arguments(command: str) -> list[str]:
    """Return what `make` would give to the program."""
    dry_run = ["make", "--dry-run", "--no-print-directory", *shlex.split(command)[1:]]
    dry = subprocess.run(dry_run, cwd=ROOT, capture_output=True, text=True, check=True)
    return shlex.split(dry.stdout.replace("\\\n", " ").partition("-m tests.stubs")[2])


@pytest.mark.slow
def test_your_first_change_shows_what_is_written_and_what_is_open(tree: Path) -> None:
    """Then ruff takes it, and the migration is whole."""
    [shown] = [
        shown
        for _, commands in sections(GUIDE)
        for shown in commands
        if shown.command.startswith("make new-field")
    ]

    says = run(tree, "-m", "tests.stubs", *arguments(shown.command))

    assert agree(shown.lines, says.splitlines()), says
    assert is_laid_out(tree)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "declared"),
    [
        ("--name weight --kind number", 'weight = WholeNumberField(public.Source, "weight")'),
        (
            "--name motto --says Words. --kind line --after title",
            'motto = LineField("Words.", max_length=200)',
        ),
        (
            "--name use --kind term --vocabulary Basis",
            'use = TermField(Basis, blank=True, default="")',
        ),
    ],
)
def test_a_field_of_any_kind_is_taken_by_ruff_and_by_django(
    tree: Path, options: str, declared: str
) -> None:
    says = run(tree, "-m", "tests.stubs", "source", *options.split())

    assert f"    {declared}\n" in (tree / "tracker" / "models" / "sources.py").read_text()
    assert "openapi.yaml (make contract) lacks" in says
    assert "manage.py makemigrations" not in says
    assert is_laid_out(tree)


@pytest.mark.slow
def test_a_noun_starts_and_what_is_open_is_told(tree: Path) -> None:
    says = run(tree, "-m", "tests.stubs", "treaty", "--plural", "treaties")

    lacking = (
        "python -m tests.stubs.migration treaty",
        "tests/public/api/v1/test_treaties.py: FINDS lacks changed_since",
    )
    run(tree, "-m", "tests.stubs.migration", "treaty")
    [migration] = (tree / "tracker" / "migrations").glob("*_treaty.py")
    made = migration.read_text()
    assert made.index('"opened"') < made.index('"gone"')
    assert 'NounTables("treaty", ' in made
    assert [
        words
        for words in (*lacking, f"{OPEN}: the ref of one in the first dataset")
        if words not in says
    ] == []
    assert is_laid_out(tree)


def test_what_has_no_place_is_told(tmp_path: Path) -> None:
    module = Module(str(ROOT / "tracker" / "values" / "nouns.py"))

    with pytest.raises(NoPlaceError, match=r"nouns.py: put there by hand: x = 1"):
        module.insert("x = 1", None)
    with pytest.raises(NoPlaceError, match=r"nouns.py: put there by hand: 'x'"):
        module.append("'x'", module.assigned("ALL"))


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("x = [1]\n", "x = [1, 2]\n"),
        ("x = (1,)\n", "x = (1, 2)\n"),
        ("x = [\n    'ä',\n]\n", "x = [\n    'ä',\n    2\n]\n"),
        ("x = []\n", "x = [ 2]\n"),
    ],
)
def test_an_item_is_put_behind_the_last(text: str, then: str) -> None:
    module = Module("any.py", text)

    module.append("2", module.assigned("x"))

    assert module.text == then
