"""Files made before a merge:
what they call the loser means the survivor, and the loser stays as it was.
"""

from pathlib import Path

import pytest

from tests.desk.imports.importing import (
    ARTICLE,
    CHINA,
    STANCE,
    SYRIA,
    WORLD,
    events_of,
    only_fault,
    run,
    write,
)
from tests.desk.merge.acts import merged
from tests.factories import ActorFactory, IssueFactory, SourceFactory
from tracker.models import Actor, Source, Stance

pytestmark = pytest.mark.django_db
PAGE = {
    "ref": "page",
    "type": "webpage",
    "title": "A page",
    "url": "https://example.org/a",
    "issued": "2019",
}


def test_a_key_of_what_was_merged_means_the_survivor(tmp_path: Path) -> None:
    run(write(tmp_path, **WORLD))
    actor, issue, source = ActorFactory(), IssueFactory(), SourceFactory(issued="2020-01-02")
    merged(Actor.objects.get(slug="china"), into=actor)
    merged(Stance.objects.get().issue, into=issue)
    merged(Source.objects.get(ref="article"), into=source)
    (tmp_path / "later").mkdir()

    run(write(tmp_path / "later", stances=[{**STANCE, "ref": "stance-2", "confirmed_on": ""}]))

    stance = Stance.objects.get(ref="stance-2")
    assert (stance.actor_id, stance.issue_id, stance.citations.get().source_id) == (
        actor.pk,
        issue.pk,
        source.pk,
    )
    assert str(stance.confirmed_on) == "2020-01-02"  # the day for which the survivor vouches


def test_the_same_files_change_nothing_after_a_merge(tmp_path: Path) -> None:
    run(write(tmp_path, **WORLD))
    merged(Actor.objects.get(slug="china"), into=ActorFactory(kind="state"))

    assert events_of(lambda: run(tmp_path)) == []


def test_a_row_that_would_change_what_was_merged_is_refused(tmp_path: Path) -> None:
    run(write(tmp_path, actors=[CHINA], issues=[SYRIA], sources=[ARTICLE], stances=[STANCE]))
    china, survivor = Actor.objects.get(slug="china"), ActorFactory()
    merged(china, into=survivor)

    fault = only_fault(write(tmp_path, actors=[{**CHINA, "name": "Other"}]))

    assert (
        fault.filled(fault.message) == f"it was merged into actor {survivor.pk} and stays as it was"
    )


def test_an_address_means_the_source_that_stands(tmp_path: Path) -> None:
    run(write(tmp_path, sources=[PAGE]))
    survivor = SourceFactory(ref="survivor", title="B")
    merged(Source.objects.get(ref="page"), into=survivor)

    run(write(tmp_path, sources=[{**PAGE, "ref": "survivor", "title": "A page"}]))

    survivor.refresh_from_db()
    assert (survivor.title, survivor.url) == ("A page", PAGE["url"])


def test_a_country_code_of_what_was_merged_is_free(tmp_path: Path) -> None:
    run(write(tmp_path, actors=[{**CHINA, "iso3": "CHN"}]))
    merged(Actor.objects.get(), into=ActorFactory(slug="other"))

    run(write(tmp_path, actors=[{"slug": "other", "iso3": "CHN", "kind": "state"}]))

    assert Actor.objects.get(slug="other").iso3 == "CHN"
