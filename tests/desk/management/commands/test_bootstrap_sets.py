"""`manage.py bootstrap SET …`:
sets come to a tracker that is in use, and undo nothing that came after them.
"""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.desk.imports.importing import STANCE, WORLD, write
from tests.desk.merge.acts import merged
from tests.factories import ActorFactory, MeetingFactory, SourceFactory, UserFactory
from tests.publishing.acts import changeset, published, retracted
from tracker.desk.management.commands import bootstrap
from tracker.models import Actor, ChangeSet, Edition, Meeting, Record, Source, Stance
from tracker.verify import verify

pytestmark = pytest.mark.django_db
LATER = {
    "actors": [
        {"slug": "russia", "kind": "state", "name": "Russia", "summary": "As told later."},
        {"slug": "iran", "kind": "state", "name": "Iran"},
    ],
    "stances": [
        {**STANCE, "until": "2020-03"},
        {**STANCE, "ref": "stance-2", "since": "2020-04", "position": "opposes"},
        {**STANCE, "ref": "stance-3", "actor": "iran"},
    ],
}  # fmt: skip


@pytest.fixture(autouse=True)
def sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the dataset be two sets, of which the later closes a claim of the first."""
    monkeypatch.setattr(bootstrap, "DATASET", tmp_path)
    monkeypatch.setattr(bootstrap, "SETS", {"first": "First", "later": "Later"})
    (tmp_path / "later").mkdir()
    write(tmp_path / "later", **LATER)
    return write(tmp_path, **WORLD)


def brought(*names: str) -> list[str]:
    """Return what is told of sets that are brought; everything must agree afterwards."""
    out = StringIO()
    call_command("bootstrap", *names, stdout=out, stderr=StringIO())
    assert list(verify()) == []
    return [
        line
        for line in out.getvalue().splitlines()
        if not line.startswith("Made the administrator")
    ]


def change(record: Record, **fields: object) -> None:
    """Change a record at the desk, as a person does."""
    with changeset(made_by=UserFactory().pk):
        type(record)._default_manager.filter(pk=record.pk).update(**fields)


def test_a_new_tracker_has_each_set_as_an_edition_and_all_is_here_then() -> None:
    assert brought() == [
        "First: 7 records made, 0 changed, published as edition 1.",
        "Later: 3 records made, 2 changed, published as edition 2.",
    ]
    assert brought("all") == ["First: is here.", "Later: is here."]
    assert brought() == []
    assert Edition.objects.count() == 2


def test_what_a_later_set_has_changed_is_not_undone_by_an_earlier_one() -> None:
    brought()
    assert brought("first") == ["First: is here."]
    assert Stance.objects.get(ref="stance-1").until == "2020-03"


def test_a_set_comes_to_a_tracker_that_is_in_use_where_nobody_touched_what_it_changes() -> None:
    brought("first")
    published(ActorFactory())
    assert brought("later") == ["Later: 3 records made, 2 changed, published as edition 3."]


def test_what_the_team_changed_is_left_and_listed_with_the_claim_that_was_to_follow_it() -> None:
    brought("first")
    stance = Stance.objects.get(ref="stance-1")
    change(stance, confidence="low")

    assert brought("later") == [
        "Later: 2 records made, 1 changed, published as edition 2.",
        "2 left as the team has them:",
        f"  stances.csv, line 2: stance {stance.pk}",
        f"  stances.csv, line 3: stance {stance.pk}",
    ]
    assert (
        Stance.objects.get(ref="stance-1").until,
        Stance.objects.filter(ref="stance-2").exists(),
    ) == ("", False)


def test_what_the_team_withdrew_is_left_and_listed() -> None:
    brought("first")
    stance = Stance.objects.get(ref="stance-1")
    retracted(stance)
    assert brought("later")[1:] == [
        "1 left as the team has them:",
        f"  stances.csv, line 2: stance {stance.pk}",
    ]
    assert Stance.objects.get(ref="stance-1").until == ""


def test_what_the_team_merged_away_is_left_and_claims_of_it_are_the_survivors() -> None:
    brought("first")
    survivor = ActorFactory(slug="kremlin", name="Kremlin")
    published(survivor)
    loser = Actor.objects.get(slug="russia")
    merged(loser, into=survivor)
    assert brought("later")[1:] == [
        "1 left as the team has them:",
        f"  actors.csv, line 2: actor {loser.pk}",
    ]
    assert not Actor.objects.get(pk=loser.pk).summary


def test_what_the_team_has_already_under_another_name_is_left_and_stands_for_the_rows(
    sets: Path,
) -> None:
    china, russia = (
        ActorFactory(slug="prc", name="China", kind="state"),
        ActorFactory(slug="russia", name="Russia"),
    )
    article = SourceFactory(ref="ours", title="An article", issued="2019-06")
    meeting = MeetingFactory(
        title="A summit", kind="summit", status="held", since="2019-05-21", country="CHN",
        participants=[{"actor": china, "role": "host"}, {"actor": russia, "role": "participant"}],
    )  # fmt: skip
    published(china, russia, article)
    lines = brought("first")
    assert {line.split(":")[0] for line in lines[2:]} >= {
        "  actors.csv, line 2",
        "  sources.csv, line 2",
        "  meetings.csv, line 2",
    }
    assert Stance.objects.get(ref="stance-1").actor == china
    assert (Meeting.objects.get(), Source.objects.get(title="An article")) == (meeting, article)


def test_a_set_without_what_it_names_is_refused_in_words_and_nothing_comes() -> None:
    with pytest.raises(CommandError, match="Later: this can't be imported"):
        brought("later")
    assert not ChangeSet.objects.filter(reason="Later").exists()


def test_a_set_that_nobody_knows_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(CommandError, match="choose from"):
        brought("vetoes")
