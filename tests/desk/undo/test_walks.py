"""Whatever is done in one change, undoing it gives the desk as it was, and undoing that, the desk as it came to be."""

import random

import pytest
from django.db.models import PROTECT

from tests.desk.undo.acts import desk, done, undone
from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
)
from tests.history.ways import CHANGE
from tests.models.rows import DESK, execute
from tests.publishing.acts import published
from tracker.models import Actor, Change, Issue, Source
from tracker.models.nouns import PARTS, RECORDS

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("agreed")]
MAKERS = (ActorFactory, AlignmentFactory, IssueFactory, MeetingFactory, SourceFactory, StanceFactory)


@pytest.mark.parametrize("seed", range(12))
def test_a_walk_is_undone_and_done_again(seed):
    dice = random.Random(seed)
    for make in MAKERS:
        make.create_batch(2)
    if seed % 2:
        published(*(record for model in RECORDS.values() for record in model.objects.all()))
    for _ in range(3):
        before = desk()
        changed = done(lambda: [step(dice) for _ in range(25)])
        after = desk()
        assert after != before

        first = undone(changed)
        assert desk() == before
        second = undone(first)
        assert desk() == after
        if dice.random() < 0.5:
            undone(second)
            assert desk() == before


def step(dice: random.Random) -> None:
    """Add, change, move or delete something."""
    dice.choice([add, change, change, refer, delete, delete_part])(dice)


def add(dice: random.Random) -> None:
    maker = dice.choice(MAKERS)
    names = {"actor": Actor, "issue": Issue} if maker in (StanceFactory, AlignmentFactory) else {}
    questions = {"issue": Issue.objects.exclude(question="")}
    maker(**{name: some(dice, questions.get(name, model.objects)) for name, model in names.items()})


def change(dice: random.Random) -> None:
    model = dice.choice(DESK)
    name, value = CHANGE[model]
    if row := some(dice, model.objects):
        model.objects.filter(pk=row.pk).update(**{name: "host" if name == "role" else f"{value} {dice.random()}"[:30]})


def refer(dice: random.Random) -> None:
    model = dice.choice(list(RECORDS.values()))
    row = some(dice, model.objects)
    if row is None or not hasattr(row, "citations"):
        return
    row.citations.create(source=some(dice, Source.objects) or SourceFactory(), locator=str(dice.random()))


def delete(dice: random.Random) -> None:
    """Delete a record that was never public and that nothing else names, by raw SQL, before or after its parts."""
    noun, model = dice.choice(list(RECORDS.items()))
    public = Change.objects.filter(noun=noun).values("record")
    row = some(dice, model.objects.exclude(pk__in=public))
    if row is None or named(row):
        return
    statements = [f"DELETE FROM {part._meta.db_table} WHERE {noun}_id = %s" for part in PARTS[noun].values()]
    statements.insert(dice.choice([0, len(statements)]), f"DELETE FROM {model._meta.db_table} WHERE id = %s")
    for statement in statements:
        execute(statement, row.pk)


def delete_part(dice: random.Random) -> None:
    model = dice.choice([part for parts in PARTS.values() for part in parts.values()])
    if row := some(dice, model.objects):
        row.delete()


def some(dice: random.Random, rows):
    """Return one of these rows, or None without any."""
    candidates = list(rows.order_by("pk"))
    return dice.choice(candidates) if candidates else None


def named(row) -> bool:
    """Tell whether a row that is no part of it refers to a record."""
    return any(
        model.objects.filter(**{field.name: row}).exists()
        for model in DESK
        for field in model._meta.concrete_fields
        if field.related_model is type(row) and field.remote_field.on_delete is PROTECT
    )
