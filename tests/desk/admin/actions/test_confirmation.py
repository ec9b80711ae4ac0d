"""Steps with a selection: submitting, assigning, confirming, approving:
shown and asked for first.
"""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from django.utils.formats import date_format

from tests.desk.admin.conftest import address, main, messages, text
from tests.desk.admin.selecting import select, send
from tests.factories import ActorFactory, StanceFactory, UserFactory
from tests.publishing.acts import body, edited, everything_stored, stance_with_all
from tracker.models import ChangeSet, Edition, Review

pytestmark = pytest.mark.django_db


def test_drafts_are_submitted_with_the_reason_that_was_given_to_whom_was_chosen(analyst, editor):
    actors = [ActorFactory(name="Ruritania"), ActorFactory(name="Freedonia")]

    page = select(analyst, "submit_selected", *actors)
    assert [name in text(page) for name in ("2 actors", "Ruritania", "Freedonia")] == [True] * 3
    assert (page.context["problems"], Review.objects.count()) == ([], 0)
    done = send(
        analyst, "submit_selected", *actors, text="Names as of the decree.", to=editor.user.pk
    )

    assert messages(done) == ["2 actors submitted for review."]
    steps = Review.objects.values_list("step", "to", "text")
    assert set(steps) == {("submitted", editor.user.pk, "Names as of the decree.")}
    assert (
        ChangeSet.objects.filter(reason="Names as of the decree.", made_by=analyst.user).count()
        == 1
    )


def test_who_will_be_refused_is_told_before_and_can_be_left_out(analyst):
    there, draft = ActorFactory(name="Ruritania", state="in_review"), ActorFactory(name="Freedonia")

    page = select(analyst, "submit_selected", there, draft)
    [problem] = page.context["problems"]
    assert send(analyst, "submit_selected", there, draft, text="Ready.").context["problems"] == [
        problem
    ]
    left = send(analyst, "submit_selected", there, draft, leave_out="yes", text="Ready.")

    assert "Ruritania" in problem
    assert "it is in review already" in problem
    assert 'type="submit" class="default" value="Submit"' not in page.content.decode()
    assert left.context["records"] == f"actor:{draft.pk}:{draft.version}"
    assert left.context["problems"] == []
    assert "Ready." in left.content.decode()
    assert not Review.objects.exists()


def test_a_reason_is_asked_for_where_one_of_them_has_been_public(analyst, published):
    draft, actor = ActorFactory(), ActorFactory()
    published(actor)
    edited(actor, name="Ruritania")

    page = send(analyst, "submit_selected", draft, actor)

    assert page.context["form"].errors["text"] == ["Say why: one of these has been public."]
    of_one = send(analyst, "submit_selected", actor, from_page="review").context["form"]
    assert of_one.errors["text"] == ["Say why: it has been public."]
    assert messages(send(analyst, "submit_selected", draft)) == ["1 actor submitted for review."]


def test_one_record_is_submitted_from_its_review_by_the_same_page_which_keeps_what_was_typed(
    analyst, editor
):
    actor = ActorFactory(name="Ruritania")
    typed = {
        "from_page": "review",
        "seen": actor.version,
        "text": "As of the decree.",
        "to": editor.user.pk,
    }

    page = select(analyst, "submit_selected", actor, **typed)
    form = page.context["form"]
    done = send(analyst, "submit_selected", actor, **typed)

    assert (form["text"].value(), form["to"].value()) == ("As of the decree.", str(editor.user.pk))
    assert not form["text"].field.required
    assert "1 actor" in text(page)
    assert messages(done) == ["1 actor submitted for review."]
    assert done.redirect_chain[-1][0] == f"/admin/tracker/actor/{actor.pk}/review/"
    assert ChangeSet.objects.filter(reason="As of the decree.", made_by=analyst.user).count() == 1


@pytest.mark.parametrize("page", ["https://evil.example/", "delete", ""])
def test_a_step_leads_to_no_page_that_has_no_button_for_it(analyst, page):
    done = send(analyst, "submit_selected", ActorFactory(), from_page=page)

    assert done.redirect_chain[-1][0] == "/admin/tracker/actor/"


def test_confirming_takes_a_reason_and_a_day_and_submits_for_review_in_the_same_press(
    analyst, editor
):
    stance, other = stance_with_all(), stance_with_all()
    public = everything_stored()

    assert "Readers see it once somebody has reviewed" in text(
        select(analyst, "confirm_selected", stance)
    )
    assert "Say why" in text(send(analyst, "confirm_selected", stance, then="submit"))
    typed = {
        "reason": "Read the ministry's site.",
        "then": "submit",
        "to": editor.user.pk,
        "on": "2020-01-02",
    }
    done = send(analyst, "confirm_selected", stance, other, **typed)

    assert messages(done) == ["2 stances confirmed as of 2 January 2020, and submitted for review."]
    stance.refresh_from_db()
    assert (str(stance.confirmed_on), stance.state) == ("2020-01-02", "in_review")
    assert everything_stored() == public
    assert (
        ChangeSet.objects.filter(reason="Read the ministry's site.", made_by=analyst.user).count()
        == 1
    )
    waiting = Review.objects.values_list("record", "step", "to", "text")
    assert set(waiting) == {
        (record.pk, "submitted", editor.user.pk, typed["reason"]) for record in (stance, other)
    }


