"""`manage.py verify`: its lines, its exit status, its progress, its memory."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.publishing.processes import together
from tests.verify.world import World, complaints, damage, run
from tracker.models import Edition

ROOT = Path(__file__).parents[2]


@pytest.fixture
def world(db: None) -> World:
    """Return one that goes with each test: beside some of them transactions are committed."""
    return World()


def test_a_publication_that_agrees_is_said_to_agree(world, capsys):
    call_command("verify")

    output = capsys.readouterr()
    assert (output.out, besides_progress(output.err)) == (
        "Publication, desk and history agree.\n",
        [],
    )


def test_an_empty_tracker_agrees(db):
    assert complaints() == []


def test_everything_that_does_not_agree_is_listed_before_the_command_fails(world, capsys):
    with damage():
        run(
            f"UPDATE tracker_stance SET summary = 'x' WHERE id = {world.draft.pk}",
            f"UPDATE tracker_actor SET summary = 'x' WHERE id = {world.bloc.pk}",
        )

    with pytest.raises(CommandError, match=r"^2 things do not agree$"):
        call_command("verify")

    assert capsys.readouterr().out.splitlines() == [
        f"actor {world.bloc.pk}: it differs from its history at the desk: summary",
        f"stance {world.draft.pk}: it differs from its history at the desk: summary",
    ]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_exit_status_tells_whether_all_agrees(database_url):
    World()
    assert verify_as_a_process(database_url) == (0, "Publication, desk and history agree.\n", [])

    with damage():
        run("UPDATE tracker_edition SET published_at = '1999-01-01' WHERE number = 2")
    status, output, trouble = verify_as_a_process(database_url)

    assert status == 1
    assert output.startswith("edition 2: published at 1999-01-01")
    assert output.splitlines()[1:] == [
        "edition 2: the chain tells that its number, moment, note or publisher, or which "
        "rules hold from it on were otherwise when it was made"
    ]
    assert trouble == ["CommandError: 2 things do not agree"]


def besides_progress(output: str) -> list[str]:
    """Return the lines that tell of something else;
    on a busy machine it says after a second how far it is.
    """
    return [line for line in output.splitlines() if not line.startswith("verifying ")]


def verify_as_a_process(url: str) -> tuple[int, str, list[str]]:
    done = subprocess.run(
        [sys.executable, "manage.py", "verify"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout, besides_progress(done.stderr)


def test_progress_is_told_of_every_noun_and_of_how_many_documents(world):
    steps: list[tuple[str, int, int]] = []

    complaints(progress=lambda *step: steps.append(step))

    assert ("documents of stances", 0, 4) in steps
    progressed = {of for of, _, _ in steps}
    assert {
        "editions",
        "changes of issues",
        "references of meetings",
        "actors at the desk",
    } <= progressed
    assert "rule stance_cites_a_source" in progressed


def test_a_command_that_takes_longer_than_a_second_says_where_it_is(world, capsys, monkeypatch):
    moments = iter(range(0, 1000, 2))
    monkeypatch.setattr("tracker.management.commands.verify.time.monotonic", lambda: next(moments))

    call_command("verify")

    assert "verifying documents of stances: 0 of 4\n" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_an_edition_that_commits_meanwhile_is_not_half_seen():
    world = World()
    seen = []

    def meanwhile(of: str, done: int, total: int) -> None:
        if of == "documents of actors" and not seen:
            seen.append(of)
            together(("publish_renamed", (world.other.pk, "Elsewhere")))

    assert complaints(progress=meanwhile) == []
    assert seen
    assert Edition.objects.count() == 6, "another process published"
    assert complaints() == []
