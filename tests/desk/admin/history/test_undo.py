"""Undoing in the admin: a page that shows what it does, what blocks it,
and one change that does it.
"""

import pytest
from django.contrib.auth.models import Permission

from tests.desk.admin.conftest import address, logged_in, messages, text
from tests.desk.undo.acts import desk, done, edit
from tests.factories import ActorFactory, IssueFactory, StanceFactory
from tracker.desk.admin.site.labels import label
from tracker.models import Actor, ChangeSet, Event, Issue, Stance

pytestmark = pytest.mark.django_db


def undo_page(changeset):
    return f"/admin/tracker/changeset/{changeset}/undo/"


def last_changeset():
    return ChangeSet.objects.get(pk=Event.objects.latest("pk").changeset_id)


def test_a_change_is_undone_with_a_reason_and_leads_to_the_new_one(analyst):
    issue = IssueFactory(title="The old river")
    changed = edit(issue, title="The new river", region="africa")
    assert (
        undo_page(changed)
        in analyst.get(f"/admin/tracker/changeset/{changed}/change/").content.decode()
    )

    page = analyst.get(undo_page(changed))
    assert "1 issue to be put back" in text(page)
    assert "Title The new river The old river" in text(page)
    assert "The <del>new</del> river" in page.content.decode()
    blank = analyst.post(undo_page(changed), {"reason": "  "})
    assert "Say why; it is kept in the history with your name." in text(blank)
    assert not ChangeSet.objects.filter(made_by=analyst.user).exists()
    answer = analyst.post(undo_page(changed), {"reason": "It was the old one"}, follow=True)

    issue.refresh_from_db()
    assert (issue.title, issue.region) == ("The old river", "")
    made = last_changeset()
    assert (made.made_by, made.reason, made.channel) == (
        analyst.user,
        "It was the old one",
        "admin",
    )
    assert answer.redirect_chain == [(f"/admin/tracker/changeset/{made.pk}/change/", 302)]
    assert messages(answer) == ["1 record is as before, by this change. It can be undone as well."]


def test_what_has_a_blocker_is_shown_and_can_be_left_out(analyst):
    issue, other = IssueFactory(title="Old"), IssueFactory(title="Old")
    changed = done(lambda: Issue.objects.update(title="New"))
    later = edit(issue, title="Newer")

    page = analyst.get(undo_page(changed))
    words = text(page)
    assert "Problems to fix first" in words
    assert "it was changed since (“title”): undo that first" in words
    assert f"/admin/tracker/changeset/{later}/change/" in page.content.decode()
    assert 'value="Undo"' not in page.content.decode()
    before = desk()
    assert "Problems to fix first" in text(analyst.post(undo_page(changed), {"reason": "So"}))
    assert desk() == before

    leaving = {"leave": [f"issue:{issue.pk}"], "reason": "So"}
    looked = analyst.post(undo_page(changed), {**leaving, "look": "Look again"})
    assert "Left out: 1 record" in text(looked)
    assert ">So</textarea>" in looked.content.decode().replace("\n", "")
    assert desk() == before
    analyst.post(undo_page(changed), leaving)

    issue.refresh_from_db()
    other.refresh_from_db()
    assert (issue.title, other.title) == ("Newer", "Old")


def test_everything_with_problems_is_left_out_at_once_with_what_depends_on_it(analyst, published):
    made = {}

    def act():
        made["stance"] = StanceFactory(actor__name="Ruritania")
        made["free"] = ActorFactory()

    changed = done(act)
    edit(made["stance"], summary="Better.")

    looked = analyst.post(undo_page(changed), {"leave_all": "yes", "look": "Look again"})
    analyst.post(undo_page(changed), {"leave_all": "yes", "reason": "So"})

    assert "Left out: 4 records" in text(looked)
    assert "Ruritania" in text(looked)
    assert Stance.objects.exists()
    assert not Actor.objects.filter(pk=made["free"].pk).exists()


