"""Which fields the form of a record has."""

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.test import RequestFactory

from tests.desk.admin.conftest import address
from tests.factories import ActFactory, MeetingFactory
from tracker.models.nouns import RECORDS
from tracker.models.tables import table_of
from tracker.values.nouns import Noun


@pytest.mark.parametrize("noun", Noun)
def test_a_form_has_every_field_that_is_written_once(
    monkeypatch: pytest.MonkeyPatch, noun: Noun
) -> None:
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


@pytest.mark.parametrize("noun", Noun)
def test_a_summary_is_never_folded_away(noun: Noun) -> None:
    page = admin.site._registry[RECORDS[noun]]

    folded = [
        options["fields"]
        for _, options in page.noun_fieldsets
        if "collapse" in options.get("classes", ())
    ]

    assert "summary" not in flatten_fieldsets([(None, {"fields": fields}) for fields in folded])


@pytest.mark.django_db
@pytest.mark.parametrize("noun", ["meeting", "act"])
def test_participants_and_issues_begin_with_one_empty_row(analyst, noun: str) -> None:
    page = analyst.get(f"/admin/tracker/{noun}/add/")

    rows = {
        inline.formset.prefix: len(inline.formset.forms)
        for inline in page.context["inline_admin_formsets"]
    }

    assert rows == {"participants": 1, "issues": 1, "citations": 1}


@pytest.mark.django_db
@pytest.mark.parametrize("make", [MeetingFactory, ActFactory])
def test_what_is_there_gets_no_empty_row(analyst, make) -> None:
    page = analyst.get(address(make()))

    assert all(
        form.instance.pk
        for inline in page.context["inline_admin_formsets"]
        for form in inline.formset.forms
    )
