"""Coding one after the other: what the next record has in common with the last is kept."""

import re

import pytest

from tests.desk.admin.conftest import errors, messages
from tests.desk.admin.records.test_stances import ADD, cited, typed
from tests.factories import ActorFactory, IssueFactory, MeetingFactory, SourceFactory, StanceFactory
from tracker.models import Stance

pytestmark = pytest.mark.django_db
NEXT = {"_next": "Save and code the next one"}


def test_the_next_stance_keeps_issue_day_basis_confidence_source_and_locator_and_says_so(
    analyst, filled
):
    source = SourceFactory()
    sent = typed(
        **cited(source, locator_label="section", locator="Venezuela", quote="…", credibility="2"),
        since="2019-06",
        **NEXT,
    )

    page = analyst.post(ADD, sent, follow=True)

    first = Stance.objects.get()
    form = filled(page)
    assert page.request["PATH_INFO"] == ADD
    kept = "issue, day, basis, confidence, source, locator"
    assert messages(page)[0].endswith(f"was saved. Code the next one here. Kept from it: {kept}.")
    assert f"/admin/tracker/stance/{first.pk}/change/" in messages(page)[0]
    kept = [
        form[f"citations-0-{name}"]
        for name in ("source", "locator_label", "locator", "quote", "relation")
    ]
    assert kept == [str(source.pk), "section", "Venezuela", "", "supports"]
    assert form["issue"] == str(first.issue.pk)
    names = ("since", "basis", "confidence")
    assert [form[name] for name in names] == [getattr(first, name) for name in names]
    assert first.since
    assert not any(form.get(name) for name in ("actor", "position", "until"))


def test_what_was_kept_is_saved_though_nobody_touched_it(analyst, filled):
    source = SourceFactory()
    page = analyst.post(ADD, typed(**cited(source), **NEXT), follow=True)
    form = filled(page) | {
        "actor": ActorFactory().pk,
        "position": "opposes",
        "basis": "action",
        "confidence": "low",
    }

    answer = analyst.post(f"{ADD}?{page.request['QUERY_STRING']}", form)

    assert answer.status_code == 302, errors(answer)
    second = Stance.objects.latest("pk")
    assert (second.position, second.citations.get().source, second.citations.get().locator) == (
        "opposes",
        source,
        "p. 3",
    )


def test_the_next_after_a_change_keeps_the_last_citation(analyst, filled):
    stance = StanceFactory(citations=[{"locator": "p. 1"}, {"locator": "p. 2"}])
    page = f"/admin/tracker/stance/{stance.pk}/change/"

    answer = analyst.post(page, filled(analyst.get(page)) | NEXT, follow=True)

    form = filled(answer)
    assert (form["citations-0-locator"], form["issue"]) == ("p. 2", str(stance.issue.pk))
    assert form["citations-TOTAL_FORMS"] == 1


def test_a_stance_without_citations_keeps_its_issue(analyst, filled):
    page = analyst.post(ADD, typed(**NEXT), follow=True)

    assert messages(page)[0].endswith("Kept from it: issue, basis, confidence.")
    assert "citations-0-source" not in filled(page)


def test_the_next_meeting_keeps_an_issue_discussed_and_a_citation(analyst, filled):
    meeting = MeetingFactory(issues=[{"issue": IssueFactory()}], citations=[{"locator": "p. 1"}])
    page = f"/admin/tracker/meeting/{meeting.pk}/change/"

    form = filled(analyst.post(page, filled(analyst.get(page)) | NEXT, follow=True))

    assert form["issues-0-issue"] == str(meeting.issues.get().issue.pk)
    assert (form["citations-0-source"], form["citations-0-locator"]) == (
        str(meeting.citations.get().source.pk),
        "p. 1",
    )


def test_what_is_wrong_is_said_before_anything_is_kept(analyst):
    assert list(errors(analyst.post(ADD, typed(position="", **NEXT)))) == ["position"]


@pytest.mark.parametrize(
    ("noun", "offered"),
    [("stance", True), ("alignment", True), ("meeting", True), ("actor", False)],
)
def test_it_is_offered_where_there_are_citations(analyst, noun, offered):
    assert (
        'name="_next"' in analyst.get(f"/admin/tracker/{noun}/add/").content.decode()
    ) == offered
    assert (
        'name="_next"' not in analyst.get(f"/admin/tracker/{noun}/add/?_popup=1").content.decode()
    )


@pytest.mark.parametrize(
    ("noun", "button"), [("stance", "_next"), ("meeting", "_next"), ("actor", "_addanother")]
)
def test_one_button_saves_and_leads_on_and_what_saves_by_keys_is_told(analyst, noun, button):
    page = analyst.get(f"/admin/tracker/{noun}/add/").content.decode()

    assert re.findall(r'name="(_next|_addanother)"', page) == [button]
    assert page.count("<kbd>Ctrl</kbd>+<kbd>Enter</kbd>") == 1


@pytest.mark.parametrize("key", ["abc", "9" * 30, "-1", "1.5", "999999999"])
def test_an_address_that_keeps_what_is_no_record_keeps_nothing(analyst, key):
    page = analyst.get(ADD, {"issue": key, "source": key})

    assert page.status_code == 200
    assert (
        " selected>"
        not in page.content.decode().partition("id_citations-0-source")[2].partition("</select>")[0]
    )
    assert list(errors(analyst.post(ADD, typed(defers_to=key)))) == ["defers_to"]
