"""Publishing and retracting from lists and forms:
what was shown is published, or every reason why not is told.
"""

import re

import pytest

from tests.desk.admin.conftest import main, messages
from tests.factories import ActorFactory, SourceFactory, StanceFactory
from tests.publishing.review.acting import edits
from tracker.models import ActorDocument, Edition, Stance, StanceDocument
from tracker.publishing.status import statuses
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
STANCES, ACTORS = "/admin/tracker/stance/", "/admin/tracker/actor/"


def asked(client, records, action="publish_selected", **more):
    """Return the page that asks before an action on records of one noun."""
    address = f"/admin/tracker/{records[0]._meta.model_name}/"
    selected = {
        "action": action,
        "_selected_action": [record.pk for record in records],
        "index": "0",
    }
    page = client.post(address, selected | more)
    assert page.status_code == 200
    return page


def sent(page, **typed):
    """Return what a browser sends from that page."""
    fields = re.findall(
        r'<input type="(?:hidden|checkbox)" name="([^"]+)" value="([^"]*)"( checked)?', main(page)
    )
    data: dict[str, list[str]] = {}
    for name, value, ticked in fields:
        if name != "record" or ticked:
            data.setdefault(name, []).append(value)
    return data | typed


def test_a_stance_is_published_with_the_drafts_that_it_names(editor):
    stance = StanceFactory()
    page = asked(editor, [stance])

    answer = editor.post(STANCES, sent(page, note="The first"), follow=True)

    edition = Edition.objects.get()
    assert (edition.note, edition.published_by) == ("The first", editor.user)
    assert edition.changes.count() == 4
    assert StanceDocument.objects.get().version == stance.version
    message = (
        f'4 records published in <a href="/admin/tracker/edition/{edition.pk}/change/">edition '
        f"{edition.pk}</a>."
    )
    assert messages(answer) == [message]


def test_what_is_named_and_public_is_not_published_along(editor, published):
    stance = StanceFactory()
    source = stance.citations.get().source
    published(stance.actor, stance.issue, source)

    assert sent(asked(editor, [stance]))["record"] == [f"stance:{stance.pk}:{stance.version}"]


def test_what_was_left_out_is_named_as_the_reason_and_stays_left_out(editor):
    stance = StanceFactory(actor__name="Ruritania")
    form = sent(asked(editor, [stance]))
    form["record"] = [name for name in form["record"] if not name.startswith("actor")]

    page = editor.post(STANCES, form | {"note": "Kept"})

    assert "Ruritania" in main(page).split("errorlist")[1].split("</ul>")[0]
    assert "Kept" in main(page)
    assert sent(page)["record"] == form["record"]
    assert f"actor:{stance.actor_id}" in sent(page)["named"]
    assert not Edition.objects.exists()


def test_every_problem_leads_to_its_record(editor):
    first, second = StanceFactory(citations=[]), StanceFactory(citations=[])

    page = editor.post(STANCES, sent(asked(editor, [first, second])))

    problems = main(page).split("errorlist problems")[1].split("</ul>")[0]
    for stance in (first, second):
        assert (
            f'<a href="/admin/tracker/stance/{stance.pk}/review/">{stance.actor.name} supports'
            in problems
        )
    assert problems.count("cites at least one source") == 2


def test_what_was_changed_since_the_page_was_shown_is_not_published(editor):
    actor = ActorFactory()
    form = sent(asked(editor, [actor]))
    actor.name = "Changed meanwhile"
    actor.save()

    page = editor.post(ACTORS, form)

    assert "it was changed since" in main(page)
    assert "Changed meanwhile" in main(page)
    assert not ActorDocument.objects.exists()
    editor.post(ACTORS, sent(page))
    assert ActorDocument.objects.get().version == 2


def test_nothing_new_makes_no_edition(editor, published):
    actor = ActorFactory()
    published(actor)

    answer = editor.post(ACTORS, sent(asked(editor, [actor])), follow=True)

    assert messages(answer) == ["No edition was made: readers see all of this already."]
    assert Edition.objects.count() == 1


def test_nothing_ticked_is_said(editor):
    form = sent(asked(editor, [ActorFactory()]))
    del form["record"]

    assert "Tick at least one record." in main(editor.post(ACTORS, form))


