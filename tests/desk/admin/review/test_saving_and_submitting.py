"""Saving and submitting at once, from the form: one change, or saved and told why not submitted."""

import pytest
from django.contrib.auth.models import Permission

from tests.desk.admin.conftest import address, logged_in, messages
from tests.desk.admin.records.test_stances import ADD, cited, typed
from tests.desk.merge.acts import merged
from tests.factories import ActorFactory, IssueFactory, SourceFactory
from tracker.models import ChangeSet, Review, Stance
from tracker.models.nouns import noun_of

pytestmark = pytest.mark.django_db
SUBMIT = {"_submit": "Save and submit for review"}


def test_a_new_stance_is_saved_and_submitted_in_one_change(analyst):
    source = SourceFactory(state="in_review")
    page = analyst.post(
        ADD, typed(reason="Read in the archive.", **cited(source), **SUBMIT), follow=True
    )

    stance = Stance.objects.get()
    assert page.request["PATH_INFO"] == address(stance, "review")
    assert messages(page) == ["It was saved and is in review."]
    assert stance.state == "in_review"
    step = Review.objects.values_list("step", "text", "made_by").get()
    assert step == ("submitted", "Read in the archive.", analyst.user.pk)
    assert ChangeSet.objects.filter(made_by=analyst.user).count() == 1


def test_a_new_source_is_submitted_with_what_cites_it_and_both_are_published_in_one_press(
    analyst, editor, published
):
    actor, issue, source = ActorFactory(), IssueFactory(), SourceFactory()
    published(actor, issue)

    page = analyst.post(
        ADD, typed(actor=actor, issue=issue, **cited(source), **SUBMIT), follow=True
    )

    assert messages(page) == ["It was saved and is in review. Submitted with it: 1 source."]
    waiting = {
        "action": "approve_and_publish_selected",
        "record": ticks(Stance.objects.get(), source),
    }
    ticked = editor.post("/admin/review/waiting/", waiting)
    assert ticked.context["problems"] == []
    sent = {"action": waiting["action"], "records": ticked.context["records"]}
    done = editor.post("/admin/review/waiting/", sent, follow=True)
    assert "2 records approved and published" in messages(done)[0]


def ticks(*records):
    """Return records as they are, as boxes of a list send them."""
    for record in records:
        record.refresh_from_db()
    return [f"{noun_of(record)}:{record.pk}:{record.version}" for record in records]


def test_what_was_in_review_is_submitted_again_as_it_is_saved(analyst, filled):
    actor = ActorFactory(state="in_review")

    analyst.post(
        address(actor), filled(analyst.get(address(actor))) | {"name": "Ruritania", **SUBMIT}
    )

    actor.refresh_from_db()
    assert (actor.name, actor.state) == ("Ruritania", "in_review")
    assert Review.objects.get().version == actor.version


def test_what_can_not_be_submitted_is_saved_and_says_so(analyst, filled, published):
    actor = ActorFactory()
    published(actor)
    form = filled(analyst.get(address(actor)))

    page = analyst.post(address(actor), form | {"reason": "x", **SUBMIT}, follow=True)

    [text] = messages(page)
    assert text.startswith("It was saved, and not submitted: ")
    assert "readers see it as it is here, so there is nothing to review" in text
    assert not Review.objects.exists()


def test_a_citation_without_a_place_is_told_when_it_is_submitted(analyst):
    page = analyst.post(ADD, typed(**cited(SourceFactory(), locator=""), **SUBMIT), follow=True)

    [text] = messages(page)
    assert text.startswith("It was saved, and not submitted: ")
    assert text.endswith(
        "a published claim, held meeting, done act or vote cites at least one source, with a "
        "locator or a quote"
    )
    assert (Stance.objects.get().state, Review.objects.count()) == ("editing", 0)


def test_it_is_offered_to_who_may_submit_and_where_there_is_something_to_save(analyst, editor):
    loser, survivor = ActorFactory(), ActorFactory()
    merged(loser, survivor)

    def offers(client, record, query=""):
        return 'name="_submit"' in client.get(address(record) + query).content.decode()

    assert offers(analyst, survivor)
    assert offers(editor, survivor)
    assert not offers(editor, loser)
    assert not offers(analyst, survivor, "?_popup=1")


def test_who_may_not_submit_is_not_offered_it_and_saves_nothing_by_asking_for_it(filled):
    client = logged_in("")
    client.user.user_permissions.set(
        Permission.objects.filter(codename__in=["view_actor", "change_actor"])
    )
    actor = ActorFactory(name="Ruritania")
    page = client.get(address(actor))
    form = filled(page)
    assert 'name="_submit"' not in page.content.decode()

    assert client.post(address(actor), form | {"name": "Freedonia", **SUBMIT}).status_code == 403

    actor.refresh_from_db()
    assert actor.name == "Ruritania"
