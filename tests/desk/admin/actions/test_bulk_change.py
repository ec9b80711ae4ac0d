"""Changing one field of a selection: asked for, looked at, done as one change with a reason."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desk.admin.conftest import messages
from tests.factories import ActorFactory, IssueFactory, SourceFactory, StanceFactory
from tracker.desk.admin.actions.selection import pinned
from tracker.desk.admin.forms.fields import meaning
from tracker.models import Actor, ChangeSet, Stance
from tracker.models.nouns import noun_of
from tracker.publishing.publish import Chosen

pytestmark = pytest.mark.django_db


def send(client, *records, **sent):
    """Send what the page sends for records, as they are now."""
    noun = noun_of(records[0])
    for record in records:
        record.refresh_from_db()
    there = pinned(Chosen(noun, record.pk, record.version) for record in records)
    body = {"action": "change_selected", "_selected_action": records[0].pk, "records": there, **sent}
    return client.post(f"/admin/tracker/{noun}/", body, follow=True)


def looked(client, *records, **sent):
    """Look at what changes, then return what the page would send to change it."""
    page = send(client, *records, step="look", **sent)
    return page, {**sent, "step": "change", "looked": page.context.get("looked", "")}


def becomes(page):
    return {(row.old, row.new, row.count) for row in page.context["becomes"]}


def test_a_selection_of_the_list_is_asked_which_field(analyst):
    stances = [StanceFactory() for _ in range(3)]
    selected = {"action": "change_selected", "_selected_action": [stance.pk for stance in stances[:2]], "index": "0"}

    page = analyst.post("/admin/tracker/stance/", selected)

    assert page.context["counted"] == "2 stances"
    assert ("confidence", "Confidence") in page.context["fields"]
    assert "form" not in page.context
    assert send(analyst, *stances, step="field").context["missing"] == "Choose a field."
    assert "likelihood" in send(analyst, *stances, step="field", field="basis").context["form"].fields


def test_what_changes_is_shown_and_then_done_with_a_reason(analyst):
    low, high = StanceFactory(confidence="low"), StanceFactory(confidence="high")
    sent = {"field": "confidence", "confidence": "high", "reason": "The text of the treaty came out."}

    page, sent = looked(analyst, low, high, **sent)
    assert becomes(page) == {("low", "high", 1), ("high", "high", 1)}
    assert Stance.objects.filter(confidence="low").exists()
    done = send(analyst, low, high, **sent)

    assert messages(done) == ["1 stance changed, in one change set."]
    assert not Stance.objects.filter(confidence="low").exists()
    changeset = ChangeSet.objects.get(reason="The text of the treaty came out.")
    assert (changeset.made_by, changeset.channel) == (analyst.user, "admin")


def test_all_that_match_are_one_selection(analyst):
    for _ in range(60):
        StanceFactory(confidence="low")
    selected = {"action": "change_selected", "_selected_action": ["1"], "select_across": "1", "index": "0"}

    page = analyst.post("/admin/tracker/stance/?confidence__exact=low", selected)

    assert page.context["counted"] == "60 stances"
    assert len(page.context["records"].split()) == 60


@pytest.mark.parametrize(
    ("sent", "field", "says"),
    [
        ({"field": "confidence", "confidence": "high"}, "reason", "Say why"),
        ({"field": "confidence", "confidence": "", "reason": "x"}, "confidence", "required"),
        ({"field": "confidence", "confidence": "utter", "reason": "x"}, "confidence", "not one of the available"),
        ({"field": "standing", "standing": "contested", "reason": "x"}, "standing_note", "Say why the claim"),
        ({"field": "basis", "basis": "forecast", "reason": "x"}, "likelihood", "A forecast needs one"),
        ({"field": "basis", "basis": "action", "likelihood": "likely", "reason": "x"}, "likelihood", "nothing else"),
        ({"field": "actor", "actor": "900001", "reason": "x"}, "actor", "not one of the available"),
        ({"field": "actor", "actor": "x", "reason": "x"}, "actor", "not one of the available"),
        ({"field": "until", "until": "Dec. 2018", "reason": "x"}, "until", "is not a date that can be kept"),
    ],
)
def test_a_value_that_no_record_may_have_is_said_beside_its_field(analyst, sent, field, says):
    stance = StanceFactory(confidence="low")

    page, _ = looked(analyst, stance, **sent)

    assert says in str(page.context["form"].errors[field])
    assert "becomes" not in page.context


@pytest.mark.parametrize(
    ("field", "value"), [("publisher", "TA\u202eSS"), ("container_title", "a\x1bb"), ("keywords", "energy; a\u202eb")]
)
def test_a_text_that_no_record_may_have_is_refused_as_in_a_form(analyst, field, value):
    source = SourceFactory()

    page, _ = looked(analyst, source, field=field, reason="x", **{field: value})

    assert "which no line of text may have" in str(page.context["form"].errors[field])
    assert "becomes" not in page.context


def test_all_blockers_are_shown_before_and_nothing_is_changed(analyst):
    states = [ActorFactory(name=name, iso3=code) for name, code in (("China", "CHN"), ("Russia", "RUS"))]
    other = ActorFactory()

    page, sent = looked(analyst, *states, other, field="kind", kind="bloc", reason="x")
    after = send(analyst, *states, other, **sent)

    for shown in (page, after):
        assert [("China" in problem, "Russia" in problem) for problem in shown.context["problems"]] == [
            (True, False),
            (False, True),
        ]
        assert "only a state has a country code" in shown.content.decode()
        assert 'value="change"' not in shown.content.decode()
    assert set(Actor.objects.values_list("kind", flat=True)) == {"state"}


def test_what_ended_for_all_ends_on_one_day_for_all(analyst):
    open_one, vague = StanceFactory(since="2018"), StanceFactory(since="2018", until="2019")

    page, sent = looked(analyst, open_one, vague, field="until", until="2019-06~", reason="The treaty lapsed.")
    assert becomes(page) == {("—", "2019-06~", 1), ("2019", "2019-06~", 1)}
    assert meaning("2019-06~", may_be_interval=False).text in page.content.decode()
    send(analyst, open_one, vague, **sent)

    assert set(Stance.objects.values_list("until", "until_latest")) == {("2019-06~", date(2019, 6, 30))}


def test_what_would_end_before_it_began_is_a_blocker(analyst):
    early, late = StanceFactory(since="2018"), StanceFactory(since="2020", actor__name="Ruritania")

    page, _ = looked(analyst, early, late, field="until", until="2019", reason="x")

    [problem] = page.context["problems"]
    assert "Ruritania" in problem
    assert "it begins after it ends" in problem


def test_what_was_changed_since_the_page_was_opened_is_a_blocker(analyst):
    stance = StanceFactory(confidence="low")
    old = pinned([Chosen(noun_of(stance), stance.pk, stance.version)])
    Stance.objects.update(summary="Another.")
    sent = {"field": "confidence", "confidence": "high", "reason": "x", "step": "look"}

    page = send(analyst, stance, **sent | {"records": old})

    assert "it was changed since" in page.context["problems"][0]


def test_another_value_than_the_one_looked_at_is_looked_at_first(analyst):
    stance = StanceFactory(confidence="low")
    _, sent = looked(analyst, stance, field="confidence", confidence="high", reason="x")

    page = send(analyst, stance, **sent | {"confidence": "moderate"})

    assert messages(page) == ["The value is another than the one you looked at. This is what changes now."]
    assert becomes(page) == {("low", "moderate", 1)}
    assert Stance.objects.get().confidence == "low"


def test_references_and_lists_are_told_by_name(analyst):
    stance, actor = StanceFactory(actor__name="PRC"), ActorFactory(name="China")
    issue = IssueFactory(themes=["energy", "nuclear_weapons"])

    page, sent = looked(analyst, stance, field="actor", actor=actor.pk, reason="x")
    assert becomes(page) == {("PRC", "China", 1)}
    send(analyst, stance, **sent)
    assert Stance.objects.get().actor == actor
    page, sent = looked(analyst, issue, field="themes", themes=["trade", "finance"], reason="x")
    assert becomes(page) == {("energy, nuclear weapons", "trade, finance", 1)}
    send(analyst, issue, **sent)
    issue.refresh_from_db()
    assert issue.themes == ["trade", "finance"]


@pytest.mark.parametrize(
    ("factory", "field"),
    [(SourceFactory, field) for field in ("type", "outlet", "reliability", "publisher", "language", "keywords")]
    + [(StanceFactory, field) for field in ("position", "basis", "confidence", "standing", "until")]
    + [(StanceFactory, field) for field in ("instruments", "hedged")],
)
def test_every_field_that_is_offered_has_a_form(analyst, factory, field):
    page = send(analyst, factory(), step="field", field=field)

    assert next(iter(page.context["form"].fields)) == field


@pytest.mark.parametrize("sent", [{"records": "x"}, {"records": "1"}, {"records": "1:x"}])
def test_what_no_page_sends_is_a_bad_request(analyst, sent):
    body = {"action": "change_selected", "_selected_action": StanceFactory().pk, "field": "confidence", **sent}

    assert analyst.post("/admin/tracker/stance/", body).status_code == 400


def test_a_field_that_is_not_offered_is_not_changed(analyst):
    page = send(analyst, StanceFactory(), step="change", field="version", version="9", reason="x")

    assert page.context["missing"] == "Choose a field."


def test_the_pages_cost_as_much_for_twenty_as_for_one(analyst):
    def cost(number):
        stances = [StanceFactory(confidence="low") for _ in range(number)]
        sent = {"field": "confidence", "confidence": "high", "reason": "x", "step": "look"}
        send(analyst, *stances, **sent)
        with CaptureQueriesContext(connection) as queries:
            send(analyst, *stances, **sent)
        return len(queries) - number

    assert cost(1) == cost(20)
