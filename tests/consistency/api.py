"""Asking the API, and holding what it answers against an oracle."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests.consistency.oracle import PLURALS, Oracle, Question
from tracker.values.nouns import BY_PLURAL

ALL = 500


def get(address: str, question: Question) -> HttpResponse:
    """Return the answer to GET of a root-relative address."""
    return Client().get(address, question)


def check_list(oracle: Oracle, noun: str, question: Question) -> None:
    """Ask for a list, and compare its every record with what the oracle says there must be."""
    response = get(f"/api/v1/{PLURALS[noun]}/", {**question, "page_size": ALL})
    if not oracle.is_answered(question):
        assert response.status_code == 400, (noun, question)
        return
    assert response.status_code == 200, (noun, question, response.content)
    assert (
        response.json()["edition"]
        == int(response.headers["Edition"])
        == oracle.edition(question).number
    )
    expected = oracle.results(noun, question)
    assert narrowed(response.json()["results"], expected) == expected, (noun, question)


def check_record(oracle: Oracle, noun: str, key: str, question: Question) -> None:
    """Ask for a record by a key, and compare the answer with the oracle, with the list's entry,
    and the version.
    """
    response = get(f"/api/v1/{PLURALS[noun]}/{key}/", question)
    record, edition = oracle.meant(noun, key), oracle.edition(question)
    assert response.status_code == oracle.status(record, key, edition), (noun, key, question)
    if response.status_code == 308:
        query = response.request["QUERY_STRING"]
        assert response.headers["Location"] == edition.address(record) + (query and f"?{query}")
    if response.status_code == 200:
        body, expected = response.json(), oracle.entry(record, edition)
        assert narrowed(body, expected) == expected, (noun, key, question)
        assert get(f"/api/v1/{PLURALS[noun]}/", {**question, "id": body["id"]}).json()[
            "results"
        ] == [body]
        assert get(f"/api/v1/{PLURALS[noun]}/{key}/history/{body['edition']}/", {}).json() == body


def narrowed(answer: Any, to: Any) -> Any:
    """Return of an answer what is also in what was expected, a list of records by number.

    The oracle tells only of the fields that tests vary, and of no order.
    """
    if isinstance(answer, dict) and isinstance(to, dict):
        return {name: narrowed(answer[name], value) for name, value in to.items() if name in answer}
    if isinstance(answer, list) and isinstance(to, list) and len(answer) == len(to):
        by_number = sorted(answer, key=lambda item: item.get("id", 0))
        return [narrowed(item, other) for item, other in zip(by_number, to, strict=True)]
    return answer


def check_copy(changes: list[dict[str, Any]], edition: int) -> None:
    """Compare what a follower has, who was told of these changes, with the lists of an edition."""
    copy = _kept_by(changes)
    for plural in BY_PLURAL:
        standing = {"standing": "any"} if plural in ("stances", "alignments") else {}
        records = get(
            f"/api/v1/{plural}/", {**standing, "edition": edition, "page_size": ALL}
        ).json()["results"]
        assert {record["id"]: record for record in records} == copy[plural]


def _kept_by(changes: list[dict[str, Any]]) -> dict[str, dict[int, dict[str, Any]]]:
    """Return what a follower has who was told of these changes:
    by resource and number, records as lists have them.
    """
    copy: dict[str, dict[int, dict[str, Any]]] = {plural: {} for plural in BY_PLURAL}
    for change in changes:
        records, number, edition = copy[change["resource"]], change["id"], change["edition"]
        if change["operation"] in ("retracted", "merged"):
            del records[number]
        elif change["operation"] == "published":
            assert number not in records
            records[number] = get(f"{change['url']}history/{edition}/", {}).json()
        else:
            assert change["changed"].items()
            assert {name: records[number][name] for name in change["changed"]} == {
                name: old for name, (old, _) in change["changed"].items()
            }
            records[number] |= {
                "edition": edition,
                **{name: new for name, (_, new) in change["changed"].items()},
            }
    return copy
