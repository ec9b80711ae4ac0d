"""The measure of the code counts what a reader must understand,
and refuses what is above its budget.
"""

from pathlib import Path

import pytest

from tools.style import lowered, measure, overdrafts

PLAIN = """
def total(numbers):
    result = 0
    for number in numbers:
        result += number
    return result
"""
DENSE = (
    "def total(of):\n"
    "    return (lambda: sum(x * y for x in of for y in [z for z in of if z and x or y]"
    " if (known := y)))() if of else None\n"
)


def figures(directory: Path, text: str) -> dict[str, float]:
    path = directory / "some.py"
    path.write_text(text)
    return measure([path]).figures()


def test_the_dense_code_measures_worse(tmp_path: Path) -> None:
    plain, dense = figures(tmp_path, PLAIN), figures(tmp_path, DENSE)
    better = {name for name, value in plain.items() if value < dense[name]}
    assert better == plain.keys() - {"functions of complexity 10 or more"}


def test_wrapping_a_statement_does_not_change_its_figure(tmp_path: Path) -> None:
    name = "nodes a statement, mean"
    wrapped = PLAIN.replace("result += number", "result += (\n            number\n        )")
    assert figures(tmp_path, wrapped)[name] == figures(tmp_path, PLAIN)[name]


@pytest.mark.parametrize("part", ["figures", "towers", "rooms"])
def test_what_grows_is_refused(part: str) -> None:
    budget: dict[str, dict[str, float]] = {
        "figures": {"nodes": 5},
        "towers": {"a": 5},
        "rooms": {"a/b": 5},
    }
    measured = {
        name: {key: value + (name == part) for key, value in values.items()}
        for name, values in budget.items()
    }
    assert overdrafts(budget, budget) == []
    assert len(overdrafts(measured, budget)) == 1
    assert overdrafts(measured, lowered(measured, budget)) == (
        [] if part == "rooms" else overdrafts(measured, budget)
    )
