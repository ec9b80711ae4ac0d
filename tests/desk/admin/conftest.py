"""People of each group before the admin, and forms filled as a browser sends them."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.factories import UserFactory
from tracker import history
from tracker.models import Edition, Record
from tracker.models.nouns import noun_of
from tracker.publishing.publish import Chosen, publish
from tracker.values.vocabularies import Channel


def logged_in(group: str, **person: Any) -> Client:
    """Return the client of a new member of a group, or of none."""
    client = Client(raise_request_exception=True)
    client.user = UserFactory(groups=[group] if group else [], is_staff=True, **person)
    # with the unusable password that the factory has set, on which the session depends
    client.user.save()
    client.force_login(client.user)
    return client


def address(record: Any, page: str = "change") -> str:
    """Return the address of a page of a record."""
    return f"/admin/tracker/{record._meta.model_name}/{record.pk}/{page}/"


def main(page: HttpResponse) -> str:
    """Return the main part of a page."""
    return page.content.decode().split('id="content-main"')[1]


def text(page: HttpResponse) -> str:
    """Return what a page says, without its marks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main(page))).split())


@pytest.fixture
def analyst(db: None) -> Client:
    """Return the client of an analyst."""
    return logged_in("analysts", username="anna", first_name="Anna", last_name="Schmidt")


@pytest.fixture
def editor(db: None) -> Client:
    """Return the client of an editor."""
    return logged_in("editors", username="erik")


@pytest.fixture
def administrator(db: None) -> Client:
    """Return the client of an administrator."""
    return logged_in("administrators", username="ada")


@pytest.fixture
def published(db: None) -> Callable[..., Edition]:
    """Return a function that publishes records as one edition, for nobody in particular."""

    def make(*records: Record, note: str = "") -> Edition:
        with history.changeset(made_by=None, reason="", channel=Channel.COMMAND):
            edition = publish(
                records=[Chosen(noun_of(record), record.pk) for record in records], note=note
            )
        assert edition is not None
        return edition

    return make


@pytest.fixture
def filled() -> Callable[[HttpResponse], dict[str, Any]]:
    """Return `sent_by`."""
    return sent_by


def sent_by(page: HttpResponse) -> dict[str, Any]:
    """Return what the form of a page would send if nothing were typed."""
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    return dict(
        sent(field)
        for form in forms
        for field in form
        if field.value() is not None and field.value() is not False
    )


def parts(name: str, *rows: dict[str, Any]) -> dict[str, Any]:
    """Return what a browser sends for new parts of a record."""
    sent = {
        f"{name}-{place}-{field}": value
        for place, row in enumerate(rows)
        for field, value in row.items()
    }
    return {f"{name}-TOTAL_FORMS": str(len(rows)), f"{name}-INITIAL_FORMS": "0", **sent}


def sent(field: Any) -> tuple[str, Any]:
    """Return the name and the value under which a browser sends a field."""
    value = field.field.prepare_value(field.value())
    return field.html_name, "on" if value is True else value


def errors(page: HttpResponse) -> dict[str, list[str]]:
    """Return the errors that a page shows, by field;
    under "__all__" those of no field, of parts by their prefix.
    """
    assert page.status_code == 200, "the form was saved"
    by_field = {
        name: list(map(str, texts)) for name, texts in page.context["adminform"].form.errors.items()
    }
    for inline in page.context["inline_admin_formsets"]:
        for form in inline.formset.forms:
            by_field |= {
                f"{form.prefix}-{name}": list(map(str, texts))
                for name, texts in form.errors.items()
            }
        by_field |= (
            {inline.formset.prefix: others}
            if (others := list(map(str, inline.formset.non_form_errors())))
            else {}
        )
    return by_field


def messages(page: HttpResponse) -> list[str]:
    """Return the messages at the top of a page."""
    return [str(message) for message in page.context["messages"]]
