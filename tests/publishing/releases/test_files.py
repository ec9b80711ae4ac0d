"""The files of a release of the first dataset:
always the same bytes, and what others' programs read in them.
"""

import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas
import pytest
import yaml
from frictionless import Package
from pyarrow import parquet

from tests.plugins.database import one_connection
from tests.public.api.guide.editions import publish_later
from tests.publishing.releases.acts import changes, contents, released
from tracker.management.openapi.document import publish_first_dataset
from tracker.models import Link, Release, Stance, StanceCitation
from tracker.public.cards.covered import in_a_sentence
from tracker.public.formats.releases.tables import schema, tables
from tracker.public.read.coverage import facts
from tracker.public.read.releases import documents
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def files(kept_for_the_module: None) -> dict[str, bytes]:
    """The files of a release of the first dataset."""
    with one_connection():
        publish_first_dataset()
    return contents(Release.objects.get())


@pytest.fixture
def directory(files: dict[str, bytes], tmp_path: Path) -> Path:
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def test_made_again_from_the_same_edition_the_tables_and_the_codebook_are_the_same_bytes(files):
    again = contents(released("2026.2", edition=2))

    same = {name for name in files if files[name] == again[name]}
    assert {name for name in files if name.endswith((".csv", ".parquet"))} | {
        "codebook.json"
    } == same
    for name in ("datapackage.json", "CITATION.cff", "LICENSE"):
        assert files[name].replace(b"2026.1", b"2026.2") == again[name]


def test_the_data_package_holds_the_head_of_the_chain_of_its_edition(files):
    package = json.loads(files["datapackage.json"])

    assert package["chain"] == bytes(Link.objects.get(edition=package["edition"]).digest).hex()


def test_it_says_up_to_which_day_it_goes(files):
    package, cited = json.loads(files["datapackage.json"]), yaml.safe_load(files["CITATION.cff"])
    told = facts(package["edition"]).covers

    assert [(of["resource"], of["until"]) for of in package["covers"]] == [
        (of.resource, of.until.isoformat()) for of in told
    ]
    assert {"stances", "alignments", "meetings", "sources"} <= {
        of["resource"] for of in package["covers"]
    }
    assert cited["abstract"] == in_a_sentence(told)
    assert cited["abstract"].startswith("Positions up to ")


def test_frictionless_finds_nothing_wrong(directory):
    report = Package(str(directory / "datapackage.json")).validate()

    assert report.valid, report.flatten(["name", "fieldName", "type", "note"])
    assert {task.name for task in report.tasks} >= {table.name for table in tables()}
    assert (
        sum(task.stats["rows"] for task in report.tasks if task.name == "stances")
        == Stance.objects.count()
    )


def test_frictionless_would_find_what_is_wrong(directory):
    path = directory / "stances.csv"
    path.write_bytes(path.read_bytes().replace(b",supports,", b",perhaps,", 1))

    report = Package(str(directory / "datapackage.json")).validate()

    assert {"constraint-error", "hash-count"} <= {kind for (kind,) in report.flatten(["type"])}


def test_pandas_reads_every_table_with_its_columns(files):
    for table in tables():
        frame = pandas.read_csv(BytesIO(files[f"{table.name}.csv"]), keep_default_na=False)
        assert list(frame.columns) == [field["name"] for field in schema(table)["fields"]]
    stances = pandas.read_csv(BytesIO(files["stances.csv"]))
    cited = pandas.read_csv(BytesIO(files["stances-citations.csv"]))
    assert len(stances) == Stance.objects.count()
    assert len(cited) == StanceCitation.objects.count()
    joined = stances.merge(cited, left_on="id", right_on="stance")
    assert set(joined["id"]) == set(StanceCitation.objects.values_list("stance_id", flat=True))


