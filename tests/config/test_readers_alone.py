"""TRACKER_DESK=off: readers get the same from a server that has no desk."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.public.api.publishing import publish_whole
from tests.public.api.servers import ROOT, Server, serving
from tests.public.api.test_urls import addresses as api_addresses
from tests.public.site.pages import make_every_noun, pages_of
from tracker.models.nouns import noun_of
from tracker.values.nouns import Noun

pytestmark = pytest.mark.slow

NOWHERE = "postgres://nobody@127.0.0.1:1/none"
OF_THE_DESK = (
    *(
        "tracker.desk",
        "tracker.publishing",
        "tracker.verify",
        "tracker.management",
        "tracker.history",
    ),
    *("tracker.models", "tracker.migrations", "django.contrib.auth.models"),
)
# What gunicorn is to write when a process that answered ends: what is loaded by then.
CONFIG = """
import json, sys

def worker_exit(server, worker):
    open({!r}, "w").write(json.dumps(sorted(sys.modules)))
"""
# Beside each page, and each address of the API's document.
OTHERS = [
    "/nothing/",
    "/sitemap.xml",
    "/robots.txt",
    "/healthz/live",
    "/issues/canal.png",
    "/issues/canal.bib",
    "/api/v1/schema/?format=json",
    "/api/v1/schema/public/",
    "/api/v1/docs/",
    "/api/v1/stances/?count=true",
    "/api/v1/stances/?nothing=1",
    "/api/v1/stances/?q=x&edition=0",
    "/api/v1/nothing/",
]
DIFFERS = {"date", "x-request-id", "content-security-policy"}  # the last in its order alone


def response_of(server: Server, address: str) -> tuple[object, ...]:
    status, answer, body = server.ask("GET", address, Host="localhost")
    headers = {
        name.lower(): value for name, value in answer.getheaders() if name.lower() not in DIFFERS
    }
    policy = sorted((answer.getheader("Content-Security-Policy") or "").split("; "))
    return status, headers, policy, body


@pytest.mark.django_db(transaction=True)
def test_readers_get_the_same_without_the_desk(database_url: str, tmp_path: Path) -> None:
    """Over the reader's connection alone, with nothing of the desk loaded."""
    known = make_every_noun()
    publish_whole(*known.values())
    records = {noun_of(record): record for record in known.values()}
    records[Noun.SOURCE] = known["act"].text
    addresses = [*pages_of(known).values(), *api_addresses(records).values(), *OTHERS]
    loaded, config = tmp_path / "loaded", tmp_path / "gunicorn.py"
    config.write_text(CONFIG.format(str(loaded)))
    alone = {
        "TRACKER_DESK": "off",
        "DATABASE_READER_URL": database_url,
        "GUNICORN_CMD_ARGS": f"--config={config}",
    }
    with (
        serving(database_url, tmp_path / "whole") as whole,
        serving(NOWHERE, tmp_path / "alone", **alone) as readers,
    ):
        responses = {address: response_of(whole, address) for address in addresses}
        assert {address: response_of(readers, address) for address in addresses} == responses
        failed = {address for address, (status, *_) in responses.items() if status != 200}
        assert {address for address in failed - {*OTHERS} if "/releases/" not in address} == set()
        ready = readers.ask("GET", "/healthz/ready")
        assert (ready[0], json.loads(ready[2])) == (200, {"status": "ok"})
        for address in ("/admin/", "/admin/login/", "/api/v1/desk/stances/"):
            assert readers.ask("GET", address)[0] == 404
    modules = json.loads(loaded.read_text())
    assert "tracker.public.site.urls" in modules
    assert [name for name in modules if name.startswith(OF_THE_DESK)] == []


@pytest.mark.django_db(transaction=True)
def test_during_a_restore_readers_are_asked_to_come_again(
    database_url: str, tmp_path: Path
) -> None:
    empty = re.sub(r"/[^/?]+(?=\?|$)", "/postgres", database_url)
    with serving(
        NOWHERE, tmp_path / "log", TRACKER_DESK="off", DATABASE_READER_URL=empty
    ) as server:
        for address in ("/", "/api/v1/stances/", "/healthz/ready"):
            status, answer, _ = server.ask("GET", address)
            assert (address, status, answer.headers["Retry-After"]) == (address, 503, "10")


def test_without_a_database_it_is_not_ready(tmp_path: Path) -> None:
    with serving(
        NOWHERE, tmp_path / "log", TRACKER_DESK="off", DATABASE_READER_URL=NOWHERE
    ) as server:
        status, _, body = server.ask("GET", "/healthz/ready")
        assert (status, json.loads(body)["missing"]) == (503, ["the database"])
        assert server.ask("GET", "/api/v1/stances/")[0] == 503


@pytest.mark.parametrize("command", ["backup x", "restore x", "migrate", "roles", "doctor"])
def test_what_needs_the_desk_is_refused_in_a_line(command: str) -> None:
    environment = {**os.environ, "TRACKER_DESK": "off", "DATABASE_URL": NOWHERE}
    done = subprocess.run(
        [sys.executable, "manage.py", *command.split()],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1
    assert done.stderr == (
        "CommandError: TRACKER_DESK is off: run this where the desk is served, or leave it out.\n"
    )
