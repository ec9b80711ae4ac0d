"""A token in a browser: made, copied, used, revoked."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def status(token: str) -> int:
    return (
        Client()
        .get("/api/v1/desk/stances/", headers={"Authorization": f"Bearer {token}"})
        .status_code
    )


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_a_token_is_made_used_and_revoked(
    log_in: Callable[..., Page], width: int, dark: bool
) -> None:
    page = log_in("analysts", "anna", width=width, dark=dark)
    page.goto("/admin/tracker/token/add/")
    page.get_by_label("Name").fill("A notebook")
    page.get_by_label("Works for").select_option("30 days")
    page.get_by_role("button", name="Save", exact=True).click()

    token = page.get_by_label("Token", exact=True).input_value()
    assert status(token) == 200
    expect(page.get_by_role("link", name="Your tokens")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.get_by_role("link", name="Your tokens").click()
    expect(page.locator("#result_list")).to_contain_text("A notebook")
    page.get_by_role("link", name="A notebook").click()
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Revoke").click()
    expect(page.locator(".messagelist")).to_contain_text("is revoked")
    expect(page.locator("#result_list")).to_have_count(0)
    assert status(token) == 401
