"""Texts of any length in each column of each file:
a line of the report that names the column, or imported.
"""

from urllib.parse import quote

import pytest

from tests.desk.imports.importing import (
    ALIGNMENT,
    ARTICLE,
    CHINA,
    CITATION,
    MEETING,
    RUSSIA,
    STANCE,
    SYRIA,
    at,
    cell,
    planned,
    run,
    write,
)
from tests.desk.imports.uploading import faults as uploaded_faults
from tests.desk.imports.uploading import received, workbook
from tests.long_texts import CHINESE, TEXTS, addresses, made_of, told_at
from tracker.desk.records.fields import layout
from tracker.models import Source
from tracker.values.nouns import Noun

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.gate]
CODED = {Noun.STANCE: STANCE, Noun.ALIGNMENT: ALIGNMENT, Noun.MEETING: MEETING}
RESOLUTION = {
    "question": "Will it?",
    "criteria": "Yes: it does.",
    "opens": "2018-01-01",
    "due": "2019-01-01",
    "outcome": "yes",
    "resolved_on": "2019-01-01",
    "source": CITATION["source"],
    "locator": "p. 1",
    "retrospective": True,
}
PART = {
    "citations": CITATION,
    "participants": {"actor": "china"},
    "issues": {"issue": "syria"},
    "resolutions": RESOLUTION,
}
BESIDE = {"resolutions": {"basis": "forecast", "likelihood": "likely"}}  # only a forecast has one
ROWS = {Noun.ACTOR: CHINA, Noun.ISSUE: SYRIA, Noun.SOURCE: ARTICLE}


@pytest.mark.parametrize("noun", ROWS)
def test_a_text_of_any_length_is_imported_or_refused_by_its_column(tmp_path, noun):
    """A file for each column, with a row for each text."""
    own, imported = {"slug", "ref"} & {*ROWS[noun]}, 0
    for column in layout(noun).fields:
        rows = [
            {
                **ROWS[noun],
                **{key: f"{key}-{column.replace('_', '-')}-{at}" for key in own},
                column: text,
            }
            for at, text in enumerate(TEXTS.values())
        ]
        faults = planned(write(tmp_path, **{noun.plural: rows})).faults
        assert [fault for fault in faults if fault.column not in told_at(column)] == []
        refused = {at(fault)[1] for fault in faults}
        kept = [row for line, row in enumerate(rows, start=2) if line not in refused]
        if kept:
            run(write(tmp_path, **{noun.plural: kept}))
            imported += len(kept)

    assert layout(noun).model._default_manager.count() == imported > 5


@pytest.mark.parametrize("noun", CODED)
def test_so_is_one_in_each_column_of_what_is_coded_and_in_each_field_of_a_part(tmp_path, noun):
    """A file for each, with a row for each text;
    of CSV and as a workbook, which holds 32,767 letters a cell.
    """
    run(write(tmp_path, actors=[CHINA, RUSSIA], issues=[SYRIA], sources=[ARTICLE]))
    for of in list(tmp_path.iterdir()):
        of.unlink()
    of, imported = layout(noun), 0
    places = [(column, None) for column in of.fields]
    places += [(name, field) for name, part in of.parts.items() for field in part.fields]
    for column, field in places:
        rows = [
            {
                **CODED[noun],
                **BESIDE.get(column, {}),
                "ref": "",
                column: [{**PART[column], field: text}] if field else text,
            }
            for text in TEXTS.values()
        ]
        says = f"{column} 1: {field}" if field else column
        faults = planned(write(tmp_path, **{noun.plural: rows})).faults
        assert {fault.column for fault in faults} <= {says}, (column, field)
        refused = {at(fault)[1] for fault in faults}
        kept = [row for line, row in enumerate(rows, start=2) if line not in refused]
        imported += len(kept)
        if kept:
            run(write(tmp_path, **{noun.plural: kept}))
        short = [row for row, text in zip(rows, TEXTS.values(), strict=True) if len(text) <= 10_000]
        cells = [[cell(value) for value in row.values()] for row in short]
        upload = received(workbook([*short[0]], *cells), f"{noun.plural}.xlsx")
        assert {message for line, message in uploaded_faults(upload) if line} <= {says}, (
            column,
            field,
        )

    assert of.model._default_manager.count() == imported > 5


@pytest.mark.parametrize("length", [500, 1_500, 1_960])
def test_a_long_address_with_its_copy_is_found_again(tmp_path, length):
    url, copy = addresses(made_of(CHINESE, length))
    row = {"type": "webpage", "title": "Long", "issued": "2019", "url": url, "archive_url": copy}

    run(write(tmp_path, sources=[row]))
    run(write(tmp_path, sources=[{**row, "title": "Longer"}]))

    assert list(Source.objects.values_list("title", "url", "archive_url")) == [
        ("Longer", url, copy)
    ]


def test_a_long_address_that_a_browser_copied_is_found_again(tmp_path):
    url, copy = addresses(made_of(CHINESE, 1_500))
    row = {
        "type": "webpage",
        "title": "Long",
        "url": quote(url, safe=":/"),
        "archive_url": quote(copy, safe=":/"),
    }

    run(write(tmp_path, sources=[row]))
    run(write(tmp_path, sources=[{**row, "title": "Longer"}]))

    assert list(Source.objects.values_list("title", "url", "archive_url")) == [
        ("Longer", url, copy)
    ]
