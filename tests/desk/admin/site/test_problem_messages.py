"""Problems as people read them: records by their titles, whatever anybody wrote into a value."""

import pytest

from tests.factories import ActorFactory, IssueFactory
from tracker.desk.admin.site.messages import format_own_problems, format_problems
from tracker.values.nouns import Noun
from tracker.values.problems import Problem

pytestmark = pytest.mark.django_db


def test_records_are_links_and_values_are_what_they_are():
    actor, other = ActorFactory(name="China"), IssueFactory(title="Syria & Iraq")
    params = {"value": f"<b>issue {other.pk}</b> {{0}}"}
    key = (Noun.ISSUE, other.pk)
    problem = Problem(
        "refused", "“{value}” can't be {0}", ("ref",), params, (Noun.ACTOR, actor.pk), (key,)
    )

    (line,) = format_problems([problem])
    assert line == (
        f'<a href="/admin/tracker/actor/{actor.pk}/review/">China</a>: '
        f"“&lt;b&gt;issue {other.pk}&lt;/b&gt; {{0}}” can&#x27;t be "
        f'<a href="/admin/tracker/issue/{other.pk}/review/">Syria &amp; Iraq</a>'
    )
    assert format_own_problems([problem]) == [line.replace(line.split(": “")[0], "Ref")]


def test_a_message_that_begins_with_a_record_links_it_too():
    issue = IssueFactory(title="Syria")
    (line,) = format_own_problems(
        [Problem("refused", "{0} is not public", others=((Noun.ISSUE, issue.pk),))]
    )
    assert line.endswith("Syria</a> is not public")
