"""What a tracker on one machine keeps for itself: the secret that signs its sessions."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config.postgres.trouble import of_files


def local_secret(directory: Path) -> str:
    """Return the secret kept in `directory`, making it once, readable by its owner only.

    Two processes that make it at the same moment agree: the first file written stays. Raises
    ImproperlyConfigured, with a line that says what to do, if the directory can't be written.
    """
    path = directory / "secret_key"
    try:
        if not path.exists():
            make_secret(path)
        return path.read_text()
    except OSError as error:
        raise ImproperlyConfigured(str(of_files(error, directory))) from error


def make_secret(path: Path) -> None:
    """Write a new secret to `path`, unless another process just did."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink(missing_ok=True)
