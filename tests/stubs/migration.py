"""A noun's migration, written by Django, and what Django leaves out:
`python -m tests.stubs.migration NOUN`.

Columns of documents stand before those that are generated of them;
triggers, storage, view, rights and rules follow.
"""

import ast
import os
import subprocess
import sys
from pathlib import Path

import django

from tests.stubs.insertion import ROOT

NOWHERE = {
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    "PYTHONWARNINGS": "ignore::RuntimeWarning",
}
GENERATED_OF = ("opened", "closed")
IMPORTS = (
    "from tracker.models.operations import NounTables",
    "from tracker.models.rules import Rules",
)


def complete(text: str, noun: str) -> str:
    """Return a migration that makes a noun, with what Django leaves out of it."""
    from tracker.models.operations import digest
    from tracker.models.rule import digest_of
    from tracker.models.rules import RULES
    from tracker.values.nouns import Noun

    lines = text.splitlines()
    owner = next(node for node in ast.parse(text).body if isinstance(node, ast.ClassDef))
    [listed] = [
        node.value
        for node in owner.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "operations"
    ]
    assert isinstance(listed, ast.List)
    moved, cut = [], list[tuple[int, int]]()
    place = 0
    for operation in listed.elts:
        given = {each.arg: each.value for each in operation.keywords}
        about = [
            ast.literal_eval(given[key])
            for key in ("name", "model_name")
            if key in given
            and "Constraint" not in ast.unparse(operation.func)
            and "Index" not in ast.unparse(operation.func)
        ]
        if about == [f"{noun.capitalize()}Document"]:
            generated = next(
                each for each in given["fields"].elts if "GeneratedField" in ast.unparse(each)
            )
            place = generated.lineno - 1
        if len(about) == 2 and about[1] == f"{noun}document" and about[0] in GENERATED_OF:
            moved.append((about[0], given["field"]))
            cut.append((operation.lineno - 1, operation.end_lineno))
    rules = {
        rule.code: digest_of(rule.text)[:12]
        for rule in RULES
        if rule.noun == noun and not rule.from_first
    }
    last = [f'NounTables("{noun}", "{digest(Noun(noun))}"),']
    last += (
        [f"Rules({', '.join(f'{code}={value!r}' for code, value in rules.items())}),"]
        if rules
        else []
    )
    end = listed.end_lineno - 1
    lines[end:end] = last
    for begin, until in reversed(cut):
        del lines[begin:until]
    fields = [f'("{name}", {ast.unparse(field)}),' for name, field in sorted(moved, reverse=True)]
    lines[place:place] = fields
    first = next(
        number for number, line in enumerate(lines) if line.startswith("from django.db import")
    )
    lines[first + 1 : first + 1] = ["", *IMPORTS[: len(last)]]
    return "\n".join(lines) + "\n"


def write(noun: str) -> Path:
    """Have the migration written, with what Django leaves out of it."""
    there = set((ROOT / "tracker" / "migrations").glob("*.py"))
    run = [sys.executable, "manage.py", "makemigrations", "--verbosity", "0", "-n", noun]
    subprocess.run(run, cwd=ROOT, env=os.environ | NOWHERE, check=True)
    [made] = set((ROOT / "tracker" / "migrations").glob("*.py")) - there
    made.write_text(complete(made.read_text(encoding="utf-8"), noun), encoding="utf-8")
    for verb in (("check", "--quiet", "--fix-only"), ("format", "--quiet")):
        subprocess.run([sys.executable, "-m", "ruff", *verb, str(made)], cwd=ROOT, check=True)
    return made


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    print(f"written: {write(sys.argv[1]).relative_to(ROOT)}")
