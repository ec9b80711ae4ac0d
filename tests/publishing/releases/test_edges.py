"""The files of releases of records at the edges of every type, as others' programs read them."""

from io import BytesIO
from pathlib import Path

import pandas
import pytest
from frictionless import Package
from pyarrow import parquet

from tests.public.api import edges
from tests.publishing.acts import edited, published
from tests.publishing.releases.acts import changes, contents, released
from tests.publishing.releases.test_files import cell, unguarded
from tracker.public.formats.releases.changelog import BY_THEMSELVES, ON_ISSUES
from tracker.public.formats.releases.tables import schema, tables
from tracker.values.nouns import Noun

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.gate]


def test_every_table_is_read_and_says_the_same_in_both_forms(tmp_path: Path) -> None:
    """By Frictionless, which finds nothing wrong, by pandas and by pyarrow."""
    published(*edges.least())
    published(*edges.most())
    published(*edges.dated())
    files = contents(released("2026.1"))
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)

    report = Package(str(tmp_path / "datapackage.json")).validate()

    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "note"])
    for table in tables():
        frame = pandas.read_csv(
            BytesIO(files[f"{table.name}.csv"]), keep_default_na=False, dtype=str
        )
        table_read = parquet.read_table(tmp_path / f"{table.name}.parquet")
        assert table_read.num_rows == len(frame) > 0
        for field in schema(table)["fields"]:
            cells = [cell(value) for value in table_read.column(field["name"]).to_pylist()]
            assert cells == [unguarded(text) for text in frame[field["name"]]], (table, field)


def test_what_moved_is_told_line_by_line() -> None:
    """Nothing in a record ends a line, or begins one of its own."""
    records = edges.most()
    published(*records)
    released("2026.1")
    for record in records:
        day = {
            "issued" if record._meta.model_name == "source" else "since": edges.LAST_DAY,
            "until": "",
        }
        fields = {field.name for field in record._meta.concrete_fields}
        moved = {
            "title": "A\r\n# B",
            "name": "C\u2028- D",
            "summary": edges.STRANGE,
            "keywords": [],
            "aliases": [],
            "status": "planned",
            **day,
        }
        edited(record, **{name: value for name, value in moved.items() if name in fields})
    published(*records)

    text = changes(released("2026.2"))

    assert {*ON_ISSUES, *BY_THEMSELVES} == set(Noun)
    lines = [line for line in text.splitlines() if line]
    assert {line[:2] for line in lines} == {"# ", "##", "Ed", "Si", "- ", "*="}
    assert sum(line.startswith("- ") for line in lines) >= len(records)
