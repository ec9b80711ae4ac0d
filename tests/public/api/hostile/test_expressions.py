"""No regular expression takes long, whatever a client sends:
each is tried with texts that make careless ones crawl.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import pytest

import tracker
from tracker.desk.imports.library import OF_RESOLUTION
from tracker.values import spelled_dates

pytestmark = [pytest.mark.slow, pytest.mark.gate]
LONGEST = 8_000  # characters of a header, beyond which a request is refused
MOST_SECONDS = 0.01
# What is cut before it is matched, so that no longer text ever comes there.
CUT = {spelled_dates.__name__: spelled_dates.LONGEST_TEXT}
# What is matched only where no white space follows white space.
FOLDED = {OF_RESOLUTION}
SCANNING = ("search", "sub", "split", "findall", "finditer")  # from each character on
BEGINNINGS = (
    "",
    "gzip;q=0.",
    "[",
    "{",
    "(",
    '"',
    "a (",
    "%",
    "10.1234/",
    "https://",
    "resolution",
    "2019-",
    "TY",
)
REPEATED = (
    "0",
    "1",
    "a",
    " ",
    "\n",
    "[",
    "{",
    "(",
    '"',
    "'",
    "-",
    ".",
    ",",
    ";",
    "%",
    "\\",
    "_",
    "=",
    "/",
    "<",
    "年",
)
PAIRS = (
    "a ",
    "[a",
    "{a",
    "- ",
    " -",
    "! -",
    "%\n",
    "1.",
    "a-",
    "a.",
    "\\{",
    "aA",
    "&'",
    '"a',
    "' ",
    "%E4",
)
MISMATCH = "\x07"


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield the expressions of the tracker's modules that are read with texts, and their names."""
    for module in pkgutil.walk_packages(tracker.__path__, "tracker."):
        if not {"migrations", "dataset", "commands"}.isdisjoint(module.name.split(".")):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                yield f"{module.name}.{name}", value


def is_scanning(name: str) -> bool:
    """Tell whether an expression is looked for anywhere in a text, in the module that has it."""
    module, _, constant = name.rpartition(".")
    source = Path(str(importlib.import_module(module).__file__)).read_text()
    return any(f"{constant}.{method}" in source for method in SCANNING)


PATTERNS = dict(patterns())


def hostile(longest: int) -> Iterator[str]:
    """Yield texts that begin as something is expected to, and then repeat themselves,
    for all ways to be tried.
    """
    for beginning in BEGINNINGS:
        for repeated in REPEATED:
            yield beginning + repeated * longest + MISMATCH
    for repeated in PAIRS:
        yield repeated * (longest // 2) + MISMATCH


def seconds(pattern: re.Pattern[str], text: str, *, scans: bool) -> float:
    """Return the processor time that one use takes."""
    begun = process_time()
    if scans:
        pattern.findall(text)
    else:
        pattern.fullmatch(text)
    return process_time() - begun


@pytest.mark.parametrize("name", PATTERNS)
def test_no_expression_crawls(name: str) -> None:
    pattern, scans = PATTERNS[name], is_scanning(name)
    longest = CUT.get(name.rpartition(".")[0], LONGEST)
    for text in hostile(longest):
        read = " ".join(text.split()) if pattern in FOLDED else text
        # The better of two tries, as others run beside it.
        if seconds(pattern, read, scans=scans) > MOST_SECONDS:
            assert seconds(pattern, read, scans=scans) <= MOST_SECONDS, (read[:20], read[-20:])


def test_a_careless_expression_would_be_found() -> None:
    careless = re.compile(r"(?:^|[\s,])gzip\s*(?:;\s*q=0\.\d*[1-9]\d*)?\s*(?:,|$)")

    assert any(seconds(careless, text, scans=True) > MOST_SECONDS for text in hostile(LONGEST))
