"""`manage.py bootstrap`: a new tracker gets its first dataset and an administrator;
a used one is left alone.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from tests.desk.imports.importing import planned
from tests.factories import ActorFactory, UserFactory
from tests.publishing.test_clock import dated_ahead
from tracker.desk import imports
from tracker.desk.management.commands import bootstrap as command
from tracker.desk.management.commands.bootstrap import FIRST, SETS
from tracker.models import Actor, ChangeSet, Document, Edition, Stance
from tracker.models.nouns import DOCUMENTS, RECORDS
from tracker.models.queries import run
from tracker.verify import verify

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[4]
Counting = Callable[[int], AbstractContextManager[None]]


FEW = {name: SETS[name] for name in (FIRST, "security-council")}


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the dataset have its first two sets only."""
    monkeypatch.setattr(command, "SETS", FEW)


def bootstrap(*sets: str) -> str:
    out = StringIO()
    call_command("bootstrap", *sets, stdout=out)
    return out.getvalue()


def count(models: dict[object, type[Document]]) -> list[int]:
    return [model._default_manager.count() for model in models.values()]


@pytest.mark.usefixtures("few")
def test_an_empty_tracker_gets_the_first_dataset_published_whole() -> None:
    output = bootstrap()
    assert "published as edition 1" in output
    assert "published as edition 2" in output
    assert [edition.note for edition in Edition.objects.order_by("number")] == [
        "The first dataset",
        "Vetoes of China and Russia in the Security Council",
    ]
    assert count(DOCUMENTS) == count(RECORDS)
    assert Stance.objects.count() >= 60
    assert {change.channel for change in ChangeSet.objects.all()} == {"import"}


@pytest.mark.slow
def test_an_empty_tracker_gets_every_set_as_an_edition_and_all_of_it_is_known_again() -> None:
    assert "published as edition" in bootstrap()
    assert [edition.note for edition in Edition.objects.order_by("number")] == [*SETS.values()]
    live = [model._default_manager.filter(closed=None).count() for model in DOCUMENTS.values()]
    assert live == count(RECORDS)
    run("SET LOCAL statement_timeout = '60s'")  # though PostgreSQL has counted nothing of it yet
    assert list(verify()) == []
    assert bootstrap("all").splitlines() == [f"{note}: is here." for note in SETS.values()]


@pytest.mark.usefixtures("few")
def test_a_tracker_that_began_empty_stays_so(settings: Any) -> None:
    """Its administrator is made; who starts it later without the option gets no content either."""
    assert bootstrap("--empty").splitlines()[0].startswith("Made the administrator “admin”")
    assert bootstrap() == ""
    settings.EMPTY = True
    assert bootstrap() == ""
    assert not Edition.objects.exists()
    assert not Actor.objects.exists()


@pytest.mark.usefixtures("few")
def test_by_its_setting_a_new_tracker_begins_empty(settings: Any) -> None:
    settings.EMPTY = True
    assert "dataset" not in bootstrap()
    assert not Actor.objects.exists()


@pytest.mark.usefixtures("few")
def test_the_first_dataset_imported_again_changes_nothing() -> None:
    bootstrap()
    folders = [command.DATASET, command.DATASET / "security-council"]
    plans = [planned(folder).counts for folder in folders]
    assert sum(counts.of(imports.Action.SAME) for counts in plans) == sum(count(RECORDS))
    assert {
        counts.of(done)
        for counts in plans
        for done in (imports.Action.CREATED, imports.Action.CHANGED)
    } == {0}


@pytest.mark.usefixtures("few")
def test_the_administrator_can_log_in_with_the_password_that_is_told_once() -> None:
    output = bootstrap()
    ((name, password),) = re.findall(r"administrator “(.+)” with the password (\S+) ", output)
    user = get_user_model().objects.get(username=name)
    assert (name, user.is_superuser, user.is_staff) == ("admin", True, True)
    assert user.check_password(password)
    assert [group.name for group in user.groups.all()] == ["administrators"]
    assert bootstrap() == ""
    assert get_user_model().objects.count() == 1


def test_five_queries_are_enough_if_there_is_nothing_to_do(
    django_assert_num_queries: Counting,
) -> None:
    ActorFactory()
    UserFactory(is_superuser=True, is_staff=True)
    # two of them ask of which version the database is, one for the last edition
    with django_assert_num_queries(5):
        assert bootstrap() == ""
    assert Actor.objects.count() == 1


def test_a_dataset_comes_later_though_the_last_edition_is_ahead_of_the_clock() -> None:
    bootstrap(FIRST)
    dated_ahead("400 days")
    out, err = StringIO(), StringIO()

    call_command("bootstrap", "security-council", stdout=out, stderr=err)

    assert "published as edition 2" in out.getvalue()
    assert "ahead of the clock" in err.getvalue()


def test_a_record_at_the_desk_keeps_the_first_dataset_out() -> None:
    ActorFactory()
    assert "dataset" not in bootstrap()
    assert not Edition.objects.exists()


@pytest.mark.usefixtures("few")
def test_a_superuser_who_is_not_let_in_does_not_count() -> None:
    UserFactory(is_superuser=True, is_staff=False)
    assert "administrator “admin”" in bootstrap()


def test_an_inactive_superuser_does_not_count_and_keeps_his_name() -> None:
    ActorFactory()
    former = UserFactory(username="admin", is_superuser=True, is_active=False)
    assert "“admin-2”" in bootstrap()
    former.refresh_from_db()
    assert not former.is_active


@pytest.mark.parametrize(
    ("is_active", "is_staff", "is_enough"),
    [(True, True, True), (False, True, False), (True, False, False)],
)
def test_an_administrator_in_the_team_is_enough(
    is_active: bool, is_staff: bool, is_enough: bool
) -> None:
    """No superuser need be there; who has left the team, or can't log in, lets nobody in."""
    ActorFactory()
    UserFactory(username="admin", is_superuser=True, is_active=False)
    UserFactory(groups=["administrators"], is_active=is_active, is_staff=is_staff)
    assert ("password" not in bootstrap()) == is_enough
    assert get_user_model().objects.filter(is_superuser=True, is_active=True).exists() != is_enough


@pytest.mark.usefixtures("few")
def test_an_editor_is_no_administrator() -> None:
    ActorFactory()
    UserFactory(groups=["editors"], is_staff=True)
    assert "“admin”" in bootstrap()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_each_edition_once_and_one_administrator(database_url: str) -> None:
    environment = {**os.environ, "DATABASE_URL": database_url}
    program = [sys.executable, "manage.py", "bootstrap", *FEW]
    both = [
        subprocess.Popen(program, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    output = "".join(process.communicate()[0] for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert [output.count(f"published as edition {number}") for number in (1, 2)] == [1, 1]
    assert output.count("with the password") == 1
    assert (Edition.objects.count(), get_user_model().objects.count()) == (2, 1)
