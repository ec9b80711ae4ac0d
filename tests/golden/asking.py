"""Restoring the base, asking all questions, and writing down what was answered."""

import lzma
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment

from config.postgres import backups
from tests.golden.answers import Answer, ask, digest, files
from tests.golden.messages import messages

HERE = Path(__file__).parent
DUMP = HERE / "content.dump.xz"
QUESTIONS = HERE / "questions"
# Today; days of the world before and after the war began; an early edition, with a day and without;
# a moment.
DATES = (
    "",
    "on=2019-06-15",
    "on=2022-03-01",
    "edition=1",
    "on=2019-06-15&edition=14",
    "as_of=2026-10-20T09:01:44Z",
)


def restore() -> None:
    """Put the base into the database of these settings, and migrate it."""
    with TemporaryDirectory() as directory:
        dump = Path(directory, "content.dump")
        dump.write_bytes(lzma.decompress(DUMP.read_bytes()))
        fault = backups.load(dump)
    if fault:
        raise SystemExit(f"The base was not restored: {fault}")
    call_command("migrate", verbosity=0)


def questions(name: str) -> list[str]:
    """Return the addresses of one file of questions."""
    return (QUESTIONS / name).read_text(encoding="utf-8").splitlines()


def dated(addresses: list[str]) -> Iterator[str]:
    """Yield each address with each of the dates."""
    for address in addresses:
        for dates in DATES:
            joined = "&" if "?" in address else "?"
            yield f"{address}{joined}{dates}" if dates else address


def asked(addresses: list[str]) -> Iterator[Answer]:
    """Yield what is answered to each address, each asked by another reader,
    so that nobody asks too often.
    """
    for number, address in enumerate(addresses):
        reader = f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
        yield ask(Client(REMOTE_ADDR=reader, raise_request_exception=False), address)


def write(target: str) -> None:
    """Restore the base here, ask all questions, and write the answers below a directory.

    It gets `answers/`, `texts/` and `messages/`, as they are kept, and `bodies/`,
    which are for people.
    """
    setup_test_environment()
    restore()
    directory = Path(target)
    texts = set(questions("texts.txt"))
    addresses = [
        *dated(questions("addresses.txt")),
        *questions("queries.txt"),
        *questions("mistakes.txt"),
    ]
    addresses = sorted({*addresses, *texts})
    answers = []
    for answer in asked(addresses):
        name = file_name(answer.address)
        put(directory / "bodies" / name, answer.text())
        if answer.address in texts:
            put(directory / "texts" / name, answer.text())
        answers.append(answer)
    for name, lines in files(answers).items():
        put(directory / "answers" / name, lines.encode())
    for name, text in messages().items():
        put(directory / "messages" / name, text.encode())


def file_name(address: str) -> str:
    """Return a name for the file of an answer that tells its address,
    shortened by a digest where that is long.
    """
    name = "".join(letter if letter.isalnum() or letter in "-.=," else "_" for letter in address)
    return f"{name}.txt" if len(name) < 120 else f"{name[:100]}-{digest(address.encode())}.txt"


def put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
