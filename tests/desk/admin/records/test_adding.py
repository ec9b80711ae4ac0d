"""A record of every noun is added at the desk,
also of one of which nothing is said that could be left out.
"""

import re
from typing import Any

import pytest
from django.contrib import admin
from django.http import HttpResponse

from tests.desk.admin.conftest import address
from tests.public.api.test_urls import populate
from tracker.desk.admin.records.base import CodingAdmin
from tracker.desk.records.duplicates import DUPLICATE_KEYS
from tracker.models.nouns import RECORDS
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
ONLY_ONE_HAS = ("ref", "iso3", "url", "seen")
CODED = [noun for noun in Noun if isinstance(admin.site._registry[RECORDS[noun]], CodingAdmin)]


def another(page: HttpResponse, filled: Any, noun: Noun) -> dict[str, Any]:
    """Return what the form of a record has, as one sends it who adds another."""
    own = re.compile(rf".+-[0-9]+-(id|{noun})")
    typed = {
        name: value
        for name, value in filled(page).items()
        if name not in ONLY_ONE_HAS and not own.fullmatch(name)
    }
    return (
        typed
        | {name: "0" for name in typed if name.endswith("-INITIAL_FORMS")}
        | {"slug": "another"}
    )


def added(client: Any, noun: Noun, form: dict[str, Any]) -> HttpResponse:
    """Add a record; return the last answer: what is there already is told once."""
    address = f"/admin/tracker/{noun}/add/"
    answer = client.post(address, form)
    if answer.status_code == 200 and (
        seen := answer.context["adminform"].form.data.get("alike_seen")
    ):
        answer = client.post(address, form | {"alike_seen": seen})
    return answer


def test_a_record_of_every_noun_is_added(analyst, filled, monkeypatch):
    """With all that a record has;
    and so is one of a noun of which none is looked for, as of a new one.
    """
    records = populate(1)
    forms = {
        noun: another(analyst.get(address(record)), filled, noun)
        for noun, record in records.items()
    }
    for noun, form in forms.items():
        before = RECORDS[noun]._default_manager.count()
        answer = added(analyst, noun, form)
        assert answer.status_code == 302, (noun, answer.context["errors"])
        new = RECORDS[noun]._default_manager.order_by("pk").last()
        assert (RECORDS[noun]._default_manager.count(), new.version) == (before + 1, 1)
    for noun in CODED:
        monkeypatch.setitem(DUPLICATE_KEYS, noun, None)
        answer = analyst.post(
            f"/admin/tracker/{noun}/add/", forms[noun] | {"_next": "1", "slug": "third"}
        )
        assert answer.status_code == 302, (noun, answer.context["errors"])
        assert answer.headers["Location"].startswith(f"/admin/tracker/{noun}/add/?")


def test_what_has_no_issue_keeps_none():
    """Of the nouns there are, all have; one that is new need not."""
    assert CodingAdmin.issue_of(admin.site._registry[RECORDS[CODED[0]]], object()) is None
