"""What programs are told that send the desk wrong bodies: all messages, a file a noun."""

import json
from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client

from tracker.desk.access.tokens import make
from tracker.models.nouns import RECORDS
from tracker.values.nouns import Noun

DESK = "/api/v1/desk"
# What is read of a record, and never written.
NOT_WRITTEN = {"author", "id", "merged_into", "public", "state", "version"}
# One wrong value of each kind, sent as each field of each noun.
WRONG_VALUES = (
    None,
    True,
    -1,
    2**40,
    "",
    "no such value",
    "\u0000",
    "2019-02-30",
    "x" * 20_001,
    [],
    ["no such value"],
    [{}],
    [{"no_such_field": 1}],
    {},
    {"id": 999_999_999},
)


def messages() -> dict[str, str]:
    """Return what is answered to wrong bodies, as a text a noun."""
    user = get_user_model().objects.create_superuser("golden")
    token = make(user=user.pk, name="Golden answers").text
    client = Client(headers={"Authorization": f"Bearer {token}"}, raise_request_exception=False)
    return {f"{noun.plural}.txt": "\n".join(lines_of(client, noun)) + "\n" for noun in Noun}


def lines_of(client: Client, noun: Noun) -> Iterator[str]:
    """Yield a line for each body, and an indented one for each message that it gets."""
    record = RECORDS[noun].objects.order_by("pk").first()
    address = f"{DESK}/{noun.plural}/"
    whole = client.get(f"{address}{record.slug if hasattr(record, 'slug') else record.pk}/").json()
    yield from answered(client, address, {})
    yield from answered(client, address, {"no_such_field": 1})
    yield from answered(client, address, [])
    for field in sorted(whole.keys() - NOT_WRITTEN):
        for value in WRONG_VALUES:
            yield from answered(client, address, {field: value})


def answered(client: Client, address: str, body: Any) -> Iterator[str]:
    """Yield what was sent, and what is wrong with the fields that were sent;
    missing ones are told once, for {}.
    """
    response = client.post(address, json.dumps(body), content_type="application/json")
    sent = json.dumps(body)
    yield f"{sent[:80]} {response.status_code}"
    problem = response.json()
    for fault in problem.get("errors", [problem]):
        if fault.get("code") != "required" or not body:
            yield f"    {json.dumps(fault, ensure_ascii=False, sort_keys=True)}"
