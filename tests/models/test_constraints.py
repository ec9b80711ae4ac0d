"""What the constraints of every table refuse, by raw SQL as the application's role."""

import re
from uuid import uuid4

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import DataError, ProgrammingError, models, transaction
from django.utils import timezone

from tests.factories import (
    IssueFactory,
    StanceFactory,
)
from tests.models.rows import DESK, OTHERS, execute, make, make_writable, refused, row_of, write
from tracker.models import UploadRow

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
VAGUE_DATES = columns(lambda field: field.name in {"since", "until", "issued"})
GENERATED = columns(lambda field: field.generated)


@pytest.mark.parametrize(("model", "field"), VOCABULARY_COLUMNS)
def test_a_term_that_no_vocabulary_has_is_refused(by, model, field):
    record = make_writable(model)
    # so that nothing else about the row is wrong
    beside = {"likelihood": {"basis": "forecast"}, "standing": {"standing_note": "Disputed."}}.get(
        field.column, {}
    )
    if field.column == "yes_means":
        beside = {"issue_id": IssueFactory().pk}

    for term in ["nonsense", *([] if field.blank else [""])]:
        with refused(f"{constrained_as(model)}_{field.column}_is_known"):
            write(by, record, **beside, **{field.column: term})


@pytest.mark.parametrize(("model", "field"), columns(lambda field: isinstance(field, ArrayField)))
def test_a_list_is_no_table_and_has_nothing_empty_and_no_unknown_term_in_it(by, model, field):
    has_terms, rule = is_list_of_terms(field), f"{constrained_as(model)}_{field.column}"
    known = field.base_field.choices[0][0] if has_terms else "a"
    unknown = [(["nonsense"], "are_known"), ([known, None], "are_known")] if has_terms else []
    record = make(model)

    for wrong, ends in (
        ([[known], [known]], "is_a_list"),
        ([None], "are_known" if has_terms else "is_a_list"),
        *unknown,
    ):
        with refused(f"{rule}_{ends}"):
            write(by, record, **{field.column: wrong})
    write(by, record, **{field.column: [known]})


@pytest.mark.parametrize(
    ("model", "field"),
    columns(lambda field: isinstance(field, models.DateField) and not field.generated),
)
def test_a_day_is_one_that_every_date_can_name(by, model, field):
    """PostgreSQL knows others, which nothing that reads them does."""
    # the last one is today's: test_days
    write(by, make_writable(model), **{field.column: "0001-01-01"})
    for day in ("0001-12-31 BC", "-infinity"):
        with refused(f"{constrained_as(model)}_{field.column}_is_of_the_calendar"):
            write(by, make_writable(model), **{field.column: day})


@pytest.mark.parametrize(("model", "field"), VAGUE_DATES)
def test_a_text_that_is_no_date_is_refused_and_the_days_that_one_can_mean_follow_from_it(
    by, model, field
):
    record = make(model)

    for wrong in ("June 2019", "2019-02-30", "2018/2019", "[2019..2018]", "2019 ", "20190605"):
        with pytest.raises(DataError), transaction.atomic():
            write(by, record, **{field.column: wrong})
    for text, earliest, latest in [("2020-02~", "2020-02-01", "2020-02-29"), ("", None, None)]:
        record.pk = write(by, record, **{field.column: text})
        row = row_of(record)
        assert (row[f"{field.column}_earliest"], row[f"{field.column}_latest"]) == (
            earliest,
            latest,
        )


@pytest.mark.parametrize(("model", "field"), GENERATED)
def test_what_is_computed_cannot_be_set(model, field):
    record = make(model)
    table, column = model._meta.db_table, field.column

    with (
        pytest.raises(ProgrammingError, match="can only be updated to DEFAULT"),
        transaction.atomic(),
    ):
        execute(f"UPDATE {table} SET {column} = {column} WHERE id = %s", record.pk)
    with (
        pytest.raises(ProgrammingError, match="cannot insert a non-DEFAULT value"),
        transaction.atomic(),
    ):
        execute(f"INSERT INTO {table} ({column}) SELECT {column} FROM {table}")


def test_a_draft_may_break_what_only_the_publication_forbids(by):
    """Rules 1 and 2 guard the publication: the desk may be half-way through a correction."""
    stance = StanceFactory(citations=[])
    rival = StanceFactory(actor=stance.actor, issue=stance.issue, citations=[])

    write(by, rival, since="2018", standing="accepted")


def plain(field: models.Field) -> object:
    """Return a value that a column may have beside a wrong one."""
    if field.choices or (field.null and field.name != "after"):
        return field.choices[0][0] if field.choices else None
    match field.get_internal_type():
        case "JSONField":
            return {}
        case "BooleanField":
            return False
        case "ArrayField":
            return []
        case "CharField" | "TextField":
            return ""
        case "DateTimeField":
            return timezone.now()
        case "UUIDField":
            return uuid4()
    return 2 if field.name == "version" else 1


@pytest.mark.parametrize(
    ("model", "wrong"),
    [
        *(
            (model, {field.name: "nonsense"})
            for model in OTHERS
            for field in model._meta.fields
            if field.choices
        ),
        (UploadRow, {"choice": "use"}),
    ],
    ids=lambda value: value._meta.model_name if isinstance(value, type) else str(value),
)
def test_history_publication_and_uploads_refuse_unknown_terms_also_past_their_triggers(
    acting_as, model, wrong
):
    written = [
        field
        for field in model._meta.concrete_fields
        if not (field.generated or field.name == "id")
    ]
    row = {field.attname: plain(field) for field in written} | wrong
    ends = "stands_for_what_is_used" if "use" in wrong.values() else f"{next(iter(wrong))}_is_known"
    rule = min(
        (rule.name for rule in model._meta.constraints if rule.name.endswith(f"_{ends}")), key=len
    )

    with acting_as("NONE"):
        execute("SET LOCAL session_replication_role = replica")
        with refused(rule):
            model._base_manager.bulk_create([model(**row)])
