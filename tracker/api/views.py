"""The base of all views of the publication, and the four views that every noun has."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from tracker.api.answers import answer, as_json, listing, moved
from tracker.api.cursors import decode, encode, next_address
from tracker.api.errors import Gone
from tracker.api.parameters import COUNT, CURSOR, FORMAT, PAGE_SIZE, RECORDED, Query
from tracker.publication.read import editions, lists, records
from tracker.publication.read.keys import BY_SLUG
from tracker.publication.shapes.answers import Version
from tracker.publication.shapes.filters import LARGEST_ID, BadValue, Filter
from tracker.publication.shapes.narrowing import CLAIMS, DESCENDING, FILTERS
from tracker.publication.shapes.parts import address
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Operation

USUAL_PAGE = 50


class PublicView(APIView):
    """A view of the publication: no login, GET only, parameters declared."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    parameters: ClassVar[Sequence[Filter]] = (FORMAT,)
    answers: ClassVar[str] = ""  # the name of the schema of its answer
    lists: ClassVar[bool] = False

    def query(self, request: Request) -> Query:
        """Read the query string by what this view declares."""
        return Query(self.declared(), request.query_params)

    @classmethod
    def declared(cls) -> list[Filter]:
        """Return the parameters of this view."""
        return list(cls.parameters)


class RecordView(PublicView):
    """What the views of one noun have in common."""

    noun: ClassVar[Noun]

    def number_of(self, key: str) -> int:
        """Return the number of the record that ever had `key`; raise Http404."""
        found = self.found(key, None)
        return found.record

    def found(self, key: str, edition: int | None) -> records.Found:
        """Return what an edition says of `key`; raise Http404 if no record ever had it."""
        is_number = re.fullmatch(r"[0-9]{1,10}", key) is not None and int(key) <= LARGEST_ID
        if (self.noun in BY_SLUG or is_number) and "\x00" not in key:
            found = records.record(self.noun, key, edition=edition)
            if found is not None:
                return found
        raise Http404(f"No {self.noun} was ever published under “{key}”.")


class RecordList(RecordView):
    """The records of a noun, filtered, in pages that are one snapshot."""

    lists = True
    parameters = (*RECORDED, PAGE_SIZE, COUNT, CURSOR, FORMAT)

    @classmethod
    def declared(cls) -> list[Filter]:
        """Return the filters of the noun and what every list takes."""
        return [*FILTERS[cls.noun], *cls.parameters]

    def get(self, request: Request) -> HttpResponse:
        """Answer one page."""
        query = self.query(request)
        edition = query.edition()
        chosen = query.filters(FILTERS[self.noun], edition)
        after = self._after(query)
        query.check()
        if self.noun in CLAIMS:
            chosen.setdefault("standing", "any" if "id" in chosen else "accepted")
        size = query.values.get("page_size", USUAL_PAGE)
        page = lists.page(self.noun, chosen, edition=edition, after=after, size=size)
        counted = query.values.get("count") == "true"
        return listing(
            page.records,
            edition=page.edition,
            following=next_address(request, edition=page.edition, cursor=encode(page.after)) if page.after else None,
            count=lists.count(self.noun, chosen, edition=page.edition) if counted else None,
        )

    def _after(self, query: Query) -> tuple[Any, int] | None:
        if "cursor" not in query.values:
            return None
        if "edition" not in query.values:
            query.fault("cursor", "needs", "a cursor goes with the “edition” that “next” gives; take “next” as it is")
        try:
            sort, record = decode(query.values["cursor"], date if self.noun in DESCENDING else str, int)
            return sort, record
        except BadValue as error:
            query.fault("cursor", "invalid", str(error))
            return None


class RecordDetail(RecordView):
    """One record, as it is or was."""

    parameters = (*RECORDED, FORMAT)

    def get(self, request: Request, key: str) -> HttpResponse:
        """Answer the record: 200, or 308 to its own address or its survivor's, 410 if retracted, 404."""
        query = self.query(request)
        edition = query.edition()
        query.check()
        found = self.found(key, edition)
        if found.body is None and found.into is not None:
            return moved(request, address(self.noun, found.into), edition=found.edition)
        if found.body is None and found.operation is not None:
            raise Gone()
        if found.body is None:
            raise Http404(f"This {self.noun} was not public yet in edition {found.edition}.")
        if found.key != key:
            return moved(request, address(self.noun, found.key), edition=found.edition)
        return answer(found.body, edition=found.edition)


class RecordHistory(RecordView):
    """The versions of a record that were public, the latest first; also of a retracted one."""

    lists = True
    answers = "Version"
    parameters = (*RECORDED, PAGE_SIZE, CURSOR, FORMAT)

    def get(self, request: Request, key: str) -> HttpResponse:
        """Answer one page of versions."""
        query = self.query(request)
        edition = query.edition()
        before = edition_before(query)
        query.check()
        number = self.number_of(key)
        up_to = editions.latest() if edition is None else edition
        size = query.values.get("page_size", USUAL_PAGE)
        found = records.versions(self.noun, number, up_to=up_to, before=before, limit=size + 1)
        return listing(
            [self._version(version) for version in found[:size]],
            edition=up_to,
            following=next_address(request, edition=up_to, cursor=encode((found[size - 1].edition,)))
            if len(found) > size
            else None,
        )

    def _version(self, version: records.Version) -> str:
        closed = version.operation in (Operation.RETRACTED, Operation.MERGED)
        return as_json(
            Version(
                edition=version.edition,
                published_at=version.published_at,
                operation=Operation(version.operation),
                note=version.note or None,
                changed=version.changed,
                url=None if closed else f"{address(self.noun, version.key)}history/{version.edition}/",
            )
        )


class RecordVersion(RecordView):
    """One version of a record, whole, as an edition opened it."""

    parameters = (FORMAT,)

    def get(self, request: Request, key: str, edition: int) -> HttpResponse:
        """Answer the version; 404 if that edition opened none."""
        self.query(request).check()
        body = records.version(self.noun, self.number_of(key), edition) if edition <= LARGEST_ID else None
        if body is None:
            raise Http404(f"Edition {edition} opened no version of this {self.noun}; its history lists those that did.")
        return answer(body, edition=edition)


def edition_before(query: Query) -> int | None:
    """Return the edition before which a page of editions or versions begins, by its cursor."""
    if "cursor" not in query.values:
        return None
    try:
        before: int = decode(query.values["cursor"], int)[0]
        return before
    except BadValue as error:
        query.fault("cursor", "invalid", str(error))
        return None
