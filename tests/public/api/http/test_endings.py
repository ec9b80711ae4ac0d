"""Whole lists that end before their end: nothing goes on reading, whose connection is closed."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.factories import ActorFactory
from tests.public.api.http.test_renderers import in_pieces
from tests.public.api.publishing import publish
from tracker.public.api import views as public
from tracker.public.api.http.renderers import Csv
from tracker.public.formats import csv

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
@pytest.mark.parametrize("query", ["format=csv", "format=ndjson", "format=ndjson&fields=slug"])
def test_whoever_leaves_in_the_midst_of_it_ends_it(reader, monkeypatch, query, encoding):
    """At once, and not when garbage is collected:
    amid another statement of its connection that would hang.
    """
    in_pieces(monkeypatch)
    monkeypatch.setattr(csv, "PIECE", 1)
    publish(*ActorFactory.create_batch(5))
    before = threading.active_count()
    response: Any = reader.get(f"actors/?{query}", accept_encoding=encoding)
    next(iter(response))
    next(response.source)
    assert threading.active_count() > before

    response.close()

    assert threading.active_count() == before
    assert response.source.gi_frame is None


def test_what_fails_while_a_list_is_put_together_ends_its_reading(reader, monkeypatch):
    """Before anything was sent, so that the answer is a problem."""
    monkeypatch.setattr(public, "FIRST_CHUNK", 1)
    monkeypatch.setattr(Csv, "write", staticmethod(_failing))
    publish(*ActorFactory.create_batch(3))
    before = threading.active_count()

    with pytest.raises(ZeroDivisionError):
        reader.get("actors.csv")

    assert threading.active_count() == before


def _failing(chunks: Iterator[bytes], about: Any) -> Iterator[bytes]:
    yield next(chunks)
    yield next(chunks)
    raise ZeroDivisionError
