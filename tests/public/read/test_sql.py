"""How the SQL of publications is written:
of parts, by psycopg, and never as a text put together of texts.

No value is written in it by hand, with quotes of our own.
"""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.test_conventions import ROOT, modules
from tracker.schema.ordering import BY_NAME_AND_RANK
from tracker.schema.records import FILTERS, ORDERS

# They take SQL; `format` of what SQL() returns is psycopg's, and takes parts.
TAKES_SQL = {"SQL", "chunks_of", "compose", "copy", "execute", "rows", "rows_of", "run", "write"}
SQL = re.compile(
    r"\b(SELECT|FROM|WHERE|JOIN|VALUES|INTO|UPDATE|SET|DELETE|RETURNING|UNION|WITH|AS|AND|OR|NOT"
    r"|ON|CASE|WHEN|LIMIT|ASC|DESC|(ORDER|GROUP|PARTITION) BY"
    r"|CREATE|ALTER|DROP|ANALYZE|COPY)\b"
)
QUOTED = re.compile(r"(->>? *)?('[^']*')")  # behind an arrow, the name of a member
# What is nothing, and names that PostgreSQL gives:
# to bounds of a range, a weight, a dictionary, an encoding.
NO_VALUES = {"''", "'{{}}'", "'[]'", "'{{a}}'", "'public.unaccent'", "'UTF8'", "'hex'"}


def texts_of(module: ast.Module) -> set[str]:
    return {
        target.id
        for node in ast.walk(module)
        if isinstance(node, ast.Assign) and is_text(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def put_together(module: ast.Module) -> Iterator[ast.expr]:
    """Yield each text that is made of texts:
    f"…", … % …, … + …, "…".format(…), "…".join(…), "…".replace(…).
    """
    texts = texts_of(module)
    for node in ast.walk(module):
        match node:
            case ast.JoinedStr():
                yield node
            case ast.BinOp(op=ast.Mod() | ast.Add(), left=left, right=right):
                if is_text(left) or is_text(right):
                    yield node
            # of an object, it takes no two
            case ast.Call(func=ast.Attribute(attr="replace"), args=[_, _, *_]):
                yield node
            case ast.Call(func=ast.Attribute(value=text, attr="format" | "format_map" | "join")):
                if is_text(text) or (isinstance(text, ast.Name) and text.id in texts):
                    yield node


def formatted_sql(module: ast.Module) -> set[int]:
    made = list(put_together(module))
    takers = [
        node.args[0]
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and node.args
        and ast.unparse(node.func).rpartition(".")[2] in TAKES_SQL
    ]
    spelled = [
        node
        for node in made
        if any(
            isinstance(part, ast.Constant) and SQL.search(str(part.value))
            for part in ast.walk(node)
        )
    ]
    return {node.lineno for node in [*spelled, *(node for node in made if node in takers)]}


ROOMS = ("api", "http", "read", "site")  # that ask the database, or could


def test_no_sql_is_put_together_of_texts() -> None:
    places = {
        f"{path.relative_to(ROOT)}:{line}"
        for path, module in modules(
            "tracker/publishing", *(f"tracker/public/{room}" for room in ROOMS)
        )
        for line in formatted_sql(module)
    }

    assert places == set()


@pytest.mark.parametrize(
    ("code", "is_found"),
    [
        ('f"SELECT 1 FROM {table}"', True),
        ('cursor.execute(f"{rule} 1")', True),
        ('SQL(f"k{place}")', True),
        ('sql = "SELECT * FROM " + table', True),
        ('run("ANALYZE %s" % table)', True),
        ('rows_of("{}".format(query))', True),
        ('ONE = "{noun}"\nrows_of(ONE.format(noun=noun))', True),
        ('"SELECT x".replace("x", column)', True),
        ('SQL(by.condition(given).replace("%(given)s", "true"))', True),
        ("replace(ID, descending=True)", False),
        ('" UNION ALL ".join(queries)', True),
        ('SQL("SELECT 1 FROM {}").format(Identifier(f"tracker_{noun}"))', False),
        ('compose("SELECT 1 FROM {documents}", noun)', False),
        ('SQL(" UNION ALL ").join(queries)', False),
        ('says = f"{noun} {record}: it is not public"', False),
    ],
)
def test_what_is_put_together_of_texts_would_be_found(code: str, is_found: bool) -> None:
    assert bool(formatted_sql(ast.parse(code))) is is_found


def conditions() -> Iterator[str]:
    """Yield the conditions of all filters: alone, beside each other one, and beside all."""
    for filters in FILTERS.values():
        names = {by.name for by in filters}
        for by in filters:
            yield from (
                by.condition(frozenset(given))
                for given in (names, *({by.name, name} for name in names))
            )


def texts_in(module: ast.Module) -> Iterator[str]:
    explained = {node.value for node in ast.walk(module) if isinstance(node, ast.Expr)}
    texts = (
        node
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and node not in explained
    )
    return (node.value for node in texts if isinstance(node.value, str))


def quoted(template: str) -> set[str]:
    return {text for arrow, text in QUOTED.findall(template) if not arrow} - NO_VALUES


def test_no_value_is_written_in_a_template_by_hand() -> None:
    """Of a list, or of anything else that readers are told."""
    orders = {
        by.sql for by in (*BY_NAME_AND_RANK, *(by for orders in ORDERS.values() for by in orders))
    }
    others = {text for _, module in modules("tracker/public/read") for text in texts_in(module)}

    assert {
        text for template in (*conditions(), *orders, *others) for text in quoted(template)
    } == set()


@pytest.mark.parametrize(
    ("template", "values"),
    [
        ("('any' = ANY(%(standing)s::text[]) OR d.standing = ANY(%(standing)s))", {"'any'"}),
        ("m.named_noun = 'source' AND m.named = ANY({source})", {"'source'"}),
        ("coalesce((m -> 'since' ->> 'earliest')::date <= %(on)s::date, true)", set()),
        ("d.issued && daterange(NULL, %(issued_to)s, '[]')", set()),
    ],
)
def test_a_value_that_is_written_by_hand_would_be_found(template: str, values: set[str]) -> None:
    assert quoted(template) == values