def test_a_record_is_retracted_with_a_public_note(editor, published):
    actor = ActorFactory()
    published(actor)
    page = asked(editor, [actor], "retract_selected")

    for note in ("", "\u200b"):
        again = editor.post(ACTORS, sent(page, note=note))
        assert "Say why; readers will see it." in main(again)
        assert Edition.objects.count() == 1
    editor.post(ACTORS, sent(again, note="It never was."))

    assert Edition.objects.latest("number").note == "It never was."
    assert (
        statuses(Noun.ACTOR, [actor.pk])[actor.pk].word(state="editing", version=1) == "retracted"
    )


def test_a_note_of_which_readers_would_see_nothing_is_refused(editor):
    page = editor.post(ACTORS, sent(asked(editor, [ActorFactory()]), note="\u200b"))

    assert (
        "Readers would see nothing of this: write something, or leave it empty."
        in page.content.decode()
    )
    assert not Edition.objects.exists()


def test_what_others_name_is_not_retracted(editor, published):
    stance = StanceFactory()
    published(stance, stance.actor, stance.issue, stance.citations.get().source)
    page = asked(editor, [stance.actor], "retract_selected")

    html = main(editor.post(ACTORS, sent(page, note="x")))
    assert (
        f"it is named by <a "
        f'href="/admin/tracker/stance/{stance.pk}/review/">{stance.actor.name} supports' in html
    )


@pytest.mark.parametrize("name", ["change", "review"])
def test_the_form_and_the_review_offer_publishing_and_are_led_back_to(editor, name):
    actor = ActorFactory()
    address = f"{ACTORS}{actor.pk}/{name}/"
    assert 'value="publish_selected"' in editor.get(address).content.decode()

    answer = editor.post(ACTORS, sent(asked(editor, [actor], from_page=name)))

    assert answer.headers["Location"] == address
    page = editor.get(address).content.decode()
    assert 'value="publish_selected"' not in page
    assert 'value="retract_selected"' in page
    assert "edition 1</a>" in page


def test_who_may_not_publish_is_not_offered_it_and_is_refused(analyst, published):
    actor = ActorFactory()
    published(actor)
    actor.name = "Changed"
    actor.save()
    selected = {
        "_selected_action": [actor.pk],
        "index": "0",
        "confirmed": "yes",
        "record": f"actor:{actor.pk}:2",
    }

    page = (
        analyst.get(f"{ACTORS}{actor.pk}/change/").content.decode()
        + analyst.get(ACTORS).content.decode()
    )
    assert "publish_selected" not in page
    answer = analyst.post(
        ACTORS, selected | {"action": "publish_selected", "note": "x"}, follow=True
    )
    assert messages(answer) == ["No action selected."]
    assert (
        analyst.post(ACTORS, selected | {"action": "retract_selected", "note": "x"}).status_code
        == 403
    )
    assert Edition.objects.count() == 1


def test_lists_say_and_filter_by_the_status(editor, published):
    draft, public, changed, gone, asking = (ActorFactory(name=name) for name in "dpcra")
    published(public, changed, gone)
    changed.short_name = "c"
    changed.save()
    editor.post(ACTORS, sent(asked(editor, [gone], "retract_selected"), note="x"))
    asking.state = "in_review"
    asking.save()

    expected = {
        "draft": draft,
        "published": public,
        "changed": changed,
        "retracted": gone,
        "in_review": asking,
    }
    for word, actor in expected.items():
        page = editor.get(ACTORS, {"status": word})
        assert list(page.context["cl"].result_list) == [actor], word
        assert f'class="status status-{word}"' in page.content.decode()


def test_a_draft_named_through_another_is_offered_too(editor):
    organization = ActorFactory(kind="organization")
    member = ActorFactory(memberships=[{"organization": organization, "source": SourceFactory()}])
    stance = StanceFactory(actor=member)

    assert len(sent(asked(editor, [stance]))["named"]) == 5
    editor.post(STANCES, sent(asked(editor, [stance])))
    assert Stance.objects.count() == StanceDocument.objects.count()


