"""A noun is added by `docs/development/nouns.md`: nothing else names one, but what is about a particular one."""

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
    "the menu's order; a noun that is not in it comes last": (
        "admin/home/navigation.py",
    ),
    "by what a record is called, where its title or name doesn't tell": (
        "admin/site/labels.py", "admin/history/steps.py", "formats/atom.py", "formats/releases/moves.py",
        "publication/publish/names.py", "services/ranking.py",
    ),
    "issues are a tree, and some have a question": (
        "admin/forms/choices.py", "admin/actions/move.py", "formats/releases/changelog.py", "models/sql/issues.sql",
        "models/sql/subjects.sql", "models/subjects.py", "models/tree.py", "publication/read/queries.py",
        "publication/read/tree.py", "services/imports/planning.py", "services/imports/survey.py",
        "services/releases/files.py", "services/verify/subjects.py",
    ),
    "what an edition or a change must not break: questions, the tree, one accepted claim at a time": (
        "models/sql/editions.sql", "publication/publish/rules.py", "services/merge/planning.py",
        "services/merge/rivals.py", "services/records/comparing.py", "services/undo/blockers.py",
        "services/undo/writing.py", "services/verify/merges.py", "services/verify/rules.py",
    ),
    "issues and actors are addressed and found by names and codes, sources by address": (
        "api/v1/desk/filters.py", "models/sql/search.sql", "publication/publish/render/names.py",
        "publication/read/keys.py", "schema/filters.py", "services/imports/duplicates.py",
        "services/imports/identities.py", "services/imports/references.py", "services/records/identities.py",
        "services/records/keys.py", "services/records/references.py",
    ),
    "claims cite and are cited: parts of three nouns": (
        "models/citations.py", "schema/claims.py",
    ),
    "formats that only sources or meetings have": (
        "api/http/renderers.py", "formats/bibtex.py", "formats/csl.py", "formats/ics.py",
        "formats/page_citations.py", "formats/ris.py", "services/exporting.py", "services/imports/cells.py",
        "services/imports/tables.py", "services/imports/outcomes.py", "services/uploads/reading.py",
        "admin/importing/rows.py",
        "api/openapi/written.py",
    ),
    "who holds which position, and what a public address or a chip is of": (
        "admin/home/finding.py", "admin/home/matrix.py", "admin/site/chips.py", "services/matrix.py",
    ),
    "claims and meetings that may be there already": (
        "admin/forms/duplicates.py", "services/alike.py", "services/records/alike.py",
    ),
    "lists of work and pages on which a noun is told with what it names": (
        "admin/records/uses.py", "admin/review/worklists.py", "services/review/attention.py",
        "services/review/worklists.py",
        "services/searching.py",
    ),
    "how one noun is entered or narrowed at the desk": (
        "admin/forms/ballots.py", "admin/forms/formfields.py", "admin/lists/filters.py",
    ),
    "agreement is counted over votes, and a file of votes comes along": (
        "api/v1/public/agreement.py", "cards/pictures/agreement.py",
        "publication/read/agreement.py", "schema/agreement.py", "site/agreement.py",
    ),
    "names in other languages, which only actors have": (
        "services/merge/joining.py",
    ),
    "the feed is narrowed by actors and issues": (
        "api/v1/public/changes.py", "publication/read/feed.py",
    ),
    "how claims and meetings are said to people, in sentences, chips and pictures": (
        "cards/cards.py", "cards/chips.py", "cards/findings.py", "cards/footnotes.py", "cards/highlights.py",
        "cards/legend.py", "cards/matrix.py", "cards/pictures/lanes.py",
        "cards/pictures/timeline.py", "cards/record_sentences.py", "cards/grammar.py", "admin/review/reader_card.py",
    ),
    "pages for readers, about issues, actors and what is claimed of them": (
        "publication/read/coverage.py", "site/editions.py", "site/finding.py", "site/matrix.py", "site/page.py",
        "site/reading.py", "site/records.py", "site/subjects.py",
    ),
    "examples in the OpenAPI document": (
        "api/desk_shapes.py", "schema/responses.py",
    ),
}  # fmt: skip


def steps() -> list[str]:
    """Return the steps of the checklist."""
    text = PAGE.read_text().split("\n## ")[1]
    return re.split(r"^\d+\. ", text, flags=re.MULTILINE)[1:]


def listed() -> set[str]:
    """Return the files that the checklist names; `<plural>` stands for that of the noun."""
    return set(re.findall(r"`((?:tracker|tests)/[\w/<>]+\.(?:py|sql))`", "".join(steps())))


def named(path: Path) -> Iterator[str]:
    """Yield how a file names a noun: as a member of Noun, by its model, table or plural; docstrings may."""
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
            case ast.alias(name=name) | ast.ClassDef(name=name) if name in MODELS or name in BY_PLURAL:
                yield name
            case ast.Constant(value=str(literal)) if id(node) not in spoken:
                yield from ([literal] if literal in MODELS or literal in BY_PLURAL else [])
                yield from (match[0] for match in TABLES.finditer(literal))


def naming() -> dict[str, set[str]]:
    """Return the files of the tracker that name a noun, each with how, without migrations."""
    files = [path for path in (ROOT / "tracker").rglob("*") if path.suffix in {".py", ".sql", ".html", ".js"}]
    names_by_path = {
        path.relative_to(ROOT).as_posix(): set(named(path)) for path in files if "migrations" not in path.parts
    }
    return {path: names for path, names in names_by_path.items() if names}


def test_the_checklist_is_short_and_names_files_that_are_there():
    assert len(steps()) <= 15
    assert len(listed()) <= 20
    for path in listed():
        plurals = list(BY_PLURAL) if "<plural>" in path else [""]
        assert [plural for plural in plurals if not (ROOT / path.replace("<plural>", plural)).exists()] == []


def test_no_file_outside_the_checklist_names_a_noun_but_what_is_about_that_one():
    known = {path.replace("<plural>", plural) for path in listed() for plural in BY_PLURAL}
    about = [f"tracker/{path}" for paths in ABOUT.values() for path in paths]
    names_by_path = naming()

    assert {path: names for path, names in names_by_path.items() if path not in known and path not in about} == {}
    assert [path for path in about if path not in names_by_path or path in known] == [], "no exception any more"


def test_what_names_a_noun_is_found_and_english_is_not(tmp_path):
    code = {
        "x = Noun.STANCE": {"Noun.STANCE"},
        "from tracker.models import Stance": {"Stance"},
        "from tracker.admin.records import stances": {"stances"},
        "x = {'meetings': 1}": {"meetings"},
        "x = f'SELECT FROM tracker_stancedocument WHERE {y}'": {"tracker_stancedocument"},
        '"""Stances and meetings, in tracker_stance."""': set(),
        "x = 'a stance is on an issue'": set(),
    }
    for text, names in code.items():
        path = tmp_path / "code.py"
        path.write_text(text)
        assert set(named(path)) == names, text
