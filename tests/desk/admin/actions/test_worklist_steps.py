"""Records of a worklist are submitted, approved and published together, of whatever noun,
or none of them is.
"""

import pytest

from tests.desk.admin.conftest import messages, text
from tests.factories import ActorFactory, IssueFactory, StanceFactory
from tests.publishing.review.acting import at, by, edits
from tracker.desk.admin.actions.selection import pinned
from tracker.models import Edition, Review
from tracker.models.nouns import noun_of
from tracker.publishing.review import approve, submit

pytestmark = pytest.mark.django_db
WAITING, SENT_BACK, DRAFTS = (
    f"/admin/review/{name}/" for name in ("waiting", "sent-back", "drafts")
)


def seen(*records):
    return [f"{noun_of(record)}:{record.pk}:{record.version}" for record in records]


def tick(client, worklist, action, *records):
    """Tick records in a worklist and press a button; return the page that asks."""
    return client.post(worklist, {"action": action, "record": seen(*records)}, follow=True)


def send(client, worklist, action, *records, **sent):
    """Send what that page sends."""
    there = pinned(at(record) for record in records)
    return client.post(worklist, {"action": action, "records": there, **sent}, follow=True)


def story():
    """Return records of several nouns that are published together."""
    stance = StanceFactory()
    return [
        stance.issue,
        stance.actor,
        *(citation.source for citation in stance.citations.all()),
        stance,
    ]


def test_drafts_of_several_nouns_are_submitted_together(analyst, editor):
    actor, stance = (
        ActorFactory(name="Freedonia", kind="state"),
        StanceFactory(actor__name="Ruritania"),
    )
    edits(analyst.user, actor, summary="A country.")
    edits(analyst.user, stance, hedged=True)

    page = tick(analyst, DRAFTS, "submit_selected", actor, stance)
    done = send(
        analyst, DRAFTS, "submit_selected", actor, stance, text="One story.", to=editor.user.pk
    )

    assert page.context["problems"] == []
    assert "1 actor, 1 stance" in text(page)
    assert 'href="/admin/review/drafts/">My drafts</a>' in page.content.decode()
    assert messages(done) == ["1 actor, 1 stance submitted for review."]
    assert done.redirect_chain[-1][0] == DRAFTS
    assert set(Review.objects.values_list("noun", "step", "to", "text")) == {
        (noun, "submitted", editor.user.pk, "One story.") for noun in ("actor", "source", "stance")
    }


def test_nobody_chooses_themselves_as_reviewer(analyst, editor):
    actor = ActorFactory(name="Freedonia", kind="state")
    edits(analyst.user, actor, summary="A country.")

    offered = tick(analyst, DRAFTS, "submit_selected", actor).context["form"].fields["to"].queryset
    done = send(analyst, DRAFTS, "submit_selected", actor, to=analyst.user.pk)

    assert list(offered) == [editor.user]
    assert "Select a valid choice" in done.content.decode()
    assert not Review.objects.exists()


def test_every_refusal_is_told_with_its_record_and_nothing_is_done(analyst):
    first, second, draft = (
        ActorFactory(name=name) for name in ("Ruritania", "Freedonia", "Sylvania")
    )
    by(analyst.user, submit, first, second)
    before = Review.objects.count()

    page = tick(analyst, DRAFTS, "submit_selected", first, second, draft)
    sent = send(analyst, DRAFTS, "submit_selected", first, second, draft, text="All.")
    left = send(analyst, DRAFTS, "submit_selected", first, second, draft, leave_out="yes")

    for answer in (page, sent):
        assert [
            "Ruritania" in problem or "Freedonia" in problem
            for problem in answer.context["problems"]
        ] == [
            True,
            True,
        ]
    assert left.context["records"] == pinned([at(draft)])
    assert Review.objects.count() == before


def test_records_of_several_nouns_are_approved_by_who_did_not_write_them(analyst, editor):
    mine, others = (
        ActorFactory(name="Ruritania"),
        [IssueFactory(title="River"), ActorFactory(name="Freedonia")],
    )
    edits(editor.user, mine, summary="A kingdom.")
    by(analyst.user, submit, mine, *others)

    [problem] = tick(editor, WAITING, "approve_selected", mine, *others).context["problems"]
    refused = send(editor, WAITING, "approve_selected", mine, *others)
    assert "somebody else has to approve it" in problem
    assert "Ruritania" in problem
    assert not Review.objects.filter(step="approved").exists()
    assert refused.context["problems"] == [problem]

    done = send(editor, WAITING, "approve_selected", *others, text="Read.")

    assert messages(done) == ["1 issue, 1 actor approved."]
    assert set(Review.objects.filter(step="approved").values_list("record", "text")) == {
        (record.pk, "Read.") for record in others
    }


@pytest.mark.parametrize("action", ["approve_and_publish_selected", "publish_selected"])
def test_a_story_becomes_one_edition(analyst, editor, action):
    records = story()
    for record in records:
        edits(analyst.user, record, ref=f"of-a-story-{noun_of(record)}-{record.pk}")
    by(analyst.user, submit, *records)
    if action == "publish_selected":
        by(editor.user, approve, *records)
    first = tick(editor, WAITING, action, *records)

    sent = {"confirmed": "yes", "record": seen(*records)} if action == "publish_selected" else {}
    done = send(editor, WAITING, action, *records, note="A story.", **sent)

    assert first.context["problems"] == []
    assert [edition.note for edition in Edition.objects.all()] == ["A story."]
    assert Edition.objects.get().changes.count() == len(records)
    assert "edition 1" in messages(done)[0]
    assert done.redirect_chain[-1][0] == WAITING


def test_what_is_approved_and_published_together_says_why_each_was_changed(
    analyst, editor, published
):
    first, second, new = ActorFactory(name="Ruritania"), IssueFactory(), ActorFactory()
    published(first, second)
    edits(analyst.user, first, summary="A kingdom.")
    edits(analyst.user, second, summary="A river.")
    by(analyst.user, submit, first, second, new)
    action, name = "approve_and_publish_selected", f"reason-actor-{first.pk}"
    form = tick(editor, WAITING, action, first, second, new).context["form"]

    send(editor, WAITING, action, first, second, new, note="A survey", **{name: "A misprint."})

    assert list(form.fields) == ["note", name, f"reason-issue-{second.pk}", "text"]
    assert "“a test”" in form.fields[name].help_text
    reasons = dict(Edition.objects.get(number=2).changes.values_list("key", "reason"))
    assert reasons == {first.slug: "A misprint.", second.slug: "", new.slug: ""}


def test_who_may_not_is_offered_no_button_and_refused(analyst, editor):
    actor = ActorFactory()
    by(editor.user, submit, actor)

    page = analyst.get(WAITING).content.decode()

    assert 'name="action"' not in page
    assert 'name="record"' not in page
    for action in ("approve_selected", "approve_and_publish_selected", "publish_selected"):
        assert f'value="{action}"' in editor.get(WAITING).content.decode()
        assert tick(analyst, WAITING, action, actor).status_code == 403


def test_a_list_of_a_noun_takes_records_of_no_other(administrator):
    issue = IssueFactory()
    sent = {"action": "submit_selected", "_selected_action": "1", "records": pinned([at(issue)])}

    assert administrator.post("/admin/tracker/actor/", sent | {"index": "0"}).status_code in (
        302,
        400,
    )
    assert not Review.objects.exists()


def test_nothing_ticked_is_told(editor):
    done = editor.post(DRAFTS, {"action": "submit_selected"}, follow=True)

    assert messages(done) == ["Tick the records first."]
