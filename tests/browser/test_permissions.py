"""What each group is offered, page by page as its members see them,
and that everybody else is refused kindly.
"""

from typing import NamedTuple

import pytest
from playwright.sync_api import Page

from tests.factories import ActorFactory, IssueFactory, StanceFactory, UserFactory
from tests.publishing.acts import stance_with_all
from tests.publishing.review.acting import by, person
from tracker.models import ChangeSet
from tracker.publishing.review import submit

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
NOBODY, NO_GROUP = "nobody", "in no group"
GROUPS = ("analysts", "editors", "administrators")
TEAM, EDITORS, ADMINISTRATORS = set(GROUPS), set(GROUPS[1:]), set(GROUPS[2:])
REFUSED = "Your account may not do this"


class Offer(NamedTuple):
    """Something to press on a page, to whom it is offered,
    and the address that refuses everybody else.
    """

    page: str
    what: str  # a role and a name, or the value of an action
    to: set[str]
    leads_to: str = ""


OFFERS = [
    Offer("first page", "link Waiting for review", TEAM, "/admin/review/waiting/"),
    Offer("first page", "link Import", TEAM, "/admin/import/"),
    Offer("first page", "link Change sets", TEAM, "/admin/tracker/changeset/"),
    Offer("first page", "link Tokens", TEAM, "/admin/tracker/token/"),
    Offer("first page", "link Users", ADMINISTRATORS, "/admin/auth/user/"),
    Offer("list", "link Add stance", TEAM, "/admin/tracker/stance/add/"),
    Offer("list", "link Import …", TEAM),
    Offer("list", "link Export", TEAM, "/admin/tracker/stance/export/"),
    Offer("list", "action submit_selected", TEAM),
    Offer("list", "action change_selected", TEAM),
    Offer("list", "action assign_selected", TEAM),
    Offer("list", "action confirm_selected", TEAM),
    Offer("list", "action approve_and_publish_selected", EDITORS),
    Offer("list", "action delete_selected", TEAM),
    Offer("list", "action publish_selected", EDITORS),
    Offer("list", "action retract_selected", EDITORS),
    Offer("draft", "button Save", TEAM),
    Offer("draft", "link Delete", TEAM, "/admin/tracker/stance/{draft}/delete/"),
    Offer("draft", "button Publish …", EDITORS),
    Offer("draft", "button Withdraw …", set()),
    Offer("public", "button Confirm as current", TEAM),
    Offer("public", "button Withdraw …", EDITORS),
    Offer("public", "link Delete", set()),
    Offer("in review", "button Comment", TEAM),
    Offer("in review", "button Approve", EDITORS),
    Offer("in review", "button Send back", EDITORS),
    Offer("in review", "button Publish …", EDITORS),
    Offer("actor", "link Merge …", TEAM, "/admin/tracker/actor/{actor}/merge/"),
    Offer("issue", "link Move …", TEAM, "/admin/tracker/issue/{issue}/move/"),
    Offer("history", "link put back", TEAM, "/admin/tracker/stance/{twice}/version/1/put-back/"),
    Offer("edition", "link Name it a release", EDITORS, "/admin/tracker/edition/1/release/"),
    Offer("change set", "link Undo …", TEAM, "/admin/tracker/changeset/{changeset}/undo/"),
    Offer("token", "button Save", TEAM),
    Offer(
        "account",
        "link Take out of the team …",
        ADMINISTRATORS,
        "/admin/auth/user/{account}/offboard/",
    ),
    Offer("account", "link New password …", ADMINISTRATORS, "/admin/auth/user/{account}/password/"),
    Offer("account", "link Delete", ADMINISTRATORS, "/admin/auth/user/{account}/delete/"),
]
PAGES = {
    "first page": "/admin/",
    "list": "/admin/tracker/stance/",
    "draft": "/admin/tracker/stance/{draft}/change/",
    "public": "/admin/tracker/stance/{public}/change/",
    "in review": "/admin/tracker/stance/{in_review}/review/",
    "actor": "/admin/tracker/actor/{actor}/change/",
    "issue": "/admin/tracker/issue/{issue}/change/",
    "history": "/admin/tracker/stance/{twice}/history/",
    "edition": "/admin/tracker/edition/1/change/",
    "change set": "/admin/tracker/changeset/{changeset}/change/",
    "token": "/admin/tracker/token/add/",
    "account": "/admin/auth/user/{account}/change/",
}


@pytest.fixture
def keys(transactional_db: None) -> dict[str, object]:
    """Return the keys of what the pages are about:
    a draft, a public stance, one in review, one that changed.
    """
    public, in_review, twice = stance_with_all(), StanceFactory(), StanceFactory()
    by(None, lambda records: twice.save(), twice)
    type(twice).objects.filter(pk=twice.pk).update(summary="Otherwise.")
    by(person("analysts"), submit, in_review)
    by_name = {"draft": StanceFactory(), "public": public, "in_review": in_review, "twice": twice}
    by_name |= {"actor": ActorFactory(), "issue": IssueFactory(), "account": UserFactory()}
    return {name: row.pk for name, row in by_name.items()} | {
        "changeset": ChangeSet.objects.earliest("made_at").pk
    }


def offered(page: Page) -> set[str]:
    """Return what of all that is offered anywhere a page offers, as those see it who hear it."""
    heard = page.locator("body").aria_snapshot()
    actions = page.locator("select[name=action] option").evaluate_all(
        "options => options.map(one => one.value)"
    )
    offers = {f"action {action}" for action in actions}
    for what in {offer.what for offer in OFFERS}:
        kind, name = what.split(" ", 1)
        if f'- {kind} "{name}' in heard:
            offers.add(what)
    return offers


def answer(page: Page, address: str) -> str:
    answered = page.request.get(address)
    if "/admin/login/" in answered.url:
        return "asked to log in"
    return (
        "refused kindly"
        if answered.status == 403 and REFUSED in answered.text()
        else f"{answered.status}"
    )


def test_each_group_is_offered_what_it_may_do_and_nothing_else(log_in, keys):
    groups_by_offer = {offer: set() for offer in map(key, OFFERS)}
    for group in GROUPS:
        page = log_in(group, f"one-of-the-{group}")
        for name, address in PAGES.items():
            if group in opened_by(name):
                assert page.goto(address.format(**keys)).status == 200, (group, name)
                here = offered(page)
                for offer in OFFERS:
                    if offer.page == name and offer.what in here:
                        groups_by_offer[key(offer)].add(group)

    assert groups_by_offer == {key(offer): offer.to for offer in OFFERS}


def test_whoever_is_not_offered_something_is_refused_kindly_where_it_leads(open_page, log_in, keys):
    people = {group: log_in(group, f"one-of-the-{group}") for group in GROUPS}
    people |= {NO_GROUP: log_in(None, "new"), NOBODY: open_page()}
    # the first page is everybody's who may log in; where its links lead is no page above
    limits = {address: opened_by(name) for name, address in PAGES.items() if name != "first page"}
    limits |= {offer.leads_to: offer.to for offer in OFFERS if offer.leads_to and offer.to != TEAM}

    outcomes = {
        (who, address): answer(page, address.format(**keys))
        for address, may in limits.items()
        for who, page in people.items()
        if who not in may
    }

    assert {(who, address) for who, address in outcomes if who in GROUPS} != set()
    expected = {
        pair: "asked to log in" if pair[0] == NOBODY else "refused kindly" for pair in outcomes
    }
    assert outcomes == expected


def key(offer: Offer) -> str:
    return f"{offer.page}: {offer.what}"


def opened_by(page: str) -> set[str]:
    return ADMINISTRATORS if page == "account" else TEAM
