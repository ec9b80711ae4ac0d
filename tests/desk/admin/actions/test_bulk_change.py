"""Changing one field of a selection: asked for, looked at, done as one change with a reason."""

from datetime import date

import pytest

from tests.desk.admin.conftest import messages
from tests.desk.admin.selecting import select, send
from tests.factories import FACTORIES, ActorFactory, IssueFactory, SourceFactory, StanceFactory
from tracker.desk.admin.forms.fields import meaning
from tracker.models import Actor, ChangeSet, Stance

pytestmark = pytest.mark.django_db


CHANGE = "change_selected"


def looked(client, *records, **sent):
    """Look at what changes, then return what the page would send to change it."""
    page = send(client, CHANGE, *records, step="look", **sent)
    return page, {**sent, "step": "change", "looked": page.context.get("looked", "")}


def becomes(page):
    return {(row.old, row.new, row.count) for row in page.context["becomes"]}


def test_a_selection_of_the_list_is_asked_which_field(analyst):
    stances = [StanceFactory() for _ in range(3)]
    selected = {
        "action": CHANGE,
        "_selected_action": [stance.pk for stance in stances[:2]],
        "index": "0",
    }

    page = analyst.post("/admin/tracker/stance/", selected)

    assert page.context["counted"] == "2 stances"
    assert ("confidence", "Confidence") in page.context["fields"]
    assert "form" not in page.context
    for sent in (
        {"step": "field"},
        {"step": "change", "field": "version", "version": "9", "reason": "x"},
    ):
        assert send(analyst, CHANGE, *stances, **sent).context["missing"] == "Choose a field."
    assert (
        "likelihood"
        in send(analyst, CHANGE, *stances, step="field", field="basis").context["form"].fields
    )


@pytest.mark.parametrize("factory", FACTORIES.values(), ids=FACTORIES)
def test_every_field_that_is_offered_has_a_form(analyst, factory):
    record = factory()
    fields = [name for name, _ in select(analyst, CHANGE, record).context["fields"]]

    forms = [
        send(analyst, CHANGE, record, step="field", field=field).context["form"] for field in fields
    ]

    assert [next(iter(form.fields)) for form in forms] == fields != []


def test_what_changes_is_shown_and_then_done_with_a_reason(analyst):
    low, high = StanceFactory(confidence="low"), StanceFactory(confidence="high")
    sent = {
        "field": "confidence",
        "confidence": "high",
        "reason": "The text of the treaty came out.",
    }

    page, sent = looked(analyst, low, high, **sent)
    assert becomes(page) == {("low", "high", 1), ("high", "high", 1)}
    assert Stance.objects.filter(confidence="low").exists()
    done = send(analyst, CHANGE, low, high, **sent)

    assert messages(done) == ["1 stance changed, in one change set."]
    assert not Stance.objects.filter(confidence="low").exists()
    changeset = ChangeSet.objects.get(reason="The text of the treaty came out.")
    assert (changeset.made_by, changeset.channel) == (analyst.user, "admin")


def test_all_that_match_are_one_selection(analyst):
    for confidence in ("low", "low", "high"):
        StanceFactory(confidence=confidence)
    selected = {"action": CHANGE, "_selected_action": ["1"], "select_across": "1", "index": "0"}

    page = analyst.post("/admin/tracker/stance/?confidence__exact=low", selected)

    assert page.context["counted"] == "2 stances"
    assert len(page.context["records"].split()) == 2


@pytest.mark.parametrize(
    ("sent", "field", "says"),
    [
        ({"field": "confidence", "confidence": "high"}, "reason", "Say why"),
        (
            {"field": "confidence", "confidence": "utter", "reason": "x"},
            "confidence",
            "not one of the available",
        ),
        (
            {"field": "standing", "standing": "contested", "reason": "x"},
            "standing_note",
            "Say why the claim",
        ),
        (
            {"field": "basis", "basis": "action", "likelihood": "likely", "reason": "x"},
            "likelihood",
            "nothing else",
        ),
        ({"field": "actor", "actor": "x", "reason": "x"}, "actor", "not one of the available"),
        (
            {"field": "until", "until": "Dec. 2018", "reason": "x"},
            "until",
            "is not a date that can be kept",
        ),
        (
            {"field": "keywords", "keywords": "a; b\u202e", "reason": "x"},
            "keywords",
            "which no line of text may have",
        ),
    ],
)
def test_a_value_that_no_record_may_have_is_said_beside_its_field(analyst, sent, field, says):
    record = SourceFactory() if field == "keywords" else StanceFactory(confidence="low")

    page, _ = looked(analyst, record, **sent)

    assert says in str(page.context["form"].errors[field])
    assert "becomes" not in page.context


def test_all_blockers_are_shown_before_and_nothing_is_changed(analyst):
    states = [
        ActorFactory(name=name, iso3=code) for name, code in (("China", "CHN"), ("Russia", "RUS"))
    ]
    other = ActorFactory()

    page, sent = looked(analyst, *states, other, field="kind", kind="bloc", reason="x")
    after = send(analyst, CHANGE, *states, other, **sent)

    for shown in (page, after):
        assert [
            ("China" in problem, "Russia" in problem) for problem in shown.context["problems"]
        ] == [
            (True, False),
            (False, True),
        ]
        assert "only a state has a country code" in shown.content.decode()
        assert 'value="change"' not in shown.content.decode()
    assert set(Actor.objects.values_list("kind", flat=True)) == {"state"}


def test_what_ended_for_all_ends_on_one_day_for_all(analyst):
    open_one, vague = StanceFactory(since="2018"), StanceFactory(since="2018", until="2019")

    page, sent = looked(
        analyst, open_one, vague, field="until", until="2019-06~", reason="The treaty lapsed."
    )
    assert becomes(page) == {("—", "2019-06~", 1), ("2019", "2019-06~", 1)}
    assert meaning("2019-06~", may_be_interval=False).text in page.content.decode()
    send(analyst, CHANGE, open_one, vague, **sent)

    assert set(Stance.objects.values_list("until", "until_latest")) == {
        ("2019-06~", date(2019, 6, 30))
    }


def test_another_value_than_the_one_looked_at_is_looked_at_first(analyst):
    stance = StanceFactory(confidence="low")
    _, sent = looked(analyst, stance, field="confidence", confidence="high", reason="x")

    page = send(analyst, CHANGE, stance, **sent | {"confidence": "moderate"})

    assert messages(page) == [
        "The value is another than the one you looked at. This is what changes now."
    ]
    assert becomes(page) == {("low", "moderate", 1)}
    assert Stance.objects.get().confidence == "low"


def test_references_and_lists_are_told_by_name(analyst):
    stance, actor = StanceFactory(actor__name="PRC"), ActorFactory(name="China")
    issue = IssueFactory(themes=["energy", "nuclear_weapons"])

    page, sent = looked(analyst, stance, field="actor", actor=actor.pk, reason="x")
    assert becomes(page) == {("PRC", "China", 1)}
    send(analyst, CHANGE, stance, **sent)
    assert Stance.objects.get().actor == actor
    page, sent = looked(analyst, issue, field="themes", themes=["trade", "finance"], reason="x")
    assert becomes(page) == {("energy, nuclear weapons", "trade, finance", 1)}
    send(analyst, CHANGE, issue, **sent)
    issue.refresh_from_db()
    assert issue.themes == ["trade", "finance"]
