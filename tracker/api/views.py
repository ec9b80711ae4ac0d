"""The base of all views of the publication, and the four views that every noun has."""

import re
from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from django.http import Http404, HttpResponse
from rest_framework.permissions import AllowAny
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from tracker.api.answers import answer, as_json, listing, moved, with_headers
from tracker.api.cursors import next_page
from tracker.api.errors import problem
from tracker.api.parameters import COUNT, CURSOR, FORMAT, PAGE_SIZE, RECORDED, Query
from tracker.publication.read import lists, records
from tracker.publication.read.keys import BY_SLUG
from tracker.publication.shapes.answers import Version
from tracker.publication.shapes.filters import LARGEST_ID, Filter
from tracker.publication.shapes.narrowing import DESCENDING, FILTERS, with_usual
from tracker.publication.shapes.parts import address
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Operation

PAGED = (*RECORDED, PAGE_SIZE, COUNT, CURSOR, FORMAT)
RETRACTED = "This record was retracted. Its history tells which versions of it were public."


class PublicView(APIView):
    """A view of the publication: no login, GET only, parameters declared.

    `answers` is the schema of its answer or, if it `lists`, of one result.
    """

    http_method_names = ["get", "head"]
    authentication_classes = ()
    permission_classes = (AllowAny,)
    parameters: ClassVar[Sequence[Filter]] = (FORMAT,)
    answers: ClassVar[str]
    lists: ClassVar[bool] = False
    noun: ClassVar[Noun | None] = None

    def query(self, request: Request) -> Query:
        """Read the query string by what this view declares."""
        return Query(self.declared(), request.query_params)

    @classmethod
    def declared(cls) -> Sequence[Filter]:
        """Return the parameters of this view."""
        return cls.parameters

    def perform_content_negotiation(self, request: Request, force: bool = False) -> tuple[BaseRenderer, str]:
        """Return the renderer that `format` asks for, else the one that `Accept` does; raise NotAcceptable."""
        for renderer in self.get_renderers():
            if renderer.format == request.query_params.get("format"):
                return renderer, renderer.media_type
        return super().perform_content_negotiation(request, force)


class RecordView(PublicView):
    """What the views of one noun have in common."""

    noun: ClassVar[Noun]

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
    parameters = PAGED

    @classmethod
    def declared(cls) -> Sequence[Filter]:
        """Return the filters of the noun and what every list takes."""
        return [*FILTERS[cls.noun], *cls.parameters]

    def get(self, request: Request) -> HttpResponse:
        """Answer one page of records, filtered; `next` leads to the rest of them, as of the same edition."""
        query = self.query(request)
        edition = query.edition()
        chosen = with_usual(self.noun, query.filters(FILTERS[self.noun], edition))
        after = query.after(date if self.noun in DESCENDING else str, int)
        query.check()
        page = lists.page(self.noun, chosen, edition=edition, after=after, size=query.size)
        count = lists.count(self.noun, chosen, edition=page.edition) if query.counts else None
        return listing(page.results, edition=page.edition, following=next_page(request, page), count=count)


class RecordDetail(RecordView):
    """One record, as it is or was."""

    parameters = (*RECORDED, FORMAT)

    def get(self, request: Request, key: str) -> HttpResponse:
        """Answer the record as it stands or, with `edition` or `as_of`, as it stood then."""
        query = self.query(request)
        edition = query.edition()
        query.check()
        found = self.found(key, edition)
        if found.body is not None and found.key == key:
            return answer(found.body, edition=found.edition)
        if found.body is not None:
            return moved(request, address(self.noun, found.key), edition=found.edition)
        if found.into is not None:
            return moved(request, address(self.noun, found.into), edition=found.edition)
        if found.operation is not None:
            return with_headers(problem(410, RETRACTED), found.edition)
        raise Http404(f"This {self.noun} was not public yet in edition {found.edition}.")


class RecordHistory(RecordView):
    """The versions of a record that were public, the latest first; also of a retracted one."""

    lists = True
    answers = "Version"
    parameters = PAGED

    def get(self, request: Request, key: str) -> HttpResponse:
        """Answer one page of what editions did to the record, the latest first; also if it was retracted."""
        query = self.query(request)
        edition, before = query.edition(), query.before()
        query.check()
        found = self.found(key, edition)
        if found.key != key:
            return moved(request, f"{address(self.noun, found.key)}history/", edition=found.edition)
        page = records.versions(self.noun, found.record, edition=found.edition, before=before, size=query.size)
        count = records.count_versions(self.noun, found.record, edition=page.edition) if query.counts else None
        results = map(self._version, page.results)
        return listing(results, edition=page.edition, following=next_page(request, page), count=count)

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

    def get(self, request: Request, key: str, edition: int) -> HttpResponse:
        """Answer the record as this edition published it; 404 if the edition did nothing to it."""
        self.query(request).check()
        found = self.found(key, edition)
        if found.body is None or found.opened != edition:
            raise Http404(f"Edition {edition} opened no version of this {self.noun}; its history lists those that did.")
        if found.key != key:
            return moved(request, f"{address(self.noun, found.key)}history/{edition}/", edition=edition)
        return answer(found.body, edition=edition)