def test_of_several_records_that_readers_know_each_has_a_reason_of_its_own(editor, published):
    """Beside what was said at the desk since;
    of one that changes, and of what is new, the note says it.
    """
    first, second, third, new = ActorFactory(name="Ruritania"), *(ActorFactory() for _ in range(3))
    published(first, second, third)
    edits(editor.user, first, summary="A kingdom.")
    edits(editor.user, second, summary="A republic.")

    assert "reason-actor" not in main(asked(editor, [first, third]))
    page = asked(editor, [first, second, third, new])
    form = sent(page, note="A survey")
    assert re.findall('name="(reason-[^"]*)"', main(page)) == [
        f"reason-actor-{first.pk}",
        f"reason-actor-{second.pk}",
    ]
    assert main(page).count("where readers never see it: “a test”") == 2
    assert "Why: Ruritania" in main(page)
    assert not Edition.objects.filter(number=2).exists()
    blank = editor.post(ACTORS, form | {f"reason-actor-{first.pk}": "\u200b"})
    assert "Readers would see nothing of this" in main(blank)
    editor.post(ACTORS, form | {f"reason-actor-{first.pk}": "A misprint."})

    reasons = dict(Edition.objects.get(number=2).changes.values_list("record", "reason"))
    assert reasons == {first.pk: "A misprint.", second.pk: "", new.pk: ""}


def test_of_one_record_the_reasons_of_the_desk_stand_beside_the_note(editor, published):
    actor = ActorFactory(name="Ruritania")
    published(actor)
    edits(editor.user, actor, summary="A kingdom.")

    page = main(asked(editor, [actor]))

    assert 'data-desk-words="a test"' in page
    assert page.count("where readers never see it: “a test”") == 1
    assert "reason-actor" not in page


def test_of_several_records_that_are_withdrawn_each_has_a_reason_of_its_own(editor, published):
    first, second = ActorFactory(), ActorFactory()
    published(first, second)
    page = asked(editor, [first, second], "retract_selected")

    editor.post(ACTORS, sent(page, note="Both") | {f"reason-actor-{second.pk}": "It never was."})

    reasons = dict(Edition.objects.get(number=2).changes.values_list("record", "reason"))
    assert reasons == {first.pk: "", second.pk: "It never was."}


def test_one_proposes_to_withdraw_and_another_does(analyst, editor, published, settings):
    settings.FOUR_EYES = "on"
    actor = ActorFactory(name="Ruritania")
    published(actor)

    page = asked(analyst, [actor], "retract_selected")
    assert "Withdrawing takes two people here." in main(page)
    assert 'name="propose" value="Propose to withdraw"' in main(page)
    form = sent(page)
    assert analyst.post(ACTORS, form | {"note": "It is forged."}).status_code == 403
    blank = analyst.post(ACTORS, form | {"propose": "", "reason": " "})
    assert "Say why" in main(blank)
    done = analyst.post(ACTORS, form | {"propose": "", "reason": "It is forged."}, follow=True)
    assert messages(done) == [
        "You proposed to withdraw 1 record. Somebody else has to carry it out."
    ]
    again = main(asked(analyst, [actor], "retract_selected"))
    assert "You proposed this." in again
    assert "Propose to withdraw&quot;" not in again
    assert 'type="submit"' not in again

    cards = {card.title: card for card in editor.get("/admin/").context["cards"]}
    [line] = cards["Proposed to be withdrawn"].first
    assert f'<a href="/admin/tracker/actor/{actor.pk}/review/">Ruritania</a>' in str(line)
    page = asked(editor, [actor], "retract_selected")
    assert "Anna Schmidt proposed to withdraw version 1" in main(page)
    assert 'data-desk-words="It is forged."' in main(page)
    editor.post(ACTORS, sent(page, note="It is forged."))
    assert Edition.objects.latest("number").published_by == editor.user
    assert statuses(Noun.ACTOR, [actor.pk])[actor.pk].version is None


def test_an_editor_alone_proposes_too_and_is_told_why(editor, published, settings):
    settings.FOUR_EYES = "on"
    actor = ActorFactory()
    published(actor)
    form = sent(asked(editor, [actor], "retract_selected"))

    refused = editor.post(ACTORS, form | {"note": "It is forged."})

    assert "somebody else must propose first to withdraw it" in main(refused)
    assert Edition.objects.count() == 1
    editor.post(ACTORS, form | {"propose": "", "reason": "It is forged."})
    assert "You proposed this." in main(asked(editor, [actor], "retract_selected"))
