"""Acts over the desk's API:
all that makes one none is told at once, and of the text little is quoted.
"""

import json
from typing import Any

import pytest

from tests.desk.api.working import Worker, faults, good
from tests.factories import ActFactory, ActorFactory, SourceFactory
from tracker.models import Act

pytestmark = pytest.mark.django_db
BOTH = [{"actor": "china", "role": "signatory"}, {"actor": "russia", "role": "signatory"}]
CITATION = {"source": "article", "locator": "p. 1"}
STATEMENT = {
    "title": "A statement",
    "kind": "joint_statement",
    "status": "done",
    "since": "2019-06-05",
    "text": "article",
    "participants": BOTH,
    "citations": [CITATION],
}


@pytest.fixture
def world(db: None) -> None:
    ActorFactory(slug="china"), ActorFactory(slug="russia"), SourceFactory(ref="article")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"participants": []}, "/participants"),
        ({"participants": BOTH[:1]}, "/participants"),
        ({"participants": [*BOTH, BOTH[0]]}, "/participants/2"),
        ({"kind": "party"}, "/kind"),
        ({"status": "ended", "until": "2018"}, "/since"),
        ({"status": "planned", "since": "1999"}, "/status"),
        ({"text": "a-letter"}, "/text"),
        ({"status": "done", "since": "2999"}, "/since"),
        ({"citations": [{**CITATION, "quote": "word " * 26}]}, "/citations/0/quote"),
    ],
)
def test_what_makes_it_no_act_is_told_at_its_place(
    world: None, anna: Worker, wrong: dict[str, Any], told: str
) -> None:
    answer = anna.post("acts/", STATEMENT | wrong)

    assert {where for where, _ in faults(answer)} == {told}
    assert not Act.objects.exists()
    good(anna.post("acts/", STATEMENT), 201)


def test_all_that_is_wrong_is_told_at_once_with_what_to_do(world: None, anna: Worker) -> None:
    many = {
        "kind": "party",
        "status": "planned",
        "since": "1999",
        "text": "a-letter",
        "participants": [BOTH[0]] * 2,
    }

    answer = anna.post("acts/", STATEMENT | many)

    says = {error["pointer"]: error["detail"] for error in json.loads(answer.content)["errors"]}
    assert says.keys() == {"/kind", "/status", "/text", "/participants/1"}
    assert "exercise" in says["/kind"]
    assert "correct the day, or choose “done” or “cancelled”" in says["/status"]
    assert "a-letter" in says["/text"]
    assert "keep one of the two" in says["/participants/1"]
    assert not Act.objects.exists()


def test_the_text_of_an_act_is_another_one_if_little_of_it_is_quoted(anna: Worker) -> None:
    article, letter = SourceFactory(ref="article"), SourceFactory(ref="letter")
    act = ActFactory(text=article, citations=[{"source": article, "quote": "Few words."}])
    act.citations.create(source=letter, quote=" ".join(["word"] * 26))

    assert faults(anna.patch(act, {"text": "a-letter"})) == {("/text", "unknown")}
    refused = anna.patch(act, {"text": "letter"})
    assert faults(refused) == {("/citations/1/quote", "invalid")}
    [error] = json.loads(refused.content)["errors"]
    assert error["rule"] == "act_quotes_little_of_its_text"
    assert "25 words may be quoted; these are 26; quote those that matter most" in error["detail"]

    cited = [
        {"source": "article", "quote": "Few words."},
        {"source": "letter", "quote": " ".join(["word"] * 25)},
    ]
    good(anna.patch(act, {"text": "letter", "citations": cited}), 200)
    assert Act.objects.get().text == letter
    good(anna.patch(act, {"text": None}), 200)
    assert Act.objects.get().text is None
