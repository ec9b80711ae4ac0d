"""`python -m tests.contract`: write the OpenAPI document and its page;
refuse if it breaks the one committed last.
"""

import sys
from pathlib import Path
from subprocess import CalledProcessError
from tempfile import TemporaryDirectory

import yaml

from tests.contract.making import make
from tests.contract.promise import COMMITTED, LOADER, broken, promised

NOT_MADE = (
    "The document wasn't made, for the error above; nothing was written. Mend that, and run "
    "`make contract` again. `manage.py check` finds what keeps the tracker from starting, "
    "`manage.py makemigrations --check` a migration that is missing, `pytest tests/schema "
    "tests/public/api/openapi` what is wrong with a declaration."
)


def main(made: Path) -> int:
    """Commit to a document that was made, with the page beside it; return the exit status."""
    text = made.read_text(encoding="utf-8")
    breaks = broken(promised(text), yaml.load(text, LOADER))
    if breaks:
        print(*breaks, "Version 1 promised otherwise: nothing was written.", sep="\n")
        print(
            "Make it a gain, and run `make contract` again. What it must take back all the "
            "same goes into TAKEN_BACK (tests/contract/promise.py), with the reason."
        )
        return 1
    for file in (COMMITTED, COMMITTED.with_name("docs.html")):
        file.write_text(made.with_name(file.name).read_text(encoding="utf-8"), encoding="utf-8")
    return 0


if len(sys.argv) > 1:
    sys.exit(main(Path(sys.argv[1])))
with TemporaryDirectory() as directory:
    path = Path(directory, COMMITTED.name)
    try:
        make(path)
    except CalledProcessError:
        sys.exit(NOT_MADE)
    sys.exit(main(path))