def test_parquet_says_what_csv_says_with_its_types(directory):
    for table in tables():
        shape = schema(table)["fields"]
        table_read = parquet.read_table(directory / f"{table.name}.parquet")
        frame = pandas.read_csv(directory / f"{table.name}.csv", keep_default_na=False, dtype=str)
        assert table_read.column_names == list(frame.columns)
        assert table_read.num_rows == len(frame)
        for field in shape:
            cells = [cell(value) for value in table_read.column(field["name"]).to_pylist()]
            assert cells == [unguarded(text) for text in frame[field["name"]]], (table, field)
    stances = parquet.read_schema(directory / "stances.parquet")
    names = ("id", "since_earliest", "hedged", "instruments", "position")
    kinds = [str(stances.field(name).type) for name in names]
    assert kinds == ["int64", "date32[day]", "bool", "list<element: string>", "string"]


def cell(value: Any) -> str:
    if value is None or value == []:
        return ""
    if isinstance(value, bool | list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value)


def unguarded(text: str) -> str:
    return text[1:] if text[:1] == "'" else text


def test_a_part_stands_in_its_own_table_as_in_its_record(files):
    cited = pandas.read_csv(
        BytesIO(files["stances-citations.csv"]), keep_default_na=False, dtype=str
    )
    expected = [
        (
            str(record["id"]),
            str(place),
            str(citation["source"]["id"]),
            citation["source"]["name"],
            citation["locator"] or "",
        )
        for chunk in documents(Noun.STANCE, 1)
        for record in map(json.loads, chunk.splitlines())
        for place, citation in enumerate(record["citations"], start=1)
    ]

    citations = cited[["stance", "place", "source", "source_name", "locator"]].itertuples(
        index=False, name=None
    )
    assert list(citations) == expected


@pytest.mark.parametrize(
    "column", ["stances actor", "alignments counterpart", "votes-ballots actor", "votes body"]
)
def test_country_codes_stand_beside_actors(files, column):
    name, actor = column.split()
    actors, table = (
        pandas.read_csv(BytesIO(files[f"{of}.csv"]), keep_default_na=False, dtype=str)
        for of in ("actors", name)
    )
    codes = dict(zip(actors["slug"], actors["iso3"], strict=True))

    assert list(table[f"{actor}_iso3"]) == list(table[actor].map(codes))
    assert {"CHN", "RUS"} <= {*table[f"{actor}_iso3"]} or actor == "body"


def is_valid_citation(path: Path) -> bool:
    """Tell whether a file is as the schema of its format wants it,
    which the checker brings along.
    """
    checker = Path(sys.executable).parent / "check-jsonschema"
    command = [
        checker,
        "--builtin-schema",
        "vendor.citation-file-format",
        "--default-filetype",
        "yaml",
        path,
    ]
    return subprocess.run(command, capture_output=True).returncode == 0


def test_the_citation_file_is_valid_by_the_schema_of_its_format(directory):
    path = directory / "CITATION.cff"
    cff = yaml.safe_load(path.read_text())

    assert is_valid_citation(path)
    assert (cff["version"], str(cff["date-released"]), cff["type"]) == (
        "2026.1",
        "2026-11-24",
        "dataset",
    )
    path.write_text(path.read_text().replace("type: dataset", "type: thing"))
    assert not is_valid_citation(path)


def test_the_codebook_is_that_of_the_api(files, client):
    assert json.loads(files["codebook.json"]) == client.get("/api/v1/codebook/").json()


def test_it_sums_up_what_the_first_release_holds(files):
    assert (
        "This is the first release. It holds 67 issues, 41 actors, 126 sources, "
        in files["CHANGES.md"].decode()
    )


def test_what_moved_reads_like_a_summary(files):
    publish_later()

    text = changes(released("2026.2"))

    assert (
        "Since 2026.1: stance: 1 changed; alignment: 1 changed; meetings: 1 changed, 1 "
        "retracted; issue: 1 changed; actors: 2 changed; source: 1 changed."
    ) in text
    for line in (
        "## Venezuela\n\n- Changed: Venezuela: summary: “The crisis around Nicolás Maduro’s "
        "government, in which US interests stand against those of China and Russia.” → “The "
        "crisis around Nicolás Maduro’s government.”\n",
        "## Venezuela › Maduro’s government\n\n*Should Nicolás Maduro",
        "confidence: moderate → low",
        "- Changed: Türkiye: address here: turkey → turkiye; name: Turkey → Türkiye",
        "- Retracted: ",
    ):
        assert line in text, text
