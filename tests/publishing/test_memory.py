"""Memory: publishing five times as many records takes hardly more of it than their numbers do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.publishing.acts import changeset
from tools.bench.desk import ISSUES, fill
from tracker.models import Edition, Stance, Unchanged
from tracker.values.vocabularies import State

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PUBLISH = """
import sys
import django
django.setup()
from tools.bench.processes import peak_memory
from tracker.history import changeset
from tracker.models.nouns import RECORDS
from tracker.publishing.publish import Chosen, publish
from tracker.values.vocabularies import Channel
chosen = (
    Chosen(noun, record)
    for noun, model in RECORDS.items()
    for record in model._default_manager.order_by("-pk").values_list("pk", flat=True).iterator()
    if noun != "stance" or record <= int(sys.argv[1])
)
with changeset(made_by=None, reason="published", channel=Channel.COMMAND):
    publish(records=chosen)
print("peak", peak_memory())
"""
MEGABYTES_FOR_14400_NUMBERS = 8
MEGABYTES_FOR_14400_UNCHANGED = 3


@pytest.mark.django_db(transaction=True)
def test_five_times_the_records_take_hardly_more_memory_whether_they_are_news_or_not(
    database_url: str,
) -> None:
    fill(18_000, ISSUES, seed=1)

    few, many = (peak_of(last, database_url) for last in (3_600, 18_000))
    with changeset():
        Stance.objects.update(state=State.IN_REVIEW)
    few_again, many_again = (peak_of(last, database_url) for last in (3_600, 18_000))

    assert Edition.objects.count() == 2
    assert Unchanged.objects.filter(noun="stance").count() == 18_000
    assert many - few < MEGABYTES_FOR_14400_NUMBERS
    assert many_again - few_again < MEGABYTES_FOR_14400_UNCHANGED


def peak_of(last: int, database_url: str) -> float:
    """Return the most memory, in megabytes,
    that a process held which published all stances up to this number.
    """
    done = subprocess.run(
        [sys.executable, "-c", PUBLISH, str(last)],
        env={**os.environ, "DATABASE_URL": database_url},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout.split("peak ")[1])
