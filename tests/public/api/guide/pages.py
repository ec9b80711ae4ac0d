"""The pages that show newcomers what to ask and what is answered."""

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[4]
START, README = ROOT / "docs" / "api.md", ROOT / "README.md"
REST, COMMENT = "…", "# "
HEADER = re.compile(r"[A-Z][\w-]*: ")


@dataclass(frozen=True)
class Shown:
    """A command, and the lines that a page shows for its answer."""

    command: str
    lines: list[str]


def sections(page: Path) -> Iterator[tuple[str, list[Shown]]]:
    """Yield each section of a page that has commands: its heading, and them in order."""
    for section in re.split(r"^(?=## )", page.read_text(), flags=re.MULTILINE):
        if commands := list(_shown(section)):
            yield section.partition("\n")[0].strip("# "), commands


def _shown(section: str) -> Iterator[Shown]:
    for block in re.findall(r"```console\n(.*?)```", section, re.DOTALL):
        for asked in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = iter(asked.splitlines())
            command = next(lines)
            while not _is_whole(command):
                command += f"\n{next(lines)}"
            yield Shown(command, [line for line in lines if not line.startswith(COMMENT)])


def _is_whole(command: str) -> bool:
    """Tell whether a shell would run this, or wait for another line of it."""
    try:
        shlex.split(command)
    except ValueError:
        return False
    return not command.endswith("\\")


def agree(shown: Sequence[str], answer: Sequence[str]) -> bool:
    """Tell whether an answer is as shown, line by line.

    A line `…` stands for any number of lines, `…` within one for anything.
    Headers that are not shown don't matter.
    """
    headers = [_pattern([line]) for line in shown if HEADER.match(line)]
    printed = [
        line
        for line in answer
        if not HEADER.match(line) or any(re.match(header, f"{line}\n") for header in headers)
    ]
    first, *others = _between_rests(shown)
    # Atomic groups: the first place that fits will do, so nothing is tried twice.
    middle = "".join(rf"(?>(?:.*\n)*?{_pattern(part)})" for part in others[:-1])
    last = "".join(rf"(?:.*\n)*?{_pattern(part)}" for part in others[-1:])
    return (
        re.fullmatch(f"{_pattern(first)}{middle}{last}", "".join(f"{line}\n" for line in printed))
        is not None
    )


def _between_rests(lines: Sequence[str]) -> list[list[str]]:
    """Return the lines, cut where any number of lines is left out."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if line.strip() == REST:
            parts.append([])
        else:
            parts[-1].append(line)
    return parts


def _pattern(lines: Sequence[str]) -> str:
    return "".join(
        re.escape(line.removesuffix(",")).replace(REST, ".*") + r",?\n" for line in lines
    )
