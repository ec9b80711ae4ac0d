"""What docs/api-walk.md shows is what the API answers:
on the first dataset, then on later editions.
"""

import pytest

from tests.public.api.guide.curl import Curl
from tests.public.api.guide.editions import publish_later
from tests.public.api.guide.pages import LATER, README, WALK, Shown, agree, sections

COMMANDS = [pytest.param(heading, shown, id=heading) for heading, shown in sections(WALK)]


@pytest.mark.django_db
@pytest.mark.parametrize(("heading", "commands"), COMMANDS)
def test_it_shows_what_is_answered(
    first_dataset: None, heading: str, commands: list[Shown]
) -> None:
    if heading == LATER:
        publish_later()
    curl = Curl()
    for shown in commands:
        answer = curl.lines(shown.command)
        assert agree(shown.lines, answer), "\n".join([shown.command, *answer])


def test_readme_asks_five_questions() -> None:
    assert [(heading, len(commands)) for heading, commands in sections(README)] == [
        ("Five questions", 5)
    ]


DOCUMENTED = """\
HTTP/1.1 200 OK
Edition: 1
{
  "next": null,
  …
  "results": [
    {"name": "Ch…", "kind": "state"},
    …
  ]
}"""
ANSWER = """\
HTTP/1.1 200 OK
Link: <…>
Edition: 1
{
  "next": null,
  "count": 3,
  "results": [
    {"name": "China", "kind": "state"},
    {"name": "Russia", "kind": "state"},
    {"name": "BRICS", "kind": "bloc"}
  ]
}"""


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("200 OK", "201 Created"),
        ("Edition: 1\n", ""),
        ("Edition: 1", "Edition: 2"),
        ('  "next": null,\n', ""),
        ('  "next": null,\n', '  "more": 1,\n  "next": null,\n'),
        ("China", "Russia"),
        ('"kind": "state"},\n    {"name": "R', '"kind": "bloc"},\n    {"name": "R'),
        ("\n}", '\n}\n{"another": 1}'),
    ],
)
def test_an_answer_that_is_not_as_shown_would_be_found(was: str, now: str) -> None:
    """Whatever is missing, other, or too much where nothing is left out."""
    other = ANSWER.replace(was, now, 1)

    assert other != ANSWER
    assert agree(DOCUMENTED.splitlines(), ANSWER.splitlines())
    assert not agree(DOCUMENTED.splitlines(), other.splitlines())
