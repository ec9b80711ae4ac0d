"""What a process remembers has a bound: none of its caches grows with what is asked of it."""

import ast
import gc
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from itertools import combinations, islice

import pytest
from django.test import Client

from tests.factories import StanceFactory
from tests.public.api.publishing import publish_whole
from tests.test_conventions import ROOT, modules
from tracker.public.read import queries

# Of each there are as many as the program has: no request brings another.
FEW = {
    "Noun",
    "By",
    "bool",
    "ReleaseTable",
    "DeskTable",
    "type[Vocabulary]",
    "type[Struct]",
    "type[models.Model]",
}
FEW |= {f"{kind} | None" for kind in FEW}
KNOWN_TO_BE_FEW = {
    ("config/wsgi.py", "number_of"): "of the processes of a server that was forked from one",
    (
        "tracker/desk/admin/history/comparison.py",
        "_kinds",
    ): "of each public shape, and the shapes of its parts",
    ("tracker/public/api/documentation.py", "as_json"): "the licence is a setting",
    ("tracker/public/api/documentation.py", "as_yaml"): "the licence is a setting",
    (
        "tracker/public/api/metrics.py",
        "_meters",
    ): "of ten classes of requests, and the statuses that answers have",
    ("tracker/public/api/openapi/pages.py", "page_of"): "of each form that a list of the API has",
    ("tracker/desk/api/shapes.py", "desk_page_of"): "of each form that a list of the API has",
    ("tracker/public/api/views.py", "parameters_in_form"): "of each view of records, noun and form",
    ("tracker/publishing/rules.py", "_compose"): "of the rules of the file, and each set of nouns",
    ("tracker/public/cards/footnotes.py", "_judged"): "of each term of three vocabularies",
}
FILLED_ONCE = {
    ("config/postgres/users.py", "shares"): "of each data directory",
    ("config/worker.py", "REFUSALS"): "who counts them, at the start",
}
EMPTY = {"{}", "[]", "dict()", "list()", "set()"}

Place = tuple[str, str]


def named(node: ast.AST) -> str:
    return (
        node.attr
        if isinstance(node, ast.Attribute)
        else node.id
        if isinstance(node, ast.Name)
        else ""
    )


def is_bounded(decorator: ast.expr) -> bool:
    if not isinstance(decorator, ast.Call) or named(decorator.func) != "lru_cache":
        return False
    bounds = [
        *decorator.args[:1],
        *(keyword.value for keyword in decorator.keywords if keyword.arg == "maxsize"),
    ]
    return bool(bounds) and not (isinstance(bounds[0], ast.Constant) and bounds[0].value is None)


def caches(module: ast.Module) -> Iterator[tuple[ast.FunctionDef, ast.expr]]:
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef):
            for decorator in node.decorator_list:
                if named(decorator.func if isinstance(decorator, ast.Call) else decorator) in (
                    "cache",
                    "lru_cache",
                ):
                    yield node, decorator


def unbounded(path: str, module: ast.Module) -> Iterator[Place]:
    """Yield each function that keeps a result for each value of
    something of which there may be any number.
    """
    for function, decorator in caches(module):
        asked = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        kinds = {
            ast.unparse(argument.annotation) if argument.annotation else ""
            for argument in asked
            if argument.arg != "cls"
        }
        if not is_bounded(decorator) and (
            kinds - FEW or function.args.vararg or function.args.kwarg
        ):
            yield path, function.name


def filled_later(path: str, module: ast.Module) -> Iterator[Place]:
    """Yield each name of a module that begins empty, unless its type says that it stays so."""
    for node in module.body:
        if (
            isinstance(node, ast.Assign | ast.AnnAssign)
            and node.value
            and ast.unparse(node.value) in EMPTY
        ):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            kind = ast.unparse(node.annotation) if isinstance(node, ast.AnnAssign) else ""
            if not kind.startswith(("Mapping", "Sequence")):
                yield path, named(target)


