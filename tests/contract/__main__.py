"""`python -m tests.contract`: make the OpenAPI document and its page, and write what is committed
of the document; refuse if it breaks what was committed last.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from django.core.management import CommandError

from tests.contract.committed import (
    COMMITTED,
    COMMITTED_DESK,
    desk_as_committed,
    lost_at_desk,
    publication_as_committed,
)
from tests.contract.promise import LOADER, broken, promised
from tracker.management.openapi.making import make
from tracker.public.api.documentation import DOCUMENT, PAGE, public_part

NOT_MADE = (
    "The document wasn't made, for the error above; nothing was written. Mend that, and run "
    "`make contract` again. `manage.py check` finds what keeps the tracker from starting, "
    "`manage.py makemigrations --check` a migration that is missing, `pytest tests/schema "
    "tests/public/api/openapi` what is wrong with a declaration."
)


def main(made: Path) -> int:
    """Commit to a document that was made, with the page beside it; return the exit status."""
    document = yaml.load(made.read_text(encoding="utf-8"), LOADER)
    text, desk = publication_as_committed(document), desk_as_committed(document)
    before = COMMITTED_DESK.read_text(encoding="utf-8")
    breaks = [*broken(promised(text), public_part(document)), *lost_at_desk(before, desk)]
    if breaks:
        print(*breaks, "Version 1 promised otherwise: nothing was written.", sep="\n")
        print(
            "Make it a gain, and run `make contract` again. What it must take back all the "
            "same goes into TAKEN_BACK (tests/contract/promise.py), with the reason."
        )
        return 1
    COMMITTED.write_text(text, encoding="utf-8")
    COMMITTED_DESK.write_text(desk, encoding="utf-8")
    for file in (DOCUMENT, PAGE):
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(made.with_name(file.name).read_bytes())
    return 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(main(Path(sys.argv[1])))
    with TemporaryDirectory() as directory:
        try:
            make(Path(directory))
        except CommandError as error:
            sys.exit(f"{error}\n{NOT_MADE}")
        sys.exit(main(Path(directory, DOCUMENT.name)))
