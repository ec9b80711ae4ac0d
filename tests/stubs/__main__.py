"""`make new-field`, `make new-noun`:
stubs are written where they belong, then what is open is listed.
"""

import os
import subprocess
import sys
from argparse import ArgumentParser

from tests.stubs.field import KINDS, add_field
from tests.stubs.insertion import OPEN, ROOT, NoPlaceError
from tests.stubs.noun import add_noun
from tracker.values.nouns import Noun

# comparing models with migrations needs no database
NOWHERE = {
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    "PYTHONWARNINGS": "ignore::RuntimeWarning",
}


def run(*command: str) -> None:
    subprocess.run([sys.executable, *command], cwd=ROOT, env=os.environ | NOWHERE, check=True)


def lay_out(*paths: str) -> None:
    run("-m", "ruff", "check", "--quiet", "--fix-only", *paths)
    run("-m", "ruff", "format", "--quiet", *paths)


parser = ArgumentParser(prog="python -m tests.stubs", description=__doc__)
parser.add_argument("noun")
parser.add_argument("--plural", help="of a noun that is new")
parser.add_argument("--name", default="", help="of a field, which records may be without")
parser.add_argument("--kind", choices=KINDS, default="line")
parser.add_argument(
    "--says", default=f"{OPEN}: what it says.", help="what the field says, a sentence"
)
parser.add_argument("--vocabulary", default="", help="of a term: its class")
parser.add_argument(
    "--terms", default="todo", help="of a vocabulary that is new, with commas between them"
)
parser.add_argument(
    "--after", default="", help="the field behind which it stands; usually the noun's last"
)
given = parser.parse_args()
if bool(given.plural) == bool(given.name) or (given.name and given.noun not in [*Noun]):
    parser.error("name a noun that is there and a field, or one that is new and its plural")
if bool(given.vocabulary) != (given.kind == "term"):
    parser.error("a term has a vocabulary, and nothing else has one")
try:
    if given.name:
        words = (given.says, given.vocabulary, given.terms, given.after)
        modules = add_field(Noun(given.noun), given.name, KINDS[given.kind], *words)
    else:
        modules = add_noun(given.noun, given.plural)
except NoPlaceError as error:
    sys.exit(f"Nothing was written. {error}")
for module in modules:
    module.path.write_text(module.text, encoding="utf-8")
lay_out(*(str(module.path) for module in modules))
print(*(f"written: {module.path.relative_to(ROOT)}" for module in modules), sep="\n", flush=True)
if given.name:
    run("manage.py", "makemigrations", "-n", given.name)
    lay_out("tracker/migrations")
run("-m", "tests.stubs.missing", given.noun, given.name)
