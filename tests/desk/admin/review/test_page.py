"""The page of a review: what changed, what blocks it, who may press which button,
and what was said.
"""

import re

import pytest

from tests.desk.admin.conftest import address, logged_in, main, messages
from tests.desk.admin.selecting import send
from tests.desk.merge.acts import merged
from tests.factories import ActorFactory, StanceFactory, VoteFactory
from tests.publishing.acts import changeset, edited, stance_with_all
from tests.publishing.review.acting import edits, steps
from tracker.publishing.publish import Chosen, retract
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


SUBMIT = "submit_selected"


def verbs(page):
    """Return the buttons that a page offers."""
    return re.findall(r'name="verb" value="(\w+)"', page.content.decode())


def offers_submitting(page):
    """Say whether a page offers to submit its record."""
    return 'value="submit_selected"' in main(page)


def primary(page):
    """Return what the one button says that stands out on a page of a review."""
    [label] = re.findall(r'class="button default">([^<]+)</button>', page.content.decode()) or [""]
    return label


def press(client, record, verb, text="", to="", seen=None):
    """Return what a press of a button leads to."""
    record.refresh_from_db()
    typed = {"verb": verb, "text": text, "to": to, "seen": seen or record.version}
    answer = client.post(address(record, "review"), typed, follow=True)
    record.refresh_from_db()
    return answer


def test_sources_are_shown_as_links_with_their_places_and_words(editor):
    speech = {
        "source__title": "A <speech>",
        "source__issued": "2019-06",
        "source__url": "https://example.org/speech",
        "source__archive_url": "https://archive.org/speech",
    }
    cites = {
        "locator_label": "page",
        "locator": "7",
        "quote": "Мы\nвместе",
        "quote_language": "ru",
        **speech,
    }
    stance = StanceFactory(
        citations=[cites, {"relation": "contradicts", "locator": "p. 1", "source__url": ""}]
    )
    source, other = (citation.source for citation in stance.citations.order_by("pk"))

    html = main(editor.get(address(stance, "review"))).split("</section>")[0]

    text = " ".join(re.sub("<[^>]+>", "", html).split())
    assert "As readers would see it today" in text
    assert re.search("in June 2019, .* supported this .* Not confirmed since 3 June 2019.", text)
    assert re.search(
        f'<a href="/admin/tracker/source/{source.pk}/change/"><cite[^>]*><bdi>A '
        f"&lt;speech&gt;</bdi>",
        html,
    )
    assert re.search("A &lt;speech&gt;.*, June 2019, page 7.", text)
    for url in ("https://example.org/speech", "https://archive.org/speech"):
        assert f'rel="nofollow noopener noreferrer" href="{url}"' in html
    assert '<blockquote lang="ru" dir="ltr">Мы<br>вместе</blockquote>' in html
    assert f'<b>Says otherwise:</b> <a href="/admin/tracker/source/{other.pk}/change/">' in html
    assert "As readers would see it" not in main(editor.get(address(source, "review")))


def test_the_card_of_a_vote_says_how_the_two_powers_voted_also_under_an_earlier_key(
    editor, published
):
    china = ActorFactory(slug="china", name="China")
    vote = VoteFactory(ballots=[{"actor": china, "choice": "no"}])
    says = "voted no; no ballot of <bdi>Russia</bdi> is known."
    assert f"<bdi>China</bdi> {says}" in main(editor.get(address(vote, "review")))
    published(china, vote.body, vote, *(citation.source for citation in vote.citations.all()))
    edits(editor.user, china, slug="prc", name="PRC")
    published(china)
    assert f"<bdi>PRC</bdi> {says}" in main(editor.get(address(vote, "review")))


