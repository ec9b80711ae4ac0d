"""What is wrong with the resolution of a forecast is told at once, all of it,
with what to write.
"""

from typing import Any

import pytest
from django.utils.text import capfirst

from tests.desk.admin.conftest import errors, logged_in, parts
from tests.desk.api.working import Worker, at
from tests.desk.imports.importing import planned, write
from tests.factories import SourceFactory, StanceFactory

pytestmark = pytest.mark.django_db
ASKED = {
    "question": "Will it?",
    "criteria": "Yes: so. No: else.",
    "opens": "2019-06-05",
    "due": "2019-12-31",
    "whose": "source",
}
WRONG: list[tuple[str, dict[str, Any], list[str]]] = [
    (
        "void before its due day",
        {"outcome": "void", "resolved_on": "2019-12-30", "note": "So."},
        ["source"],
    ),
    ("yes without a day and a source", {"outcome": "yes"}, ["resolved_on", "source"]),
    (
        "open with a day and a place",
        {"resolved_on": "2019-12-31", "locator": "p. 3"},
        ["resolved_on", "source"],
    ),
    ("due before it opens", {"due": "2019-06-04"}, ["due"]),
    (
        "neither asked nor decided by anything",
        {"question": "", "criteria": "", "due": ""},
        ["criteria", "due", "question"],
    ),
    (
        "neither yes nor no, and no word why",
        {"outcome": "ambiguous", "resolved_on": "2019-12-31"},
        ["note"],
    ),
    (
        "before it opens, by a source without a place",
        {"outcome": "no", "resolved_on": "2019-06-04", "source": "s-1"},
        ["locator", "resolved_on"],
    ),
    (
        "decided by what is older, without a day",
        {"outcome": "yes", "source": "s-2", "locator": "p. 3"},
        ["resolved_on", "source"],
    ),
]


@pytest.fixture
def forecast() -> Any:
    SourceFactory(ref="s-1", issued="2019-12")
    SourceFactory(ref="s-2", issued="2019-05")
    return StanceFactory(ref="r-1", basis="forecast", likelihood="likely")


@pytest.mark.parametrize(
    ("values", "fields"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG]
)
def test_all_that_is_wrong_is_told_at_once(
    forecast: Any, tmp_path: Any, values: Any, fields: list[str]
) -> None:
    said = {"resolutions": [{**ASKED, **values}]}

    answer = Worker("analysts").ask(
        "PATCH", at(forecast), said, If_Match=f'"{forecast.version}"', Change_Reason="x"
    )
    assert answer.status_code == 400
    assert sorted(fault["pointer"] for fault in answer.json()["errors"]) == [
        f"/resolutions/0/{name}" for name in fields
    ]

    faults = planned(write(tmp_path, stances=[{"ref": "r-1", **said}])).faults
    assert sorted(str(fault.path[-1]) for fault in faults) == fields

    source = (
        {"source": SourceFactory._meta.model.objects.get(ref=values["source"]).pk}
        if "source" in values
        else {}
    )
    told = by_form(forecast, {**ASKED, "outcome": "open", **values, **source})
    assert sorted(name.removeprefix("resolutions-0-") for name in told) == fields


def by_form(claim: Any, *rows: dict[str, Any]) -> dict[str, list[str]]:
    client, address = logged_in("analysts"), f"/admin/tracker/stance/{claim.pk}/change/"
    page = client.get(address)
    sent = {
        field.html_name: field.value()
        for field in page.context["adminform"].form
        if field.value() not in (None, False)
    }
    return errors(
        client.post(address, {**sent, **parts("citations"), **parts("resolutions", *rows)})
    )


def test_a_forecast_has_one_and_nothing_else_has_any(forecast: Any, tmp_path: Any) -> None:
    two = {"resolutions": [ASKED, {**ASKED, "question": "Another?"}]}
    [fault] = planned(write(tmp_path, stances=[{"ref": "r-1", **two}])).faults
    assert fault.path == ("resolutions", 1)
    assert fault.text.endswith(
        "there is one already, and there is one at most; keep one of the two"
    )

    other = StanceFactory(ref="r-2")
    [fault] = planned(write(tmp_path, stances=[{"ref": "r-2", "resolutions": [ASKED]}])).faults
    says = "only a forecast has a resolution; take it out, or choose “forecast” as the basis"
    assert (fault.rule, fault.text.endswith(says)) == ("stance_resolution_is_of_a_forecast", True)
    assert by_form(other, {**ASKED, "outcome": "open"})["resolutions-0-question"] == [
        capfirst(says)
    ]
    answer = Worker("analysts").ask(
        "PATCH", at(other), {"basis": "forecast", "likelihood": "likely", "resolutions": [ASKED]},
        If_Match=f'"{other.version}"', Change_Reason="x",
    )  # fmt: skip
    assert answer.status_code == 200, answer.content
    assert answer.json()["resolutions"][0]["outcome"] == "open"


@pytest.mark.parametrize(
    ("issued", "is_taken"),
    [("2019-06-04", False), ("2019-06-05", True), ("2019-06", True), ("", True)],
)
def test_a_source_that_comes_in_the_same_files_is_no_older_either(
    forecast: Any, tmp_path: Any, issued: str, is_taken: bool
) -> None:
    source = {"ref": "s-3", "type": "report", "title": "Told", "issued": issued}
    decided = {"outcome": "yes", "resolved_on": "2019-12-18", "source": "s-3", "locator": "p. 3"}
    files = write(
        tmp_path, sources=[source], stances=[{"ref": "r-1", "resolutions": [{**ASKED, **decided}]}]
    )

    faults = list(planned(files).faults)

    assert [fault.path for fault in faults] == ([] if is_taken else [("resolutions", 0, "source")])
    for fault in faults:
        assert (fault.value, fault.rule) == ("s-3", "stance_resolution_source_is_no_older")
        assert fault.text == (
            "“s-3”: the source is older than the forecast: it appeared by 2019-06-04, and "
            "the first day that counts is 2019-06-05; name a source of that day or later, or "
            "correct the date of the source"
        )
