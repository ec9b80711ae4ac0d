"""A tracker of one's own, from nothing to a first edition:
docs/own-tracker.md is walked as it is written.
"""

import re
import subprocess
import sys
from html import unescape
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from tests.config.postgres.processes import ROOT, Tracker

GUIDE = (ROOT / "docs" / "own-tracker.md").read_text()
START, *COMMANDS = re.findall(r"^```sh\n(.*?)^```", GUIDE, re.M | re.S)
ANSWERS = re.findall(r"^- `(/.*)`\n\n((?:  > .+\n)+)", GUIDE, re.M)
DESK = (
    "/admin/",
    "/admin/import/",
    "/admin/tracker/vote/add/",
    "/admin/tracker/stance/add/",
    "/admin/review/drafts/",
)
# What the guide excepts: the regions of the codebook, and the examples of the API's documentation.
EXCEPTED = ("/codebook/", "/api/v1/docs/", "/api/v1/schema/")
# a machine that is busy makes them later (503), and none is read as text
COSTLY = (".png", ".card", ".xlsx")
MOST_PAGES = 150


@pytest.fixture
def reader() -> OpenerDirector:
    return build_opener(HTTPCookieProcessor(CookieJar()))


@pytest.mark.slow
@pytest.mark.gate
def test_another_team_begins(
    tracker: Tracker, free_port: int, tmp_path: Path, reader: OpenerDirector
) -> None:
    """Each answer that the guide promises is there, and no page says of whom another tracker is."""
    *exports, make_up = START.splitlines()
    assert make_up == "make up"
    variables = dict(re.findall(r'^export (\w+)="?(.*?)"?$', "\n".join(exports), re.M))
    tracker.environment = {"DJANGO_SETTINGS_MODULE": "config.settings", **variables}

    (password,) = re.findall(r"with the password (\S+)", tracker.up(free_port).output)
    assert run(tracker, "".join(COMMANDS), tmp_path).endswith("Published as edition 1.\n")

    site = f"http://127.0.0.1:{free_port}"
    assert [address for address, _ in ANSWERS] == ["/", "/pairs/iran/north-korea/", "/actors/iran/"]
    for address, lines in ANSWERS:
        text = text_of(read(reader, site + address))
        missing = [words for words in re.findall("> (.+)", lines) if words not in text]
        assert missing == [], address
    pages = {**walked(reader, site), **desk(reader, site, password)}
    assert len(pages) > 40
    assert [address for address, page in pages.items() if re.search("(?i)china|russia", page)] == []


def run(tracker: Tracker, script: str, directory: Path) -> str:
    """Run commands of the guide in a checkout whose `var/` is this test's,
    and return what they wrote.
    """
    (directory / "manage.py").symlink_to(ROOT / "manage.py")
    python = directory / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    command = ["bash", "-e", "-c", script]
    done = subprocess.run(
        command, cwd=directory, env=tracker.variables, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def read(reader: OpenerDirector, address: str, form: dict[str, str] | None = None) -> str:
    with reader.open(address, urlencode(form).encode() if form else None) as answer:
        body: bytes = answer.read()
    return body.decode(errors="replace")


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", " ", page)).split())


def walked(reader: OpenerDirector, site: str) -> dict[str, str]:
    """Return the pages to which one comes from the first one, each without its query."""
    pages: dict[str, str] = {}
    waiting = ["/"]
    while waiting and len(pages) < MOST_PAGES:
        address = waiting.pop(0)
        if (
            address in pages
            or address.endswith(COSTLY)
            or address.startswith(("/static/", *EXCEPTED))
        ):
            continue
        pages[address] = read(reader, site + address)
        waiting += re.findall(r'href="(/[^"?#]*)', pages[address])
    return pages


def desk(reader: OpenerDirector, site: str, password: str) -> dict[str, str]:
    """Return pages of the desk, as the administrator sees them whose password was printed."""
    login = read(reader, f"{site}/admin/login/")
    (token,) = set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', login))
    form = {
        "csrfmiddlewaretoken": token,
        "username": "admin",
        "password": password,
        "next": "/admin/",
    }
    first = read(reader, f"{site}/admin/login/", form)
    assert "The desk" in first
    return {address: read(reader, site + address) for address in DESK}
