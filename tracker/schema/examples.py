"""What the OpenAPI document shows of a noun:
questions, values of parameters, and bodies, all to the first dataset.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

CITED = [{"source": "usip-2019-06", "locator_label": "page", "locator": "4"}]
SINCE_THEN = {"since": "2026-11-24", "citations": CITED}
CLAIM = {"basis": "statement", "confidence": "moderate", "since": "2019-01", "citations": CITED}


class Example(NamedTuple):
    """A request: what it is an example of, and its query string.
    `cut` is a list of which the first entry is shown.
    """

    says: str
    query: str = ""
    cut: str = ""


class Examples(NamedTuple):
    """The examples of a noun.

    `ref` is the record that is shown, `lists` what its list is asked. `values` are those of
    parameters, where the first that they may have finds nothing. The desk is sent `bodies`: one new
    record, and another; changes of the one shown.
    """

    ref: str
    lists: Mapping[str, Example]
    values: Mapping[str, Any]
    bodies: Mapping[str, Mapping[str, Any]]
