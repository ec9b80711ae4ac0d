"""What a query string asks of the publication:
of which edition, for which records, and what only it knows is wrong.
"""

from collections.abc import Iterator, Mapping, Sequence

from django.http import QueryDict

from tracker.public.http.parameters import AS_OF, EDITION, NOTHING_TO_FIND, Query
from tracker.public.read import lists
from tracker.public.read.editions import AnsweringEdition, AsOf, answering
from tracker.public.read.keys import records
from tracker.public.read.lists import ListPage, Question, lines, narrowed
from tracker.public.read.withheld import check_shown, is_withheld
from tracker.schema.filters import Keys
from tracker.schema.ordering import BY_RANK
from tracker.schema.records import FILTERS, USUAL, read_body, with_usual
from tracker.values.nouns import Noun

SUGGESTED = 3  # keys of a parameter for which the nearest is looked up
WITHOUT_PAGES = ("page_size", "cursor", "count")
NOTHING: Mapping[str, Sequence[int | None]] = {}


def as_of(query: QueryDict) -> AsOf:
    """Return the recorded time that a query string asks for which was answered once."""
    edition, moment = query.get("edition"), query.get("as_of")
    return AsOf(
        int(EDITION.parse_one(edition)) if edition else None,
        AS_OF.parse_one(moment) if moment else None,
        query.get("release"),
    )


class PublicQuery(Query):
    """A query string whose values are asked of the publication."""

    @property
    def as_of(self) -> AsOf:
        """Return the recorded time that is asked for."""
        return AsOf(
            self.values.get("edition"), self.values.get("as_of"), self.values.get("release")
        )

    def narrowed(self, record: bytes) -> bytes:
        """Return a record, which is JSON, with the fields that are asked for."""
        return narrowed(record, self.values["fields"]) if "fields" in self.values else record

    def narrowed_lines(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """Return records, which are lines of JSON, with the fields that are asked for."""
        if "fields" not in self.values:
            return chunks
        return (lines(map(self.narrowed, chunk.splitlines())) for chunk in chunks)

    def question(self, noun: Noun, size: int | None = None) -> Question:
        """Return what is asked of the list of a noun, by the page or in chunks;
        whatever has a fault is left out.
        """
        order = self.values.get("ordering", BY_RANK if "q" in self.values else USUAL[noun])
        return Question(
            noun,
            with_usual(
                noun,
                {by.name: self.values[by.name] for by in FILTERS[noun] if by.name in self.values},
            ),
            order=order,
            as_of=self.as_of,
            after=self.after(*(by.type for by in order)),
            size=size or self.size,
            counts=self.counts,
        )

    def answering(self) -> AnsweringEdition:
        """Return the edition that answers; raise BadRequestError with every fault."""
        edition = answering(self.as_of)
        self.check_answered(edition)
        return edition

    def records(self, name: str, edition: int, *, survivors: bool = False) -> list[int]:
        """Return the records that the keys of a parameter mean in an edition;
        none if it is not given.

        Of those that are merged into others, these others if `survivors` are asked for.
        """
        by = self.declared[name]
        if name not in self.values or not isinstance(by, Keys):
            return []
        ids = records(by.noun, self.values[name], edition=edition, survivors=survivors)
        self._check_known(name, ids, edition)
        return [record for record in ids if record is not None]

    def check_whole(self, form: str, *, narrows: bool) -> None:
        """Note the parameters that mean nothing where a form holds the whole list."""
        for name in WITHOUT_PAGES if narrows else (*WITHOUT_PAGES, "fields"):
            if name in self.values:
                self.fault(
                    name,
                    "conflict",
                    f"“{name}” means nothing in {form}, which holds the whole list; leave it out",
                )

    def check_listed(self, listed: ListPage) -> None:
        """Raise BadRequestError with every fault, also those that only the publication knows of."""
        if not listed.finds:
            self.fault("q", *NOTHING_TO_FIND)
        self.check_answered(listed.answering, listed.unknown)

    def check_answered(
        self, answering: AnsweringEdition, unknown: Mapping[str, Sequence[int | None]] = NOTHING
    ) -> None:
        """Raise BadRequestError with every fault, also those that only the publication knows of,
        or else Withheld.
        """
        for name, ids in unknown.items():
            if name in self.declared:
                self._check_known(name, ids, answering.number or answering.latest)
        self.note_answered(answering)
        self.check()
        check_shown(answering.number, answering.latest)

    def _check_known(self, name: str, ids: Sequence[int | None], edition: int) -> None:
        """Note keys that no record ever had; of the first few with the one that may be meant."""
        by = self.declared[name]
        if isinstance(by, Keys):
            never = [
                key for key, record in zip(self.values[name], ids, strict=True) if record is None
            ]
            for place, key in enumerate(never):
                suggests = place < SUGGESTED and not is_withheld(edition)
                near = lists.near(by.noun, key, edition=edition, size=1) if suggests else []
                meant = "".join(
                    f"; did you mean “{read_body(by.noun, body)['slug']}”?" for body in near
                )
                self.fault(name, "unknown", f"no {by.noun} was ever published under “{key}”{meant}")
