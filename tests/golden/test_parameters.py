"""The golden questions use every parameter of the publication's operations."""

import pytest

from tests.golden.parameters import used_parameters
from tests.public.api import cases
from tests.public.api.contract import parameters, public_operations
from tracker.values.nouns import Noun

OPERATIONS = public_operations()
# Filters by optional fields are alike: what is so of one is so of all, so not every one is asked.
ALIKE = set().union(*(cases.optional(noun) for noun in Noun))


def declared_parameters(path: str) -> set[str]:
    """Return what an operation takes in its path and its query."""
    return {
        parameter["name"]
        for parameter in parameters(OPERATIONS[path])
        if parameter["in"] in ("path", "query")
    }


@pytest.mark.parametrize("path", OPERATIONS)
def test_every_parameter_of_an_operation_is_asked_for(path: str) -> None:
    """A table or a calendar takes what its list takes, so it is enough to ask the list."""
    used = used_parameters()
    asked_for = set(used[path])
    if not path.endswith("/"):
        asked_for |= used[f"{path.rpartition('.')[0]}/"]

    assert declared_parameters(path) - asked_for - ALIKE == set()
