"""Where one can go from a page of the desk, where one is,
and what a page says to whom it is not for.
"""

import re

import pytest

from tests.desk.admin.conftest import text
from tests.desk.admin.site.test_addresses import client_of
from tests.factories import StanceFactory

pytestmark = pytest.mark.django_db
RECORDS = ["Stances", "Alignments", "Meetings", "Acts", "Votes", "Sources", "Actors", "Issues"]
TO_DO = [
    "Waiting for review",
    "Sent back to me",
    "My drafts",
    "Contested stances",
    "Contested alignments",
    "Import",
]


def where(client, address):
    """Return the entries that a page marks as where one is: in the sidebar and in the menu."""
    page = client.get(address, follow=True).content.decode()
    return re.findall(r'<a [^>]*aria-current="page">(.*?)</a>', page)


def test_pages_are_listed_in_the_order_of_work_then_what_was_done(analyst):
    groups = analyst.get("/admin/").context["available_apps"]

    assert [(group["name"], [model["name"] for model in group["models"]]) for group in groups] == [
        ("The desk", ["What wants attention", "Who holds which position"]),
        ("Records", RECORDS),
        ("To do", TO_DO),
        ("History and publication", ["Change sets", "Editions"]),
        ("For programs", ["Tokens"]),
    ]


def test_what_has_no_place_in_the_order_of_work_comes_after_what_has_one(analyst, monkeypatch):
    monkeypatch.setattr("tracker.desk.admin.home.site.FIRST_MODELS", ("Stance", "Issue"))

    records = analyst.get("/admin/").context["available_apps"][1]["models"]

    assert [model["name"] for model in records] == [
        "Stances", "Issues", "Actors", "Acts", "Alignments", "Meetings", "Sources", "Votes",
    ]  # fmt: skip


def test_each_entry_leads_to_a_page(administrator):
    groups = administrator.get("/admin/").context["available_apps"]
    entries = [entry for group in groups for entry in group["models"]]

    addresses = [entry[key] for entry in entries for key in ("admin_url", "add_url") if entry[key]]

    assert len(addresses) > len(entries)
    assert {administrator.get(address).status_code for address in addresses} == {200}


def test_the_page_of_all_pages_lists_them(analyst):
    page = analyst.get("/admin/tracker/")

    assert "<h1>Pages of the desk</h1>" in page.content.decode()
    assert [name for name in RECORDS + TO_DO if name not in text(page)] == []


def test_a_page_marks_where_one_is_in_the_sidebar_and_in_the_menu(analyst):
    stance = StanceFactory()

    for address, entry in {
        "/admin/": "What wants attention",
        "/admin/tracker/stance/": "Stances",
        f"/admin/tracker/stance/{stance.pk}/history/": "Stances",
        "/admin/tracker/stance/?attention=contested&basis__exact=action": "Contested stances",
        "/admin/tracker/stance/?attention=due": "Stances",
        "/admin/review/drafts/": "My drafts",
        "/admin/import/": "Import",
    }.items():
        assert where(analyst, address) == [entry, entry], address
    assert where(analyst, "/admin/password_change/") == []


def test_who_is_in_no_group_is_told_so_and_led_nowhere():
    stranger = client_of("stranger")

    page = stranger.get("/admin/")

    assert page.context["available_apps"] == []
    assert "in none of the team's groups yet" in page.content.decode().replace("&#x27;", "'")
    assert 'class="menu"' not in page.content.decode()
    assert 'id="nav-sidebar"' not in page.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_page_that_is_not_for_somebody_says_who_may(analyst, method):
    page = getattr(analyst, method)("/admin/auth/user/")

    assert page.status_code == 403
    assert "Nothing was changed. You are logged in as anna , in the group analysts." in text(page)
    assert "Editors and administrators publish, withdraw, merge and release." in text(page)
    assert 'class="menu"' in page.content.decode()


def test_a_page_in_a_window_of_its_own_is_refused_without_what_is_around_pages(analyst):
    page = analyst.get("/admin/auth/user/add/?_popup=1")

    assert page.status_code == 403
    assert 'id="header"' not in page.content.decode()