def test_change_sets_say_what_they_changed_and_by_which_they_were_undone(analyst):
    one, two = IssueFactory(title="Old"), IssueFactory(title="Old")
    changed = done(lambda: Issue.objects.update(title="New"))
    partly = {"reason": "So", "leave": f"issue:{two.pk}"}

    def row(changeset):
        rows = analyst.get("/admin/tracker/changeset/").context["rows"]
        return next(
            (summary.counted, summary.marks) for summary in rows if summary.row.pk == changeset
        )

    assert row(changed) == ("2 issues changed", (None, False, None))
    analyst.post(undo_page(changed), partly)
    part = last_changeset().pk
    assert row(changed) == ("2 issues changed", (part, False, None))
    assert row(part) == ("1 issue changed", (None, False, changed))
    edit(one, title="New")
    analyst.post(undo_page(changed), {"reason": "So"})
    whole = last_changeset().pk

    assert row(changed)[1] == (whole, True, None)
    page = analyst.get(f"/admin/tracker/changeset/{changed}/change/")
    assert "2 issues changed undone by this change" in text(page)
    assert f'href="/admin/tracker/changeset/{whole}/change/"' in page.content.decode()
    assert "undoes this change" in text(analyst.get(f"/admin/tracker/changeset/{whole}/change/"))


def test_an_analyst_undoes_drafts_and_leaves_what_readers_have_seen_to_an_editor(
    analyst, editor, published
):
    draft, public = ActorFactory(name="Old"), ActorFactory(name="Old")
    published(public)
    changed = done(lambda: Actor.objects.update(name="New"))

    words = text(analyst.get(undo_page(changed)))
    refused = analyst.post(undo_page(changed), {"reason": "So"})
    analyst.post(undo_page(changed), {"reason": "So", "leave": f"actor:{public.pk}"})

    assert words.count("it takes an editor to undo this: leave it out, or ask one") == 1
    assert "Problems to fix first" in text(refused)
    assert dict(Actor.objects.values_list("pk", "name")) == {draft.pk: "Old", public.pk: "New"}
    editor.post(undo_page(changed), {"reason": "So"})
    assert set(Actor.objects.values_list("name", flat=True)) == {"Old"}


def test_what_is_undone_already_says_so(analyst):
    changed = edit(IssueFactory(title="Old"), title="New")
    analyst.post(undo_page(changed), {"reason": "So"})
    sets = ChangeSet.objects.count()

    page = analyst.get(undo_page(changed))
    answer = analyst.post(undo_page(changed), {"reason": "Again"}, follow=True)

    assert "Nothing is left to do" in text(page)
    assert messages(answer) == ["Nothing was left to do: all of it is as it was."]
    assert ChangeSet.objects.count() == sets


def test_what_the_database_refuses_is_shown(analyst):
    stance = StanceFactory(since="2018", until="2019")
    changed = edit(stance, since="2010")
    edit(stance, until="2012")

    answer = analyst.post(undo_page(changed), {"reason": "So"})

    stance.refresh_from_db()
    assert f"Nothing was done: {label(stance)} : it begins after it ends; correct “since”" in text(
        answer
    )


def test_only_those_undo_who_may_do_what_that_does():
    changed = done(ActorFactory)
    reader = logged_in("analysts", username="reader")
    reader.user.groups.clear()
    reader.user.user_permissions.set(
        Permission.objects.filter(codename__in=["view_changeset", "change_actor"])
    )
    before = desk()

    assert reader.get(undo_page(changed)).status_code == 403
    assert reader.post(undo_page(changed), {"reason": "So"}).status_code == 403
    assert desk() == before


def test_what_never_was_is_not_found_and_what_no_page_sent_is_a_bad_request(analyst):
    stance = StanceFactory()
    changed = edit(stance, summary="New.")
    versions = (
        "version/99/",
        "version/99/put-back/",
        "compare/",
        "compare/?old=1&new=99",
        "compare/?old=x&new=1",
    )
    never = [address(stance, page).removesuffix("/") for page in (*versions, "restore/")]

    for page in (*never, undo_page("00000000-0000-4000-8000-000000000000")):
        assert analyst.get(page).status_code == 404, page
    assert (
        analyst.post(undo_page(changed), {"leave": ["nonsense"], "reason": "So"}).status_code == 400
    )


# One record ---------------------------------------------------------------------------------------


