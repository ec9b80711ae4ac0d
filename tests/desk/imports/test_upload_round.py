"""Sources that are exported, in whichever form, and imported again change nothing:
each is the one that it was.
"""

import csv
import json
import random
from datetime import date
from functools import partial
from io import StringIO

import pytest
from django.test import Client

from tests.desk.admin.conftest import logged_in
from tests.desk.api.working import Worker
from tests.desk.imports.uploading import outcomes, received, workbook
from tests.factories import SourceFactory
from tests.publishing.acts import published
from tracker.public.api.http.renderers import OF_LISTS
from tracker.values.csl import SourceType
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
FORMS = [
    form.format for form in OF_LISTS[Noun.SOURCE] if form.format not in ("bib", "ris", "csljson")
]
# what LaTeX, RIS, names and lists would take for something else; blanks that are not U+0020
PIECES = [
    "China",
    "Россия",
    "中国",
    "and",
    "$x^2$",
    "{Kept}",
    r"\alpha",
    "50 %",
    "R&D",
    "a_b",
    "#1",
    "~",
    "^",
    "--",
    "---",
    "“x”",
    "no\u00a0break",
    "thin\u2009",
    "wide\u3000",
    "two  blanks",
    "Mäkelä",
    "Jr.",
    "van der",
    "a, b",
    "a; b",
    "a: b",
    "<i>x</i>",
    "ER  - ",
    "@book{",
    '"',
    "'",
    "``x''",
    "O'Neill",
    "1/2",
    "-",
    "…",
    "\\",
    "}",
    "{",
    "=1+1",
    "+1",
    "_x0041_",
    "_x000D_",
    "TRUE",
    "2019-06-03",
    "007",
    "1e5",
    "#N/A",
    "null",
    "[]",
]
DATES = ["", "2019", "2019-06", "2019-06-03", "201X", "2019-06-03~", "[2019-06-01..2019-06-05]"]
LANGUAGES = ["", "en", "zh-Hans", "pt-BR", "ru"]


def text(chance, most=4):
    """Return a text of a few pieces, without blanks around it."""
    return " ".join(chance.choices(PIECES, k=chance.randint(1, most))).strip() or "x"


def name(chance):
    """Return a CSL name: of a body, or of a person with what may belong to it."""
    if chance.random() < 0.3:
        return {"literal": text(chance)}
    parts = ["given", "suffix", "dropping-particle", "non-dropping-particle"]
    return {
        "family": text(chance, 2),
        **{part: text(chance, 2) for part in chance.sample(parts, chance.randint(0, 3))},
    }


def generated(count, seed):
    """Return new sources of all types, some of which say nothing but their type and title."""
    chance = random.Random(seed)
    kinds = [*SourceType.values] * (count // len(SourceType.values) + 1)
    return [
        SourceFactory(
            type=kinds[n],
            title=text(chance),
            ref=f"ref-{seed}-{n}" if n % 3 == 0 else None,
            issued=chance.choice(DATES),
            url=f"https://example.org/{seed}/{n}?a={{b}}&c=d_e~f%20g#h" if n % 4 else "",
            archive_url=f"https://archive.example/{n}" if n % 5 == 0 else "",
            publisher=text(chance) if n % 2 else "",
            container_title=text(chance) if n % 3 else "",
            accessed_on="2021-02-03" if n % 4 == 1 else None,
            language=chance.choice(LANGUAGES),
            authors=[name(chance) for _ in range(n % 4)],
            keywords=list(dict.fromkeys(text(chance, 2) for _ in range(n % 3))),
        )
        for n in range(count)
    ]


def of_publication(form):
    """Return what readers download in a form."""
    content = b"".join(Client().get(f"/api/v1/sources.{form}"))
    if form == "json":
        content = b"".join(Client().get("/api/v1/sources.ndjson"))
        content = json.dumps([json.loads(line) for line in content.splitlines()]).encode()
    return content


def of_desk(form):
    """Return what the desk has in a form:
    as XLSX what a spreadsheet makes of its CSV, of numbers and days cells.
    """
    if form in ("csv", "xlsx"):
        content = b"".join(logged_in("analysts").get("/admin/tracker/source/export/"))
        return content if form == "csv" else workbook(*spreadsheet(content.decode()))
    worker, records, address = Worker("analysts"), [], "sources/"
    while address:
        page = worker.read(address)
        records, address = records + page["results"], page["next"]
    lines = [json.dumps(record, ensure_ascii=form == "json") for record in records]
    return (f"[{','.join(lines)}]" if form == "json" else "\n".join(lines)).encode()


def spreadsheet(text):
    """Yield the rows of a CSV as a spreadsheet has them."""
    header, *rows = csv.reader(StringIO(text))
    yield header
    for row in rows:
        cells = dict(zip(header, row, strict=True))
        days = {name: date.fromisoformat(cells[name]) for name in ("accessed_on",) if cells[name]}
        yield [*(cells | {name: int(cells[name]) for name in ("id", "version")} | days).values()]


EXPORTS = {
    **{form: partial(of_publication, form) for form in FORMS},
    **{f"desk {form}": partial(of_desk, form) for form in ("csv", "xlsx", "json", "ndjson")},
}
each_export = pytest.mark.parametrize("form", EXPORTS)


def differing(form, sources):
    """Return what would become of sources that are exported and imported,
    but for those that stay.
    """
    ending = form.removeprefix("desk ")
    upload = received(EXPORTS[form](), f"sources.{ending}")
    became = outcomes(upload)
    assert len(became) == len(sources)
    rows = upload.rows.exclude(outcome="same").values_list(
        "outcome", "faults", "changes", "duplicates"
    )
    return list(rows)


@each_export
def test_sources_come_back_as_they_were(form):
    sources = generated(120, seed=1)
    published(*sources)

    assert differing(form, sources) == []


@pytest.mark.slow
@each_export
def test_so_do_two_thousand(form):
    sources = generated(2000, seed=2)
    published(*sources)

    assert differing(form, sources) == []
