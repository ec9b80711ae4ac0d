"""`python -m tests.golden`: write all answers anew;
with `--bodies DIRECTORY`, only write whole answers there.
"""

import shutil
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.golden.clock import write_at_the_moment, write_now

HERE = Path(__file__).parent
CONTENT, EVENTS = "content.txt", "events.txt"
KEPT = ("answers", "texts", "messages")


def ask_all(directory: Path) -> Path:
    """Ask a tracker of this checkout all questions;
    return where below the directory its answers are.
    """
    made = directory / "made"
    write_at_the_moment("tests.golden.asking", made, home=directory)
    return made


def make_content(directory: Path) -> Path:
    """Make the content from its files;
    return the file below the directory with the digests of its documents.
    """
    made = directory / CONTENT
    write_at_the_moment("tests.golden.content", made, home=directory)
    return made


def make_events(directory: Path) -> Path:
    """Work at the desk of an empty tracker;
    return the file below the directory with the events of that.
    """
    made = directory / EVENTS
    write_now("tests.golden.events", made, home=directory)
    return made


def main(bodies: Path | None) -> None:
    """Ask all, and keep what was answered;
    or write whole answers to a directory, and keep nothing.
    """
    with TemporaryDirectory() as directory:
        made = ask_all(Path(directory))
        if bodies:
            shutil.copytree(made, bodies, dirs_exist_ok=True)
            return
        for name in KEPT:
            shutil.rmtree(HERE / name, ignore_errors=True)
            shutil.copytree(made / name, HERE / name)
    with TemporaryDirectory() as directory:
        shutil.copy(make_content(Path(directory)), HERE / CONTENT)
    with TemporaryDirectory() as directory:
        shutil.copy(make_events(Path(directory)), HERE / EVENTS)


if __name__ == "__main__":
    parser = ArgumentParser(prog="python -m tests.golden", description=__doc__)
    parser.add_argument(
        "--bodies", type=Path, help="a directory for whole answers; those kept stay as they are"
    )
    main(parser.parse_args().bodies)
