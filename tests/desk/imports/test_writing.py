"""What the database refuses although the plan found nothing wrong is told by line,
and undoes everything.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import IntegrityError

from tests.desk.imports.importing import CHINA, RUSSIA, STANCE, WORLD, at, planned, run, write
from tracker import history
from tracker.desk import imports
from tracker.desk.records import comparing
from tracker.desk.records.fields import layout
from tracker.desk.records.writing import draw_ids
from tracker.models import Actor, Issue, Source, Stance
from tracker.values.nouns import Noun
from tracker.values.problems import Problem
from tracker.values.vocabularies import Channel

pytestmark = pytest.mark.django_db


def refusal(plan: imports.Plan) -> list[Problem]:
    with (
        pytest.raises(imports.ImportRefusedError) as refused,
        history.changeset(made_by=None, reason="x", channel=Channel.IMPORT),
    ):
        imports.apply(plan=plan)
    return list(refused.value.faults)


@pytest.fixture
def nobody_knows_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the rules to the database, as if a path had been overlooked."""

    def nothing(*args: object) -> Iterator[Problem]:
        yield from ()

    monkeypatch.setattr(comparing, "broken_rules", nothing)
    monkeypatch.setattr(comparing, "broken_parts", nothing)


@pytest.mark.usefixtures("nobody_knows_the_rules")
def test_each_row_that_the_database_refuses_is_told_in_the_words_of_the_constraint(
    tmp_path: Path,
) -> None:
    rows = [
        {**STANCE, "ref": f"s-{n}", "basis": "forecast" if n in (3, 700) else "statement"}
        for n in range(1000)
    ]
    meeting = {**WORLD["meetings"][0], "participants": [{"actor": "china"}, {"actor": "china"}]}
    plan = planned(write(tmp_path, **{**WORLD, "stances": rows, "meetings": [meeting]}))
    problems = refusal(plan)
    assert [at(fault) for fault in problems] == [
        ("meetings.csv", 2, ""),
        ("stances.csv", 5, "likelihood"),
        ("stances.csv", 702, "likelihood"),
    ]
    assert "a forecast needs one" in problems[1].text
    assert not Stance.objects.exists()
    assert not Actor.objects.exists()


@pytest.mark.usefixtures("nobody_knows_the_rules")
def test_a_trigger_refuses_in_its_own_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing.Comparison, "_check_rules", lambda self, compared: None)
    plan = planned(write(tmp_path, **{**WORLD, "issues": "slug,title\nsyria,Syria\n"}))
    (fault,) = refusal(plan)
    assert at(fault) == ("stances.csv", 2, "issue")
    assert "grouping issue has no question" in fault.text


def test_a_key_taken_between_plan_and_import_is_told(tmp_path: Path) -> None:
    plan = planned(write(tmp_path, actors=[RUSSIA, CHINA]))
    Actor.objects.create(slug="china", kind="state", name="Made meanwhile")
    (fault,) = refusal(plan)
    assert (*at(fault)[1:], fault.value) == (3, "slug", "china")
    assert Actor.objects.get().name == "Made meanwhile"


def test_a_record_deleted_between_plan_and_import_is_told(tmp_path: Path) -> None:
    run(write(tmp_path, actors=[CHINA]))
    plan = planned(write(tmp_path, actors=[{**CHINA, "name": "PRC"}]))
    Actor.objects.all().delete()
    (fault,) = refusal(plan)
    assert at(fault)[:2] == ("actors.csv", 2)
    assert "deleted meanwhile" in fault.text


def test_a_reference_deleted_between_plan_and_import_is_told(tmp_path: Path) -> None:
    run(write(tmp_path, **{name: WORLD[name] for name in ("actors", "issues", "sources")}))
    plan = planned(write(tmp_path, stances=[STANCE]) / "stances.csv")
    Source.objects.all().delete()
    (fault,) = refusal(plan)
    assert "foreign key" in fault.text
    assert not Stance.objects.exists()


def test_a_constraint_broken_by_a_record_that_is_here_is_told_on_changing_it(
    tmp_path: Path,
) -> None:
    run(write(tmp_path, issues="slug,title\na,A\n", actors=[CHINA, RUSSIA]))
    plan = planned(
        write(tmp_path, actors="slug,name\nchina,PRC\nrussia,RF\n", issues="slug,title\na,B\n")
    )
    with history.changeset(made_by=None, reason="x", channel=Channel.IMPORT):
        assert imports.apply(plan=plan).counts.of(imports.Action.CHANGED) == 3
    assert Issue.objects.get().title == "B"


def test_ids_are_drawn_from_the_tables_own_sequence() -> None:
    drawn = draw_ids(layout(Noun.ACTOR).model, 10_001)
    assert len(set(drawn)) == 10_001
    actor = Actor.objects.create(slug="next", kind="state", name="Next")
    assert actor.pk > max(drawn)
    with pytest.raises(IntegrityError):
        Actor.objects.create(slug="next", kind="state", name="Next")