@pytest.mark.parametrize("page", ["review", "change"])
def test_a_record_that_was_ever_public_leads_to_its_public_address(editor, published, page):
    actor, draft = ActorFactory(slug="burma"), ActorFactory(slug="laos")
    published(actor)
    edits(editor.user, actor, slug="myanmar")

    link = 'href="/actors/burma/">its public page'
    assert link in editor.get(address(actor, page)).content.decode()
    with changeset():
        retract(records=[Chosen(Noun.ACTOR, actor.pk)])
    assert link in editor.get(address(actor, page)).content.decode()
    assert "public page" not in editor.get(address(draft, page)).content.decode()


def test_a_record_goes_back_and_forth_and_is_published(analyst, editor):
    stance = stance_with_all()
    edits(analyst.user, stance, summary="It supports the dam.")

    draft = analyst.get(address(stance, "review"))
    assert (offers_submitting(draft), verbs(draft)) == (True, ["assign", "comment"])
    assert messages(send(analyst, SUBMIT, stance, text="Ready.")) == [
        "1 stance submitted for review."
    ]
    waiting = editor.get(address(stance, "review"))
    assert not offers_submitting(waiting)
    assert verbs(waiting) == ["assign", "approve", "send_back", "comment", "withdraw"]
    press(editor, stance, "send_back", "Which dam?")
    assert (
        "<strong>Sent back by erik:</strong> Which dam?"
        in analyst.get(address(stance, "change")).content.decode()
    )
    send(analyst, SUBMIT, stance, text="The lower one.")
    press(editor, stance, "approve")

    assert [step[1] for step in steps(stance)] == [
        "submitted",
        "sent_back",
        "submitted",
        "approved",
    ]
    assert 'value="publish_selected"' in main(editor.get(address(stance, "review")))
    assert "Sent back by" not in analyst.get(address(stance, "change")).content.decode()


def test_one_button_stands_out_which_is_what_this_person_most_likely_wants(
    analyst, editor, published
):
    second = logged_in("editors", username="emma")
    actor = ActorFactory()
    edits(editor.user, actor, name="Ruritania")
    assert [
        primary(client.get(address(actor, "review"))) for client in (analyst, editor, second)
    ] == [
        "Submit for review …",
        "Submit for review …",  # who changed it last doesn't publish it
        "Publish …",
    ]

    send(analyst, SUBMIT, actor)
    assert [
        primary(client.get(address(actor, "review"))) for client in (analyst, editor, second)
    ] == [
        "",
        "",
        "Publish …",
    ]


def test_retracting_stands_apart_from_all_else(analyst, editor, published):
    public, draft = ActorFactory(), ActorFactory()
    published(public)
    edited(public, name="Ruritania")

    for name in ("review", "change"):
        page = main(editor.get(address(public, name)))
        tools = page.split('class="object-tools"')[1].split("</ul>")[0]
        assert page.count(">Withdraw …</button>") == 1
        assert "Withdraw …" not in tools
        assert "retract_selected" not in main(editor.get(address(draft, name)))
        assert "retract_selected" in main(analyst.get(address(public, name)))  # to propose it
    review = main(editor.get(address(public, "review")))
    assert "Withdraw …" not in review.split('class="submit-row"')[1].split("</form>")[0]


def test_desk_and_publication_are_compared_word_by_word_citations_too(editor):
    stance = stance_with_all(summary="It supports the upper dam.")
    other = ActorFactory(name="Freedonia", slug="freedonia-slug")
    edited(stance, summary="It opposes the upper dam.", defers_to=other)
    stance.citations.update(locator="p. 4", quote="We will <b>build</b>.")

    page = main(editor.get(address(stance, "review")))

    assert "It <del>supports</del> the upper dam." in page
    assert "It <ins>opposes</ins> the upper dam." in page
    assert "&lt;b&gt;build&lt;/b&gt;." in page
    assert "<del>Introduction" in page
    assert "Freedonia" in page
    assert "freedonia-slug" not in page
    changed, same = page.split("<details>")
    assert "Position" in same.split("</details>")[0]
    assert "Position" not in changed


