"""Following: edition after edition is fetched, proved, and only then kept;
or, to catch up sooner, the last.
"""

from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from tracker.public.following.origin import Change, Origin, WithheldError
from tracker.public.following.replica import Replica

ENDS = ("retracted", "merged")


class DisagreementError(Exception):
    """Copy and origin don't agree; the message says in which edition."""


class EditionStep(NamedTuple):
    """An edition that is held now: how many changes it took, and how many records there are."""

    edition: int
    changes: int
    records: int


class Follower:
    """Keeps a copy in step with its origin;
    it `proves_each` edition, or else the one that it begins and ends with.
    """

    def __init__(self, origin: Origin, replica: Replica, *, proves_each: bool = True) -> None:
        self.origin, self.replica, self.proves_each = origin, replica, proves_each
        self._resources: list[str] = []

    @property
    def digest(self) -> str:
        return self.replica.digests.whole(self._resources)

    def catch_up(self) -> Iterator[EditionStep]:
        """Yield each edition once it is held, until the copy is in step.

        Past editions that the origin must not show, it begins anew with the first after them.

        Raises DisagreementError if the origin is another one than before, or what comes of its
        changes is not what it says.
        """
        if self.replica.origin not in (None, self.origin.url):
            raise DisagreementError(
                f"this is a copy of {self.replica.origin}; give {self.origin.url} another directory"
            )
        self._resources = self.origin.resources()
        held: int | None = self._proved()
        while held is not None:
            held = yield from self._steps(held)
        if not self.proves_each:
            self._proved()

    def _steps(self, held: int) -> Generator[EditionStep, None, int | None]:
        """Yield each edition after one, once it is held;
        return that with which it began anew, None in step.
        """
        try:
            for edition, changes in groupby(
                self.origin.changes(held), lambda change: change["edition"]
            ):
                yield self._step(edition, changes)
        except WithheldError as withheld:
            yield self._anew(withheld.after)
            return withheld.after
        return None

    def _anew(self, edition: int) -> EditionStep:
        """Hold an edition instead of what was held, from its lists;
        it is proved, whatever else is.
        """
        with self.replica.edition():
            self.replica.clear()
            came = [
                self.replica.put(resource, body)
                for resource in self._resources
                for body in self.origin.whole(resource, edition)
            ]
            self.replica.note(self.origin.url, edition, self.origin.edition(edition).published_at)
            self._proved()
        return EditionStep(edition, len(came), len(self.replica.digests))

    def _proved(self) -> int:
        """Return the edition that is held, 0 if there is none;
        raise DisagreementError if it isn't the origin's.
        """
        held = self.replica.latest
        if held is None:
            return 0
        edition = self.origin.edition(held.number)
        if (edition.published_at, edition.digest) != (held.published_at, self.digest):
            raise DisagreementError(
                f"edition {held.number} of {self.origin.url} is not the one that is held "
                f"(was an older state restored "
                "there, or the copy changed here?); begin anew in another directory"
            )
        if held.chain not in (None, edition.chain):
            raise DisagreementError(
                f"edition {held.number} of {self.origin.url} says what it said, but has "
                f"another past: the head of its chain was {held.chain} and is "
                f"{edition.chain}; ask who runs it what was rewritten there"
            )
        if edition.chain is not None and held.chain is None:
            self.replica.note_chain(held.number, edition.chain)
        return held.number

    def _step(self, edition: int, changes: Iterable[Change]) -> EditionStep:
        with self.replica.edition():
            counted, published_at = self._apply(edition, changes)
            self.replica.note(self.origin.url, edition, published_at)
            if self.proves_each:
                self._proved()
        return EditionStep(edition, counted, len(self.replica.digests))

    def _apply(self, edition: int, changes: Iterable[Change]) -> tuple[int, str]:
        """Do to the copy what an edition did; return how many changes it were, and its moment."""
        opened: dict[str, list[int]] = defaultdict(list)
        counted, published_at = 0, ""
        for change in changes:
            counted, published_at = counted + 1, change["published_at"]
            if change["operation"] in ENDS:
                self.replica.take_out(change["resource"], change["id"])
            else:
                opened[change["resource"]].append(change["id"])
        for resource, ids in opened.items():
            came = [
                self.replica.put(resource, body)
                for body in self.origin.records(resource, ids, edition)
            ]
            if sorted(came) != sorted(ids):
                raise DisagreementError(
                    f"edition {edition}: it changed {len(ids)} {resource}, of which "
                    f"{len(came)} came"
                )
        return counted, published_at
