"""Stances in the admin: what is typed is saved as one change, or all that is wrong with it is said at once."""

from datetime import date

import pytest
from django.utils import timezone

from tests.desk.admin.conftest import errors
from tests.factories import ActorFactory, IssueFactory, SourceFactory, StanceFactory
from tracker.models import ChangeSet, Event, Stance

pytestmark = pytest.mark.django_db
ADD = "/admin/tracker/stance/add/"
PARTS = {"citations-TOTAL_FORMS": "0", "citations-INITIAL_FORMS": "0"}


def typed(**changes):
    """Return what a browser sends for a complete new stance without citations."""
    actor, issue = changes.pop("actor", None) or ActorFactory(), changes.pop("issue", None) or IssueFactory()
    return {
        "actor": actor.pk,
        "issue": issue.pk,
        "position": "supports",
        "basis": "statement",
        "confidence": "high",
        "standing": "accepted",
        **PARTS,
        **changes,
    }


def cited(source, **more):
    """Return what a browser sends for one new citation."""
    first = {"source": source.pk, "relation": "supports", "locator": "p. 3", **more}
    return {"citations-TOTAL_FORMS": "1", **{f"citations-0-{name}": value for name, value in first.items()}}


def address(stance):
    return f"/admin/tracker/stance/{stance.pk}/change/"


def test_a_stance_and_its_citation_are_saved_as_one_change_by_whom_and_why(analyst):
    source = SourceFactory()
    before = ChangeSet.objects.count()

    answer = analyst.post(ADD, typed(since="2018-12", reason="Read in the archive", **cited(source)))

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

    says = f"“{interval}” is an interval and was split into “since” and “until”. Look at both, and save again."
    assert errors(page) == {"since": [says], "until": [says]}
    assert not Stance.objects.exists()
    form = filled(page)
    assert (form.get("since"), form.get("until")) == (since, until)
    assert analyst.post(ADD, form).status_code == 302
    stance = Stance.objects.get()
    assert (stance.since, stance.until) == (since, until)


def test_an_interval_beside_an_until_is_refused(analyst):
    page = analyst.post(ADD, typed(since="2018/2019", until="2020"))

    assert errors(page) == {"since": ["“2018/2019” is an interval: leave “until” empty, or write its first part only."]}


def test_an_interval_as_until_beside_a_since_is_refused(analyst):
    page = analyst.post(ADD, typed(since="2018", until="2019/2020"))

    says = "“2019/2020” is an interval: leave “since” empty, or write its second part only."
    assert errors(page) == {"until": [says]}


def test_what_could_be_meant_is_told_where_it_was_typed(analyst):
    page = analyst.post(ADD, typed(since="7/8/2022", until="spring 2023"))

    assert {name: texts[0].rpartition("; ")[2] for name, texts in errors(page).items()} == {
        "since": "write 2022-07-08 (if the month comes first) or 2022-08-07 (if the day comes first)",
        "until": "write [2023-03..2023-05] (in the northern half of the world)",
    }


def test_a_wrong_date_is_named_with_the_remedy_and_kept_as_typed(analyst):
    page = analyst.post(ADD, typed(since="Dec. 2018", until="2019-13"))

    by_field = errors(page)
    assert by_field["since"][0].startswith("“Dec. 2018”: it is not a date that can be kept; write 2018-12")
    assert by_field["until"][0].startswith("“2019-13”: it is no day of the calendar")
    assert 'value="Dec. 2018"' in page.content.decode()


def test_a_wrong_end_of_an_interval_is_named(analyst):
    assert errors(analyst.post(ADD, typed(since="2018/201")))["since"][0].startswith("“201”: it is not a date")


def test_a_period_that_ends_before_it_begins_is_refused_kindly(analyst):
    by_field = errors(analyst.post(ADD, typed(since="2019", until="2018-12")))

    assert by_field == {"since": ["It begins after it ends; correct “since” or “until”."]}


def test_all_that_is_wrong_is_said_at_once(analyst):
    actor, group = ActorFactory(), IssueFactory(question="", title="Middle East")

    page = analyst.post(
        ADD,
        typed(
            actor=actor,
            issue=group,
            position="",
            basis="forecast",
            standing="contested",
            defers_to=actor.pk,
            since="2020",
            until="2019",
            ref="No Ref",
            **{"citations-TOTAL_FORMS": "1", "citations-0-locator": "p. 3", "citations-0-relation": "supports"},
        ),
    )

    assert errors(page) == {
        "position": ["This field is required."],
        "issue": ["“Middle East”: a grouping issue has no question to take a position on; choose one below it"],
        "likelihood": ["A forecast needs one, and nothing else may have one."],
        "standing_note": ["Say why the claim is contested."],
        "defers_to": ["Choose another actor than the one whose stance it is."],
        "since": ["It begins after it ends; correct “since” or “until”."],
        "ref": ["“No Ref”: it does not have the form of its kind; use lower-case letters, digits, dots and hyphens"],
        "citations-0-source": ["This field is required."],
    }
    assert not Stance.objects.exists()


