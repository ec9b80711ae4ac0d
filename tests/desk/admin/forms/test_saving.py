"""Saving: why is asked for, nobody overwrites anybody,
and what the database refuses is shown with what was typed.
"""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.desk.admin.conftest import address, errors, messages
from tests.desk.admin.records.test_actors import typed as new_actor
from tests.desk.admin.records.test_stances import cited, typed
from tests.factories import ActorFactory, IssueFactory, SourceFactory, StanceFactory
from tests.publishing.acts import edited, published, retracted
from tracker.models import Actor, ChangeSet, Event, Issue, Stance

pytestmark = pytest.mark.django_db


def test_why_is_not_asked_for_before_a_record_is_public(analyst, filled):
    stance = StanceFactory()

    answer = analyst.post(
        address(stance), filled(analyst.get(address(stance))) | {"position": "opposes"}
    )

    assert answer.status_code == 302
    assert ChangeSet.objects.latest("made_at", "events__id").reason == ""


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("aliases", "a\nb\uffff", "it has U+FFFF"),
        ("summary", "one\r\ntwo\x07", "it has U+0007, which no text may have"),
        ("slug", "2019", "digits alone are the number of a record"),
    ],
)
def test_a_text_that_no_record_may_have_is_refused_with_its_remedy(
    analyst, filled, field, value, says
):
    actor = ActorFactory()

    by_field = errors(
        analyst.post(address(actor), filled(analyst.get(address(actor))) | {field: value})
    )

    assert [*by_field] == [field]
    assert says in by_field[field][0]


def test_a_slug_under_which_another_was_public_is_refused_with_a_link(analyst, filled):
    former, other = IssueFactory(slug="then"), IssueFactory()
    published(former)
    edited(former, slug="now")

    page = analyst.post(address(other), filled(analyst.get(address(other))) | {"slug": "then"})

    link = f'<a href="{address(former, "review")}">{former}</a>'
    says = f"It belongs to {link} for ever, which was public with it; choose another"
    assert errors(page) == {"slug": [says]}
    assert says in page.content.decode()


def test_so_is_one_in_a_part(analyst, filled):
    stance = StanceFactory()
    form = filled(analyst.get(address(stance))) | {"citations-0-locator": "p.\x1b 3"}

    assert errors(analyst.post(address(stance), form)) == {
        "citations-0-locator": [
            "“p.\\u001b 3”: it has U+001B, which no line of text may have; remove it, or "
            "write a blank instead"
        ]
    }


def test_what_a_record_had_before_is_no_hindrance(analyst, filled):
    actor = ActorFactory(slug="2019", ref="4711", name="a\x1bb", summary="one\r\ntwo")

    answer = analyst.post(
        address(actor), filled(analyst.get(address(actor))) | {"aliases": "another"}
    )

    assert answer.status_code == 302
    actor.refresh_from_db()
    assert (actor.slug, actor.ref, actor.name, actor.aliases) == (
        "2019",
        "4711",
        "a\x1bb",
        ["another"],
    )


@pytest.mark.parametrize("is_retracted", [False, True])
def test_why_is_asked_for_once_a_record_has_been_public(analyst, filled, published, is_retracted):
    actor = ActorFactory()
    published(actor)
    if is_retracted:
        retracted(actor)
    form = filled(analyst.get(address(actor))) | {"name": "Elsewhere"}

    assert errors(analyst.post(address(actor), form)) == {
        "reason": ["Say why: this record has been public."]
    }
    assert analyst.post(address(actor), form | {"reason": "It was renamed."}).status_code == 302
    assert Actor.objects.get().name == "Elsewhere"
    assert (
        ChangeSet.objects.filter(
            reason="It was renamed.", made_by=analyst.user, channel="admin"
        ).count()
        == 1
    )


def test_a_form_that_does_not_say_what_was_seen_is_refused(analyst, filled):
    actor = ActorFactory()
    form = filled(analyst.get(address(actor))) | {"name": "Mine"}

    for seen in ("", "old", "-1", "999999999999999999999"):
        answer = analyst.post(address(actor), form | {"seen": seen})
        assert "This form is out of date." in errors(answer)["__all__"][0]


def test_what_was_added_is_called_by_its_line_and_begins_at_version_1(analyst):
    actor, issue = (
        ActorFactory(name="Russia", kind="state"),
        IssueFactory(title="Maduro’s government"),
    )
    parts = cited(SourceFactory(issued="2019-06"))

    page = analyst.post(
        "/admin/tracker/stance/add/",
        typed(actor=actor, issue=issue, since="2018", **parts),
        follow=True,
    )

    stance = Stance.objects.get()
    line = f'<a href="{address(stance)}">Russia supports: Maduro’s government (2018)</a>'
    assert messages(page) == [f"“{line}” was added."]
    assert (stance.version, stance.citations.count()) == (1, 1)
    assert str(stance.confirmed_on).startswith("2019-06")
    assert [event.after["version"] for event in Event.objects.filter(noun="stance", part="")] == [1]


