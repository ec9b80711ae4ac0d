"""The lists of votes behind a figure reproduce it, over fifty years of recorded votes:
fifty rows at random.
"""

import csv
import json
from collections.abc import Iterable
from io import StringIO
from random import Random
from typing import Any

import pytest
from django.core.management import call_command

from tests.public.api.client import Reader
from tracker.values.agreement import MEASURES, Sums, Undefined

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SIX = "china,russia,united-states,france,united-kingdom,india"
CODES = {"yes": 1, "abstain": 0, "no": -1}
ASKED = [
    f"actors={SIX}&by={by}{more}"
    for by in ("year", "session", "theme", "none")
    for more in (
        "",
        "&kind=any",
        "&kind=paragraph",
        "&unanimous=keep",
        "&from=1985-06-01&to=1995-03-31",
        "&theme=human_rights",
    )
]


def codes(reader: Reader, address: str, pair: Iterable[str]) -> list[tuple[int, ...]]:
    """Return what two actors cast, vote by vote,
    by the table that a list has at the same address.
    """
    response = reader.get(address.replace("/votes/?", "/votes.csv?"))
    assert response.status_code == 200, response.content
    votes = csv.DictReader(StringIO(b"".join(response).decode()))  # type: ignore[arg-type]
    cast = [json.loads(vote["ballots"]) for vote in votes]
    return [
        tuple(code for key in pair for word, code in CODES.items() if key in ballots[word])
        for ballots in cast
    ]


def test_the_lists_of_votes_reproduce_every_figure(reader: Reader) -> None:
    """Those on which the two differ, at `evidence`, and those on which they agree,
    by the filter of that name.
    """
    sets = ("first", "security-council", "general-assembly")
    call_command("bootstrap", *sets, stdout=StringIO(), stderr=StringIO())
    answered: list[dict[str, Any]] = [
        row for query in ASKED for row in reader.read(f"agreement/?{query}")["results"]
    ]
    assert len(answered) > 5000

    for row in Random(1971).sample(answered, k=50):
        pair = [row[side]["slug"] for side in ("first", "second")]
        differ = codes(reader, row["evidence"], pair)
        alike = codes(reader, row["evidence"].replace("&differs=", "&agrees="), pair)
        assert all(x != y for x, y in differ), row["evidence"]
        assert all(x == y for x, y in alike), row["evidence"]
        sums = Sums.of([*differ, *alike]) if differ or alike else Sums()  # type: ignore[list-item]
        assert row["compared"] == sums.n, row["evidence"]
        values = {name: measure(sums) for name, measure in MEASURES.items()}
        undefined = {
            name: value.value for name, value in values.items() if isinstance(value, Undefined)
        }
        assert row["undefined"] == undefined, row["evidence"]
        measured = {name: row[name] for name in MEASURES if name not in undefined}
        assert measured == pytest.approx({name: values[name] for name in measured}, abs=1e-12), row[
            "evidence"
        ]
