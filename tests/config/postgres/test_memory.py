"""How much memory the embedded server keeps pages in:
an eighth of what there is, within bounds, and as is said.
"""

import os

import pytest
from django.db import connection

from config.postgres import embedded

MIB = 1024 * 1024


@pytest.mark.parametrize(
    ("mib", "limit", "expected"),
    [
        (24_000, "", "1024MB"),
        (24_000, "max", "1024MB"),
        (4000, "", "500MB"),
        (24_000, str(2000 * MIB), "250MB"),
        (4000, str(8000 * MIB), "500MB"),
        (512, "", "128MB"),
    ],
)
def test_it_is_an_eighth_of_the_machines_or_the_containers_memory(
    monkeypatch, tmp_path, mib, limit, expected
):
    monkeypatch.setattr(embedded, "MEMORY_LIMIT", tmp_path / "memory.max")
    monkeypatch.setattr(
        os, "sysconf", {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": mib * MIB // 4096}.get
    )
    if limit:
        embedded.MEMORY_LIMIT.write_text(f"{limit}\n")

    assert embedded.shared_buffers() == expected


@pytest.mark.django_db
def test_what_the_environment_says_wins() -> None:
    assert "shared_buffers=128MB" in os.environ["TRACKER_POSTGRES_OPTIONS"]
    with connection.cursor() as cursor:
        cursor.execute("SHOW shared_buffers")
        assert cursor.fetchone() == ("128MB",)


@pytest.mark.django_db
def test_a_page_anywhere_costs_hardly_more_than_the_next() -> None:
    """Else PostgreSQL reads all of a small table for each row that names one of its rows."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW random_page_cost")
        assert cursor.fetchone() == ("1.1",)