@pytest.mark.parametrize(
    ("button", "leads_to"),
    [("_save", "/"), ("_continue", "/change/"), ("_addanother", "/actor/add/")],
)
def test_what_was_changed_is_called_by_its_line_whichever_button_was_pressed(
    analyst, filled, button, leads_to
):
    actor = ActorFactory(kind="bloc")
    form = filled(analyst.get(address(actor))) | {"name": "BRICS", button: "x"}

    page = analyst.post(f"{address(actor)}?_changelist_filters=kind%3Dbloc", form, follow=True)

    assert messages(page) == [f'“<a href="{address(actor)}">BRICS (bloc)</a>” was changed.']
    assert page.request["PATH_INFO"].endswith(leads_to)
    assert (
        "kind%3Dbloc" in page.request["QUERY_STRING"] or page.request["QUERY_STRING"] == "kind=bloc"
    )


# What no form foresees:
# rules that the database alone can check, met between the check and the write


class Meanwhile:
    """Lets something happen in the database just before the first write to a table."""

    def __init__(self, table, happens):
        self.table, self.happens = table, happens

    def __call__(self, execute, sql, params, many, context):
        writes = sql.startswith((f'INSERT INTO "{self.table}"', f'UPDATE "{self.table}"'))
        if self.happens and writes:
            happens, self.happens = self.happens, None
            happens()
        return execute(sql, params, many, context)


def test_a_question_taken_away_meanwhile_is_an_error_of_the_form(analyst):
    issue = IssueFactory()
    form = typed(issue=issue, summary="Typed by hand")

    with connection.execute_wrapper(
        Meanwhile("tracker_stance", lambda: Issue.objects.filter(pk=issue.pk).update(question=""))
    ):
        page = analyst.post("/admin/tracker/stance/add/", form)

    assert errors(page) == {
        "issue": [
            "A grouping issue has no question to take a position on; choose one below it, or "
            "give it a question"
        ]
    }
    assert "Typed by hand" in page.content.decode()
    assert not Stance.objects.exists()


def test_a_slug_taken_meanwhile_is_an_error_of_its_field_and_checked_once(analyst):
    with (
        connection.execute_wrapper(Meanwhile("tracker_actor", lambda: ActorFactory(slug="brics"))),
        CaptureQueriesContext(connection) as queries,
    ):
        page = analyst.post("/admin/tracker/actor/add/", new_actor(slug="brics"))

    checks = [query["sql"] for query in queries if '"tracker_actor"."slug" = ' in query["sql"]]
    assert errors(page) == {"slug": ["It is taken; choose another"]}
    assert len(checks) == 1


def test_a_form_that_is_shown_again_calls_the_record_as_it_is(analyst, filled):
    actor = ActorFactory(name="Ruritania", kind="state")

    page = analyst.post(
        address(actor), filled(analyst.get(address(actor))) | {"name": "Freedonia", "kind": ""}
    )

    assert list(errors(page)) == ["kind"]
    assert page.context["subtitle"] == "Ruritania"
    assert 'value="Freedonia"' in page.content.decode()


def test_what_is_referred_to_and_gone_meanwhile_is_an_error_of_the_form(analyst, filled):
    issue, parent = IssueFactory(), IssueFactory()
    form = filled(analyst.get(address(issue))) | {"parent": parent.pk}

    with connection.execute_wrapper(Meanwhile("tracker_issue", lambda: parent.delete())):
        page = analyst.post(address(issue), form)

    assert "has been deleted meanwhile" in errors(page)["__all__"][0]


def test_a_deadlock_is_told_as_somebody_else_saving(analyst, filled):
    actor = ActorFactory()
    form = filled(analyst.get(address(actor))) | {"name": "Mine"}

    def deadlock():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "DO $$ BEGIN RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01'; END $$"
            )

    with connection.execute_wrapper(Meanwhile("tracker_actor", deadlock)):
        page = analyst.post(address(actor), form)

    assert errors(page)["__all__"] == [
        "Somebody else was saving at the same moment. Nothing was saved; save again."
    ]


def test_an_address_of_no_record_leads_back_kindly(analyst):
    for key in ("999999", "9" * 40, "x"):
        answer = analyst.get(f"/admin/tracker/stance/{key}/change/", follow=True)
        assert "doesn’t exist" in answer.content.decode()
        assert (
            "doesn’t exist"
            in analyst.get(f"/admin/tracker/stance/{key}/history/", follow=True).content.decode()
        )
