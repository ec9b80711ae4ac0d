"""Keys: a slug that a record ever had, a code of then, a number, or a stable text key; all in one statement."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.api.publishing import edit, publish, publish_whole, retract
from tests.factories import ActorFactory, IssueFactory, SourceFactory
from tracker.publication.read.keys import Asked, resolve
from tracker.publication.shapes.filters import By
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


def test_all_sorts_of_keys_are_resolved_in_one_statement() -> None:
    """Those that no record ever had to None."""
    actor = ActorFactory(slug="kingdom", iso3="CHN", ref="actor-china")
    issue, source = IssueFactory(slug="matter"), SourceFactory()
    publish_whole(actor, issue, source)
    publish(edit(actor, slug="republic"))
    expected: dict[Asked, int | None] = {
        (Noun.ACTOR, By.KEY, "kingdom"): actor.pk,
        (Noun.ACTOR, By.KEY, "republic"): actor.pk,
        (Noun.ACTOR, By.KEY, "CHN"): actor.pk,
        (Noun.ACTOR, By.KEY, "chn"): None,
        (Noun.ACTOR, By.KEY, "matter"): None,
        (Noun.ACTOR, By.REF, "actor-china"): actor.pk,
        (Noun.ACTOR, By.REF, "kingdom"): None,
        (Noun.ACTOR, By.NUMBER, str(actor.pk)): actor.pk,
        (Noun.ISSUE, By.KEY, "matter"): issue.pk,
        (Noun.ISSUE, By.KEY, "CHN"): None,
        (Noun.SOURCE, By.NUMBER, str(source.pk)): source.pk,
        (Noun.SOURCE, By.NUMBER, "2147483647"): None,
    }

    with CaptureQueriesContext(connections["publication"]) as queries:
        found = resolve(expected.keys(), None)

    assert found == expected
    assert len(queries) == 1


def test_without_keys_nothing_is_asked() -> None:
    """Most requests have none."""
    with CaptureQueriesContext(connections["publication"]) as queries:
        assert resolve([], None) == {}

    assert len(queries) == 0


def test_a_code_is_that_of_the_edition_else_the_last_one_who_had_it() -> None:
    """Also when nobody has it any more."""
    empire, republic = ActorFactory(slug="empire", iso3="SUN"), ActorFactory(slug="republic")
    asked: Asked = (Noun.ACTOR, By.KEY, "SUN")
    publish(empire, republic)
    publish(edit(empire, iso3=None))
    publish(edit(republic, iso3="SUN"))
    retract(republic)

    found = [resolve([asked], edition)[asked] for edition in (0, 1, 2, 3, 4, None)]

    assert found == [republic.pk, empire.pk, republic.pk, republic.pk, republic.pk, republic.pk]
