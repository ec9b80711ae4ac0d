"""What somebody does who has only a keyboard, and whether they see where they are."""

import pytest
from playwright.sync_api import Page, expect

# Seconds that a key takes an average typist, and that it takes to think of what comes next: Card,
# Moran and Newell's keystroke-level model (Communications of the ACM 23, 1980), without the time
# that pages take.
KEY, THOUGHT = 0.28, 1.35


def count_keys(page: Page) -> None:
    """Count from now on which keys are pressed on a page, until it is left."""
    page.evaluate(
        "window.pressed = 0; addEventListener('keydown', () => { window.pressed += 1; }, true)"
    )


def seconds(page: Page, thoughts: int) -> float:
    """Return how long somebody takes for what was typed since keys were counted,
    and for so many things to think of.
    """
    return KEY * float(page.evaluate("window.pressed")) + THOUGHT * thoughts


def tab_to(page: Page, name: str) -> None:
    """Go on with the tabulator until the field of this name has the focus."""
    script = """name => {
        const here = document.activeElement;
        if (here.matches(".select2-hidden-accessible")) return false;
        return (here.closest(".select2-container")?.previousElementSibling ?? here).name === name;
    }"""
    for _ in range(40):
        if page.evaluate(script, name):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{name} is not reached by the keyboard")


def search(page: Page, name: str, text: str, option: str) -> None:
    """Search for a record and take the first that is found, by the keyboard."""
    look_for(page, name, text, option)
    page.keyboard.press("Enter")
    expect(page.locator(".select2-search__field")).to_have_count(0)


def look_for(page: Page, name: str, text: str, option: str) -> None:
    """Search for a record until one is found, by the keyboard."""
    tab_to(page, name)
    page.keyboard.press("Enter")
    expect(page.locator(".select2-search__field")).to_be_focused()
    page.keyboard.type(text)
    expect(page.locator(".select2-results__option--highlighted", has_text=option)).to_be_visible(
        timeout=15_000
    )


def choose(page: Page, name: str, text: str) -> None:
    """Choose a term by its first letters, by the keyboard."""
    tab_to(page, name)
    page.keyboard.type(text)


def add_part(page: Page, name: str) -> None:
    """Add a row for a part, by the keyboard, and be in it."""
    tab_to_text(page, f"Add another {name}")
    page.keyboard.press("Enter")
    expect(page.locator(".add-row :focus")).to_have_count(0)


def tab_to_text(page: Page, text: str) -> None:
    """Go on with the tabulator until a link or a button that says this has the focus."""
    for _ in range(60):
        if page.evaluate("document.activeElement.textContent.trim()") == text:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"“{text}” is not reached by the keyboard")


LOOK = """element => {
    const seen = element.closest(".select2-selection") ?? element;
    const style = getComputedStyle(seen);
    return [style.outlineStyle, style.outlineWidth, style.borderColor, style.boxShadow,
        style.background, style.textDecorationLine, style.opacity].join(" | ");
}"""


def unseen_stops(page: Page, most: int = 400) -> tuple[int, list[str]]:
    """Go through a page with the tabulator;
    return how many stops it has, and those that look as without the focus.
    """
    page.evaluate("window.stops = []; document.activeElement.blur()")
    note = f"""() => {{
        const look = {LOOK}, here = document.activeElement;
        if (here === document.body) return false;
        if (window.stops.some(([element]) => element === here)) return false;
        return window.stops.push([here, look(here)]);
    }}"""
    page.keyboard.press("Tab")
    while page.evaluate(note):
        assert page.evaluate("window.stops.length") < most
        page.keyboard.press("Tab")
    compare = f"""() => {{
        document.activeElement.blur();
        const look = {LOOK};
        return window.stops.filter(([element, then]) => look(element) === then)
            .map(([element]) => element.outerHTML.slice(0, 160));
    }}"""
    return page.evaluate("window.stops.length"), page.evaluate(compare)
