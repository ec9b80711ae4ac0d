"""Texts of any length in each field of each form: saved, or refused by the field's name with what was typed kept."""

import pytest

from tests.admin.conftest import errors
from tests.admin.test_permissions import NOUNS
from tests.admin.test_sources import ADD, typed
from tests.long_texts import CHINESE, TEXTS, addresses, made_of
from tracker.models import Source

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
KINDS = ("text", "url", "textarea")
PASTED = {name: text for name, text in TEXTS.items() if len(text) <= 10_000}


@pytest.mark.parametrize("noun", NOUNS)
def test_a_text_of_any_length_is_saved_or_refused_by_name(editor, filled, noun):
    page = f"/admin/tracker/{noun}/{NOUNS[noun]().pk}/change/"
    form = filled(editor.get(page))
    fields = editor.get(page).context["adminform"].form.fields
    named = [name for name, field in fields.items() if getattr(field.widget, "input_type", "textarea") in KINDS]
    wrong = []
    for value in PASTED.values():
        for name in named:
            answer = editor.post(page, {**form, name: value})
            if answer.status_code == 302:
                form = filled(editor.get(page)) | {name: form.get(name, "")}
                assert editor.post(page, form).status_code in (200, 302)
                form = filled(editor.get(page))
            elif name not in errors(answer) or answer.context["adminform"].form[name].value() != value:
                wrong.append((name, value[:20], len(value), errors(answer)))

    assert len(named) > 1
    assert wrong == []


@pytest.mark.parametrize("length", [500, 1_500, 1_960])
def test_a_long_address_with_its_copy_is_a_source_once(analyst, length):
    url, copy = addresses(made_of(CHINESE, length))
    said = typed(url=url, archive_url=copy, issued="2019")

    assert analyst.post(ADD, said).status_code == 302
    again = analyst.post(ADD, said)

    assert (Source.objects.get().url, Source.objects.get().archive_url) == (url, copy)
    assert errors(again)["url"][0].startswith("This address is a source already; tell them apart")
    assert again.context["adminform"].form["url"].value() == url
