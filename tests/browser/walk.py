"""Every page of the admin: those that have an address, with records of each noun and all their
parts, and those that a form leads to.
"""

from collections.abc import Iterator
from io import BytesIO

from django.contrib.auth import get_user_model
from playwright.sync_api import Page

from tests.factories import (
    ActFactory,
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
    VoteFactory,
)
from tracker import history
from tracker.desk.imports import receive
from tracker.models import Actor, ChangeSet, Record
from tracker.publishing.publish import Chosen, publish
from tracker.values.nouns import MERGEABLE, Noun
from tracker.values.vocabularies import Channel

UNFOLD = "all => all.forEach(one => { one.open = true })"
ACTIONS = (
    "submit_selected",
    "assign_selected",
    "change_selected",
    "confirm_selected",
    "approve_and_publish_selected",
    "publish_selected",
    "retract_selected",
    "delete_selected",
)


def make_records() -> dict[str, Record]:
    """Return one record of each noun with all its parts; one actor is public."""
    actor = ActorFactory(name="Ruritania", memberships=[{"source": SourceFactory()}])
    with history.changeset(made_by=None, reason="The beginning", channel=Channel.COMMAND):
        publish(
            records=[Chosen(Noun.ACTOR, ActorFactory(name="Public").pk)],
            note="What readers are told",
        )
    return {
        "actor": actor,
        "issue": IssueFactory(core_interests=[{"actor": actor}]),
        "source": SourceFactory(),
        "stance": StanceFactory(actor=actor),
        "alignment": AlignmentFactory(actor=actor),
        "meeting": MeetingFactory(participants=[{"actor": actor}], issues=[{}]),
        "act": ActFactory(issues=[{}]),
        "vote": VoteFactory(ballots=[{"actor": actor}]),
    }


def uploaded() -> int:
    """Upload a file with a row that is new and one in error, as the only person;
    return its number.
    """
    person = get_user_model().objects.get()
    rows = b"slug,kind,name\nfreedonia,state,Freedonia\nsylvania,planet,Sylvania\n"
    return receive(name="actors.csv", file=BytesIO(rows), made_by=person.pk).pk


def addresses(records: dict[str, Record]) -> Iterator[str]:
    """Return the addresses of all pages that are read, and of all forms."""
    for noun, record in records.items():
        root = f"/admin/tracker/{noun}/"
        yield from (root, f"{root}add/", f"{root}?q=a")
        yield from (
            f"{root}{record.pk}/{page}/" for page in ("change", "history", "delete", "review")
        )
        yield from (
            f"{root}{record.pk}/{page}"
            for page in ("version/1/", "version/1/put-back/", "compare/?old=1&new=1")
        )
    for noun in MERGEABLE:
        yield f"/admin/tracker/{noun}/{records[noun].pk}/merge/"
    public = Actor.objects.exclude(pk=records["actor"].pk).earliest("pk")
    yield f"/admin/tracker/actor/{records['actor'].pk}/merge/?into={public.pk}"
    yield from (
        "/admin/find/",
        f"/admin/find/?address=/pairs/{public.slug}/{records['actor'].slug}/",
    )
    yield f"/admin/tracker/issue/{records['issue'].pk}/move/"
    yield from ("/admin/import/", f"/admin/import/{uploaded()}/")
    yield from (f"/admin/review/{name}/" for name in ("waiting", "sent-back", "drafts"))
    edition = "/admin/tracker/edition/"
    yield from (
        "/admin/",
        "/admin/tracker/",
        edition,
        f"{edition}1/change/",
        f"{edition}1/release/",
    )
    changeset = f"/admin/tracker/changeset/{ChangeSet.objects.order_by('made_at').first().pk}"
    yield from ("/admin/tracker/changeset/", f"{changeset}/change/", f"{changeset}/undo/")
    yield "/admin/tracker/changeset/deleted/"
    yield from ("/admin/auth/user/", "/admin/auth/user/add/")
    yield "/admin/password_change/"


def reached_by_forms(page: Page, records: dict[str, Record]) -> Iterator[str]:
    """Lead an administrator to each page that has no address of its own, and say which it is."""
    for action in ACTIONS:
        page.goto("/admin/tracker/stance/")
        page.locator("[name=_selected_action]").first.check()
        page.locator("select[name=action]").select_option(action)
        page.get_by_role("button", name="Go", exact=True).click()
        page.locator("form input[name=action]").first.wait_for(state="attached")
        yield action
    stance = records["stance"]
    page.goto(f"/admin/tracker/stance/{stance.pk}/change/")
    page.locator("details").evaluate_all(UNFOLD)
    type(stance).objects.filter(pk=stance.pk).update(
        position="opposes", summary="It opposes the river. " * 9
    )
    page.get_by_label("Position").select_option("neutral")
    page.get_by_role("textbox", name="Summary").fill("It is silent on the brook. " * 9)
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".conflict").wait_for()
    yield "a conflict"
    page.goto(f"/admin/tracker/issue/{records['issue'].pk}/change/")
    page.locator("details").evaluate_all(UNFOLD)
    page.get_by_role("textbox", name="Summary").fill("It was deleted meanwhile.")
    records["issue"].delete()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Somebody deleted this issue").wait_for()
    yield "a deleted record"
    page.goto(f"/admin/tracker/source/{records['source'].pk}/change/")
    page.get_by_role("button", name="Publish …").click()
    page.get_by_role("button", name="Publish", exact=True).wait_for()
    yield "publishing one"
