"""Following an origin with fewer editions than its copy:
it was restored to an older state, or has yet to catch up.
"""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.factories import ActorFactory
from tests.public.api.publishing import publish
from tests.public.following.test_following import Moody, follow, moody
from tracker.public.following import Follower
from tracker.public.following.origin import Origin, UnreachableError
from tracker.public.following.replica import Replica

__all__ = ["moody"]


@pytest.mark.django_db(transaction=True)
def test_an_origin_that_is_behind_its_copy_is_told(live_server: Any, tmp_path: Path) -> None:
    """As after an older dump was restored;
    whoever asks for what comes after the copy's edition is told so.
    """
    publish(ActorFactory())
    follow(live_server, tmp_path)
    with (
        closing(Replica(tmp_path)) as replica,
        closing(Origin(str(live_server), pause=0.001)) as origin,
    ):
        replica.note(str(live_server), 2, "2026-11-30T00:00:00Z")
        with pytest.raises(
            UnreachableError,
            match=r"/editions/2/: it answers 404 .*; was an older state restored there",
        ):
            list(Follower(origin, replica).catch_up())
        with pytest.raises(
            UnreachableError,
            match=r"/changes/\?after=2.*: it answers 409 .*; was an older state restored",
        ):
            list(origin.changes(2))


def test_one_of_several_servers_that_has_yet_to_catch_up_is_asked_again(moody: str) -> None:
    Moody.statuses, Moody.payload = [409, 400, 404, 409, 409, 409, 200], {"results": []}

    with closing(Origin(moody, pause=0)) as origin:
        assert list(origin.changes(57)) == []
    Moody.payload = Moody.USUAL


def test_an_origin_that_refuses_says_why(moody: str) -> None:
    """In its own words; nothing was restored there, as it may be of another version."""
    Moody.statuses, Moody.payload = (
        [400] * 7,
        {"detail": "The request has parameters that are unknown."},
    )

    with closing(Origin(moody, pause=0)) as origin, pytest.raises(UnreachableError) as caught:
        list(origin.changes(57))
    assert str(caught.value).endswith(": The request has parameters that are unknown.")
    Moody.payload = Moody.USUAL