def test_what_was_never_public_is_shown_whole_and_with_every_reason(editor):
    stance = StanceFactory(citations=[])

    page = main(editor.get(address(stance, "review")))

    assert "What readers would see</h2>" in page
    assert "<del>" not in page
    reasons = page.split("Problems to fix before publishing")[1].split("</section>")[0]
    assert reasons.count("<li>") == 3
    assert (
        "Citations: a published claim, held meeting, done act or vote cites at least one source"
        in reasons
    )
    assert "is named but not public" in reasons


def test_what_is_in_step_says_so_and_offers_nothing_but_a_comment(editor, published):
    actor = ActorFactory()
    published(actor)

    page = editor.get(address(actor, "review"))

    assert main(page).count("Readers see it as it is here.") == 1
    assert verbs(page) == ["comment"]
    assert 'name="to"' not in main(page)
    assert "publish_selected" not in main(page)
    assert not offers_submitting(page)
    assert primary(page) == ""


def test_what_is_part_of_another_is_offered_nothing_but_a_comment(editor):
    loser, survivor = ActorFactory(), ActorFactory()
    merged(loser, survivor)

    page = editor.get(address(loser, "review"))

    assert verbs(page) == ["comment"]
    assert "publish_selected" not in page.content.decode()
    name = f'<a href="/admin/tracker/actor/{survivor.pk}/review/">{survivor.name}</a>'
    assert f"Merged into: it was merged into {name}; publish that one" in main(page)


def test_who_may_not_publish_is_offered_neither_that_nor_an_approval(analyst, editor):
    actor = ActorFactory()
    send(analyst, SUBMIT, actor)

    page = analyst.get(address(actor, "review"))

    assert verbs(page) == ["assign", "comment", "withdraw"]
    assert "publish_selected" not in page.content.decode()
    for verb in ("approve", "send_back"):
        assert press(analyst, actor, verb, "x").status_code == 403
    assert [step[1] for step in steps(actor)] == ["submitted"]


def test_who_made_the_last_change_neither_approves_nor_publishes_alone(editor):
    second = logged_in("editors", username="emma")
    actor = ActorFactory()
    edits(editor.user, actor, name="Ruritania")
    send(editor, SUBMIT, actor)

    page = editor.get(address(actor, "review"))
    assert "approve" not in verbs(page)
    assert "publish_selected" not in page.content.decode()
    assert "publish_selected" not in editor.get(address(actor)).content.decode()
    assert "Readers have not seen what you changed in it up to version 2" in main(page)
    assert "has to approve it" in main(press(editor, actor, "approve"))

    press(second, actor, "approve")
    assert "publish_selected" in main(editor.get(address(actor, "review")))


def test_sending_back_says_why(analyst, editor):
    actor = ActorFactory()
    send(analyst, SUBMIT, actor)

    page = press(editor, actor, "send_back")

    assert page.context["form"].errors == {
        "text": ["Write a comment: without one nobody knows what to do"]
    }
    assert page.context["problems"] == []
    assert '<ul class="errorlist" id="id_text_error"><li>Write a comment' in main(page)


def test_a_record_is_assigned_to_somebody_of_the_team(analyst, editor):
    gone = logged_in("editors", username="gone").user
    gone.is_active = False
    gone.save()
    actor = ActorFactory()

    press(analyst, actor, "assign", "Please.", to=editor.user.pk)

    assert steps(actor) == [(1, "assigned", analyst.user.pk, editor.user.pk, "Please.")]
    assert press(analyst, actor, "assign", to=gone.pk).status_code == 400


def test_comments_are_on_the_page_and_on_the_form_and_are_escaped(analyst):
    actor = ActorFactory()
    press(analyst, actor, "comment", "See <b>the decree</b>.\nAnd its annex.")

    for page in ("review", "change"):
        shown = analyst.get(address(actor, page)).content.decode()
        assert "See &lt;b&gt;the decree&lt;/b&gt;.<br>And its annex." in shown