def test_a_confirmed_claim_can_wait_to_be_submitted(analyst):
    done = send(analyst, "confirm_selected", stance_with_all(), reason="Checked.", then="")

    today = date_format(timezone.localdate(), "j F Y")
    assert messages(done) == [
        f"1 stance confirmed as of {today}, and waiting to be submitted for review."
    ]
    assert not Review.objects.exists()


def test_what_was_checked_later_already_is_neither_changed_nor_submitted(analyst):
    stance, other = stance_with_all(), stance_with_all(confirmed_on="2018-01-01")
    typed = {"reason": "Checked.", "then": "submit", "on": "2019-01-02"}

    done = send(analyst, "confirm_selected", stance, other, **typed)

    assert messages(done) == [
        "1 of 2 stances confirmed as of 2 January 2019, and submitted for review."
    ]
    assert set(Review.objects.values_list("record", flat=True)) == {other.pk}
    again = send(analyst, "confirm_selected", stance, **typed)
    assert messages(again) == ["Nothing was changed: all of it was checked on that day or later."]


@pytest.mark.parametrize(
    ("day", "says"), [("2999-01-01", "1 January 2999 is to come"), ("soon", "2026-11-25")]
)
def test_a_day_that_is_to_come_or_none_is_refused(analyst, day, says):
    stance = stance_with_all()

    page = send(analyst, "confirm_selected", stance, reason="Checked.", on=day)

    assert says in page.context["form"].errors["on"][0]
    stance.refresh_from_db()
    assert stance.confirmed_on == date(2019, 6, 3)


def test_who_may_not_submit_confirms_all_the_same(client):
    user = UserFactory(is_staff=True)
    user.save()
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["view_stance", "change_stance"])
    )
    client.force_login(user)
    stance = stance_with_all()

    assert "To be reviewed by" not in text(select(client, "confirm_selected", stance))
    send(client, "confirm_selected", stance, reason="Checked.", then="submit")

    stance.refresh_from_db()
    assert (stance.confirmed_on, stance.state) == (timezone.localdate(), "editing")


def test_a_selection_that_an_analyst_confirmed_is_approved_and_published_in_one_press(
    analyst, editor
):
    stances = [stance_with_all() for _ in range(3)]
    editions = Edition.objects.count()
    send(analyst, "confirm_selected", *stances, reason="Read again.", then="submit")

    assert "as one edition" in text(select(editor, "approve_and_publish_selected", *stances))
    typed = {"note": "Checked again.", "text": "So they are."}
    done = send(editor, "approve_and_publish_selected", *stances, **typed)

    edition = Edition.objects.latest("number")
    assert (edition.number, edition.note, edition.published_by) == (
        editions + 1,
        "Checked again.",
        editor.user,
    )
    assert "3 records approved and published in" in messages(done)[0]
    assert {body(stance)["confirmed_on"] for stance in stances} == {
        timezone.localdate().isoformat()
    }
    assert (
        Review.objects.filter(step="approved", text="So they are.", made_by=editor.user).count()
        == 3
    )


def test_what_readers_do_not_see_as_it_is_is_not_confirmed(analyst):
    good, bad = stance_with_all(), StanceFactory()

    page = select(analyst, "confirm_selected", good, bad)

    [problem] = page.context["problems"]
    assert "have it reviewed and published instead" in problem
    assert "confirm_selected" not in analyst.get("/admin/tracker/actor/").content.decode()


@pytest.mark.parametrize("page", ["change", "review"])
def test_a_claim_in_step_is_confirmed_from_its_form_and_its_review(analyst, page):
    stance, draft = stance_with_all(), StanceFactory()
    shown = [main(analyst.get(address(record, page))) for record in (stance, draft, stance.actor)]
    assert ['value="confirm_selected"' in content for content in shown] == [True, False, False]

    asked = select(analyst, "confirm_selected", stance, from_page=page)
    assert "Readers see it once somebody has reviewed" in text(asked)
    assert f'name="from_page" value="{page}"' in asked.content.decode()
    done = send(analyst, "confirm_selected", stance, reason="Checked.", from_page=page)

    assert done.redirect_chain[-1][0] == address(stance, page)
    stance.refresh_from_db()
    assert stance.confirmed_on == timezone.localdate()


def test_a_selection_is_assigned_but_for_what_needs_no_work(analyst, published, editor):
    drafts, actor = [ActorFactory(), ActorFactory()], ActorFactory()
    published(actor)

    page = send(analyst, "assign_selected", actor, to=editor.user.pk)
    done = send(analyst, "assign_selected", *drafts, to=editor.user.pk, text="Yours.")

    assert "readers see it as it is here" in page.context["problems"][0]
    assert send(analyst, "assign_selected", drafts[0], to="x").context["form"].errors
    assert messages(done) == ["2 actors assigned to erik."]
    assert set(Review.objects.values_list("step", "to", "text")) == {
        ("assigned", editor.user.pk, "Yours.")
    }
