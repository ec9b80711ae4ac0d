"""What guides say of the tree is so: files, modules and pages that they name are there."""

import ast
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands
from django.urls import URLPattern, get_resolver

from tracker import models
from tracker.desk.api.records import DeskList
from tracker.models.nouns import MODULES
from tracker.public.api.views import RecordList
from tracker.schema.fields import OF_EVERY_DOCUMENT
from tracker.values.nouns import BY_PLURAL, Noun

ROOT = Path(__file__).resolve().parent.parent
HERE = [ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "SECURITY")]
FOLDERS = [ROOT / "docs" / name for name in ("", "development", "decisions")]
GUIDES = [*(path for folder in FOLDERS for path in sorted(folder.glob("*.md"))), *HERE]
LOGS = {
    "CHANGELOG.md": r"\[Unreleased\]|\[\d+\.\d+\.\d+\] - ",
    "tracker/public/api/CHANGELOG.md": "",
}
HEADINGS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
TEMPLATES = [
    path
    for path in sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
    if path.name != "config.yml"
]
A_FILE = re.compile(
    r"[\w<>*./-]+\.(?:py|sql)|[\w<>*.-]+/[\w<>*./-]+\.(?:md|yaml|yml|html|toml|txt)"
)
A_FOLDER = re.compile(r"(?:tracker|config|tests|docs)/[\w<>*./-]*")
A_MODULE = re.compile(r"(?:tracker|config|tests)(?:\.(?!yaml\b)\w+)+")


def code_names(guide: Path) -> Iterator[str]:
    """Yield what a guide sets in code within its lines, without what follows a name:
    `records.md#a-field`.
    """
    yield from re.findall(
        r"`([^`\n]+)`", re.sub(r"^ *```.*?^ *```", "", guide.read_text(), flags=re.M | re.S)
    )


def is_there(name: str) -> bool:
    """Tell whether a file or folder is in the tree, by its path or by its name alone."""
    pattern = re.sub(r"<\w+>", "*", name).rstrip("/")
    places = (ROOT, ROOT / "tracker", ROOT / "tracker" / "models")
    matches = chain.from_iterable(place.glob(pattern) for place in places)
    if any(matches):
        return True
    folders = ("tracker", "config", "tests", "docs", "requirements")
    return "/" not in name and any(any((ROOT / folder).rglob(pattern)) for folder in folders)


