"""What holds of releases, whoever writes:
names, dates, files that are whole and made with their release only.
"""

from itertools import product

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from tests.factories import ActorFactory
from tests.models.releasing import add_file, release_of
from tests.models.rows import deferred_checked, execute, refused
from tests.publishing.acts import published
from tracker.models import Edition, Release

pytestmark = pytest.mark.django_db
EVERYBODY = [settings.APPLICATION, settings.OWNER, "NONE"]


@pytest.fixture
def edition() -> Edition:
    return published(ActorFactory())


def test_a_version_is_a_year_and_a_number_in_it_and_names_one_release_for_ever(edition):
    for version in ("2026", "26.1", "2026.0", "2026.01", "v2026.1", "2026.1\n", "2026.1.1", ""):
        with refused("release_version_is_calver"):
            Release.objects.create(version=version, edition=edition)
    for version in ("2026.1", "2026.12", "1999.9999"):
        release_of(edition, version)
    with refused("release_version_is_one"):
        release_of(edition)


def test_a_release_names_an_edition_that_there_is(edition):
    with (
        pytest.raises(DatabaseError, match="foreign key"),
        transaction.atomic(),
        deferred_checked(),
    ):
        execute("INSERT INTO tracker_release (version, edition, notes) VALUES ('2026.1', 7, '')")


def test_no_release_is_dated_by_hand_or_given_to_another_transaction(edition, acting_as):
    for number, role in enumerate(EVERYBODY, 1):
        with acting_as(role):
            execute(
                "INSERT INTO tracker_release (version, edition, notes, made_at, transaction) "
                "VALUES (%s, 1, '', '2001-01-01', 1)",
                f"2026.{number}",
            )

    stamped = (
        "SELECT made_at > now(), transaction = pg_current_xact_id()::text::bigint FROM "
        "tracker_release"
    )
    assert execute(stamped) == [(True, True)] * len(EVERYBODY)


def test_a_release_has_one_file_of_a_name_that_any_system_takes_and_a_digest_that_looks_like_one(
    edition,
):
    release = release_of(edition)

    for name in ("", "../x", ".hidden", "a b", "a/b", "x\n", "ü.csv"):
        with refused("release_file_name_is_plain"):
            add_file(release, name, b"")
    with refused("release_file_is_one"):
        add_file(release, "issues.csv", b"")
    for digest in ("", "0" * 63, "g" * 64, "A" * 64):
        with refused("release_file_sha256_is_one"):
            release.files.create(name="x", media_type="text/csv", sha256=digest, size=0)


def test_a_file_is_as_long_as_it_says_and_a_piece_has_its_number_alone(edition):
    release = release_of(edition)

    for pieces in ([], [b"abc"], [b"ab", b"c"], [b"abcde"]):
        with refused("release_file_is_whole"):
            file = add_file(release, "x", b"abcd")
            for number, piece in enumerate(pieces):
                file.pieces.create(number=number, content=piece)
    with deferred_checked():
        add_file(release, "empty", b"")
    with refused("release_piece_is_one"):
        release.files.get(name="issues.csv").pieces.create(number=0, content=b"")


@pytest.mark.django_db(transaction=True)
def test_nothing_is_added_to_a_release_that_is_made(edition, acting_as):
    with transaction.atomic():
        release = release_of(edition)
    statements = (
        "INSERT INTO tracker_releasefile (release_id, name, media_type, sha256, size) "
        f"VALUES ({release.pk}, 'x', 'text/csv', '{'0' * 64}', 0)",
        f"INSERT INTO tracker_releasepiece (file_id, number, content) VALUES "
        f"({release.files.get().pk}, 1, '')",
    )

    for role, statement in product(EVERYBODY, statements):
        with (
            acting_as(role),
            pytest.raises(DatabaseError, match="release being made"),
            transaction.atomic(),
        ):
            execute(statement)
