"""Tables read by R's own `read.csv`: every row, column and character."""

import csv
import os
import shutil
import subprocess
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
)
from tests.public.api.client import Reader
from tests.public.api.publishing import publish_whole
from tracker.values.nouns import Noun

RSCRIPT = shutil.which("Rscript")
NASTY = "中国 said: “\"no\", she said”,\n\twhile Россия\\n'agreed' #1"
# Prints of each table how many rows it has and its columns, then of each column its cells;
# texts as their bytes.
READ = """
told <- function(text) {
    bytes <- paste(charToRaw(enc2utf8(text)), collapse = "")
    cat(ifelse(is.na(text), "", bytes), "\\n", sep = "")
}
for (path in commandArgs(TRUE)) {
    table <- read.csv(path, check.names = FALSE, colClasses = "character", na.strings = character())
    cat(nrow(table), ncol(table), "\\n")
    for (name in names(table)) { told(name); for (cell in table[[name]]) told(cell) }
}
"""

NO_R = "There is no R here: `apt install r-base-core` to read tables by it."

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def has_r() -> None:
    """Leave the test out where there is no R; in CI there is."""
    if RSCRIPT is None:
        pytest.fail(NO_R) if os.environ.get("CI") == "true" else pytest.skip(NO_R)


def in_r(paths: list[Path]) -> list[list[list[str]]]:
    """Return the columns of each table as R reads it, each with its name and its cells."""
    command = [str(RSCRIPT), "--vanilla", "-e", READ, *map(str, paths)]
    result = subprocess.run(
        command, capture_output=True, text=True, env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"}
    )
    assert result.returncode == 0, result.stderr
    lines, tables = iter(result.stdout.splitlines()), []
    for head in lines:
        rows, columns = map(int, head.split())
        tables.append(
            [[bytes.fromhex(next(lines)).decode() for _ in range(rows + 1)] for _ in range(columns)]
        )
    return tables


def test_r_reads_the_tables_of_all_nouns(reader: Reader, tmp_path: Path) -> None:
    """As Python's own reader does; with Chinese, quotes, commas and new lines in them."""
    china = ActorFactory(slug="china", name="中国, “China”", aliases=["NA", '"'], summary=NASTY)
    issue = IssueFactory(title="NA", summary=NASTY)
    source = SourceFactory(
        title=NASTY.replace("\n", " "), authors=[{"family": "O'Brien", "given": '"N"'}]
    )
    meeting = MeetingFactory(participants=[{"actor": china}], summary=NASTY)
    stances = [
        StanceFactory(actor=china, issue=issue, since=f"{year}", until=f"{year}")
        for year in (2017, 2019)
    ]
    publish_whole(
        *stances, AlignmentFactory(actor=china, issue=issue, summary=NASTY), meeting, source
    )
    paths, expected = [], []
    for noun in Noun:
        answer: Any = reader.get(f"{noun.plural}/?format=csv")
        written = b"".join(answer)
        paths.append(tmp_path / f"{noun.plural}.csv")
        paths[-1].write_bytes(written)
        rows = list(csv.reader(StringIO(written.decode(), newline="")))
        expected.append([list(column) for column in zip(*rows, strict=True)])

    read = in_r(paths)

    assert read == expected
    assert [len(table[0]) - 1 for table in read] == [
        len(reader.walk(f"{noun.plural}/")) for noun in Noun
    ]
    assert sum(NASTY in column for table in read for column in table) >= 4
