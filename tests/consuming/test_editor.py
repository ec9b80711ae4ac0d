"""The editor breaks no rule that would end the play."""

import pytest

from tests.consuming.editor import Editor
from tests.factories import IssueFactory
from tests.publishing.acts import changeset, published

pytestmark = pytest.mark.slow


@pytest.mark.django_db
def test_no_issue_is_put_below_what_lies_below_it():
    top = IssueFactory()
    middle = IssueFactory(parent=top)
    published(top, middle, IssueFactory(parent=middle))
    editor = Editor(seed=1)

    for _ in range(10):
        with changeset():
            editor.move()
