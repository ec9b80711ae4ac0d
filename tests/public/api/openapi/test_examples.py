"""The examples of the OpenAPI document:
each operation and parameter has one, and it is what the document says.

That they are answers of the first dataset is proved where the document is made again:
`test_openapi`.
"""

import re
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from tests.plugins.database import one_connection
from tests.public.api import cases
from tests.public.api.contract import check_body, parameters, public_operations, resolved
from tracker.management.openapi.document import publish_some_votes
from tracker.models.nouns import DOCUMENTS
from tracker.public.formats.xlsx import MEDIA_TYPE, read_rows
from tracker.public.http.parameters import NEEDS
from tracker.values.nouns import BY_PLURAL, Noun
from tracker.values.vocabularies import Vocabulary

OPERATIONS, AGREEMENT = public_operations(), "/api/v1/agreement/"
LISTS = ("/", ".csv", ".xlsx", ".ndjson")
# The analysis tells of no membership when it began, and names no state that is no more; the
# Security Council has no sessions, and votes on no amendments; no vote was published before the
# second edition. Of acts it tells no series, nobody who came to one for another, and no day; of the
# first not even a month. None of its sources passes on another.
FINDS_NOTHING = (
    {(f"/api/v1/actors{ending}", name) for ending in LISTS for name in ("certain", "predecessor")}
    | {
        (f"/api/v1/votes{ending}", name)
        for ending in LISTS
        for name in (
            "session",
            "amends",
            "part_of_symbol",
            "draft_symbol",
            "meeting_record",
            "without_vote",
        )
    }
    | {("/api/v1/votes/{key}/history/", "cursor")}
    | {
        (f"/api/v1/acts{ending}", name)
        for ending in (*LISTS, ".ics")
        for name in ("series", "represented_by", "all_represented_by", "certain")
    }
    | {("/api/v1/acts.ics", "id")}
    | {
        (f"/api/v1/sources{ending}", "derives_from")
        for ending in (*LISTS, ".bib", ".csljson", ".ris")
    }
    # The first hundred bytes of these have column names alone.
    | {
        (f"/api/v1/{table}.csv", "Range")
        for table in ("agreement", *(noun.plural for noun in Noun))
    }
)
# Of no forecast of the analysis it is said how it is decided.
FINDS_NOTHING |= {("/api/v1/forecasts/", name) for name in ("outcome", "whose")}
# Frames came after the first release; the few votes are of late 2019, and on no issue.
FINDS_NOTHING |= {
    (f"/api/v1/agreement{ending}", name)
    for ending in ("/", ".csv", ".xlsx")
    for name in ("as_of", "edition", "release", "issue", "under", "to")
}
# All changes of the first dataset publish a record, so none names a field.
FINDS_NOTHING |= {(f"/api/v1/changes{ending}", "field") for ending in ("/", ".atom")}
# What shows that an answer holds something; in other forms, any letter does.
HOLDS = {
    "application/json": rb'^(?!.*"results":\[\])',
    "application/vnd.citationstyles.csl+json": rb"\{",
    "text/csv": rb"\r\n.",
    MEDIA_TYPE: rb"\n.",
    "text/calendar": rb"BEGIN:VEVENT",
    "application/atom+xml": rb"<entry",
}


@pytest.fixture(scope="module")
def votes_too(first_dataset: None) -> None:
    """Votes that a frame covers, which the first dataset has none of."""
    with one_connection():
        publish_some_votes()


@pytest.mark.parametrize("path", OPERATIONS)
def test_every_answer_has_examples_that_are_as_its_schema_says(path: str) -> None:
    responses = map(resolved, OPERATIONS[path]["responses"].values())
    for content in (
        content for response in responses for content in response.get("content", {}).values()
    ):
        assert content["examples"]
        for example in content["examples"].values():
            assert example["summary"]
            assert "`GET /api/v1/" in example["description"]
            check_body(
                example["value"], content["schema"], narrowed="fields=" in example["description"]
            )


