"""The ten minutes of docs/api.md go as told: every request of the page, in its order. Programs have test_programs."""

import pytest

from tests.api.guide.curl import Curl
from tests.api.guide.pages import START, VOTES, agree, sections
from tests.api.v1.desk.working import Worker

MANAGE = ".venv/bin/python manage.py "
COMMANDS = [shown for heading, commands in sections(START) if heading != VOTES for shown in commands]


@pytest.mark.django_db
def test_its_requests_are_answered_as_shown(first_dataset: None) -> None:
    """In their order, with an editor's token."""
    curl = Curl(TOKEN=Worker("editors").token)
    for shown in COMMANDS:
        if not shown.command.startswith(MANAGE):
            answer = curl.lines(shown.command)
            assert agree(shown.lines, answer), "\n".join([shown.command, *answer])
