"""Which fields the form of a record has."""

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.test import RequestFactory

from tracker.models.nouns import RECORDS
from tracker.models.tables import table_of
from tracker.values.nouns import Noun


@pytest.mark.parametrize("noun", Noun)
def test_a_form_has_every_field_that_is_written_once(monkeypatch: pytest.MonkeyPatch, noun: Noun) -> None:
    """Also one that no group names: it stands at the end of the first."""
    page, table = admin.site._registry[RECORDS[noun]], table_of(RECORDS[noun])
    (_, first), *_ = page.noun_fieldsets
    named = flatten_fieldsets([(None, first)])
    monkeypatch.setitem(first, "fields", named[:1])

    groups = page.get_fieldsets(RequestFactory().get("/"))

    shown = flatten_fieldsets(groups)
    assert {*shown} >= {table.fields[column].name for column in table.own}
    assert len(shown) == len({*shown})
    assert {*flatten_fieldsets(groups[:1])} >= {*named}
