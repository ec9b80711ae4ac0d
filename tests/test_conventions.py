"""Habits of this project that a machine can check.

Words that may appear nowhere are spelled so that they don't here.
"""

import ast
import inspect
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, models
from django.db.models import signals
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from tests.factories import FACTORIES, ReviewFactory, TokenFactory, UserFactory
from tests.models.releasing import release_of
from tests.models.rows import DESK, OTHERS, make
from tracker import history
from tracker.desk.imports import receive
from tracker.models import (
    ChangeSet,
    CheckedBackup,
    FailedAttempts,
    KeptAnswer,
    ReleaseDoi,
    Throttle,
    Unchanged,
    Undoing,
)
from tracker.models.nouns import PARTS, RECORDS
from tracker.publishing.publish import Chosen, publish
from tracker.values.vocabularies import Channel

ROOT = Path(__file__).resolve().parent.parent
MOST_LINES = 650
LONGEST_MARKUP = 140  # characters of a line of a template
OWNERS = {part: noun.value for noun, parts in PARTS.items() for part in parts.values()}
UNWELCOME = {
    "a path of somebody's machine": "|".join(
        [rf"(?<![\w.]){'/'}(work|root|home|Users){'/'}\w", rf"{'/'}tmp/(?!tracker-)"]
    ),
    "the host of a package registry": "|".join(
        rf"{host}\.({domain})"
        for host, domain in (
            ("pypi", "org"),
            ("python" + "hosted", "org"),
            ("npmjs", "org|com"),
            ("golang", "org"),
        )
    ),
    "an index of packages": r"--(extra-)?index" + r"-url",
    "work put off": "|".join(
        ["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Error", r"mark\.(skip|" + "xfail)"]
    ),
}