def test_a_record_is_seen_as_it_was_compared_and_put_back(analyst):
    stance = StanceFactory(summary="It says so, loudly.", actor__name="Ruritania")
    edit(stance, summary="It says so, quietly.", position="opposes")
    edit(stance, hedged=True)
    root = f"/admin/tracker/stance/{stance.pk}"

    history = analyst.get(f"{root}/history/").content.decode()
    then = analyst.get(f"{root}/version/2/")
    both = analyst.get(f"{root}/compare/", {"old": 4, "new": 2})
    plan = text(analyst.get(f"{root}/version/2/put-back/"))
    analyst.post(f"{root}/version/2/put-back/", {"reason": "Misread"})

    assert f'href="{root}/version/2/put-back/"' in history
    assert f'href="{root}/version/4/put-back/"' not in history, "it is like that"
    assert f'href="{root}/version/2/put-back/"' in then.content.decode()
    assert "It says so, loudly." in text(then)
    assert "Actor Ruritania" in text(then)
    assert "so, <del>loudly</del>." in both.content.decode()
    assert "so, <ins>quietly</ins>." in both.content.decode()
    assert "Position + supports − opposes" in text(both)
    assert "1 stance to be put back" in plan
    stance.refresh_from_db()
    put_back = (stance.summary, stance.position, stance.hedged, stance.version)
    assert put_back == ("It says so, loudly.", "supports", False, 5)
    assert last_changeset().reason == "Misread"


def test_what_somebody_else_changed_meanwhile_is_not_overwritten_by_putting_back(analyst):
    issue = IssueFactory(title="Old")
    edit(issue, title="New")
    page = f"/admin/tracker/issue/{issue.pk}/version/1/put-back/"
    assert '<input type="hidden" name="seen" value="2">' in analyst.get(page).content.decode()
    edit(issue, title="Newer")

    answer = analyst.post(page, {"reason": "So", "seen": "2"})

    assert "Nothing was done: Newer : it was changed meanwhile, to version 3: look again" in text(
        answer
    )
    assert "Title Newer Old" in text(answer)
    issue.refresh_from_db()
    assert issue.title == "Newer"
    analyst.post(page, {"reason": "So", "seen": "3"})
    issue.refresh_from_db()
    assert issue.title == "Old"


def test_a_deleted_record_is_found_in_the_list_with_its_history_and_restored(analyst):
    stance = StanceFactory(actor__name="Ruritania", issue__title="The river")
    pk = stance.pk
    analyst.post(f"/admin/tracker/stance/{pk}/delete/", {"post": "yes", "reason": "By mistake"})
    done(ActorFactory(name="Freedonia").delete)

    lists = analyst.get("/admin/tracker/changeset/deleted/")
    stances = text(analyst.get("/admin/tracker/changeset/deleted/", {"kind": "stance"}))
    history = analyst.get(f"/admin/tracker/stance/{pk}/history/")
    plan = text(analyst.get(f"/admin/tracker/stance/{pk}/restore/"))
    analyst.post(f"/admin/tracker/stance/{pk}/restore/", {"reason": "It was right"})

    assert "Freedonia" in text(lists)
    assert "Ruritania supports: The river (2018) stance" in text(lists)
    assert f'href="/admin/tracker/stance/{pk}/restore/"' in lists.content.decode()
    assert "Anna Schmidt" in stances
    assert "By mistake" in stances
    assert "Freedonia" not in stances
    assert "stance removed" in text(history)
    assert f'href="/admin/tracker/stance/{pk}/restore/"' in history.content.decode()
    assert "1 stance to be restored" in plan
    assert Stance.objects.get().citations.count() == 1
    assert "Ruritania" not in text(analyst.get("/admin/tracker/changeset/deleted/"))


def test_what_blocks_restoring_is_shown_and_nothing_is_done(analyst):
    actor = ActorFactory(slug="china")
    page = f"/admin/tracker/actor/{actor.pk}/restore/"
    done(actor.delete)
    other = ActorFactory(slug="china")

    for answer in (
        analyst.get(page),
        analyst.post(page, {"reason": "So", "leave": [f"actor:{other.pk}"]}),
    ):
        assert f"“slug”: {other.name} has it meanwhile: change that first" in text(answer)
        assert "Leave out" not in text(answer)
    assert Actor.objects.get() == other


def test_putting_back_is_an_edit_which_analysts_make_of_public_records_too(analyst, published):
    actor = ActorFactory(name="Old")
    published(actor)
    edit(actor, name="New")

    analyst.post(
        f"/admin/tracker/actor/{actor.pk}/version/1/put-back/", {"reason": "Misread", "seen": "2"}
    )

    actor.refresh_from_db()
    assert actor.name == "Old"
