"""Tests run in the roles of production, and transactional ones leave nothing behind."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import ProgrammingError, connection, connections, transaction

Acting = Callable[[str], AbstractContextManager[None]]
FIND_GROUP = "SELECT count(*) FROM auth_group WHERE name = 'seen'"


def answer(alias: str, statement: str = "SELECT current_user") -> object:
    """Return the one value that a statement answers on a connection."""
    with connections[alias].cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_an_ordinary_test_is_the_application_on_one_connection() -> None:
    """The other connections see its rows, as they would see them committed."""
    Group.objects.create(name="seen")

    assert answer("default") == settings.APPLICATION
    assert [answer(alias, FIND_GROUP) for alias in connections] == [1, 1, 1]


@pytest.mark.django_db
def test_an_ordinary_test_can_act_as_another_for_a_while(acting_as: Acting) -> None:
    with (
        acting_as(settings.READER),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        Group.objects.exists()
    assert answer("default") == settings.APPLICATION

    with acting_as("NONE"):
        assert answer("default") == "postgres"


@pytest.mark.django_db
def test_a_whole_test_can_be_the_owner(as_owner: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE note (text text)")

    assert (
        answer("default", "SELECT tableowner::text FROM pg_tables WHERE tablename = 'note'")
        == settings.OWNER
    )


@pytest.fixture
def groups_are_public(transactional_db: None, acting_as: Acting) -> Iterator[None]:
    """Let the reader read groups;
    a right stays after the test that gives it, so it is taken back.
    """
    with acting_as(settings.OWNER), connection.cursor() as cursor:
        cursor.execute(f"GRANT SELECT ON auth_group TO {settings.READER}")
    yield
    with acting_as(settings.OWNER), connection.cursor() as cursor:
        cursor.execute(f"REVOKE SELECT ON auth_group FROM {settings.READER}")


@pytest.mark.parametrize("time", ["first", "again"])
@pytest.mark.django_db(transaction=True)
def test_a_transactional_test_has_a_connection_for_each_role_and_its_rows_go(
    groups_are_public, time
):
    """What one commits the others see; triggers that refuse TRUNCATE don't keep it."""
    assert answer("owner", FIND_GROUP) == 0

    Group.objects.create(name="seen")

    assert {alias: answer(alias) for alias in connections} == {
        "default": settings.APPLICATION,
        "publication": settings.READER,
        "owner": settings.OWNER,
    }
    assert [answer(alias, FIND_GROUP) for alias in connections] == [1, 1, 1]
    assert len({answer(alias, "SELECT pg_backend_pid()") for alias in connections}) == 3


@pytest.mark.parametrize("time", ["first", "again"])
@pytest.mark.django_db(transaction=True)
def test_what_migrations_made_is_there_in_every_transactional_test(
    acting_as: Acting, time: str
) -> None:
    """With its numbers: who remembers a content type's finds it."""
    made = {
        model: set(model.objects.values_list("pk", flat=True))
        for model in (ContentType, Permission, Group)
    }
    assert all(made.values())
    assert seen.setdefault("made", made) == made

    with acting_as("NONE"):
        Permission.objects.all().delete()


seen: dict[str, object] = {}


@pytest.mark.django_db(transaction=True)
def test_another_process_finds_the_same_database(database_url: str) -> None:
    assert (
        database_url
        == f"postgres://postgres@/{answer('default', 'SELECT current_database()::text')}"
    )
