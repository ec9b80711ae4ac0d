"""The page on working at the desk says what is so:
its claim can be written, and it knows every verb.
"""

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from msgspec.structs import fields

from tests.desk.api.working import good
from tests.factories import ActorFactory
from tracker.desk.api.urls import RECORD_VIEWS
from tracker.models import ChangeSet

GUIDE = Path(__file__).parents[3] / "docs" / "desk-api.md"
TEXT = GUIDE.read_text()


@pytest.mark.django_db
def test_the_claim_that_it_shows_can_be_written(first_dataset, anna):
    body, _ = re.findall(r"-d '(\{.*?\})'", TEXT, re.DOTALL)
    headers = dict(re.findall(r"-H '(Idempotency-Key|Change-Reason): ([^']*)'", TEXT))

    response = anna.post(
        "stances/",
        json.loads(body),
        **{name.replace("-", "_"): value for name, value in headers.items()},
    )

    assert good(response, 201)["citations"][0]["locator"] == "4"
    changeset = ChangeSet.objects.get(pk=response.headers["Change-Set"])
    assert changeset.reason == unquote(headers["Change-Reason"])


@pytest.mark.django_db
def test_the_file_that_it_imports_is_looked_at_and_imported(first_dataset, anna):
    body, applying = re.findall(r"-d '(\{.*?\})'", TEXT, re.DOTALL)
    (address,) = re.findall(r"\$DESK/(imports/\?[^\"]*)\"", TEXT)
    (tag,) = re.findall(r"-H 'If-Match: (\"\d+\")'", TEXT)

    line = json.dumps({**json.loads(body), "actor": ActorFactory().slug})
    plan = good(anna.send(address, line, "application/x-ndjson"), 201)
    done = anna.post(f"imports/{plan['id']}/apply/", json.loads(applying), If_Match=tag)

    assert good(done, 200)["counts"]["stances"]["created"] == 1


@pytest.mark.django_db
def test_the_list_that_it_asks_for_is_answered(first_dataset, anna):
    (query,) = re.findall(r"\$DESK/stances/(\?[^\"]*)\"", TEXT)

    assert good(anna.get(f"stances/{query}"), 200)["results"] == []


def test_it_knows_every_verb_and_its_fields():
    rows = re.findall(r"^\| `([a-z-]+)/`.*?\| (.*?) \|", TEXT, re.MULTILINE)
    fields_by_verb = {verb: set(re.findall(r"`(\w+)`", names)) for verb, names in rows}

    views = {
        view.route.removeprefix("<str:key>/").rstrip("/"): view
        for view in RECORD_VIEWS
        if view.route.count("/") == 2
    }
    verbs = {
        name: {field.name for field in fields(view.payload)}
        for name, view in views.items()
        if view.payload
    }
    assert fields_by_verb == verbs
    required = {verb: set(re.findall(r"\*\*`(\w+)`\*\*", names)) for verb, names in rows}
    assert required == {
        name: {field.name for field in fields(views[name].payload) if field.required}
        for name in verbs
    }
