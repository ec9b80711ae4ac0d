"""`fields`: only some fields of records, in lists, single records and versions."""

import pytest

from tests.factories import StanceFactory
from tests.public.api.client import Reader
from tests.public.api.publishing import publish_whole
from tracker.schema.records import SHAPES
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def addresses(kept_for_the_module: None) -> list[str]:
    """A list, a record and a version."""
    stance = StanceFactory(position="opposes")
    publish_whole(stance)
    return ["stances/", f"stances/{stance.pk}/", f"stances/{stance.pk}/history/1/"]


def test_a_record_has_only_the_fields_that_are_asked_for(
    reader: Reader, addresses: list[str]
) -> None:
    """In the order that they always have, with the values that they always have."""
    for address in addresses:
        whole, some = (
            page["results"][0] if "results" in page else page
            for page in (
                reader.read(address),
                reader.read(f"{address}?fields=position,edition&fields=citations"),
            )
        )
        assert list(some) == ["edition", "position", "citations"]
        assert some == {name: whole[name] for name in some}


def test_a_page_is_told_as_always(reader: Reader, addresses: list[str]) -> None:
    publish_whole(StanceFactory())
    page = reader.read("stances/?fields=id&page_size=1&count=true")

    assert (page["edition"], page["count"], list(page["results"][0])) == (2, 2, ["id"])
    assert list(reader.read(page["next"])["results"][0]) == ["id"]


@pytest.mark.parametrize("noun", Noun)
def test_every_field_can_be_asked_for(reader: Reader, addresses: list[str], noun: Noun) -> None:
    for name in ("edition", *SHAPES[noun].__struct_fields__):
        records = reader.read(f"{noun.plural}/?fields={name}")["results"]
        assert all(list(record) == [name] for record in records)


@pytest.mark.parametrize("value", ["colour", "id,colour", "", "actor.slug", "Position"])
def test_a_field_that_there_is_not_is_refused(
    reader: Reader, addresses: list[str], value: str
) -> None:
    for address in addresses:
        assert reader.faults(f"{address}?fields={value}") == [("fields", "invalid")]
