"""A clock that was ahead, of the tracker and of PostgreSQL alike:
whoever came meanwhile isn't kept out afterwards.
"""

import json
import shutil
from typing import Any

import pytest

from tests.config.postgres.processes import Tracker
from tests.node import leave_out

pytestmark = pytest.mark.slow
NO_FAKETIME = "there is no faketime here: `apt install faketime`"
COMMON = """
import json
from datetime import timedelta
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from tracker import history
from tracker.models import Edition, Issue
from tracker.desk.access import attempts, throttling
from tracker.publishing.publish import Chosen, publish
from tracker.values.nouns import Noun
from tracker.values.problems import RefusedError
from tracker.values.vocabularies import Channel

KEYS = attempts.keys_of_name(name="anna", address="192.0.2.1")

def published(slug, **context):
    with history.changeset(made_by=None, reason="", channel=Channel.COMMAND, **context):
        issue = Issue.objects.create(slug=slug, title=slug)
        return publish(records=[Chosen(Noun.ISSUE, issue.pk)])
"""
AHEAD = """
published("ahead")
for _ in range(20):
    attempts.failed(keys=KEYS, what="login", address="192.0.2.1")
waits = [throttling.take(key="token 1") for _ in range(600)]
print("answer", json.dumps([max(waits), attempts.wait(keys=KEYS)]))
"""
AFTERWARDS = """
client = Client(SERVER_NAME="localhost")
state = {"throttle": throttling.take(key="token 1"), "attempts": attempts.wait(keys=KEYS)}
attempts.failed(keys=KEYS, what="login", address="192.0.2.1")
state["then"] = attempts.wait(keys=KEYS)
state["ready"] = client.get("/healthz/ready").json()
try:
    published("refused")
except RefusedError as refusal:
    state["refused"] = str(refusal)
moment = Edition.objects.get().published_at.isoformat()
polled = client.get("/api/v1/issues/", {"changed_since": moment})
state["changed_since"] = polled.status_code
state["as_of"] = client.get("/api/v1/issues/", {"as_of": moment}).json()["edition"]
beyond = (timezone.now() + timedelta(days=500)).isoformat()
state["beyond"] = client.get("/api/v1/issues/", {"changed_since": beyond}).status_code
state["edition"] = published("confirmed", clock_checked=True).number
changed = client.get("/api/v1/issues/", {"changed_since": moment}).json()["results"]
state["after"] = [issue["slug"] for issue in changed]
print("answer", json.dumps(state))
"""


def ask(tracker: Tracker, *command: str) -> str:
    """Run `python manage.py command…` to its end, and return what it wrote."""
    process = tracker.start("manage.py", *command)
    output, _ = process.communicate(timeout=300)
    assert process.returncode == 0, output
    return output


def answer(tracker: Tracker, code: str) -> Any:
    """Run a program of the tracker's, and return what it answers."""
    output = ask(tracker, "shell", "--no-imports", "-c", COMMON + code)
    return json.loads(
        output.rpartition("\nanswer ")[2]
        if "\nanswer " in output
        else output.removeprefix("answer ")
    )


def test_what_a_clock_left_that_was_ahead_keeps_nobody_out_and_is_told(tracker: Tracker) -> None:
    if not shutil.which("faketime"):
        leave_out(NO_FAKETIME)
    tracker.environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    tracker.prefix = ("faketime", "-f", "+400d")
    ask(tracker, "migrate", "--verbosity=0")
    assert answer(tracker, AHEAD) == [1, 900]

    tracker.prefix = ()
    state = answer(tracker, AFTERWARDS)

    assert (state["throttle"], state["attempts"]) == (0, 0)
    assert 800 < state["then"] <= 900
    assert state["ready"]["status"] == "ok"
    [warning] = state["ready"]["warnings"]
    for says in (warning, state["refused"], ask(tracker, "bootstrap")):
        assert " is of 20" in says
        assert " ahead of the clock" in says
        assert "399 days" in says or "400 days" in says
        assert "set the clock right" in says
    assert (state["changed_since"], state["as_of"], state["beyond"]) == (200, 1, 400)
    assert (state["edition"], state["after"]) == (2, ["confirmed"])
