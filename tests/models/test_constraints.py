"""What the constraints of every table refuse, by raw SQL as the application's role."""

import re

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import DataError, ProgrammingError, models, transaction

from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    FrameFactory,
    IssueFactory,
    MeetingFactory,
    MembershipFactory,
    StanceFactory,
)
from tests.models.rows import DESK, execute, make, refused, row_of, write
from tracker.models import Ahead, Change, ChangeSet, Event, Mention, Review, Unchanged, Upload, UploadRow

pytestmark = pytest.mark.django_db


def columns(wanted) -> list:
    """Return a parameter for each field of the desk's tables that is wanted."""
    return [
        pytest.param(model, field, id=f"{model._meta.model_name}.{field.name}")
        for model in DESK
        for field in model._meta.concrete_fields
        if wanted(field)
    ]


def constrained_as(model: type[models.Model]) -> str:
    """Return the model's name as names of constraints begin: stance_citation."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", model.__name__).lower()


def is_list_of_terms(field: models.Field) -> bool:
    return isinstance(field, ArrayField) and bool(field.base_field.choices)


VOCABULARY_COLUMNS = columns(lambda field: bool(field.choices))
LISTS_OF_TERMS = columns(is_list_of_terms)
VAGUE_DATES = columns(lambda field: field.name in {"since", "until", "issued"})
GENERATED = columns(lambda field: field.generated)


@pytest.mark.parametrize(("model", "field"), VOCABULARY_COLUMNS)
def test_a_term_that_no_vocabulary_has_is_refused(by, model, field):
    record = make(model)
    # so that nothing else about the row is wrong
    beside = {"likelihood": {"basis": "forecast"}, "standing": {"standing_note": "Disputed."}}.get(field.column, {})
    if field.column == "yes_means":
        beside = {"issue_id": IssueFactory().pk}

    for term in ["nonsense", *([] if field.blank else [""])]:
        with refused(f"{constrained_as(model)}_{field.column}_is_known"):
            write(by, record, **beside, **{field.column: term})


@pytest.mark.parametrize(("model", "field"), LISTS_OF_TERMS)
@pytest.mark.parametrize("wrong", ["nonsense", None])
def test_a_list_with_a_term_that_no_vocabulary_has_is_refused(by, model, field, wrong):
    record = make(model)
    known = field.base_field.choices[0][0]

    write(by, make(model), **{field.column: [known]})
    with refused(f"{constrained_as(model)}_{field.column}_are_known"):
        write(by, record, **{field.column: [known, wrong]})


@pytest.mark.parametrize(("model", "field"), columns(lambda field: isinstance(field, ArrayField)))
@pytest.mark.parametrize("empty", [False, True])
def test_a_list_is_no_table_and_has_nothing_empty_in_it(by, model, field, empty):
    known = field.base_field.choices[0][0] if field.base_field.choices else "a"
    wrong = [None, None] if empty else [[known], [known]]

    with refused(f"{constrained_as(model)}_{field.column}_{'are_known' if empty and known != 'a' else 'is_a_list'}"):
        write(by, make(model), **{field.column: wrong})


@pytest.mark.parametrize(
    ("model", "field"), columns(lambda field: isinstance(field, models.DateField) and not field.generated)
)
def test_a_day_is_one_that_every_date_can_name(by, model, field):
    """PostgreSQL knows others, which nothing that reads them does."""
    write(by, make(model), **{field.column: "0001-01-01"})  # the last one is today's: test_days
    for day in ("0001-12-31 BC", "-infinity"):
        with refused(f"{constrained_as(model)}_{field.column}_is_of_the_calendar"):
            write(by, make(model), **{field.column: day})


def test_every_column_with_choices_is_among_those_tried():
    """The other tables are only ever inserted into; their columns are tried below."""
    with_choices = {
        (model, field.name)
        for model in apps.get_app_config("tracker").get_models()
        for field in model._meta.concrete_fields
        if field.choices or is_list_of_terms(field)
    }

    tried = {(param.values[0], param.values[1].name) for param in [*VOCABULARY_COLUMNS, *LISTS_OF_TERMS]}
    assert with_choices - tried == {
        (ChangeSet, "channel"),
        (Event, "noun"),
        (Change, "noun"),
        (Change, "operation"),
        (Mention, "noun"),
        (Mention, "named_noun"),
        (Ahead, "noun"),
        (Review, "noun"),
        (Review, "step"),
        (Unchanged, "noun"),
        (Upload, "noun"),
        (UploadRow, "outcome"),
        (UploadRow, "choice"),
    }


@pytest.mark.parametrize(
    ("rule", "insert"),
    [
        (
            "changeset_channel_is_known",
            "INSERT INTO tracker_changeset (id, reason, channel) VALUES (gen_random_uuid(), '', 'nonsense')",
        ),
        (
            "event_noun_is_known",
            "INSERT INTO tracker_event (changeset_id, noun, record, part, row, after) "
            "VALUES (gen_random_uuid(), 'nonsense', 1, '', 1, '{}')",
        ),
        (
            "change_noun_is_known",
            "INSERT INTO tracker_change (edition, position, noun, record, key, operation, changed) "
            "VALUES (1, 2, 'nonsense', 1, '', 'published', '{}')",
        ),
        (
            "change_operation_is_known",
            "INSERT INTO tracker_change (edition, position, noun, record, key, operation, changed) "
            "VALUES (1, 2, 'issue', 1, '', 'nonsense', '{}')",
        ),
        (
            "mention_noun_is_known",
            "INSERT INTO tracker_mention (named_noun, named, noun, document) VALUES ('issue', 1, 'nonsense', 1)",
        ),
        (
            "mention_named_noun_is_known",
            "INSERT INTO tracker_mention (named_noun, named, noun, document) VALUES ('nonsense', 1, 'issue', 1)",
        ),
        (
            "ahead_noun_is_known",
            "INSERT INTO tracker_ahead (noun, record, version) VALUES ('nonsense', 1, 1)",
        ),
        (
            "review_noun_is_known",
            "INSERT INTO tracker_review (noun, record, version, step, text, made_by_id) "
            "VALUES ('nonsense', 1, 1, 'approved', '', 1)",
        ),
        (
            "upload_noun_is_known",
            "INSERT INTO tracker_upload (name, noun, kind, encoding, separator, header, faults, errors, version, "
            "made_by_id) VALUES ('', 'nonsense', 'csv', '', '', '{}', '[]', '{}', 0, 1)",
        ),
        *(
            (
                f"upload_row_{column}_is_known",
                f"INSERT INTO tracker_uploadrow (upload_id, line, cells, changes, faults, duplicates, unread, "
                f"outcome, choice) VALUES (1, 1, '{{}}', '[]', '[]', '[]', '{{}}', {values})",
            )
            for column, values in (("outcome", "'nonsense', ''"), ("choice", "'', 'nonsense'"))
        ),
        (
            "upload_row_stands_for_what_is_used",
            "INSERT INTO tracker_uploadrow (upload_id, line, cells, changes, faults, duplicates, unread, "
            "outcome, choice) VALUES (1, 1, '{}', '[]', '[]', '[]', '{}', '', 'use')",
        ),
        (
            "review_step_is_known",
            "INSERT INTO tracker_review (noun, record, version, step, text, made_by_id) "
            "VALUES ('issue', 1, 1, 'nonsense', '', 1)",
        ),
        (
            "unchanged_noun_is_known",
            "INSERT INTO tracker_unchanged (noun, record, version, same_as) VALUES ('nonsense', 1, 2, 1)",
        ),
    ],
)
def test_history_and_publication_refuse_unknown_terms_also_past_their_triggers(acting_as, rule, insert):
    with acting_as("NONE"):
        execute("SET LOCAL session_replication_role = replica")
        with refused(rule):
            execute(insert)


@pytest.mark.parametrize(("model", "field"), VAGUE_DATES)
@pytest.mark.parametrize("wrong", ["June 2019", "2019-02-30", "2018/2019", "[2019..2018]", "2019 ", "20190605"])
def test_a_text_that_is_no_date_is_refused(by, model, field, wrong):
    record = make(model)

    with pytest.raises(DataError), transaction.atomic():
        write(by, record, **{field.column: wrong})


@pytest.mark.parametrize(("model", "field"), VAGUE_DATES)
def test_the_days_that_a_date_can_mean_follow_from_the_text(by, model, field):
    record = make(model)

    for text, earliest, latest in [("2020-02~", "2020-02-01", "2020-02-29"), ("", None, None)]:
        record.pk = write(by, record, **{field.column: text})
        row = row_of(record)
        assert (row[f"{field.column}_earliest"], row[f"{field.column}_latest"]) == (earliest, latest)


@pytest.mark.parametrize(("model", "field"), GENERATED)
def test_what_is_computed_cannot_be_set(model, field):
    record = make(model)
    table, column = model._meta.db_table, field.column

    with pytest.raises(ProgrammingError, match="can only be updated to DEFAULT"), transaction.atomic():
        execute(f"UPDATE {table} SET {column} = {column} WHERE id = %s", record.pk)
    with pytest.raises(ProgrammingError, match="cannot insert a non-DEFAULT value"), transaction.atomic():
        execute(f"INSERT INTO {table} ({column}) SELECT {column} FROM {table}")


@pytest.mark.parametrize(
    "factory", [ActorFactory, StanceFactory, AlignmentFactory, MeetingFactory, MembershipFactory, FrameFactory]
)
@pytest.mark.parametrize(
    ("since", "until", "can_be"),
    [
        ("2019-02", "2019-01", False),
        ("2019-06-05", "2019-06-04", False),
        ("2019", "[2018-01-01..2018-12-31]", False),
        ("2019-06-05", "2019", True),
        ("2019-12-31", "2019-01-XX", False),
        ("2019-06-05", "2019-06-05", True),
        ("", "2019", True),
        ("2019", "", True),
    ],
)
def test_nothing_ends_before_it_begins(by, factory, since, until, can_be):
    record = make(factory._meta.get_model_class(), since="", until="")

    if can_be:
        write(by, record, since=since, until=until)
    else:
        with refused(f"{record._meta.model_name}_begins_before_it_ends"):
            write(by, record, since=since, until=until)


@pytest.mark.parametrize("factory", [StanceFactory, AlignmentFactory])
@pytest.mark.parametrize(
    ("basis", "likelihood", "is_allowed"),
    [
        ("forecast", "likely", True),
        ("forecast", "", False),
        ("statement", "likely", False),
        ("inference", "", True),
    ],
)
def test_a_forecast_has_a_likelihood_and_nothing_else_has(by, factory, basis, likelihood, is_allowed):
    record = factory(citations=[])

    if is_allowed:
        write(by, record, basis=basis, likelihood=likelihood)
    else:
        with refused(f"{record._meta.model_name}_forecasts_have_a_likelihood"):
            write(by, record, basis=basis, likelihood=likelihood)


@pytest.mark.parametrize("factory", [StanceFactory, AlignmentFactory])
def test_a_contested_claim_says_why(by, factory):
    record = factory(citations=[])

    with refused(f"{record._meta.model_name}_contested_says_why"):
        write(by, record, standing="contested", standing_note="")
    write(by, record, standing="contested", standing_note="Another source says otherwise.")


def test_a_draft_may_break_what_only_the_publication_forbids(by):
    """Rules 1 and 2 guard the publication: the desk may be half-way through a correction."""
    stance = StanceFactory(citations=[])
    rival = StanceFactory(actor=stance.actor, issue=stance.issue, citations=[])

    write(by, rival, since="2018", standing="accepted")
