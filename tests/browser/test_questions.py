"""Questions of a journalist, answered by clicks alone:
docs/questions.md is walked as it is written.

Its picture and the README's are taken by `make pictures`,
which tells this test where to put them (`PICTURES`).
"""

import os
import re
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from typing import NamedTuple

import pytest
from django.core.management import call_command
from PIL import Image
from playwright.sync_api import Page, expect

from tests.public.api.publishing import edit, publish
from tracker.models import Stance

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "questions.md"
MOST_CLICKS = 3
COLOURS = 64
(FIRST_PAGE,) = re.findall(r"`(/\?on=.+?)`", GUIDE.read_text())  # of the day of which is asked
QUESTION = re.compile(
    r"^## \d+\. (.+)\n\n`/`(.+)\n\n((?:> "
    r".+\n)+)(?:\n(?:\w.+\n(?:.+\n)?\n)?!\[.+\]\((questions/.+)\.png\)$)?",
    re.M,
)
STEP = re.compile(r"→ \*\*(.+?)\*\*|, (day|edition|confirmed since) `(.+?)`")


class Question(NamedTuple):
    """A question of the guide: the steps to its answer, the words of that, its picture or ""."""

    asked: str
    steps: list[tuple[str, str, str]]
    expected: list[str]
    picture: str

    @property
    def clicks(self) -> int:
        return sum(1 for clicked, *_ in self.steps if clicked)


def questions() -> list[Question]:
    matches = QUESTION.findall(GUIDE.read_text())
    return [
        Question(asked, STEP.findall(way), re.findall("^> (.+)$", text, re.M), to)
        for asked, way, text, to in matches
    ]


@pytest.fixture
def picture(tmp_path: Path) -> Callable[[Page, str], None]:
    """Return a function that takes a picture of what is on the screen, in few colours."""
    directory = Path(os.environ.get("PICTURES", tmp_path))
    (directory / "questions").mkdir(exist_ok=True)

    def take(page: Page, name: str) -> None:
        image = (
            Image.open(BytesIO(page.screenshot()))
            .convert("RGB")
            .quantize(COLOURS, dither=Image.Dither.NONE)
        )
        image.save(directory / f"{name}.png", optimize=True)

    return take


def test_no_question_takes_more_than_three_clicks() -> None:
    all_questions = questions()
    assert len(all_questions) == len(re.findall("^## ", GUIDE.read_text(), re.M)) == 25
    assert [question.asked for question in all_questions if question.clicks > MOST_CLICKS] == []


@pytest.mark.gate
def test_a_new_reader_finds_the_answers(
    open_page: Callable[..., Page], picture: Callable[[Page, str], None]
) -> None:
    call_command("bootstrap", stdout=StringIO(), stderr=StringIO())
    corrected = Stance.objects.get(
        issue__slug="maduro-government", actor__slug="russia", hedged=True
    )
    publish(edit(corrected, confidence="high"), note="Two more readers of the source agree")
    page = open_page()
    page.set_viewport_size({"width": 1100, "height": 720})
    page.goto("/")
    picture(page, "first-page")

    unanswered: dict[str, list[str]] = {}
    for question in questions():
        page.goto(FIRST_PAGE)
        for clicked, field, value in question.steps:
            if clicked:
                name = re.compile(rf"^\W*{re.escape(clicked.lstrip('+[ '))}")
                page.locator("a, button, summary").filter(has_text=name, visible=True).first.click()
            elif field == "confirmed since":
                page.locator("[name=confirmed]").fill(value)
                page.locator("[name=confirmed]").press("Enter")
            else:
                page.locator("#on").fill(value) if field == "day" else page.locator(
                    "#edition"
                ).select_option(value)
        page.wait_for_load_state()
        text = " ".join((page.text_content("body") or "").split())
        missing = [answer for answer in question.expected if answer not in text]
        if missing:
            unanswered[question.asked] = missing
            continue
        answer = page.get_by_text(question.expected[0]).filter(visible=True).first
        expect(answer, question.asked).to_be_visible()
        answer.evaluate("it => it.scrollIntoView({block: 'center'})")
        if question.picture:
            picture(page, question.picture)
    # all at once, so that one mend of the content takes one walk
    assert unanswered == {}, unanswered

    for query in re.findall(r"API answers (?:the same to )?`(.+?)`", GUIDE.read_text()):
        assert page.request.get(f"/api/v1/{query.replace(' ', '%20')}").json()["results"], query
