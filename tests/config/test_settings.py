"""What the environment makes of the settings."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET = "a-secret-for-a-test-0123456789-abcdefghijklmnopqrstuvwxyz"


def settings(*names: str, **environment: str) -> dict[str, object]:
    """Return settings as a new process reads them."""
    script = f"import json; from config import settings; print(json.dumps([getattr(settings, n) for n in {names!r}]))"
    answer = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True
    )
    assert answer.returncode == 0, answer.stderr
    return dict(zip(names, json.loads(answer.stdout), strict=True))


def test_without_a_host_it_answers_on_this_machine_only() -> None:
    """Over plain HTTP."""
    assert settings("ALLOWED_HOSTS", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "DEBUG") == {
        "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]"],
        "SECURE_SSL_REDIRECT": False,
        "SESSION_COOKIE_SECURE": False,
        "DEBUG": False,
    }


def test_with_a_host_it_wants_https() -> None:
    """Cookies too."""
    given = {"TRACKER_HOSTS": "tracker.example.org", "TRACKER_SECRET_KEY": SECRET}

    assert settings("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECRET_KEY", **given) == {
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECRET_KEY": SECRET,
    }


def test_with_a_host_a_missing_secret_is_one_line() -> None:
    """It is neither invented nor a traceback."""
    answer = subprocess.run(
        [sys.executable, "manage.py", "up"],
        cwd=ROOT,
        env={**os.environ, "TRACKER_HOSTS": "tracker.example.org"},
        capture_output=True,
        text=True,
    )

    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr == "Set the TRACKER_SECRET_KEY environment variable\n"


def test_a_database_url_keeps_its_options_beside_the_role() -> None:
    """A server that must be reached over TLS still is; the reader's and the owner's logins are their own."""
    databases = settings(
        "DATABASES",
        DATABASE_URL="postgres://desk:word@db.example.org:6432/tracker?sslmode=verify-full",
        DATABASE_READER_URL="postgres://page@replica.example.org/tracker",
    )["DATABASES"]

    assert databases["default"]["OPTIONS"] == {"sslmode": "verify-full", "assume_role": "tracker_app"}
    assert databases["owner"]["OPTIONS"] == {"sslmode": "verify-full", "assume_role": "tracker_owner"}
    assert databases["publication"]["OPTIONS"] == {"assume_role": "tracker_reader"}
    hosts = {alias: described["HOST"] for alias, described in databases.items()}
    assert hosts == {"default": "db.example.org", "owner": "db.example.org", "publication": "replica.example.org"}
