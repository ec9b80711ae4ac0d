"""A list counts no further than its bound, and says so."""

import pytest

from tests.factories import ActorFactory
from tracker.admin import paging

pytestmark = pytest.mark.django_db
ACTORS = "/admin/tracker/actor/"


@pytest.mark.parametrize(("bound", "says"), [(3, "The first 3 actors; filter the list"), (4, "3 actors")])
def test_a_list_says_where_it_ends(analyst, monkeypatch, bound, says):
    monkeypatch.setattr(paging, "AT_MOST", bound)
    for _ in range(3):
        ActorFactory()

    assert says in " ".join(analyst.get(ACTORS).content.decode().split())


def test_no_list_counts_by_its_filters(analyst):
    assert not analyst.get(ACTORS, {"_facets": "True"}).context["cl"].add_facets