def test_a_likelihood_of_what_is_no_forecast_is_refused(analyst):
    assert list(errors(analyst.post(ADD, typed(likelihood="likely")))) == ["likelihood"]


def test_a_ref_that_is_taken_is_refused(analyst):
    StanceFactory(ref="stance-1")

    assert list(errors(analyst.post(ADD, typed(ref="stance-1")))) == ["ref"]


def test_the_last_check_is_by_default_the_day_of_the_newest_cited_source(analyst):
    newest = SourceFactory(issued="[2019-06-01..2019-06-05]")

    analyst.post(ADD, typed(**cited(newest)))

    assert Stance.objects.get().confirmed_on == date(2019, 6, 1)


def test_the_last_check_is_never_after_today(analyst):
    analyst.post(ADD, typed(**cited(SourceFactory(issued="2100"))))

    assert Stance.objects.get().confirmed_on == timezone.localdate()


def test_a_last_check_to_come_is_refused(analyst):
    page = analyst.post(ADD, typed(confirmed_on="2999-01-01", **cited(SourceFactory())))

    assert errors(page) == {"confirmed_on": ["It is a day to come; write today or an earlier one."]}
    assert not Stance.objects.exists()


def test_the_last_check_is_else_the_day_on_which_the_source_was_read(analyst):
    analyst.post(ADD, typed(**cited(SourceFactory(issued="", accessed_on="2020-02-01"))))

    assert Stance.objects.get().confirmed_on == date(2020, 2, 1)


def test_the_last_check_is_today_where_no_source_has_a_day(analyst):
    """Nobody is told of what was written and approved today that it was never confirmed."""
    analyst.post(ADD, typed(**cited(SourceFactory(issued="", accessed_on=None))))

    assert Stance.objects.get().confirmed_on == timezone.localdate()


def test_a_last_check_that_was_given_stays(analyst):
    analyst.post(ADD, typed(confirmed_on="2021-03-04", **cited(SourceFactory())))

    assert Stance.objects.get().confirmed_on == date(2021, 3, 4)


def test_the_coding_rules_stand_below_and_beside_the_choices(analyst):
    page = analyst.get(ADD).content.decode()

    assert "<dt>strongly supports</dt><dd>Acts or speaks for it with all the weight it has" in page
    assert '<option value="supports" data-rule="Speaks, votes or works for what the question proposes.">' in page
    assert '<span class="rule">Aid, loans, trade and sanctions.</span>' in page


def test_the_rule_of_a_term_and_the_days_of_a_date_stand_beside_what_is_saved(analyst):
    stance = StanceFactory(position="silent", since="2018-12", until="")

    page = analyst.get(address(stance)).content.decode()

    assert 'id="id_position_beside" aria-live="polite">A source says that the actor says nothing' in page
    assert 'id="id_since_beside" aria-live="polite">1 Dec 2018 to 31 Dec 2018</output>' in page
    assert 'id="id_until_beside" aria-live="polite"></output>' in page
    assert 'aria-describedby="id_since_helptext id_since_beside"' in page


def test_what_is_searched_for_is_never_listed(analyst):
    StanceFactory.create_batch(2)

    page = analyst.get(ADD).content.decode()

    assert "Actor 1" not in page
    assert page.count('data-field-name="actor"') == 1


@pytest.mark.parametrize("field", ["version", "state"])
def test_version_and_state_are_shown_and_not_taken_from_what_is_sent(analyst, filled, field):
    stance = StanceFactory()
    form = filled(analyst.get(address(stance))) | {"version": "99", "state": "in_review"}

    assert field not in filled(analyst.get(address(stance)))
    analyst.post(address(stance), form)

    stance.refresh_from_db()
    assert (stance.version, stance.state) == (2, "editing")


def test_lists_find_stances_by_actor_issue_and_summary(analyst):
    wanted = StanceFactory(actor__name="Ruritania", issue__title="The river", summary="It dams it.")
    StanceFactory()

    for term in ("ruritania", "the river", "dams"):
        page = analyst.get("/admin/tracker/stance/", {"q": term})
        assert list(page.context["cl"].result_list) == [wanted], term


def test_lists_are_filtered_by_what_stances_refer_to_and_by_terms(analyst):
    wanted = StanceFactory(position="opposes")
    StanceFactory(actor=wanted.actor)
    StanceFactory(position="opposes")

    query = {"actor__exact": wanted.actor.pk, "position__exact": "opposes", "issue__exact": ""}
    page = analyst.get("/admin/tracker/stance/", query)

    assert list(page.context["cl"].result_list) == [wanted]
    assert f'<option value="{wanted.actor.pk}" selected>{wanted.actor.name}</option>' in page.content.decode()


def test_lists_are_filtered_by_a_source_that_is_cited(analyst):
    source = SourceFactory()
    wanted = StanceFactory(citations=[{"source": source, "locator": "1"}, {"source": source, "locator": "2"}])
    StanceFactory()

    page = analyst.get("/admin/tracker/stance/", {"citations__source__exact": source.pk})

    assert list(page.context["cl"].result_list) == [wanted]
