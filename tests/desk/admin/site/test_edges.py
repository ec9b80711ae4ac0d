"""Every page of the desk, of records at the edges of every type."""

from typing import Any

import pytest
from django.test import Client

from tests.browser.walk import addresses
from tests.public.api import edges
from tests.publishing.acts import published
from tracker.models.nouns import noun_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.gate]


@pytest.mark.parametrize(
    "world", [edges.least, edges.most, edges.dated], ids=lambda world: world.__name__
)
def test_every_page_is_shown(administrator: Client, world: Any) -> None:
    """Of what is published, as it was and as it is;
    and all lists, sorted by each of their columns.
    """
    made = world()
    published(*made)
    records = {noun_of(record): record for record in made}

    for address in addresses(records):
        answer: Any = administrator.get(address, follow=True)
        assert answer.status_code == 200, address
        assert b"".join(answer)
