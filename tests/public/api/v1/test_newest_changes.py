"""The feed from its end: what changed last, without following it from the start."""

import pytest

from tests.factories import ActorFactory, SourceFactory
from tests.public.api.client import Reader
from tests.public.api.publishing import edit, publish

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("size", [1, 2, 3, 500])
@pytest.mark.parametrize("narrowed", ["", "&after=1", "&resource=actors&actor=a,b"])
def test_the_newest_come_first_if_that_is_asked(reader: Reader, size: int, narrowed: str) -> None:
    """The same changes, as of one edition whatever is published meanwhile;
    an empty page is the end, for ever.
    """
    first, other = ActorFactory(slug="a"), ActorFactory(slug="b")
    publish(first, other)
    publish(edit(first, name="Other"))
    publish(SourceFactory())
    expected = reader.walk(f"changes/?page_size=500{narrowed}")[::-1]

    page = reader.read(f"changes/?ordering=-edition&count=true&page_size={size}{narrowed}")
    publish(edit(other, name="Later"))
    walked = []
    while page["results"]:
        assert page["count"] == len(expected)
        walked += page["results"]
        page = reader.read(page["next"])

    assert walked == expected
    assert reader.read(page["next"])["next"] == page["next"]
