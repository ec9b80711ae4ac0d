"""What a tracker on one machine keeps for itself: the secret that signs its sessions."""

import os
import secrets
from pathlib import Path


def local_secret(directory: Path) -> str:
    """Return the secret kept in `directory`, making it once, readable by its owner only.

    Two processes that make it at the same moment agree: the first file written stays.
    """
    path = directory / "secret_key"
    if not path.exists():
        directory.mkdir(parents=True, exist_ok=True)
        draft = directory / f"secret_key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()
