"""The secret that a tracker on one machine makes for itself."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.local import local_secret


def test_it_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    """Directory and file are closed to others; nothing else is left there."""
    home = tmp_path / "data"

    secret = local_secret(home)

    assert len(secret) >= 50
    assert local_secret(home) == secret
    assert home.stat().st_mode & 0o777 == 0o700
    assert (home / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in home.iterdir()] == ["secret_key"]


def test_all_who_make_it_at_once_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = iter(range(100))
    monkeypatch.setattr("os.getpid", lambda: next(numbers))

    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(local_secret, [tmp_path / "data"] * 8))

    assert secrets == {local_secret(tmp_path / "data")}


def test_where_it_cannot_be_made_one_line_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(
        ImproperlyConfigured, match=r"data can't be used \(Not a directory: .*\): make it a dir"
    ):
        local_secret(tmp_path / "file" / "data")
