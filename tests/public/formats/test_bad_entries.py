"""Bibliographies with an entry that can't be read: it is told, the others are offered;
and what takes long to read.
"""

import gc
from collections.abc import Callable
from time import process_time
from typing import Any

import pytest

from tracker.public.formats.bibtex import read_bibtex
from tracker.public.formats.csl import source
from tracker.public.formats.ris import read_ris
from tracker.public.formats.rows import UnreadableError

Read = Callable[[str], list[dict[str, Any] | UnreadableError]]


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ("@book{x, title={A}", "this is no BibTeX that can be read; close its braces"),
        ("@book{x, title {A}}", "this is no BibTeX"),
        (r"@book{x, title={A \verb}}", "LaTeX that can't be read"),
        ("@book{x, title={" + "{" * 3000 + "}" * 3000 + "}}", "too deeply nested"),
        ("@book{x, author={A}, author={B}}", "the field author comes twice; leave one of the two"),
        ("@book{x, title={A}, TITLE={B}}", "the field title comes twice"),
    ],
)
def test_a_bad_entry_of_bibtex_is_told_with_its_line_and_the_others_are_read(
    bad: str, says: str
) -> None:
    first, problem, last = read_bibtex(
        f"@book{{a, title={{One}}}}\n\n{bad}\n@book{{b, title={{Two}}}}\n"
    )

    assert isinstance(problem, UnreadableError)
    assert (problem.line, says in str(problem)) == (3, True), str(problem)
    assert str(problem).startswith("line 3: “@book{x, ")
    assert [entry["title"] for entry in (first, last) if isinstance(entry, dict)] == ["One", "Two"]


def test_a_bad_entry_of_ris_is_told_with_its_line_and_the_others_are_read() -> None:
    one, two = "TY  - JOUR\nTI  - One\nER  - \n\n", "TY  - JOUR\nTI  - Two\n and more\nER  - \n"
    text = one + "TY  - NEWS\nTI  - Bad\n" + two + "TY  - JOUR\nTI  - End"

    first, bad, second, end = read_ris(text)

    assert [entry["title"] for entry in (first, second) if isinstance(entry, dict)] == [
        "One",
        "Two and more",
    ]
    assert isinstance(bad, UnreadableError)
    assert str(bad).startswith(
        "line 5: “TY  - NEWS …”: the entry has no end that can be read; let each begin"
    )
    assert isinstance(end, UnreadableError)
    assert end.line == 11


def test_a_field_that_is_not_read_or_says_the_same_may_come_twice() -> None:
    (entry,) = read_bibtex("@book{x, title={A}, note={1}, note={2}, year=2019, year=2019}")
    assert source(entry)["title"] == "A"  # type: ignore[arg-type]


def test_entries_of_one_key_are_read_alike() -> None:
    entry = "@book{x, author={Ivanov, Ivan and Li, Si}, title={%s}, publisher=ap}\n"
    both = read_bibtex("@string{ap={A Press}}\n" + entry % "One" + entry % "Two")
    authors = [{"family": "Ivanov", "given": "Ivan"}, {"family": "Li", "given": "Si"}]
    assert [(item["author"], item["publisher"]) for item in both if isinstance(item, dict)] == [
        (authors, "A Press")
    ] * 2


@pytest.mark.parametrize(
    "written",
    [
        r"\url{https://example.org/a_b}",
        "https://example.org/a\\_b",
        r"\href{https://example.org/a_b}{here}",
        r"<https://example.org/a_b>",
        r"\path{https://example.org/a_b}",
    ],
)
def test_an_address_may_stand_in_a_command(written: str) -> None:
    (entry,) = read_bibtex(f"@book{{x, url={{{written}}}}}")
    assert isinstance(entry, dict)
    assert entry["URL"] == "https://example.org/a_b"


def test_names_of_commas_alone_are_none() -> None:
    (entry,) = read_bibtex("@book{x, author={,,, and A, B and {} and ~}}")
    assert isinstance(entry, dict)
    assert entry["author"] == [{"family": "A", "given": "B"}]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("read", "write"),
    [
        (read_bibtex, lambda n: "@book{x, author={A" + " " * n + "B}}"),
        (read_bibtex, lambda n: "@book{x, author={A" + "~" * n + "B, C}}"),
        (read_bibtex, lambda n: "@book{x, author={" + "A and " * n + "B}}"),
        (read_bibtex, lambda n: "@book{x, author={" + "," * n + "}}"),
        (read_bibtex, lambda n: "@book{x, keywords={" + "a, " * n + "}}"),
        (read_bibtex, lambda n: "@book{x, title={" + "{a} " * n + "}}"),
        (read_bibtex, lambda n: "@book{x, title={A}}\n" * (n // 10)),
        (read_bibtex, lambda n: "@book{x, title={A}\n" * (n // 10)),
        (read_ris, lambda n: "TY  - BOOK\nTI  - A\n" + "and more\n" * n + "ER  - \n"),
        (read_ris, lambda n: "TY  - BOOK\n" + "AU  - A, B\n" * n + "ER  - \n"),
        (read_ris, lambda n: "TY  - BOOK\n" * n),
    ],
    ids=[
        "blanks",
        "tildes",
        "names",
        "commas",
        "keywords",
        "braces",
        "entries",
        "broken",
        "lines",
        "tags",
        "begun",
    ],
)
def test_ten_times_as_much_does_not_take_a_hundred_times_as_long(request, read, write):
    """The square would take 100 times as long.

    Nothing is collected meanwhile: that looks at all that the tests before hold, too.
    """

    def seconds(length: int) -> float:
        begun = process_time()
        for item in read(write(length)):
            if isinstance(item, dict):
                source(item)
        return process_time() - begun

    gc.collect()
    gc.disable()
    request.addfinalizer(gc.enable)

    assert seconds(40_000) < 35 * max(seconds(4_000), 0.01)