def read() -> Iterator[tuple[str, ast.Module]]:
    for path, module in modules("tracker", "config"):
        yield str(path.relative_to(ROOT)), module


def test_no_cache_grows_with_what_is_asked() -> None:
    places = {place for path, module in read() for place in unbounded(path, module)}

    assert places == set(KNOWN_TO_BE_FEW)


def test_a_cache_is_nothing_but_a_decorator() -> None:
    for path, module in read():
        uses = [node for node in ast.walk(module) if named(node) in ("cache", "lru_cache")]
        assert len(uses) == len(list(caches(module))), path


def test_no_module_has_something_that_fills() -> None:
    assert {place for path, module in read() for place in filled_later(path, module)} == set(
        FILLED_ONCE
    )


@pytest.mark.parametrize(
    ("decorated", "kept"),
    [
        ("@cache\ndef a(noun: Noun, key: str) -> str: ...", False),
        ("@functools.cache\ndef a(key: str) -> str: ...", False),
        ("@lru_cache(maxsize=None)\ndef a(key: str) -> str: ...", False),
        ("@lru_cache(None)\ndef a(key: str) -> str: ...", False),
        ("@cache\ndef a(*keys: Noun) -> str: ...", False),
        ("@cache\ndef a(key) -> str: ...", False),
        ("@cache\ndef a(cls, noun: Noun | None) -> str: ...", True),
        ("@lru_cache(maxsize=FORMS)\ndef a(key: str) -> str: ...", True),
    ],
)
def test_what_is_no_bound_would_be_found(decorated: str, kept: bool) -> None:
    assert list(unbounded("a.py", ast.parse(decorated))) == ([] if kept else [("a.py", "a")])


def kept_here() -> int:
    """Return how many results all caches of the program hold, those frozen with it among them."""
    gc.unfreeze()
    wrappers = [
        candidate for candidate in gc.get_objects() if type(candidate) is _lru_cache_wrapper
    ]
    gc.freeze()
    return sum(
        wrapper.cache_info().currsize
        for wrapper in wrappers
        if wrapper.__module__.startswith(("tracker.", "config."))
    )


def forms(number: int) -> Iterator[str]:
    """Yield query strings, each with other filters and in another order than all others."""
    given = (
        "on=2019-01-01",
        "min_score=0",
        "max_score=1",
        "hedged=true",
        "position=supports",
        "basis=inference",
    )
    given += (
        "confidence=low",
        "standing=any",
        "instrument=economic",
        "actor_kind=state",
        "count=true",
        "edition=1",
    )
    every = (chosen for size in range(len(given)) for chosen in combinations(given, size))
    orders = ("since", "-since", "edition", "-edition", "since,edition", "-since,edition")
    return islice(
        (f"{'&'.join(chosen)}&ordering={order}" for chosen in every for order in orders), number
    )


@pytest.mark.slow
@pytest.mark.django_db
def test_thousands_of_forms_are_kept_within_a_bound(client: Client) -> None:
    """The last ones; whichever form of a question comes again is answered as before."""
    publish_whole(StanceFactory(since="2018", until="2020"))
    asked = list(forms(8 * queries.MOST_STATEMENTS))
    before = [client.get(f"/api/v1/stances/?{form}").json() for form in asked[:20]]

    for form in asked[: 2 * queries.MOST_STATEMENTS]:
        assert client.get(f"/api/v1/stances/?{form}").status_code == 200
    full = kept_here()
    assert full > queries.MOST_STATEMENTS
    for form in asked[2 * queries.MOST_STATEMENTS :]:
        assert client.get(f"/api/v1/stances/?{form}").status_code == 200

    assert kept_here() == full
    assert queries.page.cache_info().currsize == queries.MOST_STATEMENTS
    assert [client.get(f"/api/v1/stances/?{form}").json() for form in asked[:20]] == before