def test_long_lists_are_short_since_few_were_asked_for() -> None:
    """Never since something was left out, but of the codebook and of agreement,
    where it is said.
    """
    for path, operation in OPERATIONS.items():
        for content in (
            operation["responses"]["200"]["content"].values() if path != AGREEMENT else ()
        ):
            for example in content["examples"].values():
                if isinstance(example["value"], dict) and "results" in example["value"]:
                    assert (
                        f"page_size={len(example['value']['results'])}" in example["description"]
                    ), path
    codebook = OPERATIONS["/api/v1/codebook/"]["responses"]["200"]["content"]["application/json"][
        "examples"
    ]
    assert "cut off after the first of its `vocabularies`" in codebook["codebook"]["description"]
    agreement = OPERATIONS[AGREEMENT]["responses"]["200"]["content"]["application/json"]["examples"]
    assert "cut off after the first of its `results`" in agreement["pair"]["description"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", OPERATIONS)
def test_every_parameter_has_an_example_that_finds_something(
    client: Client, votes_too: None, path: str
) -> None:
    """In the first dataset and a few votes, with the parameters that it needs to mean anything."""
    given = {place: values(path, place) for place in ("path", "query", "header")}
    finds_nothing = set()
    for parameter in parameters(OPERATIONS[path]):
        asked = {place: {} for place in given} | {"path": given["path"]}
        name, place = parameter["name"], parameter["in"]
        if path.startswith("/api/v1/agreement") and name not in ("actor", "actors"):
            asked["query"]["actors"] = given["query"]["actors"]
        if (path, name) == ("/api/v1/changes/", "cursor"):
            # only the feed for feed readers goes back
            asked[place]["format"] = given[place]["format"]
        asked[place] |= {needed: given[place][needed] for needed in wanted(name, set(given[place]))}

        response = client.get(path.format(**asked["path"]), asked["query"], headers=asked["header"])

        assert response.status_code == (206 if name == "Range" else 200), name
        media_type = response.headers["Content-Type"].partition(";")[0]
        body = b"".join(response)
        if media_type == MEDIA_TYPE:
            body = b"\n".join(row.cells[0].encode() or b"-" for row in read_rows(BytesIO(body)))
        if not re.search(HOLDS.get(media_type, rb"\S"), body, re.DOTALL):
            finds_nothing.add((path, name))

    expected = {place for place in FINDS_NOTHING if place[0] == path}
    assert finds_nothing == expected | {
        (path, parameter["name"])
        for parameter in parameters(OPERATIONS[path])
        if says_nothing(path, parameter["name"])
    }


def says_nothing(path: str, name: str) -> bool:
    """Tell whether a parameter is a filter by an optional field that nothing published has."""
    noun = BY_PLURAL.get(re.split("[/.]", path)[3])
    if noun is None or name not in cases.optional(noun):
        return False
    field = cases.optional(noun)[name]
    empty = [None, ""] if field.is_a(Vocabulary) else [None]
    return not any(
        value not in empty for value in DOCUMENTS[noun].objects.values_list(field.column, flat=True)
    )


def values(path: str, place: str) -> dict[str, Any]:
    """Return the examples of the parameters that an address takes in one place, by name."""
    documented = parameters(OPERATIONS[path])
    return {
        parameter["name"]: value(parameter) for parameter in documented if parameter["in"] == place
    }


def value(parameter: dict[str, Any]) -> Any:
    """Return the example of a parameter, as a query string has it;
    it must be as its schema says.
    """
    example = (
        parameter["example"] if parameter["in"] == "path" else parameter["schema"]["examples"][0]
    )
    check_body(example, parameter["schema"])
    return str(example).lower() if isinstance(example, bool) else example


def wanted(name: str, there_are: set[str]) -> set[str]:
    needed = {needs for kind, needs, _ in NEEDS if kind == name and needs in there_are}
    return {name}.union(*(wanted(other, there_are) for other in needed))
