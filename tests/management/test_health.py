"""Whether the process is up, and whether it can do its work."""

import pytest
from django.db import DatabaseError
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from tracker.public.api import health


def test_a_process_that_answers_is_live(client: Client) -> None:
    response = client.get("/healthz/live")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_it_is_ready_when_the_database_is_there_with_all_migrations(client: Client) -> None:
    assert client.get("/healthz/ready").status_code == 200


@pytest.mark.django_db
def test_it_is_not_ready_without_a_migration(client: Client, as_owner: None) -> None:
    last = MigrationRecorder.Migration.objects.filter(app="tracker").latest("name")
    last.delete()

    response = client.get("/healthz/ready")

    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    assert response.json() == {"status": "not ready", "missing": [f"migration tracker.{last.name}"]}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["0001_functions", "0023_few_rows", "0041_what_changes_are_about"])
def test_it_is_not_ready_over_a_database_of_before(
    client: Client, as_owner: None, name: str
) -> None:
    MigrationRecorder.Migration.objects.filter(app="tracker").delete()
    MigrationRecorder.Migration.objects.create(app="tracker", name=name)

    response = client.get("/healthz/ready")

    (missing,) = response.json()["missing"]
    assert response.status_code == 503
    assert f"made by a version of before (up to migration {name})" in missing
    assert "set TRACKER_DATA_DIR to a new directory" in missing


def test_it_is_not_ready_without_the_database(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    class UnreachableError:
        """Connections none of which can be made."""

        def __getitem__(self, alias: str) -> None:
            raise DatabaseError("no connection")

    monkeypatch.setattr(health, "connections", UnreachableError())

    assert client.get("/healthz/ready").json() == {
        "status": "not ready",
        "missing": ["the database"],
    }
    assert client.get("/healthz/live").status_code == 200
