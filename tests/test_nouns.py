"""A noun is added by `docs/development/nouns.md`:
nothing else names one, but what is about a particular one.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tracker.models.nouns import DOCUMENTS, RECORDS
from tracker.values.nouns import BY_PLURAL, Noun

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "development" / "nouns.md"
MODELS = {model.__name__ for model in (*RECORDS.values(), *DOCUMENTS.values())}
TABLES = re.compile(rf"\btracker_({'|'.join(Noun)})(document)?\b")
# by why they name nouns, files that a new one need not be in
ABOUT: dict[str, tuple[str, ...]] = {
    "the menu's order; a noun that is not in it comes last": ("desk/admin/home/site.py",),
    "by what a record is called, where its title or name doesn't tell": (
        "public/formats/atom.py",
        "public/cards/wording.py",
        "publishing/names.py",
        "desk/search/searching.py",
    ),
    "issues are a tree, and some have a question": (
        "desk/admin/forms/choices.py",
        "public/formats/releases/changelog.py",
        "models/sql/issues.sql",
        "models/sql/subjects.sql",
        "models/subjects.py",
        "models/tree.py",
        "public/read/queries.py",
        "public/read/tree.py",
        "desk/imports/survey.py",
        "publishing/releases.py",
        "verify/subjects.py",
    ),
    "what an edition or a change must not break: questions, the tree, one accepted claim at "
    "a time": (
        "models/rules.py",
        "models/desk_rules.py",
        "desk/merge/planning.py",
        "desk/merge/rivals.py",
        "desk/records/comparing.py",
        "desk/records/contested.py",
        "desk/undo/writing.py",
    ),
    "actors are in focus": ("management/checks.py",),
    "the API's document shows an example of each": (
        "management/openapi/desk.py",
        "management/openapi/desk_examples.py",
        "management/openapi/document.py",
        "management/openapi/examples.py",
    ),
    "issues and actors are addressed and found by names and codes, sources by address": (
        "desk/api/filters.py",
        "models/sql/search.sql",
        "publishing/render.py",
        "public/read/keys.py",
        "schema/filters.py",
        "desk/imports/references.py",
        "desk/records/keys.py",
        "desk/records/references.py",
    ),
    "filters of claims, and of meetings and acts, by what these name": (
        "schema/claims.py",
        "schema/occurrences.py",
    ),
    "issues are settled, sources pass on others, and are counted with what cites them": (
        "models/sql/sources.sql",
        "schema/evidence.py",
        "schema/settlement.py",
        "public/read/sources.py",
    ),
    "formats that only sources or meetings have, and how parts are written in a cell": (
        "public/api/http/renderers.py",
        "public/formats/bibtex.py",
        "public/formats/ics.py",
        "public/formats/page_citations.py",
        "public/formats/ris.py",
        "desk/admin/lists/exporting.py",
        "desk/imports/cells.py",
        "desk/imports/tables.py",
        "desk/imports/outcomes.py",
        "desk/imports/reading.py",
        "desk/admin/importing/rows.py",
        "desk/admin/importing/upload.py",
    ),
    "who holds which position, and what a public address or a chip is of": (
        "desk/admin/home/finding.py",
        "desk/admin/home/matrix.py",
    ),
    "lists of work and pages on which a noun is told with what it names": (
        "desk/admin/records/uses.py",
        "desk/admin/actions/worklists.py",
        "publishing/worklists.py",
        "desk/search/searching.py",
    ),
    "what is asked in words, and which page answers: members, meetings of two, acts of a "
    "series, vetoes": (
        "public/cards/asked.py",
        "public/cards/ways.py",
        "public/read/names.py",
    ),
    "the first screen: the last act, meeting and position, and up to when positions and "
    "relations go": (
        "public/cards/news.py",
        "public/cards/covered.py",
        "public/read/occurrences.py",
    ),
    "two editions compared: of an issue, and claims before what they are about": (
        "public/formats/releases/comparison.py",
        "public/read/comparison.py",
    ),
    "the tracker's own words, in plain language": ("schema/codebook.py",),
    "how one noun is entered or narrowed at the desk": (
        "desk/admin/forms/formfields.py",
        "desk/admin/lists/filters.py",
    ),
    "agreement is counted over votes, and a file of votes comes along": (
        "public/api/agreement.py",
        "public/cards/pictures/agreement.py",
        "public/read/agreement.py",
        "schema/agreement.py",
        "public/site/agreement.py",
        "public/read/bodies.py",
        "public/site/votes.py",
        "desk/imports/library.py",
        "desk/imports/members.py",
        "desk/imports/missing.py",
        "desk/imports/files.py",
        "desk/records/actor_names.py",
        "desk/admin/importing/preview.py",
    ),
    "new sources go to review with what cites them": ("desk/admin/actions/selection.py",),
    "names in other languages, which only actors have": ("desk/merge/joining.py",),
    "the feed is narrowed by actors and issues": (
        "public/api/changes.py",
        "public/read/feed.py",
    ),
    "how claims and meetings are said to people, in sentences, chips and pictures": (
        "public/cards/cards.py",
        "public/cards/chips.py",
        "public/cards/findings.py",
        "public/cards/footnotes.py",
        "public/cards/highlights.py",
        "public/cards/legend.py",
        "public/cards/matrix.py",
        "public/cards/pictures/lanes.py",
        "public/cards/pictures/timeline.py",
        "public/cards/record_sentences.py",
        "public/cards/grammar.py",
        "public/cards/turning_points.py",
        "desk/admin/review/cards.py",
    ),
    "pages for readers, about issues, actors and what is claimed of them": (
        "public/read/coverage.py",
        "public/site/editions.py",
        "public/site/finding.py",
        "public/site/matrix.py",
        "public/site/occurrences.py",
        "public/site/reading.py",
        "public/site/records.py",
        "public/site/subjects.py",
    ),
    "what happened on an issue after a claim was checked": (
        "public/read/events.py",
        "desk/search/attention.py",
    ),
    "sources that claims cite, as their bibliography": (
        "public/api/views.py",
        "public/read/lists.py",
    ),
    "people who represent an actor are found among all actors": ("schema/records.py",),
    "what other APIs call parameters": ("public/http/parameters.py",),
    "how much an edition holds, and up to which day": (
        "models/sql/facts.sql",
        "verify/facts.py",
    ),
    "examples in the OpenAPI document": (
        "desk/api/shapes.py",
        "schema/responses.py",
    ),
}


def steps() -> list[str]:
    text = PAGE.read_text().split("\n## ")[1]
    return re.split(r"^\d+\. ", text, flags=re.MULTILINE)[1:]


def listed() -> set[str]:
    """Return the files that the checklist names; `<plural>` stands for that of the noun."""
    return set(re.findall(r"`((?:tracker|tests)/[\w/<>]+\.(?:py|sql))`", "".join(steps())))


def named(path: Path) -> Iterator[str]:
    """Yield how a file names a noun: as a member of Noun, by its model, table or plural;
    docstrings may.
    """
    text = path.read_text()
    if path.suffix != ".py":
        yield from (match[0] for match in TABLES.finditer(text))
        return
    module = ast.parse(text)
    spoken = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node)
        if isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(module):
        match node:
            case ast.Attribute(value=ast.Name(id="Noun"), attr=name) if name in Noun.__members__:
                yield f"Noun.{name}"
            case ast.alias(name=name) | ast.ClassDef(name=name) if (
                name in MODELS or name in BY_PLURAL
            ):
                yield name
            case ast.Constant(value=str(literal)) if id(node) not in spoken:
                yield from ([literal] if literal in MODELS or literal in BY_PLURAL else [])
                yield from (match[0] for match in TABLES.finditer(literal))


def naming() -> dict[str, set[str]]:
    """Return the files of the tracker that name a noun, each with how, without migrations."""
    files = [
        path
        for path in (ROOT / "tracker").rglob("*")
        if path.suffix in {".py", ".sql", ".html", ".js"}
    ]
    names_by_path = {
        path.relative_to(ROOT).as_posix(): set(named(path))
        for path in files
        if "migrations" not in path.parts
    }
    return {path: names for path, names in names_by_path.items() if names}


def test_the_checklist_is_short_and_names_files_that_are_there():
    assert len(steps()) <= 15
    assert len(listed()) <= 20
    for path in listed():
        plurals = list(BY_PLURAL) if "<plural>" in path else [""]
        assert [
            plural for plural in plurals if not (ROOT / path.replace("<plural>", plural)).exists()
        ] == []


def test_no_file_outside_the_checklist_names_a_noun_but_what_is_about_that_one():
    known = {path.replace("<plural>", plural) for path in listed() for plural in BY_PLURAL}
    about = [f"tracker/{path}" for paths in ABOUT.values() for path in paths]
    names_by_path = naming()

    assert {
        path: names
        for path, names in names_by_path.items()
        if path not in known and path not in about
    } == {}
    assert [path for path in about if path not in names_by_path or path in known] == [], (
        "no exception any more"
    )


def test_what_names_a_noun_is_found_and_english_is_not(tmp_path):
    code = {
        "x = Noun.STANCE": {"Noun.STANCE"},
        "from tracker.models import Stance": {"Stance"},
        "from tracker.desk.admin.records import stances": {"stances"},
        "x = {'meetings': 1}": {"meetings"},
        "x = f'SELECT FROM tracker_stancedocument WHERE {y}'": {"tracker_stancedocument"},
        '"""Stances and meetings, in tracker_stance."""': set(),
        "x = 'a stance is on an issue'": set(),
    }
    for text, names in code.items():
        path = tmp_path / "code.py"
        path.write_text(text)
        assert set(named(path)) == names, text
