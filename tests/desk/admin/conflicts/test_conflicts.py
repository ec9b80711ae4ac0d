"""Nobody overwrites anybody:
what others changed since a form was opened is merged with what was typed, or chosen.
"""

import html
import re
from functools import partial

import pytest

from tests.costs import cost
from tests.desk.admin.conftest import address, errors
from tests.factories import (
    FACTORIES,
    ActorFactory,
    IssueFactory,
    StanceFactory,
)
from tests.publishing.acts import stance_with_all
from tracker import history
from tracker.models import Actor, Stance
from tracker.publishing import review
from tracker.publishing.publish import Chosen
from tracker.values.vocabularies import Channel

pytestmark = pytest.mark.django_db


def edit(record, *, who=None, why="", channel=Channel.API, **fields):
    """Change a record past the admin, by somebody."""
    with history.changeset(made_by=who and who.pk, reason=why, channel=channel):
        fresh = type(record).objects.get(pk=record.pk)
        for name, value in fields.items():
            setattr(fresh, name, value)
        fresh.save()


def disputed(page):
    """Return the names of what has to be chosen on a page."""
    return [line.item.name for line in page.context["lines"] if line.item.is_disputed]


def table(page):
    """Return the rows of the three versions that a page shows, each as one line of text."""
    body = page.content.decode().split('id="conflict-heading"')[1].split("</table>")[0]
    rows = re.findall(r"<tr.*?</tr>", body, re.DOTALL)[1:]
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", row)).split()) for row in rows]


def again(page, filled, **more):
    """Return what the form of a conflict would send, with more."""
    conflict = page.context["conflict"]
    return (
        filled(page)
        | {"opened": conflict.opened, "disputed": [field.key for field in conflict.disputed]}
        | more
    )


def test_what_both_changed_otherwise_is_not_saved_and_shown_in_three_versions(
    analyst, editor, filled
):
    actor = ActorFactory(name="Ruritania")
    mine = filled(analyst.get(address(actor))) | {"name": "My Ruritania"}
    theirs = filled(editor.get(address(actor))) | {
        "name": "Their <b>Ruritania</b>",
        "reason": "They <i>call</i> it so",
    }
    editor.post(address(actor), theirs)

    page = analyst.post(address(actor), mine)

    message = errors(page)["__all__"][0]
    assert message.startswith("erik (desk) changed this record at ")
    assert "(“They <i>call</i> it so”), after you had opened it. Nothing was saved" in message
    assert message.endswith("Choose theirs or yours for: Name.")
    assert table(page) == [
        "Name choose Ruritania Their <b>Ruritania</b> Take theirs My Ruritania Keep mine"
    ]
    assert page.context["adminform"].form["name"].value() == "My Ruritania"
    assert "<b>Rur" not in page.content.decode()
    assert "<i>call" not in page.content.decode()
    assert Actor.objects.get().name == "Their <b>Ruritania</b>"


@pytest.mark.parametrize(
    ("chosen", "saved"),
    [
        ({"choice-name": "theirs"}, "Theirs"),
        ({"choice-name": "mine"}, "Mine"),
        ({"choice-name": "mine", "name": "Both of us"}, "Both of us"),
    ],
)
def test_what_is_chosen_is_saved(analyst, filled, chosen, saved):
    actor = ActorFactory()
    mine = filled(analyst.get(address(actor))) | {"name": "Mine"}
    edit(actor, name="Theirs")
    page = analyst.post(address(actor), mine)

    answer = analyst.post(address(actor), again(page, filled) | chosen)

    assert answer.status_code == 302
    assert Actor.objects.get().name == saved


@pytest.mark.parametrize("noun", FACTORIES)
def test_of_a_form_in_which_nothing_was_typed_nothing_is_mine(analyst, filled, noun):
    record = stance_with_all() if noun == "stance" else FACTORIES[noun]()
    mine = filled(analyst.get(address(record)))
    edit(record, ref="theirs")

    page = analyst.post(address(record), mine | {"reason": "x"})

    assert [(line.item.key, line.outcome) for line in page.context["lines"]] == [
        ("ref", "theirs, taken over")
    ]
    assert analyst.post(address(record), again(page, filled) | {"reason": "x"}).status_code == 302
    version, ref = type(record).objects.values_list("version", "ref").get(pk=record.pk)
    assert (version, ref) == (page.context["conflict"].record.version, "theirs")


