"""A real browser before the real site: the system's Chromium, driven by Playwright.

Whatever a page writes to the console as an error (a violation of the content security policy is
one) and whatever script fails makes the test fail that saw it.
"""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.factories import UserFactory

PASSWORD = "a long enough password"
# There is no graphics card; to draw as one would takes a fifth more.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-software-rasterizer"]
NO_BROWSER = "there is no Chromium here: `apt install chromium` to run the tests in a browser"


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Return the browser; without one the tests are left out, but in CI they fail."""
    chromium = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if chromium is None:
        pytest.fail(NO_BROWSER) if os.environ.get("CI") == "true" else pytest.skip(NO_BROWSER)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's loop runs in this thread,
        # so Django takes the tests' own queries for asynchronous ones.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def expect_console_error() -> Callable[[str], None]:
    """Return a function that says what a test expects a page to write to its console, once."""
    expected: list[str] = []

    def expecting(text: str) -> None:
        expected.append(text)

    expecting.texts = expected
    return expecting


@pytest.fixture
def open_page(
    browser: Browser, live_server: object, expect_console_error: Callable[[str], None]
) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page, of somebody of its own;
    at the end all must have been quiet on it.
    """
    contexts, complaints = [], []

    def listen(page: Page) -> None:
        page.on(
            "console",
            lambda message: (
                complaints.append(as_text(message)) if message.type == "error" else None
            ),
        )
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))

    def make(*, width: int = 1280, dark: bool = False, bypass_csp: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            base_url=str(live_server),
            bypass_csp=bypass_csp,
        )
        context.set_default_timeout(15_000)
        context.on("page", listen)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
    expected = [
        complaint
        for complaint in complaints
        for text in expect_console_error.texts
        if text in complaint
    ]
    assert [complaint for complaint in complaints if complaint not in expected] == []
    assert len(expected) == len(expect_console_error.texts)


@pytest.fixture
def log_in(open_page: Callable[..., Page]) -> Callable[..., Page]:
    """Return a function that opens a page as a new member of a group, or of none."""

    def make(group: str | None, username: str, **how: object) -> Page:
        person = UserFactory(username=username, groups=[group] if group else [], is_staff=True)
        person.set_password(PASSWORD)
        person.save()
        page = open_page(**how)
        page.goto("/admin/")
        page.get_by_label("Username").fill(username)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.get_by_role("heading", name="The desk").wait_for()
        return page

    return make


def is_of_the_page(message: ConsoleMessage) -> bool:
    """Tell whether it is an error, but that links of the machine changed,
    as they do while tests make networks fail.
    """
    return message.type == "error" and "net::ERR_NETWORK_CHANGED" not in message.text


def as_text(message: ConsoleMessage) -> str:
    """Return what a page wrote to its console, and where."""
    return f"{message.location.get('url')}: {message.text}"


def pick(page: Page, field: str, text: str) -> None:
    """Pick the first record that a searching select finds."""
    page.locator(f".field-{field}:visible .select2-selection").last.click()
    page.locator(".select2-search__field").fill(text)
    page.locator(".select2-results__option--highlighted", has_text=text).click()
