"""`python -m tests.golden.content FILE`:
make the content from its files, and write digests of its documents.

A line a noun and edition:
how many documents that opened, and a digest of their bodies in the order of their records.
"""

from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.db import connections

from tracker.models.nouns import DOCUMENTS

OPENED = """
    SELECT opened, count(*), md5(string_agg(record || ' ' || md5(body), ' ' ORDER BY record))
    FROM {} GROUP BY opened ORDER BY opened
"""


def digests() -> list[str]:
    """Return the lines for the documents of this database."""
    lines = []
    with connections["publication"].cursor() as cursor:
        for noun, documents in DOCUMENTS.items():
            cursor.execute(OPENED.format(documents._meta.db_table))
            rows = cursor.fetchall()
            lines += [
                f"{noun.plural} {edition} {count} {digest}" for edition, count, digest in rows
            ]
    return lines


def write(target: str) -> None:
    """Make the content here, and write the lines to a file."""
    call_command("migrate", verbosity=0)
    with redirect_stdout(StringIO()):
        call_command("bootstrap", verbosity=0)
    Path(target).write_text("".join(f"{line}\n" for line in digests()))
