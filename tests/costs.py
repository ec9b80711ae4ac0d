"""How many queries something takes, and that it takes as many for twenty rows as for one."""

from collections.abc import Callable
from contextlib import ExitStack

from django.db import connections
from django.test.utils import CaptureQueriesContext

Act = Callable[[], object]


def cost(act: Act) -> int:
    """Return the number of queries that something takes, at the desk and for readers."""
    with ExitStack() as stack:
        # one, where a test is one transaction
        asked = {connections["default"], connections["publication"]}
        queries = [stack.enter_context(CaptureQueriesContext(connection)) for connection in asked]
        act()
    return sum(map(len, queries))


def assert_same_cost(prepare: Callable[[int], Act]) -> int:
    """Return the cost of what is done with one row, which twenty must not raise.

    `prepare` makes so many rows and returns what is then done;
    what a process asks only once isn't counted.
    """
    prepare(1)()
    few, many = (cost(prepare(number)) for number in (1, 20))
    assert few == many
    return few
