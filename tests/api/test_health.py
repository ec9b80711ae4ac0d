"""Whether the process is up, and whether it can do its work."""

import pytest
from django.db import DatabaseError
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from tracker.api import health


def test_a_process_that_answers_is_live(client: Client) -> None:
    """Without asking the database."""
    response = client.get("/healthz/live")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_it_is_ready_when_the_database_is_there_with_all_migrations(client: Client) -> None:
    """For both roles."""
    assert client.get("/healthz/ready").status_code == 200


@pytest.mark.django_db
def test_it_is_not_ready_without_a_migration(client: Client, as_owner: None) -> None:
    """And says which is missing."""
    last = MigrationRecorder.Migration.objects.filter(app="tracker").latest("name")
    last.delete()

    response = client.get("/healthz/ready")

    assert response.status_code == 503
    assert response.json() == {"status": "not ready", "missing": [f"migration tracker.{last.name}"]}


def test_it_is_not_ready_without_the_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """But live."""

    class Unreachable:
        """Connections none of which can be made."""

        def __getitem__(self, alias: str) -> None:
            raise DatabaseError("no connection")

    monkeypatch.setattr(health, "connections", Unreachable())

    assert client.get("/healthz/ready").json() == {"status": "not ready", "missing": ["the database"]}
    assert client.get("/healthz/live").status_code == 200
