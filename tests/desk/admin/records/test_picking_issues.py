"""Picking an issue: for a stance one that asks something, with its question below the field."""

import re

import pytest

from tests.desk.admin.records.test_stances import ADD, typed
from tests.factories import AlignmentFactory, IssueFactory, StanceFactory

pytestmark = pytest.mark.django_db
PLAIN = {"app_label": "tracker", "field_name": "issue"}


@pytest.fixture
def issues():
    """Return an issue that asks something, and one that only holds others together."""
    return IssueFactory(title="The dam", question="Should it be built?"), IssueFactory(
        title="Dams", question=""
    )


def results(client, noun, **asked):
    """Return what a searching select of the issue of a claim finds."""
    asked = {**PLAIN, "model_name": noun, "term": "dam", **asked}
    return client.get("/admin/autocomplete/", asked).json()["results"]


def test_a_stance_is_offered_issues_that_ask_something_with_their_questions(analyst, issues):
    page = analyst.get(ADD).content.decode()

    assert 'data-ajax--url="/admin/autocomplete/?asks=yes"' in page
    [offered] = results(analyst, "stance", asks="yes")
    assert (offered["text"], offered["question"]) == ("The dam", "Should it be built?")


def test_an_alignment_and_a_filter_are_offered_groups_too(analyst, issues):
    assert "asks=yes" not in analyst.get("/admin/tracker/alignment/add/").content.decode()
    assert "asks=yes" not in analyst.get("/admin/tracker/stance/").content.decode()
    assert {result["text"] for result in results(analyst, "alignment")} == {
        "The dam",
        "Dams (group of issues)",
    }


@pytest.mark.parametrize("factory", [StanceFactory, AlignmentFactory])
def test_the_question_stands_below_the_issue_of_a_claim(analyst, factory):
    claim = factory(issue__question="Should it be <built>?")

    page = analyst.get(
        f"/admin/tracker/{claim._meta.model_name}/{claim.pk}/change/"
    ).content.decode()

    assert 'id="id_issue_question" aria-live="polite">Should it be &lt;built&gt;?</output>' in page
    assert re.search('aria-describedby="[^"]*id_issue_question" id="id_issue"', page)
    assert "tracker/questions.js" in page


@pytest.mark.parametrize(
    ("sent", "shown"), [(None, "Should it be built?"), ("x", ""), ("900001", ""), ("", "")]
)
def test_a_form_with_errors_keeps_the_question_of_what_was_chosen(analyst, issues, sent, shown):
    page = analyst.post(
        ADD, typed(position="") | {"issue": issues[0].pk if sent is None else sent}
    ).content.decode()

    assert f'id="id_issue_question" aria-live="polite">{shown}</output>' in page
