"""Going through a list page by page, while somebody publishes a hundred editions."""

import random
import time
from concurrent.futures import Future
from typing import Any

from django.db import connections

from tests.consistency.api import ALL, get
from tests.consistency.cast import ACTORS, CLAIM, ISSUES, called, cast
from tests.consistency.desk import Desk
from tests.consistency.oracle import Label, Question

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


def many_stances() -> tuple[Desk, Label]:
    """Publish some sixty stances, and then twenty more versions of one of them, which is returned."""
    desk = cast()
    stances = [_new_stance(desk, number) for number in range(60)]
    desk.publish(desk.fields)
    for year in YEARS:
        desk.revise(stances[0], {"since": year})
    return desk, stances[0]


def publish_a_hundred(desk: Desk) -> None:
    """Move stances in their order, retract some, publish them again or new ones, and rename actors and issues."""
    chance, last = random.Random(1), desk.oracle.latest.number + EDITIONS
    try:
        while desk.oracle.latest.number < last:
            stance = chance.choice([record for record in desk.fields if record.noun == "stance"])
            named = chance.choice([*ACTORS, *ISSUES])
            match chance.choice(["move", "move", "retract", "make", "rename"]):
                case "move":
                    desk.revise(stance, {"since": chance.choice(YEARS)})
                case "retract":
                    desk.retract(stance)
                case "make":
                    desk.publish([_new_stance(desk, chance.randrange(60))])
                case "rename":
                    desk.revise(named, called(named, chance.randrange(3)))
    finally:
        connections.close_all()


def wait_for(desk: Desk, number: int, publishing: Future[None]) -> None:
    """Wait until an edition was published, or all were."""
    while desk.oracle.latest.number < number and not publishing.done():
        time.sleep(0.001)


def _new_stance(desk: Desk, number: int) -> Label:
    about = {"actor": ACTORS[number % 3], "issue": ISSUES[number % 6], "defers_to": None}
    return desk.create("stance", **{**CLAIM, **about, "since": YEARS[number % 20], "standing": "contested"})