def test_what_one_side_alone_changed_is_taken_over_shown_and_saved_with_the_next_save(
    analyst, filled
):
    stance = StanceFactory(summary="The old summary.")
    other = ActorFactory(name="Freedonia")
    mine = filled(analyst.get(address(stance))) | {"position": "opposes"}
    edit(
        stance,
        defers_to=other,
        instruments=["military", "legal"],
        hedged=True,
        summary="The new summary.",
    )

    page = analyst.post(address(stance), mine)

    assert errors(page)["__all__"][0].endswith("Look at what was changed, then save.")
    assert disputed(page) == []
    assert table(page) == [
        "Position yours supports supports opposes",
        "Summary theirs, taken over The old summary. The old new summary. The old summary.",
        "Hedged theirs, taken over no yes no",
        "Defers to theirs, taken over — Freedonia —",
        "Instruments theirs, taken over — military, legal —",
    ]
    assert analyst.post(address(stance), again(page, filled)).status_code == 302
    saved = Stance.objects.get()
    assert (saved.position, saved.defers_to, saved.summary) == (
        "opposes",
        other,
        "The new summary.",
    )
    assert (saved.instruments, saved.hedged) == (["military", "legal"], True)


def test_what_was_taken_over_can_still_be_changed(analyst, filled):
    actor = ActorFactory(name="Before")
    mine = filled(analyst.get(address(actor))) | {"summary": "Mine."}
    edit(actor, name="Theirs")
    page = analyst.post(address(actor), mine)

    analyst.post(address(actor), again(page, filled) | {"name": "Before"})

    assert (Actor.objects.get().name, Actor.objects.get().summary) == ("Before", "Mine.")


def test_what_both_changed_alike_is_nothing_to_choose(analyst, filled):
    actor = ActorFactory()
    mine = filled(analyst.get(address(actor))) | {"name": "The same"}
    edit(actor, name="The same")

    page = analyst.post(address(actor), mine)

    assert [line.outcome for line in page.context["lines"]] == ["the same on both sides"]
    assert analyst.post(address(actor), again(page, filled)).status_code == 302


def test_without_a_choice_nothing_is_saved(analyst, filled):
    actor = ActorFactory()
    mine = filled(analyst.get(address(actor))) | {"name": "Mine", "summary": "Mine."}
    edit(actor, name="Theirs", summary="Theirs.")
    page = analyst.post(address(actor), mine)

    page = analyst.post(address(actor), again(page, filled) | {"choice-summary": "theirs"})

    assert errors(page)["__all__"] == ["Choose theirs or yours for: Name."]
    assert [line.item.choice for line in page.context["lines"]] == [None, "theirs"]
    assert page.context["adminform"].form["summary"].value() == "Mine."
    assert Actor.objects.get().name == "Theirs"


def test_no_choice_and_nothing_typed_is_lost_if_something_else_is_wrong(analyst, filled):
    stance = StanceFactory()
    mine = filled(analyst.get(address(stance))) | {
        "position": "opposes",
        "summary": "Mine.",
        "since": "soon",
    }
    edit(stance, position="neutral", summary="Theirs.")
    page = analyst.post(address(stance), mine)
    assert set(errors(page)) == {"__all__", "since"}
    chosen = {"choice-position": "theirs", "choice-summary": "mine"}

    page = analyst.post(address(stance), again(page, filled) | chosen)

    assert set(errors(page)) == {"since"}
    assert [line.item.choice for line in page.context["lines"]] == ["theirs", "mine"]
    assert page.content.decode().count(" checked> Take theirs") == 1
    assert page.content.decode().count(" checked> Keep mine") == 1
    assert page.context["adminform"].form["position"].value() == "opposes"
    analyst.post(address(stance), again(page, filled) | chosen | {"since": "2017"})
    saved = Stance.objects.get()
    assert (saved.position, saved.summary, saved.since) == ("neutral", "Mine.", "2017")


