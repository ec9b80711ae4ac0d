"""What would leave history with a hole is refused, to everybody."""

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction

from tests.models.rows import DESK, execute, make
from tracker.models import Event
from tracker.models.nouns import PARTS

pytestmark = pytest.mark.django_db
EVERYBODY = [settings.APPLICATION, settings.OWNER, "NONE"]
each_table = pytest.mark.parametrize("model", DESK, ids=lambda model: model.__name__)


@each_table
@pytest.mark.parametrize("role", EVERYBODY)
def test_an_id_is_not_changed(acting_as, model, role):
    record = make(model)

    with acting_as(role), pytest.raises(IntegrityError, match="an id never changes"), transaction.atomic():
        execute(f"UPDATE {model._meta.db_table} SET id = id + 1000 WHERE id = %s", record.pk)


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize(
    ("noun", "model"),
    [(noun, model) for noun, parts in PARTS.items() for model in parts.values()],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_a_part_is_not_moved_to_another_record(acting_as, noun, model, role):
    part, other = make(model), make(model)
    owner = f"{noun}_id"

    with acting_as(role), pytest.raises(IntegrityError, match="never moves to another record"), transaction.atomic():
        execute(f"UPDATE {model._meta.db_table} SET {owner} = %s WHERE id = %s", *(getattr(other, owner), part.pk))


@each_table
@pytest.mark.parametrize("role", [settings.OWNER, "NONE"])
def test_a_table_is_not_truncated_by_those_who_may(acting_as, model, role):
    record = make(model)
    before = Event.objects.count()
    execute("SET CONSTRAINTS ALL IMMEDIATE")

    table = model._meta.db_table
    with acting_as(role), pytest.raises(DatabaseError, match=f"TRUNCATE of {table} is refused"), transaction.atomic():
        execute(f"TRUNCATE {table} CASCADE")
    assert model.objects.filter(pk=record.pk).exists()
    assert Event.objects.count() == before


@pytest.mark.parametrize("role", [settings.OWNER, "NONE"])
def test_no_table_is_truncated_along_with_another(acting_as, role):
    with acting_as(role), pytest.raises(DatabaseError, match="TRUNCATE of tracker_"), transaction.atomic():
        execute("TRUNCATE auth_user CASCADE")
