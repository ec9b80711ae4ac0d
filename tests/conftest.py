"""All tests run on a PostgreSQL of their own:
one embedded server in a new directory, shared by the workers of a run.

The directory is made before Django reads its settings (hence no DJANGO_SETTINGS_MODULE in
pyproject.toml: it would be read first), by the process that was started; pytest-xdist's workers
inherit it. What the environment says about anybody's real tracker is left out of it. The fixtures
are in plugins/.
"""

import atexit
import gc
import os
import shutil
import tempfile

import django
import pytest
from hypothesis import settings

IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
REAL = (
    "TRACKER_DATA",
    "TRACKER_EMPTY",
    "TRACKER_FOCUS",
    "TRACKER_FOUR",
    "TRACKER_HOSTS",
    "TRACKER_PROXIES",
    "TRACKER_SECRET",
    "TRACKER_TEAM",
    "TRACKER_TITLE",
    "DATABASE_",
    "PORT",
)

if not IS_WORKER:
    for name in [name for name in os.environ if name.startswith(REAL)]:
        del os.environ[name]
    os.environ["TRACKER_DATA_DIR"] = tempfile.mkdtemp(prefix="tracker-tests-")
    atexit.register(shutil.rmtree, os.environ["TRACKER_DATA_DIR"], ignore_errors=True)
    # Nothing of it has to outlive a power cut, and little is in it.
    in_haste = (
        "fsync=off synchronous_commit=off full_page_writes=off wal_level=minimal max_wal_senders=0"
    )
    options = [*in_haste.split(), "shared_buffers=128MB"]
    os.environ["TRACKER_POSTGRES_OPTIONS"] = " ".join(f"-c {option}" for option in options)
    # Tests ask faster than anybody; those of the limits set them.
    os.environ["TRACKER_READS_PER_SECOND"] = os.environ["TRACKER_DESK_PER_SECOND"] = "0"
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()
# A run makes little garbage in circles: looking for it less often takes a tenth off.
gc.set_threshold(50_000, 20, 100)
# On a busy machine an example takes as long as it takes.
settings.register_profile("unhurried", settings(), deadline=None)
settings.load_profile("unhurried")

PLUGINS = (
    "agreement",
    "caches",
    "contract",
    "database",
    "durations",
    "faults",
    "passwords",
    "site",
)
pytest_plugins = [f"tests.plugins.{name}" for name in PLUGINS]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server with the last worker."""
    from django.db import connections

    from config.postgres import embedded, users

    connections.close_all()
    users.leave(embedded.cluster())
