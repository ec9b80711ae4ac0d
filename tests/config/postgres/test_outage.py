"""A server of one's own that is stopped while the tracker serves:
503 meanwhile, and afterwards all is as before.
"""

import os
import subprocess
import sys

import pytest

from config.postgres import embedded
from tests.config.postgres.processes import SUBJECT_TO_TESTS, OwnServer
from tests.public.api.servers import ROOT, Server, serving
from tests.waiting import eventually

pytestmark = pytest.mark.slow

MADE = """
import django; django.setup()
from django.contrib.auth import get_user_model
from django.core.management import call_command
from tracker.desk.access.tokens import make
call_command("migrate", database="owner", verbosity=0)
print(make(user=get_user_model().objects.create_superuser("erik").pk, name="A notebook").text)
"""
COOKIE = {"Cookie": f"sessionid={'a' * 32}"}


@pytest.fixture
def token(own_server: OwnServer, monkeypatch: pytest.MonkeyPatch) -> str:
    embedded.prepare(own_server.cluster.running())
    for name in [name for name in os.environ if name.startswith(SUBJECT_TO_TESTS)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings")
    monkeypatch.setenv("DATABASE_URL", own_server.url("postgres", embedded.DATABASE))
    made = subprocess.run(
        [sys.executable, "-c", MADE], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return made.stdout.split()[-1]


def responses(server: Server, token: str) -> dict[str, tuple[int, str | None]]:
    """Return status and Retry-After of a public list, a feed, a list of the desk,
    and a page of the admin.
    """
    desk = {"Authorization": f"Bearer {token}"}
    asked = {
        "actors/": {},
        "changes/?count=true": {},
        "desk/actors/": desk,
        "/admin/login/": COOKIE,
    }
    by_address = {}
    for address, headers in asked.items():
        place = address if address.startswith("/") else f"/api/v1/{address}"
        status, answer, _ = server.ask("GET", place, **headers)
        by_address[address] = (status, answer.headers["Retry-After"])
    return by_address


def test_what_is_asked_meanwhile_is_told_to_wait_and_afterwards_the_same_process_answers(
    own_server, token, tmp_path
):
    """Public API, desk and admin, twice: with connections that broke, and with none."""
    with serving(own_server.url("postgres", embedded.DATABASE), tmp_path / "log") as server:
        good = responses(server, token)
        assert set(good.values()) == {(200, None)}
        worker = server.worker()

        own_server.cluster.stop()
        for _ in range(2):
            assert set(responses(server, token).values()) == {(503, "10")}

        own_server.cluster.start()
        assert eventually(lambda: responses(server, token) == good)
        assert server.worker() == worker
