"""Releases made at the same moment, each connection in its own role, as in production."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import connection, connections

from tests.factories import ActorFactory
from tests.models.sessions import Session, waits_for_a_lock
from tests.publishing.acts import published
from tests.publishing.releases.acts import changes, contents, released
from tracker.models import Release
from tracker.values.problems import RefusedError

pytestmark = pytest.mark.django_db(transaction=True)


def releasing(version: str) -> str:
    """Make a release on connections of its own; return its CHANGES.md."""
    try:
        return changes(released(version))
    finally:
        connection.close()
        connections["publication"].close()


def test_the_second_of_two_with_one_name_is_told_that_it_is_taken():
    published(ActorFactory(name="Ruritania"))

    with closing(Session()) as other, ThreadPoolExecutor() as pool:
        other.do("BEGIN")
        other.do("SELECT pg_advisory_xact_lock(hashtext('tracker: release'))")
        both = [pool.submit(releasing, "2026.1") for _ in range(2)]
        assert all(waits_for_a_lock(future) for future in both)
        other.do("COMMIT")
        failed = [future.exception(timeout=20) for future in both]

    assert [type(error) for error in failed if error] == [RefusedError]
    assert b"Ruritania" in contents(Release.objects.get())["actors.csv"]


def test_the_later_of_two_is_compared_with_the_earlier():
    published(ActorFactory())

    with ThreadPoolExecutor() as pool:
        texts = [
            future.result(timeout=20)
            for future in [pool.submit(releasing, f"2026.{n}") for n in (1, 2)]
        ]

    assert sorted("This is the first release." in text for text in texts) == [False, True]
    assert sorted("Nothing moved since 2026." in text for text in texts) == [False, True]
