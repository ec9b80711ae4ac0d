"""The commands of a page are found, and an answer is compared with what is shown of it."""

import re

import pytest

from tests.public.api.contract import public_operations
from tests.public.api.guide.pages import README, START, agree, sections

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


def test_readme_asks_five_questions() -> None:
    assert [(heading, len(commands)) for heading, commands in sections(README)] == [
        ("Five questions", 5)
    ]


def test_the_guide_tells_of_every_status() -> None:
    """Of those that the document declares, and of 405, which belongs to no operation."""
    statuses = {"405"}
    for operation in public_operations().values():
        statuses.update(operation["responses"])
    documented = re.findall(r"^\| (\d{3}) \| \S", START.read_text(), re.MULTILINE)

    assert documented == sorted(statuses)
