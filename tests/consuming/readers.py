"""Those who page, read the feed, export, and ask conditionally."""

import json
import time
from typing import Any

from tests.consuming import checks
from tests.consuming.connection import Answer, Reader

RESOURCES = (
    "issues",
    "actors",
    "sources",
    "stances",
    "alignments",
    "meetings",
    "votes",
    "acts",
)  # as an edition's digest takes them
LISTS = (
    "stances/?standing=any",
    "stances/?standing=any&ordering=id",
    "stances/?actor_kind=state&standing=any",
    "stances/?position=supports,opposes",
    "actors/?",
    "issues/?",
    "sources/?ordering=-id",
)
ROOT = "/api/v1/"


def everything(resource: str) -> str:
    """Return the address of all records of a resource."""
    return (
        f"{ROOT}{resource}/?standing=any"
        if resource in ("stances", "alignments")
        else f"{ROOT}{resource}/?"
    )


class Pager(Reader):
    """Walks through a list, page after page, and holds it against the same list as one file."""

    def turn(self) -> None:
        asked = self.chance.choice(LISTS)
        address: str | None = (
            f"{ROOT}{asked}&count=true&page_size={self.chance.choice((7, 50, 200))}"
        )
        pages: list[dict[str, Any]] = []
        while address and not self.over.is_set():
            answer = self.get(address)
            pages.append(answer.json())
            if answer.edition != pages[0]["edition"]:
                self.complain(
                    address, f"it is of edition {answer.edition}, the walk of {pages[0]['edition']}"
                )
            address = pages[-1]["next"]
            time.sleep(self.chance.uniform(0, 0.1))
        if address:
            return
        _, whole = self.lines(f"{ROOT}{asked}&edition={pages[0]['edition']}")
        for says in checks.of_walk(pages, [json.loads(line) for line in whole]):
            self.complain(asked, says)
        self.done.update({"walks": 1, "pages": len(pages), "records paged": len(whole)})


class FeedReader(Reader):
    """Reads the feed of changes from its beginning;
    at times goes back to an earlier place, to find the same there.
    """

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.next = f"{ROOT}changes/?after=0&page_size=100"
        self.pages: list[tuple[str, list[checks.Change]]] = []

    @property
    def changes(self) -> list[checks.Change]:
        return [change for _, changes in self.pages for change in changes]

    def turn(self) -> None:
        if self.pages and self.chance.random() < 0.3:
            address, before = self.chance.choice(self.pages)
            again = self.get(address).json()["results"]
            if again[: len(before)] != before:
                self.complain(address, "it tells other changes than before")
            self.done["pages of the feed read again"] += 1
            return
        while True:
            page = self.get(self.next).json()
            if not page["results"]:
                break
            self.pages.append((self.next, page["results"]))
            self.next = page["next"]
        self.done["changes"] = sum(len(changes) for _, changes in self.pages)
        if self.pages:
            start = max(0, len(self.pages) - 3)
            first = self.pages[start][1][0]["edition"]
            recent = [change for _, changes in self.pages[start:] for change in changes]
            for says in checks.of_feed(recent, first - 1):
                self.complain("the feed", says)


class Exporter(Reader):
    """Gets whole lists: all of an edition, whose digest must be the one that it has;
    and tables, against lines.
    """

    def turn(self) -> None:
        if self.chance.random() < 0.5:
            self._table()
            return
        edition, first = self.lines(everything(RESOURCES[0]))
        if edition == 0:
            return
        parts = [
            first,
            *(self.lines(f"{everything(plural)}&edition={edition}")[1] for plural in RESOURCES[1:]),
        ]
        for resource, lines in zip(RESOURCES, parts, strict=True):
            for says in checks.of_lines(lines, edition):
                self.complain(f"{resource} of edition {edition}", says)
        digest = self.get(f"{ROOT}editions/{edition}/").json()["digest"]
        if checks.digest(parts) != digest:
            self.complain(f"edition {edition}", "its digest is not that of its records")
        self.done["editions exported and proved"] += 1
        self.done["records exported"] += sum(map(len, parts))

    def _table(self) -> None:
        asked = f"{ROOT}{self.chance.choice(LISTS)}"
        answer = self.get(f"{asked}&format=csv")
        _, lines = self.lines(f"{asked}&edition={answer.edition}")
        for says in checks.of_csv(answer.body, lines):
            self.complain(f"{asked} of edition {answer.edition} as CSV", says)
        self.done["tables exported"] += 1


class Revisitor(Reader):
    """Asks again for what it holds, on condition that it changed:
    a 304 comes only while the same edition answers.
    """

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.held: dict[str, Answer] = {}

    def turn(self) -> None:
        address = f"{ROOT}{self.chance.choice(LISTS)}&page_size=20"
        held = self.held.get(address)
        before = self._latest()
        asks = {"If_None_Match": held.headers["etag"]} if held else {}
        answer = self.get(address, valid=(200, 304), **asks)
        after = self._latest()
        if held and answer.status == 304:
            self.done["304s"] += 1
            if not before <= held.json()["edition"] <= after:
                self.complain(
                    address,
                    f"a 304 for edition {held.json()['edition']}, while {before} to {after} stood",
                )
        elif answer.status == 200:
            if held and answer.headers["etag"] == held.headers["etag"]:
                self.complain(address, "it was sent whole, though its tag is the one that was held")
            if not before <= answer.json()["edition"] <= after:
                self.complain(
                    address, f"edition {answer.json()['edition']}, while {before} to {after} stood"
                )
            self.held[address] = answer
            self.done["200s in place of a 304"] += held is not None

    def _latest(self) -> int:
        return int(self.get(f"{ROOT}editions/?page_size=1").json()["edition"])
