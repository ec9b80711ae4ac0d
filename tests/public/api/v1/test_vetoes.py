"""Each list of vetoes has the documents that the rows of the dataset name."""

import csv
import json
from pathlib import Path

import pytest

import tracker
from tests.public.api.client import Reader

pytestmark = pytest.mark.django_db
VOTES = Path(tracker.__file__).parent / "dataset" / "security-council" / "votes.csv"
TOGETHER = "agrees=CHN,RUS&voter=CHN&choice=no&outcome=vetoed&from=2007-01-01"
ALONE = "differs=CHN,RUS&voter=CHN&choice=abstain&outcome=vetoed"
ON = {"": "", "Syria": "&under=syria", "Ukraine": "&under=ukraine"}
# what is on Ukraine but on no issue that is coded
OF_NO_ISSUE = {"S/2015/562"}


def symbols(china: str, about: str, since: str = "") -> set[str]:
    """Return the documents on which Russia voted no and China so, by the dataset."""
    with VOTES.open(encoding="utf-8") as file:
        rows = [(row, json.loads(row["ballots"])) for row in csv.DictReader(file)]
    return {
        row["symbol"]
        for row, cast in rows
        if "china" in cast.get(china, ())
        and "russia" in cast["no"]
        and row["held"] >= since
        and about in row["title"]
    }


@pytest.mark.parametrize("about", ON)
@pytest.mark.usefixtures("first_dataset")
def test_each_list_has_the_documents_of_the_dataset(reader: Reader, about: str) -> None:
    together = reader.walk(f"votes/?{TOGETHER}{ON[about]}")
    alone = reader.walk(f"votes/?{ALONE}{ON[about]}")

    assert {vote["symbol"] for vote in together} == symbols("no", about, since="2007")
    assert {vote["symbol"] for vote in alone} == symbols("abstain", about) - (
        OF_NO_ISSUE if about else set()
    )
    assert all({"china", "russia"} <= set(vote["ballots"]["no"]) for vote in together)
    assert all(
        "china" in vote["ballots"]["abstain"] and "russia" in vote["ballots"]["no"]
        for vote in alone
    )
    assert all(vote["outcome"] == "vetoed" and vote["citations"] for vote in (*together, *alone))
