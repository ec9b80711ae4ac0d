"""`manage.py release`: what it says and does at the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import ActorFactory, UserFactory
from tests.publishing.acts import published
from tracker.models import Release

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("release", *arguments, stdout=out)
    return out.getvalue()


def test_it_makes_a_release_and_lists_its_files() -> None:
    published(ActorFactory())
    user = UserFactory(username="mei")

    lines = run("2026.1", "--notes", "The first.", "--by", "mei").splitlines()

    made = Release.objects.get()
    assert (made.version, made.notes, made.made_by, made.edition_id) == (
        "2026.1",
        "The first.",
        user,
        1,
    )
    assert lines[-1] == "Released edition 1 as 2026.1."
    assert [line.split()[-1] for line in lines[:-1]] == list(
        made.files.order_by("pk").values_list("name", flat=True)
    )


def test_it_names_an_earlier_edition_if_told_so() -> None:
    published(ActorFactory())
    published(ActorFactory())

    assert run("2026.1", "--edition", "1").endswith("Released edition 1 as 2026.1.\n")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["v1"], r"“v1” is no version; write the year, a dot and a number: \d{4}\.1"),
        (["2026.1", "--edition", "7"], "edition: there is no edition 7; the latest is 1"),
        (["2026.1", "--by", "nobody"], "no user “nobody”"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_made(arguments: list[str], says: str) -> None:
    published(ActorFactory())

    with pytest.raises(CommandError, match=says):
        run(*arguments)
    assert not Release.objects.exists()


def test_it_records_the_doi_of_a_release_and_says_what_is_wrong() -> None:
    published(ActorFactory())
    run("2026.1")

    assert run("2026.1", "--doi", "https://doi.org/10.5281/zenodo.1") == (
        "Recorded 10.5281/zenodo.1 as the DOI of 2026.1.\n"
    )
    with pytest.raises(CommandError, match=r"“zenodo” is no DOI.*\n.*there is no release 2026.2"):
        run("2026.2", "--doi", "zenodo")
    assert Release.objects.get().dois.get().doi == "10.5281/zenodo.1"
