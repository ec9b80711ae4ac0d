"""Making a release: which names, of which edition, by whom;
and that it is all there or not at all.
"""

from hashlib import sha256

import pytest
from django.conf import settings

from tests.factories import ActorFactory, UserFactory
from tests.models.rows import deferred_checked
from tests.public.api.publishing import edit
from tests.publishing.acts import changeset, published
from tests.publishing.releases.acts import contents, released
from tracker.history import OutsideChangeSetError
from tracker.models import ChangeSet, Release, ReleaseFile
from tracker.publishing.releases import release, suggested
from tracker.values.problems import RefusedError

pytestmark = pytest.mark.django_db
NAMES = [
    *(
        "issues.csv",
        "issues-core_interests.csv",
        "actors.csv",
        "actors-memberships.csv",
        "actors-predecessors.csv",
        "actors-frames.csv",
        "sources.csv",
    ),
    *("stances.csv", "stances-citations.csv", "stances-resolutions.csv"),
    *("alignments.csv", "alignments-citations.csv", "alignments-resolutions.csv"),
    *("meetings.csv", "meetings-participants.csv", "meetings-issues.csv", "meetings-citations.csv"),
    *("votes.csv", "votes-ballots.csv", "votes-citations.csv"),
    *("acts.csv", "acts-participants.csv", "acts-issues.csv", "acts-citations.csv"),
    *("codebook.json", "datapackage.json", "CITATION.cff", "LICENSE", "CHANGES.md", "CHANGES.csv"),
    *("CHANGES.json", "SHA256SUMS"),
]


def faults(**asked):
    with pytest.raises(RefusedError) as refused, changeset():
        release(**asked)
    return [(fault.field, fault.code) for fault in refused.value.problems]


def test_a_release_names_the_latest_edition_or_an_earlier_one():
    actor = ActorFactory()
    published(actor)
    published(edit(actor, name="Another"))

    assert released("2026.1").edition_id == 2
    assert released("2026.2", edition=1).edition_id == 1


def test_it_has_all_its_files_each_with_its_size_and_digest():
    published(ActorFactory())
    with deferred_checked():
        made = released("2026.1", notes="  The first.  ")

    files = contents(made)
    assert [name for name in files if not name.endswith(".parquet")] == NAMES
    for file in made.files.all():
        assert (file.size, file.sha256) == (
            len(files[file.name]),
            sha256(files[file.name]).hexdigest(),
        )
    assert made.notes == "The first."


def test_the_sums_are_those_that_sha256sum_checks(tmp_path):
    published(ActorFactory())
    files = contents(released("2026.1"))

    lines = files.pop("SHA256SUMS").decode().splitlines()

    assert lines == [f"{sha256(files[name]).hexdigest()}  {name}" for name in sorted(files)]


@pytest.mark.parametrize("version", ["", "2026", "1.0", "2026.01", "2026.1 ", "２０２６.1"])
def test_a_name_that_is_no_version_is_refused_with_one_that_is(version):
    published(ActorFactory())

    assert faults(version=version) == [("version", "invalid")]
    assert not Release.objects.exists()


def test_a_name_is_given_once_and_all_that_is_wrong_comes_at_once():
    published(ActorFactory())
    released("2026.1")

    assert faults(version="2026.1") == [("version", "taken")]
    assert faults(version="2026.1", edition=7) == [("version", "taken"), ("edition", "unknown")]
    assert faults(version="2026.2", notes="\xa0") == [("notes", "refused")]
    assert faults(version="x", edition=0) == [("version", "invalid"), ("edition", "unknown")]
    assert Release.objects.count() == 1
    assert (
        ReleaseFile.objects.filter(release__version="2026.1").count() == ReleaseFile.objects.count()
    )


def test_without_an_edition_there_is_nothing_to_name():
    assert faults(version="2026.1") == [("edition", "unknown")]


def test_the_next_version_is_suggested():
    published(ActorFactory())
    first = suggested()
    released(first)
    year = first.partition(".")[0]
    released(f"{year}.9")

    assert (first, suggested()) == (f"{year}.1", f"{year}.10")


def test_it_says_who_made_it_and_touches_no_record():
    published(ActorFactory())
    before = ChangeSet.objects.count()
    user = UserFactory()
    with changeset(made_by=user.pk):
        made = release(version="2026.1")

    assert made.made_by == user
    assert ChangeSet.objects.count() == before


def test_nobody_releases_outside_a_change():
    published(ActorFactory())

    with pytest.raises(OutsideChangeSetError):
        release(version="2026.1")


def test_the_licence_is_that_of_the_setting():
    published(ActorFactory())
    files = contents(released("2026.1"))

    for name in ("LICENSE", "datapackage.json"):
        assert settings.DATA_LICENSE in files[name].decode()
    assert "CC-BY-4.0" in files["CITATION.cff"].decode()
