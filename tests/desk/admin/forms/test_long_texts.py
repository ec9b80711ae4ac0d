"""Texts of any length in each field of each form:
saved, or refused by the field's name with what was typed kept.
"""

from urllib.parse import quote

import pytest

from tests.desk.admin.conftest import address, errors
from tests.desk.admin.records.test_sources import ADD, typed
from tests.factories import (
    FACTORIES,
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    StanceFactory,
)
from tests.long_texts import CHINESE, LONG, LONG_CHINESE, TEXTS, addresses, made_of, told_at
from tracker.desk.admin.records.sources import sources_at
from tracker.models import Source

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.gate]
KINDS = ("text", "url", "textarea")
PASTED = {name: text for name, text in TEXTS.items() if len(text) <= 10_000}


@pytest.mark.parametrize("factory", FACTORIES.values(), ids=FACTORIES)
def test_a_text_of_any_length_is_saved_or_refused_by_name(editor, filled, factory):
    page = address(factory())
    form = filled(editor.get(page))
    fields = editor.get(page).context["adminform"].form.fields
    named = [
        name
        for name, field in fields.items()
        if getattr(field.widget, "input_type", "textarea") in KINDS
    ]
    wrong = []
    for value in PASTED.values():
        for name in named:
            answer = editor.post(page, {**form, name: value})
            if answer.status_code == 302:
                form = filled(editor.get(page)) | {name: form.get(name, "")}
                assert editor.post(page, form).status_code in (200, 302)
                form = filled(editor.get(page))
            elif (
                not errors(answer).keys() & {*told_at(name)}
                or answer.context["adminform"].form[name].value() != value
            ):
                wrong.append((name, value[:20], len(value), errors(answer)))

    assert len(named) > 1
    assert wrong == []


@pytest.mark.parametrize(
    "make",
    [
        lambda: IssueFactory(core_interests=[{}]),
        lambda: ActorFactory(memberships=[{}]),
        lambda: MeetingFactory(participants=[{}], issues=[{}], citations=[{}]),
        lambda: StanceFactory(citations=[{}]),
        lambda: AlignmentFactory(citations=[{}]),
    ],
    ids=["issue", "actor", "meeting", "stance", "alignment"],
)
def test_so_is_one_in_each_field_of_a_part(editor, filled, make):
    """What is saved is shown again whole;
    what is refused is named, with all else that was typed.
    """
    page = address(make())
    form, wrong = filled(editor.get(page)), []
    rows = {
        inline_form.prefix: inline_form
        for inline in editor.get(page).context["inline_admin_formsets"]
        for inline_form in inline.formset
    }
    named = [
        f"{prefix}-{name}"
        for prefix, row in rows.items()
        for name, field in row.fields.items()
        if getattr(getattr(field.widget, "widget", field.widget), "input_type", "textarea") in KINDS
    ]
    for value in [*PASTED.values(), LONG[:12_000], LONG_CHINESE[:12_000]]:
        for name in named:
            answer = editor.post(page, {**form, "reason": "Pasted", name: value})
            if answer.status_code == 302:
                saved = filled(editor.get(page))
                wrong += [] if saved[name] == value else [(name, len(value), saved[name])]
                assert editor.post(page, {**saved, name: form.get(name, "")}).status_code == 302
                form = filled(editor.get(page))
            else:
                shown, sent = filled(answer), {**form, "reason": "Pasted", name: value}
                lost = {
                    field
                    for field, typed in sent.items()
                    if str(shown.get(field, "")) != str(typed)
                }
                if lost or name not in errors(answer):
                    wrong.append((name, len(value), lost, errors(answer)))

    assert named
    assert wrong == []


def test_a_long_address_that_a_browser_copied_is_kept_as_it_shows_it_and_found_again(
    analyst, filled
):
    url, copy = addresses(made_of(CHINESE, 1_500))
    copied = [quote(address, safe=":/") for address in (url, copy)]

    assert analyst.post(ADD, typed(url=copied[0], archive_url=copied[1])).status_code == 302
    again = analyst.post(
        ADD, filled(analyst.post(ADD, typed(url=copied[0], archive_url=copied[1])))
    )

    assert (Source.objects.get().url, Source.objects.get().archive_url) == (url, copy)
    assert errors(again)["url"][0].startswith("This address is a source already")
    for pasted in copied:
        assert sources_at(pasted).get() == Source.objects.get()


@pytest.mark.parametrize("noun", FACTORIES)
def test_no_browser_cuts_off_what_is_pasted(editor, noun):
    """It would say nothing; the form says by how much a text is too long."""
    for page in ("add", f"{FACTORIES[noun]().pk}/change"):
        assert b"maxlength" not in editor.get(f"/admin/tracker/{noun}/{page}/").content
