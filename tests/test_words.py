"""One name for one thing, and one thing for a name."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pytest

from tests.test_conventions import ROOT, files, modules

TOWERS = {"public", "desk"}  # of several layers each
PACKAGES = [path.parent.relative_to(ROOT / "tracker") for path in (ROOT / "tracker").rglob("__init__.py")]
LAYERS = sorted(str(path) for path in PACKAGES if path.name and len(path.parts) == 1 + (path.parts[0] in TOWERS))
OF_DJANGO = {"Command", "Migration"}  # each is called so; a command's name is its module's
# Standing is whether a claim is accepted or contested: the vocabulary, the field, the field's note.
OF_CLAIMS = {"Standing", "StandingNote", "standing", "standing_note"}
SAYS_STANDING = (
    "public/cards/", "models/claim.py", "schema/", "values/vocabularies.py",
)  # fmt: skip
A_NAME = re.compile(r"(?<![a-z])(standing|stood)(?![a-z])", re.IGNORECASE)
# Words of the glossary that mean one thing, and where alone names have them: two people's edits of a field, and
# what somebody is writing.
ONLY_IN = {
    "conflict": ("desk/admin/conflicts/", "desk/admin/records/form_view.py"),
    "draft": ("publishing/review/", "desk/merge/moving.py", "values/vocabularies.py"),
}  # fmt: skip
# The table of words that were given up, each with what the field, or the glossary, calls it; what modules are called …
MODULES = {
    "answers": "responses", "asking": "requests", "bodies": "payloads", "conditions": "preconditions",
    "course": "what it does", "cursors": "pagination", "fetching": "queries", "gone": "deleted",
    "guessing": "what it does", "in_the_way": "blockers", "keeping": "what it keeps", "kept": "what it keeps",
    "limits": "throttling", "listing": "page", "looking": "what it does", "narrowing": "filters",
    "obstacles": "blockers", "pace": "throttling", "refusals": "exceptions", "standing": "live",
    "statements": "queries", "telling": "messages", "then": "what it does", "told": "messages",
    "words": "what it holds",
}  # fmt: skip
# … classes …
CLASSES = {
    "answering": "what it is", "answers": "Response", "asked": "what it is", "broken": "Problem",
    "called": "what it holds", "cited": "what it is", "counted": "what it holds", "found": "what it holds",
    "framed": "what it is", "gathered": "what it holds", "given": "what it holds", "happened": "what it is",
    "held": "what it is", "listed": "Page", "locked": "what it is", "made": "what it holds", "narrowing": "Filter",
    "notdone": "RefusedError", "obstacle": "Problem", "once": "a key", "pace": "Throttle", "past": "what it holds",
    "published": "what it is", "released": "what it is", "taken": "what it holds", "then": "what it holds",
    "told": "messages", "touched": "what it is", "wanted": "Filter", "whole": "what it holds",
    "written": "what it is", "wrong": "Problem",
}  # fmt: skip
# … and functions, arguments and variables.
NAMES = {
    "answers": "responses", "asked": "what it holds", "course": "what it is", "found": "what it holds",
    "in_the_way": "blockers", "narrowing": "filters", "obstacle": "blocker", "obstacles": "blockers",
    "one": "the thing, a row or a claim", "past": "a snapshot", "revert": "undo", "reverting": "undo",
    "said": "payload, value, text", "taken": "what it holds", "told": "messages, text", "told_of": "messages",
    "telling": "what it holds",
}  # fmt: skip
# What an argument is called says what it holds, wherever it is.
NO_ARGUMENT = {"course", "found", "told"}
# Two of a kind are `one, two` or `one, other` where a test makes them together; alone, `one` is of no kind.
PARTNERS = {"two", "other"}
# Templates are read far from where a name is given.
NOT_IN_TEMPLATES = {"asked": "the text, the question"}
TAG = re.compile(r"\{[{%](.*?)[%}]\}", re.DOTALL)
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
VARIABLE = re.compile(r"(?<![\w.|])[a-z_]\w*", re.IGNORECASE)
# Constants say of what they are the bound, or what they hold.
CONSTANTS = {"COUNTED", "GIVEN", "GONE", "KEPT", "LARGEST", "LISTED", "LONGEST", "MOST", "SHOWN"}
# v1 has promised the name; a library or CSL calls it so; tests play several parts.
EXCEPTIONS = {
    "asked": ("tests/",),
    "ASKED": ("tests/",),
    "_asked": ("tests/consuming/",),
    "obstacles": ("desk/api/shapes.py",),
    "Asked": (
        "tests/public/api/hostile/", "tests/public/api/v2/face.py", "tests/benchmarks/work.py", "tests/consistency/",
    ),
    "Whole": ("tests/benchmarks/", "tests/contract/", "tests/desk/imports/test_growth.py"),
    "Wrong": ("tests/schema/test_numbers.py",),
}  # fmt: skip
NO_PROSE = {
    r"\bobstacles?\b": "blocker",
    r"\bstill so\b": "not ended, confirmed",
    r"(?<![a-z])in[ _](?:the|its|their|somebody's|one's)[ _]way(?![a-z])": "blocks it, a blocker",
    r"\b(?:documents?|it|records?|they|versions?|what) stood\b(?! by)": "was live",
    r"`(?:NotDone|Narrowing|told_of|read_pages|refusals|conditions|pace)`": "the word of the table",
}
# v1 only gains: what was promised keeps its name.
PROMISED = {
    "obstacles": ("tracker/desk/api/", "tracker/public/api/", "tests/desk/api/", "tests/public/api/", "docs/api.md")
}
OTHERWISE = re.compile(r"\bstanding (documents?|ones?|records?|in|or not)\b", re.IGNORECASE)


def public_classes(layer: str) -> dict[str, list[str]]:
    """Return in which modules of a layer each public class is made."""
    made: dict[str, list[str]] = defaultdict(list)
    for path, module in modules(f"tracker/{layer}"):
        for node in module.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and node.name not in OF_DJANGO:
                made[node.name].append(str(path.relative_to(ROOT)))
    return made


@pytest.mark.parametrize("layer", LAYERS)
def test_no_two_public_classes_of_a_layer_share_a_name(layer: str) -> None:
    """Whoever reads a name in a traceback, or looks for it, finds the one that is meant."""
    assert {name: places for name, places in public_classes(layer).items() if len(places) > 1} == {}


def made_names(module: ast.Module, but: Iterable[ast.Name] = ()) -> set[str]:
    """Return the names of functions, classes, arguments and variables that a module makes, `but` for some."""
    nodes = set(ast.walk(module)) - set(but)
    names = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    names |= {node.name for node in nodes if isinstance(node, ast.MatchAs | ast.ExceptHandler) and node.name}
    names |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    return names | {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def test_standing_is_whether_a_claim_is_accepted_or_contested() -> None:
    """Documents are live, merged records have a survivor; neither modules, names nor prose use the word for more."""
    named = {
        (name, str(path.relative_to(ROOT / "tracker")))
        for path, module in modules("tracker")
        for name in made_names(module)
        if A_NAME.search(name)
    }
    written = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in files("tracker/*.py", "tracker/*.sql", "tracker/*.html", "docs/*.md")
        if not {"decisions", "migrations"} & set(path.parts)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if OTHERWISE.search(line)
    ]

    assert [path for path in files("tracker/*") if "standing" in path.stem] == []
    assert {pair for pair in named if pair[0] not in OF_CLAIMS or not pair[1].startswith(SAYS_STANDING)} == set()
    assert written == []


@pytest.mark.parametrize("word", ONLY_IN)
def test_a_word_of_the_glossary_means_one_thing(word: str) -> None:
    """Whoever looks for it finds that, and nothing that is called so as well."""
    named = {
        (name, path) for path, module in held("tracker") for name in {*made_names(module), path} if word in name.lower()
    }

    assert {pair for pair in named if not pair[1].startswith(ONLY_IN[word])} == set()


def held(*trees: str) -> Iterator[tuple[str, ast.Module]]:
    """Yield the modules of these trees by their path, below the tracker or as a whole."""
    for tree in trees:
        for path, module in modules(tree):
            yield str(path.relative_to(ROOT)).removeprefix("tracker/"), module


def test_no_module_goes_back_to_a_word_that_was_given_up() -> None:
    """A word of the field, which an engineer would look for, has taken its place; in tests too."""
    paths = [path.relative_to(ROOT) for path in files("tracker/*.py", "config/*.py", "tests/*.py")]

    assert [path for path in paths if path.stem.removeprefix("test_") in MODULES and path.name != "test_words.py"] == []


def test_no_class_goes_back_to_a_word_that_was_given_up() -> None:
    named = {
        (node.name, path)
        for path, module in held("tracker", "config", "tests")
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef) and node.name.strip("_").lower() in CLASSES
    }

    assert {(name, path) for name, path in named if not path.startswith(EXCEPTIONS.get(name, ()))} == set()


def of_pairs(module: ast.Module) -> set[ast.Name]:
    """Return where two of a kind are called `one` and another: `one, two = …`, `for one, other in …`."""
    nodes = [node for node in ast.walk(module) if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Store)]
    targets = [[name for name in ast.walk(node) if isinstance(name, ast.Name)] for node in nodes]
    return {name for names in targets if PARTNERS & {name.id for name in names} for name in names if name.id == "one"}


def gives_up(name: str) -> bool:
    """Tell whether a name of a function, an argument, a variable or a constant was given up."""
    return name in CONSTANTS or name.strip("_").lower() in NAMES


def test_a_name_says_what_it_holds_or_does() -> None:
    """As whoever reads a line far from where the name is made would say; a constant with its noun."""
    named = {
        (name, path)
        for path, module in held("tracker", "config", "tests")
        for name in made_names(module, but=of_pairs(module) if path.startswith("tests/") else ())
        if gives_up(name)
    }

    assert {(name, path) for name, path in named if not path.startswith(EXCEPTIONS.get(name, ()))} == set()


def names_in(template: str) -> set[str]:
    """Return what a template calls what it holds: in loops, `with`, and wherever it shows or asks something."""
    tags = [QUOTED.sub("", tag) for tag in TAG.findall(template)]
    return {name for tag in tags for name in VARIABLE.findall(tag)}


def test_a_name_in_a_template_says_what_it_holds() -> None:
    """As in Python, where what it is given comes from."""
    named = {
        (name, str(path.relative_to(ROOT)))
        for path in files("tracker/*.html")
        for name in names_in(path.read_text())
        if gives_up(name) or name in NOT_IN_TEMPLATES
    }

    assert named == set()


def test_an_argument_is_called_what_it_holds() -> None:
    """By a noun, as whoever calls the function would."""
    named = {
        f"{path}:{node.lineno}: {argument.arg}"
        for path, module in held("tracker")
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.Lambda)
        for argument in [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        if argument.arg in NO_ARGUMENT
    }

    assert named == set()


def given_up(line: str, path: str) -> list[str]:
    """Return the words of a line that were given up, but for what the API has promised."""
    words = [match.group() for pattern in NO_PROSE for match in re.finditer(pattern, line, re.IGNORECASE)]
    return [word for word in words if not path.startswith(PROMISED.get(word.lower(), ()))]


def test_no_text_goes_back_to_a_word_that_was_given_up() -> None:
    """Neither code, tests, pages nor documentation; decisions and migrations say what was said then."""
    written = [
        f"{path.relative_to(ROOT)}:{number}: {words}"
        for path in files("tracker/*.py", "tracker/*.html", "tracker/*.sql", "tests/*.py", "docs/*.md", "*.md")
        if not {"decisions", "migrations"} & set(path.parts) and path.name != "test_words.py"
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if (words := given_up(line, str(path.relative_to(ROOT))))
    ]

    assert written == []


def test_a_word_that_was_given_up_would_be_found() -> None:
    assert given_up("What stands in the way: an Obstacle.", "tracker/x.py") == ["Obstacle", "in the way"]
    assert given_up("def test_what_is_in_the_way_is_told():", "tests/x.py") == ["in_the_way"]
    assert given_up("obstacles", "tracker/desk/x.py") == ["obstacles"]
    assert given_up("obstacles", "docs/api.md") == []
    assert [name for name in ("found", "_told", "KEPT", "ANSWERS", "FOUND_BY", "founder", "row") if gives_up(name)] == [
        "found", "_told", "KEPT", "ANSWERS",
    ]  # fmt: skip
    template = '{% for one in rows %}{% include "said.html" with told=one.found %}{{ asked|past }}{% endfor %} course'
    assert {"one", "told", "asked"} <= names_in(template)
    assert {"said", "found", "past", "course"}.isdisjoint(names_in(template))
    pair = ast.parse("one, two = pair\nfor said in one: pass\nmatch two:\n    case str(told): pass")
    assert made_names(pair, but=of_pairs(pair)) == {"two", "said", "told"}
    assert of_pairs(ast.parse("one, many = pair\nfor one in pair: pass")) == set()
