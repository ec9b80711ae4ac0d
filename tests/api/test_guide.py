"""What docs/api.md and README.md show is what the API answers on the first dataset."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

ROOT = Path(__file__).parents[2]
GUIDE, README = ROOT / "docs" / "api.md", ROOT / "README.md"
COMMAND = re.compile(r"\$ curl (?:-i )?'?http://127\.0\.0\.1:8000(/[^' ]*)'?")


def walk(page: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each address that a page asks for, with the lines that it shows for an answer."""
    for block in re.findall(r"```console\n(.*?)```", page.read_text(), re.DOTALL):
        for asked in re.split(r"^(?=\$ )", block, flags=re.MULTILINE)[1:]:
            command, *lines = asked.splitlines()
            match = COMMAND.fullmatch(command)
            assert match, command
            yield match[1], [line.strip().removesuffix(",") for line in lines if line.strip() != "…"]


WALK = list(walk(GUIDE))
FIRST_STEPS = list(walk(README))


@pytest.fixture(scope="module")
def first_dataset(kept_for_the_module: None) -> None:
    """The first dataset, imported and published."""
    call_command("bootstrap", verbosity=0)


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "shown"), [*WALK, *FIRST_STEPS])
def test_it_shows_what_the_api_answers(client: Client, first_dataset: None, address: str, shown: list[str]) -> None:
    """Line by line, in order; `…` stands for anything, and any number of a record for its number."""
    response = client.get(address)
    laid_out = json.dumps(response.json(), indent=2, ensure_ascii=False) if response.content else ""
    answered = [
        f"HTTP/1.1 {response.status_code} {response.reason_phrase}",
        *sorted(f"{name}: {value}" for name, value in response.headers.items()),
        *(line.strip().removesuffix(",") for line in laid_out.splitlines()),
    ]
    if shown[0].startswith("HTTP"):
        headers = [line for line in shown if re.match(r"[A-Z][\w-]*: ", line)]
        shown = [shown[0], *sorted(headers), *(line for line in shown[1:] if line not in headers)]

    rest = iter(answered)
    missing = [line for line in shown if not any(pattern(line).fullmatch(found) for found in rest)]
    assert missing == []


def pattern(line: str) -> re.Pattern[str]:
    """Return what a shown line stands for."""
    numbered = re.sub(r'("id":\\ |/sources/)\d+', r"\1\\d+", re.escape(line))
    return re.compile(numbered.replace("…", ".*"))


def test_it_walks_over_everything() -> None:
    """Lists, records, both time axes, history, changes, the codebook and errors; README asks five questions."""
    assert len(WALK) >= 14
    assert len(FIRST_STEPS) == 5
    for part in ("stances/?", "actors/china/", "on=", "as_of=", "edition=", "history/", "changes/", "codebook/"):
        assert any(part in address for address, _ in WALK), part
    assert any("nobody" in address for address, _ in WALK)