def files(*patterns: str) -> list[Path]:
    """Return the files that git tracks or would, if they match one of the patterns."""
    listing = [
        "git",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
        "--",
        *patterns,
    ]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [
        ROOT / name for name in sorted(set(names.split("\0"))) if name and (ROOT / name).is_file()
    ]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def modules(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in files(*(f"{folder}/**.py" for folder in folders)):
        yield path, parsed(path)


def test_nobody_reads_our_own_messages():
    """What is wrong goes from the constraint to the page as a Problem."""
    splitting = [
        (str(path.relative_to(ROOT)), node.lineno)
        for path, module in modules("tracker")
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args
        if node.func.attr in ("partition", "rpartition", "split", "rsplit")
        and ast.unparse(node.args[0]) == "': '"
    ]

    assert splitting == []


def test_every_class_is_found_by_its_name():
    made = [
        str(path.relative_to(ROOT))
        for path, module in modules("tracker", "config")
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "type" and len(node.args) > 1
    ]

    assert made == []


def test_no_file_of_python_is_long():
    """But for migrations that make a table, as Django writes them."""
    texts = {path.relative_to(ROOT): path.read_text() for path in files("*.py")}

    assert len(texts) > 100
    long = {path for path, text in texts.items() if len(text.splitlines()) >= MOST_LINES}
    assert {
        path
        for path in long
        if path.parent.name != "migrations" or "CreateModel" not in texts[path]
    } == set()


def test_no_line_of_a_template_is_long():
    """One tag a line, or a sentence: a diff shows what changes.
    Only tags of Django's can't be broken.
    """
    unwrapped: set[str] = set()
    templates = {
        str(path.relative_to(ROOT)): path.read_text() for path in files("tracker/**/templates/**")
    }
    long = [
        f"{name}:{number}"
        for name, text in templates.items()
        for number, line in enumerate(text.splitlines(), 1)
        if len(line) > LONGEST_MARKUP and not name.startswith(tuple(unwrapped))
    ]

    assert len(templates) > 100
    assert long == []


@pytest.mark.parametrize("what", UNWELCOME)
def test_no_file_has(what):
    pattern = re.compile(UNWELCOME[what])

    matches = [
        (path.relative_to(ROOT), match.group())
        for path in files()
        for match in pattern.finditer(path.read_text(errors="replace"))
    ]

    assert matches == []


def test_no_browser_is_asked_what_it_shows_before_it_shows_it():
    """Only `expect` waits for the page that a click leads to."""
    asked = re.compile(
        r"^\s*assert .*\b(page|analyst|editor)\b.*\.(count|is_\w+|inner_text|text_content)\(\)",
        re.MULTILINE,
    )
    assert [
        path.name for path in files("tests/browser/*.py") if asked.search(path.read_text())
    ] == []


def test_no_page_is_looked_at_after_a_click_before_something_of_it_is_awaited():
    click, awaited = r"\.click\(\)", r"(?:expect\w*|goto|reload|wait_for\w*|input_value)\("
    looked = re.compile(
        rf"{click}\n(?:(?!.*{awaited})(?!def )[^\n]*\n)*?[^\n]*(?:\bcomplaints\(|\.evaluate\()",
        re.MULTILINE,
    )
    early = {
        path.name: looks
        for path in files("tests/browser/*.py")
        if (looks := looked.findall(path.read_text()))
    }
    assert early == {}
    assert looked.search("x.click()\n    assert complaints(page) == []")
    assert not looked.search("x.click()\n    expect(page)\n    assert complaints(page) == []")


def test_what_no_file_may_have_would_be_found():
    samples = {
        "a path of somebody's machine": [
            "x = '/" + "work/main'",
            "/" + "home/ada/x",
            "/" + "tmp/y",
        ],
        "the host of a package registry": [
            "https://pypi" + ".org/simple",
            "files.python" + "hosted.org",
        ],
        "an index of packages": ["--index" + "-url=x", "--extra-index" + "-url"],
        "work put off": ["# TO" + "DO", "pytest.mark.sk" + "ip"],
    }

    for what, texts in samples.items():
        assert all(re.search(UNWELCOME[what], text) for text in texts), what
    assert not re.search(
        UNWELCOME["a path of somebody's machine"], "https://example.org/work/a and network/home/x"
    )


def private_names(module: ast.Module) -> set[str]:
    """Return the names with a leading underscore that a module uses
    of anything but its own classes and itself.
    """
    nodes = list(ast.walk(module))
    own = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    own |= {
        node.attr
        for node in nodes
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }
    own |= {
        node.target.id
        for node in nodes
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    used = {
        node.attr
        for node in nodes
        if isinstance(node, ast.Attribute)
        and not (ast.unparse(node.value) in ("self", "cls") and node.attr in own)
    }
    asked = {
        str(node.args[1].value)
        for node in nodes
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("getattr", "hasattr", "setattr")
        if isinstance(node.args[1], ast.Constant)
    }
    return {name for name in used | asked if re.match(r"_(?!_)", name)}


def test_nothing_private_of_a_library_is_used():
    """What a library keeps for itself changes with the next version of it, and says nothing."""
    documented = {
        "_meta",
        "_state",
        "_default_manager",
        "_asdict",
        "_make",
        "_replace",
        "_value_",
        "_exit",
    }

    names = {name for _, module in modules("tracker", "config") for name in private_names(module)}

    assert names == documented
    for code in (
        "person._perm_cache = 1",
        "getattr(x, '_perm_cache')",
        "super()._save_m2m()",
        "self._changeform_view()",
    ):
        assert private_names(ast.parse(code)), code


def unwrapped(module: ast.Module) -> list[str]:
    """Return what a module asks of psycopg itself, where nobody turns its errors into Django's."""
    nodes = list(ast.walk(module))
    wraps = [
        node
        for node in nodes
        if isinstance(node, ast.With)
        and any("wrap_database_errors" in ast.unparse(item) for item in node.items)
    ]
    wrapped = {node for wrap in wraps for node in ast.walk(wrap)}
    calls = [
        node
        for node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    named = {
        call: (ast.unparse(call.func.value), call.func.attr)
        for call in calls
        if call not in wrapped
    }
    asked = {call for call, (of, name) in named.items() if name in ("copy", "stream", "pipeline")}
    return [
        ast.unparse(call) for call in asked if re.search(r"(cursor|connection)$", named[call][0])
    ]


def test_errors_of_the_driver_are_djangos_everywhere():
    """Who tells those of the moment from bugs knows no others."""
    assert [code for _, module in modules("tracker", "config") for code in unwrapped(module)] == []
    for code in (
        "with cursor.copy('COPY'): pass",
        "here.connection.pipeline()",
        "with a: cursor.stream('SELECT 1')",
    ):
        assert unwrapped(ast.parse(code)), code
    assert not unwrapped(
        ast.parse("with here.wrap_database_errors, here.cursor() as cursor: cursor.copy('COPY')")
    )


def test_no_model_has_an_ordering():
    assert [
        model for model in apps.get_app_config("tracker").get_models() if model._meta.ordering
    ] == []


def test_no_signal_has_a_receiver_of_ours():
    receivers = [
        receiver
        for signal in vars(signals).values()
        if isinstance(signal, signals.Signal)
        for _, receiver, *_ in signal.receivers
    ]
    modules_of_ours = [
        path
        for path, module in modules("tracker", "config")
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom)
        and re.search(r"\bsignals\b|\bdispatch\b", node.module or "")
    ]

    assert receivers
    assert [
        receiver
        for receiver in receivers
        if re.match(r"(tracker|config)\b", getattr(receiver(), "__module__", ""))
    ] == []
    assert modules_of_ours == []


@pytest.mark.parametrize("model", DESK, ids=lambda model: model.__name__)
def test_every_field_of_the_desk_says_what_it_is(model):
    """It feeds the admin and OpenAPI; the record that a part belongs to goes without saying."""
    silent = [
        field.name
        for field in model._meta.concrete_fields
        if not field.help_text and not field.primary_key and field.name != OWNERS.get(model)
    ]

    assert silent == []


@pytest.fixture
def everything(db: None, acting_as: Callable[[str], AbstractContextManager[None]]) -> None:
    """At least one row of each table of ours."""
    for factory in FACTORIES.values():
        factory()
    chosen = [
        Chosen(noun, pk)
        for noun in RECORDS
        for pk in RECORDS[noun].objects.values_list("pk", flat=True)
    ]
    with history.changeset(made_by=None, reason="", channel=Channel.COMMAND):
        edition = publish(records=chosen)
    assert edition
    ReleaseDoi.objects.create(release=release_of(edition), doi="10.5281/zenodo.1")
    for model in DESK:
        make(model)
    ReviewFactory()
    Unchanged.objects.create(noun="issue", record=1, version=2, same_as=1)
    with acting_as(settings.OWNER):
        undone, by = (ChangeSet.objects.create(channel=Channel.COMMAND) for _ in range(2))
    Undoing.objects.create(undone=undone, by=by, is_whole=True)
    upload = receive(name="actors.csv", file=BytesIO(b"slug\nchina\n"), made_by=UserFactory().pk)
    assert upload.pieces.count() == 1
    KeptAnswer.objects.create(user=TokenFactory().user, key="a-request", request="")
    FailedAttempts.objects.create(key="somebody", count=1)
    Throttle.objects.create(key="token 1", even_at=Now())
    CheckedBackup.objects.create(made_at=Now(), edition=1, seconds=1)


def test_neither_names_nor_properties_of_records_ask_the_database(everything):
    for model in [*DESK, *OTHERS]:
        row = model.objects.all()[0]
        properties = [
            name
            for name, _ in inspect.getmembers(model, lambda member: isinstance(member, property))
        ]

        with CaptureQueriesContext(connection) as queries:
            assert str(row)
            repr(row)
            for name in {*properties} - set(dir(models.Model)):
                getattr(row, name)

        assert queries.captured_queries == [], model


@pytest.mark.django_db
def test_the_migrations_make_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_are_named_for_what_they_do():
    names = [path.stem for path in files("tracker/migrations/0*.py")]

    assert names
    assert [name for name in names if not re.fullmatch(r"[0-9]{4}_[a-z]+(_[a-z]+)*", name)] == []
    assert [name for name in names if "_auto" in name or "alter" in name.split("_")] == []
