"""What would leave history with a hole is refused, to everybody."""

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction

from tests.models.rows import DESK, execute, make
from tracker.models import Event
from tracker.models.nouns import PARTS

pytestmark = pytest.mark.django_db
EVERYBODY = [settings.APPLICATION, settings.OWNER, "NONE"]
OWNERS = {model: f"{noun}_id" for noun, parts in PARTS.items() for model in parts.values()}


@pytest.mark.parametrize("model", DESK, ids=lambda model: model.__name__)
def test_no_id_changes_no_part_is_moved_to_another_record_and_no_table_is_emptied(acting_as, model):
    row, other, table = make(model), make(model), model._meta.db_table
    before = Event.objects.count()
    execute("SET CONSTRAINTS ALL IMMEDIATE")

    for role in EVERYBODY:
        with (
            acting_as(role),
            pytest.raises(IntegrityError, match="an id never changes"),
            transaction.atomic(),
        ):
            execute(f"UPDATE {table} SET id = id + 1000 WHERE id = %s", row.pk)
        if owner := OWNERS.get(model):
            moved = f"UPDATE {table} SET {owner} = %s WHERE id = %s"
            with (
                acting_as(role),
                pytest.raises(IntegrityError, match="never moves to"),
                transaction.atomic(),
            ):
                execute(moved, getattr(other, owner), row.pk)
    for role in EVERYBODY[1:]:
        with (
            acting_as(role),
            pytest.raises(DatabaseError, match=f"TRUNCATE of {table} is ref"),
            transaction.atomic(),
        ):
            execute(f"TRUNCATE {table} CASCADE")
    assert model.objects.filter(pk=row.pk).exists()
    assert Event.objects.count() == before


def test_no_table_is_truncated_along_with_another(acting_as):
    for role in EVERYBODY[1:]:
        with (
            acting_as(role),
            pytest.raises(DatabaseError, match="TRUNCATE of tracker_"),
            transaction.atomic(),
        ):
            execute("TRUNCATE auth_user CASCADE")
