"""Stances in the admin: what is typed is saved as one change,
or all that is wrong with it is said at once.
"""

import pytest
from django.utils import timezone

from tests.desk.admin.conftest import address, errors
from tests.factories import ActorFactory, IssueFactory, SourceFactory, StanceFactory
from tracker.models import ChangeSet, Event, Stance

pytestmark = pytest.mark.django_db
ADD = "/admin/tracker/stance/add/"
PARTS = {
    f"{name}-{count}_FORMS": "0"
    for name in ("citations", "resolutions")
    for count in ("TOTAL", "INITIAL")
}


def typed(**changes):
    """Return what a browser sends for a complete new stance without citations."""
    actor, issue = (
        changes.pop("actor", None) or ActorFactory(),
        changes.pop("issue", None) or IssueFactory(),
    )
    terms = {
        "position": "supports",
        "basis": "statement",
        "confidence": "high",
        "standing": "accepted",
    }
    return {"actor": actor.pk, "issue": issue.pk, **terms, **PARTS, **changes}


def cited(source, **more):
    """Return what a browser sends for one new citation."""
    first = {"source": source.pk, "relation": "supports", "locator": "p. 3", **more}
    return {
        "citations-TOTAL_FORMS": "1",
        **{f"citations-0-{name}": value for name, value in first.items()},
    }


def test_a_stance_and_its_citation_are_saved_as_one_change_by_whom_and_why(analyst):
    source = SourceFactory()
    before = ChangeSet.objects.count()

    answer = analyst.post(
        ADD, typed(since="2018-12", reason="Read in the archive", **cited(source))
    )

    assert answer.status_code == 302, errors(answer)
    stance = Stance.objects.get()
    assert (stance.since, stance.citations.get().source) == ("2018-12", source)
    assert ChangeSet.objects.count() == before + 1
    changeset = ChangeSet.objects.get(reason="Read in the archive")
    assert (changeset.made_by, changeset.channel) == (analyst.user, "admin")
    assert set(changeset.events.values_list("part", flat=True)) == {"", "citation"}


def test_a_save_that_changes_nothing_writes_nothing(analyst, filled):
    stance = StanceFactory(summary="One.\n\nTwo.", instruments=["military", "diplomatic"])
    events = Event.objects.count()
    form = filled(analyst.get(address(stance)))
    form["summary"] = "One.\r\n\r\nTwo."  # as browsers send line ends

    assert analyst.post(address(stance), form).status_code == 302

    assert Event.objects.count() == events
    assert Stance.objects.get().version == stance.version


@pytest.mark.parametrize("end", ["since", "until"])
@pytest.mark.parametrize(
    ("interval", "since", "until"),
    [("2018-12/2019-04", "2018-12", "2019-04"), ("2018/..", "2018", ""), ("../2019", "", "2019")],
)
def test_a_pasted_interval_is_shown_split_into_its_two_ends_and_saved_when_looked_at(
    analyst, filled, interval, since, until, end
):
    page = analyst.post(ADD, typed(**{"since": "", end: interval}))

    says = (
        f"“{interval}” is an interval and was split into “since” and “until”. Look at both, and "
        f"save again."
    )
    assert errors(page) == {"since": [says], "until": [says]}
    assert not Stance.objects.exists()
    form = filled(page)
    assert (form.get("since"), form.get("until")) == (since, until)
    assert analyst.post(ADD, form).status_code == 302
    stance = Stance.objects.get()
    assert (stance.since, stance.until) == (since, until)


def test_an_interval_beside_another_date_is_refused(analyst):
    for typed_ends, field, says in (
        (
            {"since": "2018/2019", "until": "2020"},
            "since",
            "“2018/2019” is an interval: leave “until” empty, or",
        ),
        (
            {"since": "2018", "until": "2019/2020"},
            "until",
            "“2019/2020” is an interval: leave “since” empty, or",
        ),
    ):
        by_field = errors(analyst.post(ADD, typed(**typed_ends)))
        assert list(by_field) == [field]
        assert by_field[field][0].startswith(says)


def test_what_could_be_meant_is_told_where_it_was_typed(analyst):
    page = analyst.post(ADD, typed(since="7/8/2022", until="spring 2023"))

    assert {name: texts[0].rpartition("; ")[2] for name, texts in errors(page).items()} == {
        "since": (
            "write 2022-07-08 (if the month comes first) or 2022-08-07 (if the day comes first)"
        ),
        "until": "write [2023-03..2023-05] (in the northern half of the world)",
    }


