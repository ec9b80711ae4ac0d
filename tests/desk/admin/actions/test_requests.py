"""Pages that ask before a step do nothing with what was changed since they were shown,
or with what no page sends.
"""

import pytest

from tests.desk.admin.conftest import address
from tests.factories import ActorFactory
from tests.publishing.acts import edited
from tracker.models import Actor, Edition, Review

pytestmark = pytest.mark.django_db
ACTORS, STANCES, WAITING, DRAFTS = (
    f"/admin/{page}/"
    for page in ("tracker/actor", "tracker/stance", "review/waiting", "review/drafts")
)
# by what is done, the page of an actor of that id at version 1, and what it sends
OUTDATED = {
    "a step": (ACTORS, {"action": "submit_selected", "records": "actor:{0}:1", "text": "Ready."}),
    "a step from the review": (
        ACTORS,
        {"action": "submit_selected", "from_page": "review", "seen": "1"},
    ),
    "a change of the selection": (
        ACTORS,
        {
            "action": "change_selected",
            "records": "actor:{0}:1",
            "step": "look",
            "field": "kind",
            "kind": "bloc",
            "reason": "x",
        },
    ),
    "an edition": (
        ACTORS,
        {"action": "publish_selected", "confirmed": "yes", "record": "actor:{0}:1"},
    ),
    "a step in a worklist": (WAITING, {"action": "approve_selected", "record": "actor:{0}:1"}),
    "a move": (ACTORS + "{0}/review/", {"verb": "send_back", "text": "Which decree?", "seen": "1"}),
    "a merge": (ACTORS + "{0}/merge/?into={1}", {"loser": "1", "survivor": "1", "reason": "One."}),
}


@pytest.mark.parametrize(("page", "sent"), OUTDATED.values(), ids=OUTDATED)
def test_what_was_changed_since_the_page_was_shown_is_told_and_left_alone(editor, page, sent):
    actor, other = ActorFactory(state="in_review"), ActorFactory()
    edited(actor, name="Ruritania", state="in_review")
    before = list(Actor.objects.order_by("pk").values())
    form = {name: value.format(actor.pk) for name, value in sent.items()} | {
        "_selected_action": actor.pk,
        "index": "0",
    }

    answer = editor.post(page.format(actor.pk, other.pk), form, follow=True)

    assert "it was changed since" in answer.content.decode()
    assert sent.get("text", "") in answer.content.decode()
    assert list(Actor.objects.order_by("pk").values()) == before
    assert [*Review.objects.all(), *Edition.objects.all()] == []


@pytest.mark.parametrize(
    ("page", "sent"),
    [
        *(
            (STANCES, {"action": "change_selected", "records": records})
            for records in ("x", "1", "stance:1:x")
        ),
        (ACTORS, {"action": "submit_selected", "records": "1:x"}),
        *(
            (ACTORS, {"action": "publish_selected", "confirmed": "yes", "record": record})
            for record in ("", "x", "actor:1:1:1", "planet:1:1", "actor:one:1")
        ),
        *(
            (ACTORS, {"action": "publish_selected", "also": also})
            for also in ("x", "planet:1", "stance:one")
        ),
        (DRAFTS, {"action": "delete_selected", "record": "actor:1:1"}),
        (DRAFTS, {"action": "submit_selected", "record": "planet:1:1"}),
        (DRAFTS, {"action": "submit_selected", "records": "actor:1"}),
        (DRAFTS, {"action": "publish_selected", "record": "actor:x:1"}),
        (DRAFTS, {"record": "actor:1:1"}),
        *(("review", sent) for sent in ({"verb": "burn", "seen": "1"}, {"verb": "comment"})),
        ("review", {"verb": "comment", "seen": "x"}),
        *(
            (f"{WAITING}?{query}", {})
            for query in ("after=x", "after=1:planet:1", "author=x", "issue=900001")
        ),
        *(
            (f"/admin/tracker/changeset/?after={after}", {})
            for after in ("x", "2026-11-25/x", "/", "2026-11-25T00:00:00")
        ),
        ("/admin/tracker/edition/?after=x", {}),
    ],
)
def test_what_no_page_sends_is_a_bad_request(editor, page, sent):
    actor = ActorFactory()
    page = address(actor, page) if page == "review" else page

    answer = (
        editor.post(page, {"_selected_action": actor.pk, "index": "0", **sent})
        if sent
        else editor.get(page)
    )

    assert answer.status_code == 400