def test_a_change_after_the_choice_is_met_once_more(analyst, filled):
    actor = ActorFactory(name="First")
    mine = filled(analyst.get(address(actor))) | {"name": "Mine", "summary": "Mine."}
    edit(actor, name="Second", summary="Theirs.")
    page = analyst.post(address(actor), mine)
    edit(actor, name="Third", short_name="3rd")
    chosen = {"choice-name": "theirs", "choice-summary": "mine"}

    page = analyst.post(address(actor), again(page, filled) | chosen)

    assert errors(page)["__all__"][0].endswith("Choose theirs or yours for: Name.")
    assert [
        (line.item.name, line.item.choice)
        for line in page.context["lines"]
        if line.item.is_disputed
    ] == [
        ("Name", None),
        ("Summary", "mine"),
    ]
    assert table(page)[0].startswith("Name choose First Third")
    analyst.post(address(actor), again(page, filled) | chosen)
    saved = Actor.objects.get()
    assert (saved.name, saved.summary, saved.short_name) == ("Third", "Mine.", "3rd")


def test_nonsense_in_a_form_that_is_merged_is_met_kindly(analyst, filled):
    stance = StanceFactory()
    mine = filled(analyst.get(address(stance)))
    edit(stance, summary="Theirs.")
    nonsense = {
        "actor": "9" * 40,
        "issue": "x",
        "position": "maybe",
        "opened": "9" * 40,
        "citations-TOTAL_FORMS": "x",
    }

    page = analyst.post(
        address(stance), mine | nonsense | {"citations-0-id": "9" * 40, "disputed": ["x", "actor"]}
    )

    assert {"__all__", "actor", "issue", "position"} <= set(errors(page))
    assert Stance.objects.get().summary == "Theirs."


def test_a_text_edited_in_two_places_is_told_word_by_word(analyst, filled):
    issue = IssueFactory(summary="The river flows to the sea.")
    mine = filled(analyst.get(address(issue))) | {"summary": "The river flows to the lake."}
    edit(issue, summary="The brook flows to the sea.")

    page = analyst.post(address(issue), mine).content.decode()

    assert "The <del>river</del><ins>brook</ins> flows to the sea." in page
    assert "The river flows to the <del>sea</del><ins>lake</ins>." in page


# Through every channel, and what is no change of a field ------------------------------------------


def test_a_change_of_the_state_alone_is_told(analyst, editor, filled):
    actor = ActorFactory()
    mine = filled(analyst.get(address(actor))) | {"summary": "Mine."}
    with history.changeset(made_by=editor.user.pk, reason="", channel=Channel.ADMIN):
        review.submit(records=[Chosen("actor", actor.pk)])

    page = analyst.post(address(actor), mine | {"summary": actor.summary})

    assert "it is now in review" in " ".join(page.content.decode().split())
    assert Actor.objects.get().state == "in_review"
    assert (
        analyst.post(address(actor), again(page, filled) | {"summary": "Mine."}).status_code == 302
    )
    assert (Actor.objects.get().state, Actor.objects.get().summary) == ("editing", "Mine.")


def test_what_the_database_refuses_after_a_choice_keeps_the_choice(analyst, filled):
    issue, parent = IssueFactory(), IssueFactory()
    mine = filled(analyst.get(address(issue))) | {"title": "Mine", "parent": parent.pk}
    edit(issue, title="Theirs")
    page = analyst.post(address(issue), mine)
    parent.parent = issue
    parent.save()

    page = analyst.post(address(issue), again(page, filled) | {"choice-title": "mine"})

    assert set(errors(page)) == {"parent"}
    assert [line.item.choice for line in page.context["lines"]] == ["mine"]


@pytest.mark.slow
def test_finding_a_conflict_costs_as_many_queries_with_one_part_as_with_twenty(analyst, filled):
    """Beside what checking the parts costs, as in any form."""
    costs = []
    for number in (1, 20):
        stance = StanceFactory(citations=[{"locator": "1"}] * number)
        old = filled(analyst.get(address(stance)))
        stance.citations.update(locator="2")
        mine = filled(analyst.get(address(stance))) | {"since": "soon"}
        mine |= {name: value for name, value in old.items() if name.endswith("-locator")}
        for form in (mine, mine | {"seen": old["seen"]}):
            assert ("conflict" in analyst.post(address(stance), form).context) == (form is not mine)
            costs.append(cost(partial(analyst.post, address(stance), form)))

    assert costs[1] - costs[0] == costs[3] - costs[2]