def test_a_wrong_date_is_named_with_the_remedy_and_kept_as_typed(analyst):
    page = analyst.post(ADD, typed(since="Dec. 2018", until="2019-13"))

    by_field = errors(page)
    assert by_field["since"][0].startswith(
        "“Dec. 2018”: it is not a date that can be kept; write 2018-12"
    )
    assert by_field["until"][0].startswith("“2019-13”: it is no day of the calendar")
    assert 'value="Dec. 2018"' in page.content.decode()


def test_all_that_is_wrong_is_said_at_once(analyst):
    actor, group = ActorFactory(), IssueFactory(question="", title="Middle East")

    wrong = {
        "position": "",
        "basis": "forecast",
        "standing": "contested",
        "since": "2020",
        "until": "2019",
    }
    part = {
        "citations-TOTAL_FORMS": "1",
        "citations-0-locator": "p. 3",
        "citations-0-relation": "supports",
    }

    page = analyst.post(
        ADD, typed(actor=actor, issue=group, defers_to=actor.pk, ref="No Ref", **wrong, **part)
    )

    assert errors(page) == {
        "position": ["This field is required."],
        "issue": [
            "“Middle East”: a grouping issue has no question to take a position on; "
            "choose one below it, or give it a question"
        ],
        "likelihood": ["A forecast needs one, and nothing else may have one."],
        "standing_note": ["Say why the claim is contested."],
        "defers_to": ["Choose another actor than the one whose stance it is."],
        "since": ["It begins after it ends; correct “since” or “until”."],
        "ref": [
            "“No Ref”: it does not have the form of its kind; use lower-case letters, "
            "digits, dots and hyphens"
        ],
        "citations-0-source": ["This field is required."],
    }
    assert not Stance.objects.exists()


def test_the_last_check_is_by_default_that_of_the_newest_source_or_today_and_stays_if_it_is_given(
    analyst,
):
    newest = SourceFactory(issued="[2019-06-01..2019-06-05]")
    undated = SourceFactory(issued="", accessed_on=None)

    for source, given in ((newest, {}), (undated, {}), (newest, {"confirmed_on": "2021-03-04"})):
        analyst.post(ADD, typed(**cited(source), **given))

    days = [
        str(day) for day in Stance.objects.order_by("pk").values_list("confirmed_on", flat=True)
    ]
    assert days == ["2019-06-01", str(timezone.localdate()), "2021-03-04"]


def test_the_coding_rules_stand_below_and_beside_the_choices(analyst):
    page = analyst.get(ADD).content.decode()

    assert "<dt>strongly supports</dt><dd>Acts or speaks for it with all the weight it has" in page
    assert (
        '<option value="supports" data-rule="Speaks, votes or works for what the question '
        'proposes.">' in page
    )
    assert '<span class="rule">Aid, loans, trade and sanctions.</span>' in page


def test_the_rule_of_a_term_and_the_days_of_a_date_stand_beside_what_is_saved(analyst):
    stance = StanceFactory(position="silent", since="2018-12", until="")

    page = analyst.get(address(stance)).content.decode()

    assert (
        'id="id_position_beside" aria-live="polite">A source says that the actor says nothing'
        in page
    )
    assert 'id="id_since_beside" aria-live="polite">1 Dec 2018 to 31 Dec 2018</output>' in page
    assert 'id="id_until_beside" aria-live="polite"></output>' in page
    assert 'aria-describedby="id_since_helptext id_since_beside"' in page


def test_version_and_state_are_shown_and_not_taken_from_what_is_sent(analyst, filled):
    stance = StanceFactory()
    form = filled(analyst.get(address(stance)))

    assert not {"version", "state"} & form.keys()
    analyst.post(address(stance), form | {"version": "99", "state": "in_review"})

    stance.refresh_from_db()
    assert (stance.version, stance.state) == (2, "editing")


def test_lists_are_filtered_by_what_stances_refer_to_and_by_terms(analyst):
    wanted = StanceFactory(position="opposes")
    StanceFactory(actor=wanted.actor)
    StanceFactory(position="opposes")

    source = wanted.citations.get().source_id
    query = {"actor__exact": wanted.actor.pk, "position__exact": "opposes", "issue__exact": ""}
    page = analyst.get("/admin/tracker/stance/", query | {"citations__source__exact": source})

    assert list(page.context["cl"].result_list) == [wanted]
    assert (
        f'<option value="{wanted.actor.pk}" selected>{wanted.actor.name}</option>'
        in page.content.decode()
    )
