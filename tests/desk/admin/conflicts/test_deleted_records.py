"""Saving a form whose record was deleted or merged meanwhile:
what was typed is kept, and can still be saved.
"""

import pytest

from tests.desk.admin.conftest import address, text
from tests.factories import ActorFactory, StanceFactory
from tracker import history
from tracker.desk import undo
from tracker.desk.merge import merge
from tracker.models import Actor, Stance
from tracker.publishing.publish import Chosen
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Channel

pytestmark = pytest.mark.django_db


def sent(page):
    """Return what the button of the page sends."""
    values = {}
    for name, value in page.context["sent"]:
        values.setdefault(name, []).append(value)
    return values


def test_what_was_typed_is_kept_when_the_record_was_deleted(analyst, filled):
    stance = StanceFactory(
        actor__name="Ruritania", issue__title="The river", summary="The old summary."
    )
    key, form = stance.pk, address(stance)
    mine = filled(analyst.get(form)) | {
        "summary": "My <b>summary</b>.",
        "citations-0-locator": "p. 9",
    }
    stance.delete()

    page = analyst.post(form, mine)

    words = text(page)
    assert "Somebody deleted this stance after you had opened it. Nothing was saved" in words
    assert "Summary The old summary. " in words
    assert "Locator: Introduction, p. paragraph 1 9" in words
    assert "Position" not in words
    assert f'href="/admin/tracker/stance/{key}/restore/"' in page.content.decode()
    assert "<b>summary" not in page.content.decode()
    assert dict(page.context["sent"])["summary"] == "My <b>summary</b>."
    assert not Stance.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_once_the_record_is_restored_it_can_be_saved(analyst, filled):
    stance = StanceFactory(summary="The old summary.")
    form = address(stance)
    mine = filled(analyst.get(form)) | {"summary": "Mine.", "citations-0-locator": "p. 9"}
    key = stance.pk
    stance.delete()
    page = analyst.post(form, mine)
    with history.changeset(made_by=None, reason="", channel=Channel.COMMAND):
        undo.restore(noun=Noun.STANCE, record=key)

    page = analyst.post(form, sent(page))

    assert "conflict" in page.context
    assert not page.context["conflict"].disputed
    again = filled(page) | {"opened": page.context["conflict"].opened}
    assert analyst.post(form, again).status_code == 302
    saved = Stance.objects.get()
    assert (saved.summary, saved.citations.get().locator) == ("Mine.", "p. 9")


@pytest.mark.django_db(transaction=True)
def test_what_was_typed_is_kept_when_the_record_was_merged(analyst, filled):
    loser, survivor = ActorFactory(name="Ruritania"), ActorFactory(name="Freedonia")
    form = address(loser)
    mine = filled(analyst.get(form)) | {"summary": "My summary."}
    with history.changeset(made_by=None, reason="", channel=Channel.COMMAND) as merging:
        merge(loser=Chosen(Noun.ACTOR, loser.pk), survivor=Chosen(Noun.ACTOR, survivor.pk))

    page = analyst.post(form, mine)

    assert "Somebody merged this actor into another after you had opened it." in text(page)
    assert f'<a href="{address(survivor)}" target="_blank">Freedonia</a>' in page.content.decode()
    assert "My summary." in text(page)
    assert "My summary." not in Actor.objects.values_list("summary", flat=True)

    with history.changeset(made_by=None, reason="", channel=Channel.COMMAND):
        undo.undo(changeset=merging.id)
    page = analyst.post(form, sent(page))
    assert analyst.post(form, filled(page)).status_code == 302
    assert Actor.objects.get(pk=loser.pk).summary == "My summary."


def test_who_had_changed_nothing_is_told_so(analyst, filled):
    actor = ActorFactory()
    form = address(actor)
    mine = filled(analyst.get(form))
    actor.delete()

    assert "You had changed nothing." in text(analyst.post(form, mine))


def test_a_form_of_a_record_or_a_version_that_never_was_leads_back(analyst, filled):
    actor = ActorFactory()
    form = address(actor)
    mine = filled(analyst.get(form))
    actor.delete()

    for page, seen in (
        (form, ""),
        (form, "x"),
        (form, "7"),
        ("/admin/tracker/actor/999999/change/", "1"),
    ):
        assert (
            "doesn’t exist"
            in analyst.post(page, mine | {"seen": seen}, follow=True).content.decode()
        )
