"""What the tracker answers is what it answered when that was last written down."""

import lzma
import re
import shutil
import subprocess
from difflib import unified_diff
from pathlib import Path

import pytest

from config.postgres import binaries
from tests.golden.__main__ import (
    CONTENT,
    EVENTS,
    HERE,
    KEPT,
    ask_all,
    make_content,
    make_events,
)
from tests.node import leave_out

pytestmark = [pytest.mark.slow, pytest.mark.gate]
SHOWN = 60  # lines of differences
REMEDY = (
    "See `make golden-diff BASE=commit`; if this is wanted, `make golden`, and say in the commit "
    "why."
)
CANARY = b"DRAFT-CANARY"
# Tables of which the base must have no row, since whoever has the repository has the base.
SECRETS = ("auth_user", "tracker_token", "django_session", "tracker_upload")


@pytest.fixture(autouse=True)
def clock() -> None:
    """Leave a test out where no clock can be set."""
    if not shutil.which("faketime"):
        leave_out("there is no faketime here: `apt install faketime`")


def differences(kept: Path, made: Path) -> list[str]:
    """Return the lines by which two files or two directories differ."""
    names = {
        path.relative_to(root)
        for root in (kept, made)
        for path in root.rglob("*")
        if path.is_file()
    }
    lines: list[str] = []
    for name in sorted(names):
        lines += unified_diff(
            lines_of(kept / name), lines_of(made / name), str(name), "now", n=0, lineterm=""
        )
    return lines


def lines_of(path: Path) -> list[str]:
    """Return the lines of a file; none where there is none."""
    return path.read_text(errors="replace").splitlines() if path.exists() else []


def check(lines: list[str]) -> None:
    """Fail and show what differs, if anything does."""
    assert not lines, "\n".join([f"{len(lines)} lines differ.", *lines[:SHOWN], REMEDY])


def test_every_answer_is_as_it_was_written_down(tmp_path: Path) -> None:
    made = ask_all(tmp_path)
    for path in made.rglob("*"):
        assert path.is_dir() or CANARY not in path.read_bytes(), f"a draft is told: {path.name}"
    lines: list[str] = []
    for name in KEPT:
        lines += differences(HERE / name, made / name)
    check(lines)


def test_the_content_is_made_as_it_was(tmp_path: Path) -> None:
    check_file(CONTENT, make_content(tmp_path))


def test_work_at_the_desk_writes_the_events_that_it_wrote(tmp_path: Path) -> None:
    check_file(EVENTS, make_events(tmp_path))


def check_file(name: str, made: Path) -> None:
    """Fail and show what differs between the file that is kept and one that was made."""
    kept = lines_of(HERE / name)
    check(list(unified_diff(kept, lines_of(made), name, "now", n=0, lineterm="")))


def test_the_base_has_drafts_and_no_secrets(tmp_path: Path) -> None:
    dump = tmp_path / "content.dump"
    dump.write_bytes(lzma.decompress((HERE / "content.dump.xz").read_bytes()))
    program = [binaries.find().program("pg_restore"), "--file=-", str(dump)]
    text = subprocess.run(program, check=True, capture_output=True).stdout
    assert CANARY in text
    for table in SECRETS:
        rows = re.search(
            rf"COPY public\.{table} \(.*?\) FROM stdin;\n(.*?)\\\.".encode(), text, re.DOTALL
        )
        assert rows is not None, table
        assert rows[1].strip() == b"", table
    assert not re.search(
        rb"PASSWORD '|SCRAM-SHA|pbkdf2_|argon2|(?<![\w.])/(home|root|tmp|work)/", text
    )
