"""Following: edition after edition is fetched, proved, and only then kept."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from tracker.management.following.origin import Change, Origin
from tracker.management.following.replica import Replica

ENDS = ("retracted", "merged")


class Disagreement(Exception):
    """Copy and origin don't agree; the message says in which edition."""


class Step(NamedTuple):
    """An edition that is held now: how many changes it took, how many records there are, and its digest."""

    edition: int
    changes: int
    records: int
    digest: str


class Follower:
    """Keeps a copy in step with its origin."""

    def __init__(self, origin: Origin, replica: Replica) -> None:
        self.origin, self.replica = origin, replica

    def catch_up(self) -> Iterator[Step]:
        """Yield each edition once it is held and proved, until the copy is in step.

        Raises Disagreement if the origin is another one than before, or what comes of its changes is not what it says.
        """
        self._recognise()
        held = self.replica.latest
        for edition, changes in groupby(self.origin.changes(held[0] if held else 0), lambda change: change["edition"]):
            yield self._step(edition, changes)

    def _recognise(self) -> None:
        held, url = self.replica.latest, self.replica.origin
        if url and url != self.origin.url:
            raise Disagreement(f"this is a copy of {url}; give {self.origin.url} another directory")
        if held and self.origin.edition(held[0]) != held[1:]:
            raise Disagreement(
                f"edition {held[0]} of {self.origin.url} is not the one that is held (was an older state of it "
                "restored?); begin anew in another directory"
            )

    def _step(self, edition: int, changes: Iterable[Change]) -> Step:
        with self.replica.edition():
            counted = self._apply(edition, changes)
            published_at, digest = self.origin.edition(edition)
            if self.replica.digests.whole() != digest:
                raise Disagreement(f"edition {edition}: what is held is not what {self.origin.url} says it holds")
            self.replica.note(self.origin.url, edition, published_at, digest, counted)
        return Step(edition, counted, len(self.replica.digests), digest)

    def _apply(self, edition: int, changes: Iterable[Change]) -> int:
        """Do what an edition did to the copy, and return how many changes it were."""
        opened: dict[str, list[int]] = defaultdict(list)
        counted = 0
        for counted, change in enumerate(changes, 1):  # noqa: B007 (it is returned)
            if change["operation"] in ENDS:
                self.replica.take_out(change["resource"], change["id"])
            else:
                opened[change["resource"]].append(change["id"])
        for resource, ids in opened.items():
            came = [self.replica.put(resource, body) for body in self.origin.records(resource, ids, edition)]
            if sorted(came) != sorted(ids):
                raise Disagreement(f"edition {edition}: it changed {len(ids)} {resource}, of which {len(came)} came")
        return counted
