"""What people make clients with makes clients of the OpenAPI document that compile,
and read every list.

Each is made by the command that docs/api.md gives, of what the tracker serves, and compiled as
strictly as it can be. A program in `readers`, which knows the tracker by nothing else, then writes
what it read, all of it typed.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from tests.node import GENERATORS, installed
from tests.public.api.guide.pages import START
from tracker.management.openapi.document import publish_first_dataset, publish_some_votes
from tracker.public.api.documentation import document

pytestmark = pytest.mark.slow

IN_THE_GUIDE = "http://127.0.0.1:8000"
READERS = {
    "openapi-typescript": "openapi_fetch.ts",
    "orval": "orval.ts",
    "@hey-api/openapi-ts": "hey_api.ts",
    "openapi-python-client": "openapi_python_client.py",
    "openapi-generator-cli": "openapi_generator.py",
}
LISTS = [
    match[1] for path in document()["paths"] if (match := re.fullmatch(r"/api/v1/(\w+)/", path))
]


def commands() -> dict[str, list[str]]:
    (block,) = re.findall(
        r"## A client of your own\n.*?```sh\n(.*?)```", START.read_text(), re.DOTALL
    )
    given = [shlex.split(line) for line in block.splitlines()]
    return {command[command[0] == "npx"]: command for command in given}


def run(place: Path, *command: object) -> str:
    """Run a program in a directory, and return what it writes; it must end well."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [str(part) for part in command],
        cwd=place,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def read_in_typescript(place: Path, reader: Path, url: str) -> str:
    """Compile a client with its reader, the client's own libraries included,
    and return what the reader writes.
    """
    run(place, "npx", "tsc")
    return run(place, "node", Path("compiled", reader.with_suffix(".js").name), url)


def read_in_python(place: Path, reader: Path, url: str) -> str:
    """Check the types of a client and its reader, as the client asks or strictly;
    return what the reader writes.

    Of the client, what is made of the document:
    what is the same in all clients of a generator is its own matter.
    """
    (package,) = place.rglob("tracker_client")
    its_own = package.with_name("pyproject.toml")
    made_of_the_document = (package / "api", package / "models")
    how = (
        ("--config-file", its_own)
        if its_own.exists()
        else ("--strict", "--follow-imports", "silent")
    )
    program = shutil.copy(reader, package.parent)
    run(
        package.parent,
        sys.executable,
        "-m",
        "mypy",
        *how,
        "--cache-dir",
        place,
        program,
        *made_of_the_document,
    )
    return run(package.parent, sys.executable, "-W", "error", program, url)


def records(text: str) -> Any:
    """Read JSON as clients with types do:
    what is null is as good as absent, and a moment's zone is Z or +00:00.
    """
    return json.loads(
        text.replace('+00:00"', 'Z"'),
        object_hook=lambda node: {name: value for name, value in node.items() if value is not None},
    )


def served(url: str, name: str) -> Any:
    if name == "codebook":
        return asked(f"{url}/api/v1/codebook/")["vocabularies"]
    if name == "agreement":  # of those whom the readers name
        return asked(f"{url}/api/v1/agreement/?actors=CHN,RUS")["results"]
    page = asked(f"{url}/api/v1/{name}/?page_size=500&count=true")
    assert page["count"] == len(page["results"])
    return page["results"]


def asked(address: str) -> Any:
    with urlopen(address) as answer:
        return records(answer.read().decode())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("generator", READERS)
def test_its_client_compiles_and_reads_every_list(
    live_server: Any, tmp_path: Path, generator: str
) -> None:
    reader = GENERATORS / READERS[generator]
    is_typescript = reader.suffix == ".ts"
    if is_typescript:
        (tmp_path / "node_modules").symlink_to(installed(GENERATORS))
        for file in (reader, GENERATORS / "package.json", GENERATORS / "tsconfig.json"):
            shutil.copy(file, tmp_path)
    publish_first_dataset()
    publish_some_votes(5)  # with all else, what a page can hold

    for name in ("curl", generator):  # some take a file alone, which is fetched before
        run(tmp_path, *(part.replace(IN_THE_GUIDE, live_server.url) for part in commands()[name]))
    read = read_in_typescript if is_typescript else read_in_python
    by_list = records(read(tmp_path, reader, live_server.url))

    assert sorted(by_list) == sorted(LISTS)
    for name in LISTS:
        assert by_list[name] == served(live_server.url, name) != [], name


def test_the_guide_tells_how_to_make_each() -> None:
    assert [name for name in commands() if name != "curl"] == list(READERS)
