"""Addresses and forms that nobody writes who means well:
every page, with everything that one of them knows.
"""

import re
from pathlib import Path
from time import thread_time
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client

from tests.desk.admin.site.test_addresses import addresses, filled, keys  # noqa: F401
from tests.factories import UserFactory
from tests.long_texts import made_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.gate]

VALUES = {
    "nothing": "",
    "a NUL": "%00",
    "a NUL in a text": "2019%00",
    "no UTF-8": "%FF",
    "half of a character": "%ED%A0%80",
    "2**31": str(2**31),
    "2**63": str(2**63),
    "10**40": "1" + "0" * 40,
    "10**5000": "1" + "0" * 5000,
    "-1": "-1",
    "digits of another script": quote("١٢٣"),
    "a superscript": quote("²"),
    "NaN": "NaN",
    "a bad day": "2019-02-30",
    "year 0": "0000-01-01",
    "year 10000": "10000-01-01",
    "an interval": "9999-12-31/9999-12-31",
    "a moment": "0001-01-01T00:00:00%2B14:00",
    "markup": quote("<script>"),
    "commas": ",,,1,x",
    "an address": quote("http://[::1/"),
    "an address of nothing": quote("https://"),
    "signs": quote("%(x)s {0} \\ ' \\x00 __ []"),
    "a long text": made_of("abc", 6_000),
}
OF_PAGES = {
    "q",
    "o",
    "p",
    "e",
    "all",
    "_popup",
    "_to_field",
    "_changelist_filters",
    "_facets",
    "next",
    "app_label",
    "model_name",
    "field_name",
    "term",
    "page",
    "into",
    "address",
    "guessed",
    "outcome",
    "after",
    "before",
    "old",
    "new",
    "fields",
    "text",
    "interval",
    "on",
    "actors",
    "add",
    "under",
    "parent",
    "kind",
    "channel",
    "words",
    "person",
    "since",
    "until",
    "by",
    "to",
    "note",
}


def of_a_list(model: Any) -> list[str]:
    """Return what parameters the list of a model knows."""
    page, names = admin.site._registry[model], {"q", "o", "p", "e", "all", "_popup", "_to_field"}
    for declared in page.list_filter:
        names |= {
            getattr(declared, name)
            for name in ("parameter_name", "parameter", "box")
            if getattr(declared, name, None)
        }
        field = declared[0] if isinstance(declared, tuple) else declared
        if isinstance(field, str):
            names |= {
                f"{field}{how}"
                for how in ("", "__exact", "__id__exact", "__isnull", "__in", "__gte", "__lt")
            }
    return sorted(names)


def of_a_form(model: Any) -> list[str]:
    """Return what a new record can be given by its address."""
    return sorted({*OF_PAGES, *(field.name for field in model._meta.get_fields())})


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
def test_whatever_an_address_says_a_page_answers(keys: dict[str, Any], value: str) -> None:  # noqa: F811
    """With itself, a redirect, a refusal, or that nothing is there;
    never with an error of the server.
    """
    client = Client(raise_request_exception=False)
    client.force_login(UserFactory(username="root", is_superuser=True, is_staff=True))
    models = {
        f"{model._meta.app_label}_{model._meta.model_name}": model for model in admin.site._registry
    }
    asked = []
    for name, route in addresses():
        known, _, kind = name.rpartition("_")
        address = filled(name, route, keys)
        address += "&" if "?" in address else "?"
        if kind == "changelist":  # one alone: the first that is no good hides the others
            asked += [f"{address}{parameter}={value}" for parameter in of_a_list(models[known])]
        names = of_a_form(models[known]) if kind == "add" else sorted(OF_PAGES)
        asked += [
            address + "&".join(f"{parameter}={value[:200]}{more}" for parameter in names)
            for more in ("", f"&x={value}")
        ]
        asked += [
            address + "&".join(f"{parameter}=1&{parameter}={value[:200]}" for parameter in names)
        ]
    wrong = [
        address[:300]
        for address in asked
        if "/logout/" not in address and client.get(address).status_code >= 500
    ]

    assert len(asked) > 400
    assert wrong == []


NUMBERS = ("1" + "0" * 5_000, str(2**63))
POSTED = re.compile(r"POST(?:\.get|\.getlist)?[(\[]\"(\w+)\"")
ROWS = {
    f"{part}-0-{name}"
    for part in ("ballots", "participants", "citations")
    for name in ("id", "actor", "source")
}


def of_posts() -> set[str]:
    """Return the names of what pages read of a form that is sent, as their source has them."""
    desk = Path(__file__).parents[4] / "tracker" / "desk" / "admin"
    return {name for path in desk.rglob("*.py") for name in POSTED.findall(path.read_text())}


@pytest.mark.parametrize("number", NUMBERS, ids=["5,000 digits", "2**63"])
def test_whatever_number_a_form_sends_a_page_answers(keys: dict[str, Any], number: str) -> None:  # noqa: F811
    client = Client(raise_request_exception=False)
    client.force_login(UserFactory(username="root", is_superuser=True, is_staff=True))
    names = (
        of_posts()
        | OF_PAGES
        | ROWS
        | {"earlier", "alike_seen", "actor", "issue", "source", "body", "tally_yes"}
    )
    fixed = {"action": "publish", "ballots-TOTAL_FORMS": "1", "participants-TOTAL_FORMS": "1"}
    wrong = []
    for name, route in addresses():
        address = filled(name, route, keys)
        if "/logout/" in address:
            continue
        in_path = re.sub(r"/[0-9]+/", f"/{quote(number)}/", address)
        wrong += [in_path[:90]] if client.get(in_path).status_code >= 500 else []
        for value in (number, f"stance:{number}:1", f"stance:1:{number}", f"{number}:stance:1"):
            with transaction.atomic():
                sent = {**dict.fromkeys(names, value), **fixed}
                status = client.post(address, sent).status_code
                transaction.set_rollback(True)
            wrong += [f"{address} {value[:20]}"] if status >= 500 else []

    assert {"seen", "leave", "records"} < names
    assert wrong == []


@pytest.mark.parametrize(
    "part", ["citations", "participants", "issues", "ballots", "resolutions", "memberships"]
)
def test_a_form_of_thousands_of_rows_is_bounded(keys: dict[str, Any], part: str) -> None:  # noqa: F811
    """No more rows are made than a record may have, and that is told."""
    client = Client()
    client.force_login(UserFactory(username="root", is_superuser=True, is_staff=True))
    for model in ("stance", "meeting", "vote", "actor"):
        sent = {f"{part}-TOTAL_FORMS": "9000", f"{part}-INITIAL_FORMS": "0"}
        begun = thread_time()
        answer = client.post(f"/admin/tracker/{model}/add/", sent)
        assert answer.status_code == 200
        assert thread_time() - begun < 5
        assert len(re.findall(rb'name="%s-[0-9]+-id"' % part.encode(), answer.content)) <= 1_001
