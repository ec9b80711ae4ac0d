"""Going through a list page by page, while somebody publishes a hundred editions."""

import time
from concurrent.futures import Future
from random import Random
from typing import Any

from django.db import connections

from tests.consistency.api import ALL, get
from tests.consistency.cast import cast, labels, row_of, unmerged
from tests.consistency.oracle import Label, Oracle, Question
from tests.consistency.walker import PUBLISHING, Walker
from tests.factories import StanceFactory
from tests.publishing.acts import edited
from tracker.models.nouns import RECORDS
from tracker.values.nouns import Noun

EDITIONS = 100
YEARS = [str(year) for year in range(2000, 2020)]


class Walk:
    """The pages of a list, each reached by `next` of the one before."""

    def __init__(self, address: str, question: Question) -> None:
        self.address, self.question = address, question
        self.next: str | None = address
        self.editions: list[tuple[int, int]] = []  # of each page, in the body and in the header
        self.results: list[dict[str, Any]] = []

    def turn(self) -> bool:
        """Read the next page, and tell whether there was anything on it."""
        assert self.next is not None
        response = get(self.next, {} if self.editions else self.question)
        assert response.status_code == 200, (self.next, response.content)
        page = response.json()
        self.editions.append((page["edition"], int(response.headers["Edition"])))
        self.results += page["results"]
        self.next = page["next"]
        return page["results"] != []

    def again(self, edition: int) -> list[dict[str, Any]]:
        """Return what the same list holds as of an edition, on as few pages as can be."""
        question = {name: value for name, value in self.question.items() if name != "as_of"}
        whole = Walk(self.address, {**question, "page_size": ALL, "edition": edition})
        while whole.next is not None and whole.turn():
            pass
        return whole.results


def many_stances() -> tuple[Walker, Label]:
    """Publish some sixty stances, and then twenty more versions of one of them,
    which is returned.
    """
    cast()
    actors, issues = unmerged(Noun.ACTOR), unmerged(Noun.ISSUE)
    for number in range(60):
        about = {
            "actor": actors[number % 3],
            "issue": issues[number % 6],
            "since": YEARS[number % 20],
        }
        StanceFactory(standing="contested", standing_note="Rivals.", **about)
    walker = Walker(Random(1), {**PUBLISHING, "add": 2}, Oracle())
    walker.publish_these(label for noun in RECORDS for label in labels(noun))
    stance = labels(Noun.STANCE)[-1]
    for year in YEARS:
        edited(row_of(stance), since=year)
        walker.publish_these([stance])
    return walker, stance


def publish_a_hundred(walker: Walker) -> None:
    """Edit, retract, publish again or anew, and rename."""
    try:
        while walker.editions < EDITIONS:
            walker.turn()
    finally:
        connections.close_all()


def wait_for(oracle: Oracle, number: int, publishing: Future[None]) -> None:
    """Wait until an edition was published, or all were."""
    while oracle.latest.number < number and not publishing.done():
        time.sleep(0.001)