def is_importable(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    if path.with_suffix(".py").is_file() or (path / "__init__.py").is_file():
        return True
    module, _, attribute = name.rpartition(".")
    for file in (
        ROOT.joinpath(*module.split(".")).with_suffix(".py"),
        ROOT.joinpath(*module.split("."), "__init__.py"),
    ):
        if file.is_file():
            return attribute in names_of(ast.parse(file.read_text()))
    return False


def names_of(module: ast.Module) -> set[str]:
    names = {node.name for node in module.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    names |= {
        alias.asname or alias.name
        for node in module.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return names | {
        node.id
        for node in ast.walk(module)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_a_guide_names_only_what_is_there(guide: Path) -> None:
    """Files and folders, modules and what is in them, and the pages that it links to."""
    named = list(code_names(guide))
    paths = [name for name in named if A_FILE.fullmatch(name) or A_FOLDER.fullmatch(name)]
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", guide.read_text())]
    # of the tracker's own pages
    links = [link for link in links if "://" not in link and not link.startswith("/")]

    assert [path for path in paths if not is_there(path)] == []
    assert [name for name in named if A_MODULE.fullmatch(name) and not is_importable(name)] == []
    assert [link for link in links if link and not (guide.parent / link).exists()] == []


@pytest.mark.parametrize("guide", [*GUIDES, *TEMPLATES], ids=lambda path: path.name)
def test_a_guide_says_only_commands_that_there_are(guide: Path) -> None:
    """Of make and of manage.py, within its lines and in its blocks."""
    code = "\n".join(re.findall(r"^ *```.*?^ *```|`[^`\n]+`", guide.read_text(), flags=re.M | re.S))
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert set(re.findall(r"(?:^|[`(;&]) *make ([a-z-]+)", code, re.MULTILINE)) <= targets
    assert set(re.findall(r"\bmanage\.py ([a-z]+)\b", code)) <= get_commands().keys()


def test_make_runs_only_tests_that_there_are() -> None:
    """A file that moves goes on being run by `make test-fast`."""
    named = re.findall(r"\btests/[\w/.]*\w", (ROOT / "Makefile").read_text())

    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_what_is_not_there_would_be_found() -> None:
    assert is_there("tracker/models/<plural>.py")
    assert is_there("sql/words.sql")
    assert is_there("three_way.py")
    assert not is_there("tracker/models/<plural>_gone.py")
    assert not is_there("gone.py/")
    assert is_importable("tracker.history.changeset")
    assert is_importable("tracker.values")
    assert not is_importable("tracker.history.gone")
    assert not is_importable("tracker.gone")


def addresses(patterns: Iterable[Any], before: str = "") -> Iterator[str]:
    """Yield all addresses that there are, without the slash before them."""
    for pattern in patterns:
        address = f"{before}{pattern.pattern}"
        yield from (
            [address]
            if isinstance(pattern, URLPattern)
            else addresses(pattern.url_patterns, address)
        )


def of_every_list() -> set[str]:
    """Return the parameters that a list of records has, at the desk or in public,
    whichever noun they are of.
    """
    lists = [
        [{each.name for each in view(noun=noun).declared()} for noun in Noun]
        for view in (RecordList, DeskList)
    ]
    return set().union(*(set.intersection(*names) for names in lists))


def of_addresses() -> set[str]:
    """Return with what addresses begin: those of pages, of the API and of the desk;
    but for nouns.
    """
    beginning = re.compile(r"(?:api/v1/(?:desk/)?)?([a-z]+)(?=[/.]|$)")
    return {
        match[1]
        for each in addresses(get_resolver().url_patterns)
        if (match := beginning.match(each))
    } - {*BY_PLURAL}


def of_tables() -> set[str]:
    """Return the classes of tables that no noun has."""
    of_nouns = {module.__name__ for module in MODULES.values()}
    return {name for name in models.__all__ if getattr(models, name).__module__ not in of_nouns}


def test_the_glossary_has_all_words_that_are_taken() -> None:
    """And no others."""
    rows = (
        (ROOT / "docs" / "development" / "glossary.md")
        .read_text()
        .split("## Taken words")[1]
        .split("\n| ")[2:]
    )
    words = [set(re.findall("`(.*?)`", row.split(" | ")[1])) for row in rows]

    assert words == [of_every_list(), OF_EVERY_DOCUMENT, of_addresses(), of_tables()]


@pytest.mark.parametrize("log", LOGS)
def test_a_changelog_has_the_headings_of_keep_a_changelog(log: str) -> None:
    """Versions, the newest first, or days for the API, which has one version that only gains."""
    headings = re.findall(r"^(##+) (.*)$", (ROOT / log).read_text(), re.MULTILINE)
    versions = [title for level, title in headings if level == "##"]
    kinds = {title for level, title in headings if level == "###"}

    assert versions
    assert [
        title
        for title in versions
        if not re.fullmatch(rf"({LOGS[log]})?(\d{{4}}-\d\d-\d\d)?", title)
    ] == []
    assert kinds <= HEADINGS
    assert versions[1:] == sorted(versions[1:], reverse=True)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_of_issues_asks_for_something(template: Path) -> None:
    """Each of its questions has a name of its own and a label, as the forms of GitHub want it."""
    form = yaml.safe_load(template.read_text())

    assert {"name", "description", "body"} <= form.keys()
    assert len({question["id"] for question in form["body"]}) == len(form["body"]) > 0
    assert all(question["attributes"]["label"] for question in form["body"])
