"""Rules are the tables' own constraints,
read from their conditions and told before the database tells them.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
)
from tracker.desk.records.database_errors import problem_of
from tracker.desk.records.fields import layout
from tracker.desk.records.rules import broken_rules, rules
from tracker.models import Actor, Alignment, Issue, Meeting, Membership, Participant, Source, Stance
from tracker.models.nouns import RECORDS
from tracker.values.nouns import Noun

SOON = timezone.localdate() + timedelta(days=40)
FACTORIES: dict[Any, Any] = {
    Stance: StanceFactory,
    Alignment: AlignmentFactory,
    Meeting: MeetingFactory,
    Source: SourceFactory,
    Actor: ActorFactory,
    Issue: IssueFactory,
}
BROKEN: list[tuple[Any, dict[str, Any], str]] = [
    (Stance, {"since": "2019", "until": "2018"}, "since"),
    (Stance, {"since": "2019-06", "until": "2019-05-31"}, "since"),
    (Stance, {"basis": "forecast", "likelihood": ""}, "likelihood"),
    (Stance, {"basis": "action", "likelihood": "likely"}, "likelihood"),
    (Stance, {"standing": "contested", "standing_note": ""}, "standing_note"),
    (Stance, {"confirmed_on": SOON}, "confirmed_on"),
    (Alignment, {"basis": "forecast", "likelihood": ""}, "likelihood"),
    (Meeting, {"status": "held", "since": str(SOON)}, "since"),
    (Source, {"accessed_on": SOON}, "accessed_on"),
    (Actor, {"kind": "organization", "iso3": "CHN"}, "iso3"),
    (Actor, {"since": "1991", "until": "1990"}, "since"),
    (Issue, {"settlement": "It was voted down."}, "settled"),
]
WHOLE: list[tuple[Any, dict[str, Any]]] = [
    (Stance, {"since": "", "until": "2018"}),
    (Stance, {"since": "2019", "until": "2019-03"}),
    (Stance, {"basis": "forecast", "likelihood": "likely"}),
    (Stance, {"standing": "contested", "standing_note": "Disputed."}),
    (Stance, {"defers_to": None, "confirmed_on": timezone.localdate()}),
    (Meeting, {"status": "planned", "since": str(SOON)}),
    (Actor, {"kind": "organization", "iso3": None}),
    (Actor, {"since": "1922", "until": "1991-12"}),
]


def made(model: Any, values: dict[str, Any]) -> Any:
    """Return a record that is there, with other values, not saved."""
    record = FACTORIES[model]()
    record.refresh_from_db()
    for name, value in values.items():
        setattr(record, name, value)
    return record


def row(record: Any) -> dict[str, Any]:
    fields = layout(Noun(record._meta.model_name)).fields
    return {name: getattr(record, field.attname) for name, field in fields.items()}


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "values", "field"), BROKEN)
def test_what_a_rule_finds_the_database_refuses_in_the_same_words(
    model: Any, values: Any, field: str
) -> None:
    record = made(model, values)

    (broken,) = broken_rules(model, row(record), ())
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        record.save()

    problem = problem_of(refused.value)
    assert problem
    assert (broken.path, broken.message) == ((field,), problem.message.rstrip("."))


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "values"), WHOLE)
def test_what_no_rule_finds_the_database_takes(model: Any, values: Any) -> None:
    record = made(model, values)

    assert list(broken_rules(model, row(record), ())) == []
    record.save()


@pytest.mark.django_db
def test_a_rule_is_not_asked_where_one_of_its_fields_is_faulty() -> None:
    values = row(
        made(Stance, {"since": "2019", "until": "2018", "basis": "forecast", "likelihood": ""})
    )

    assert [rule.field for rule in broken_rules(Stance, values, {"until"})] == ["likelihood"]
    assert [rule.field for rule in broken_rules(Stance, values, {"basis", "since"})] == []


def test_every_noun_has_the_rules_of_its_table_and_its_parts() -> None:
    """A constraint that compares fields is no longer told by the database alone."""
    fields_by_noun = {
        noun.value: sorted(rule.field for rule in rules(RECORDS[noun])) for noun in Noun
    }
    claim = ["confirmed_on", "likelihood", "since", "standing_note"]

    assert fields_by_noun == {
        "issue": [
            "settled",
            "settled",
            "settled",
            "settlement",
            "settlement_locator",
            "settlement_source",
            "title",
        ],
        "actor": ["iso3", "name", "since"],
        "source": ["accessed_on", "title"],
        "stance": sorted([*claim, "defers_to"]),
        "alignment": sorted([*claim, "counterpart"]),
        "meeting": ["since", "since", "title"],
        "act": ["since", "since", "title"],
        "vote": ["tally_yes", "without_vote", "without_vote", "yes_means"],
    }
    assert sorted(rule.field for rule in rules(Membership)) == ["organization", "since"]
    assert [rule.field for rule in rules(Participant)] == ["represented_by"]
