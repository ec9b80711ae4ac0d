"""The base of all views of the publication, and the four views that every noun has."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from http import HTTPStatus
from typing import Any, ClassVar, NoReturn

from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch
from msgspec import Struct
from rest_framework.exceptions import MethodNotAllowed, NotAcceptable
from rest_framework.permissions import AllowAny
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from tracker.public.api.declared import DeclaredView
from tracker.public.api.http.caching import answered
from tracker.public.api.http.renderers import (
    JSON,
    OF_LISTS,
    OF_ONE,
    CitedBibtex,
    FormatRenderer,
    Forms,
    Xlsx,
    preferred,
)
from tracker.public.api.http.responses import (
    answer_response,
    as_json,
    file_response,
    of_edition,
    page_answer,
    page_response,
    redirect,
    slash_added,
    tagged_response,
    with_headers,
)
from tracker.public.api.openapi.operations import OperationSchema
from tracker.public.api.openapi.pages import page_of, record
from tracker.public.api.queries import WITHOUT_PAGES, PublicQuery, as_of
from tracker.public.formats import csv_documents
from tracker.public.formats.lists import About
from tracker.public.http.clients import origin
from tracker.public.http.costly import MOST_BYTES
from tracker.public.http.pagination import beginning_of_next, next_page, next_pinned
from tracker.public.http.parameters import (
    COUNT,
    CURSOR,
    FORMAT,
    PAGE_SIZE,
    RECORDED,
    fields_of,
    format_of,
    of_a_day,
)
from tracker.public.http.plans import OUTCOME, Answer, Question
from tracker.public.read import lists, records
from tracker.public.read.editions import AnsweringEdition, AsOf, answering
from tracker.public.read.keys import country_codes
from tracker.public.read.withheld import check_shown
from tracker.schema.examples import Example
from tracker.schema.filters import LARGEST_ID, Filter
from tracker.schema.parts import address
from tracker.schema.records import FILTERS, NOUNS, ordering
from tracker.schema.responses import Version
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Operation

IN_PAGES = (*RECORDED, PAGE_SIZE, COUNT, CURSOR)
PAGED = (*IN_PAGES, FORMAT)
NAMED_BY_FORM = {FORMAT.name, COUNT.name}
# records of a whole list that are in memory at once; the first come soon
FIRST_CHUNK, CHUNK = 500, 500
# of fewer, where they are large: PostgreSQL makes a chunk in one piece, small ones the fastest
CHUNK_BYTES = 350_000
WITHOUT_A_BODY = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)
# bytes of a whole list that is sent with its length, which some programs need
AT_ONCE = 4 * 1024 * 1024


def about(request: Request, noun: Noun, query: PublicQuery, answering: AnsweringEdition) -> About:
    """Return what a form must know of a list."""
    fields, on = query.values.get("fields"), query.values.get("on")
    codes = partial(
        country_codes, answering.latest if answering.number is None else answering.number
    )
    return About(noun, fields, answering.published_at, origin(request), on, codes)


def outcome_of(request: Request) -> Any:
    """Return what came of asking the publication before Django's handler;
    None if that wasn't done.
    """
    return request.META.get(OUTCOME)


def chunk_size(first: Sequence[bytes]) -> int:
    """Return how many records of a whole list are read at once,
    if all are about as large as the first.
    """
    return max(1, min(CHUNK, CHUNK_BYTES * len(first) // (sum(map(len, first)) or 1)))


class PublicView(DeclaredView):
    """A view of the publication: no login, GET only, parameters declared.

    `summary` is what OpenAPI calls it, without which it is what its docstring begins with. A form
    in which it answers has an address of its own, `stances.csv`, and is `only` then: whatever is
    asked for, it answers so. `response_struct` is the form of its response, `examples` are requests
    to it. `is_of_an_edition` says that it depends on which edition answers, `pinned` that its
    address names one, so that it never changes. One that `is_file` has an address without a slash
    at its end, and one of `media_types`.
    """

    schema: Any = OperationSchema()
    http_method_names = ["get", "head"]
    authentication_classes = ()
    permission_classes = (AllowAny,)
    summary: ClassVar[str] = ""
    parameters: ClassVar[Sequence[Filter]] = (FORMAT,)
    response_struct: ClassVar[type[Struct]]
    examples: ClassVar[Mapping[str, Example]] = {}
    is_of_an_edition: ClassVar[bool] = True
    pinned: ClassVar[bool] = False
    is_file: ClassVar[bool] = False
    only: type[FormatRenderer] | None = None
    media_types: ClassVar[Sequence[str]] = ()

    @classmethod
    def answer(cls, request: HttpRequest, match: ResolverMatch) -> HttpResponseBase:
        """Answer a request; what is unchanged before anything of DRF's is asked."""
        route: Any = match.func
        view = cls(**route.initkwargs)
        is_short = not request.path_info.endswith("/") and not (view.is_file or view.only)
        response = (
            with_headers(slash_added(request), None) if is_short else answered(request, view, match)
        )
        if isinstance(response, HttpResponse):
            if not response.content and response.status_code != HTTPStatus.OK:
                del response.headers["Content-Type"]
            if response.status_code not in WITHOUT_A_BODY:
                response.headers["Content-Length"] = str(len(response.content))
        elif isinstance(response, StreamingHttpResponse) and request.method == "HEAD":
            response.streaming_content = ()
        return response

    def subject(self, query: QueryDict, path: Mapping[str, Any]) -> str | None:
        """Return what an answer would depend on, without making it;
        None if there would be none, or raise WithheldError.

        `query` is a query string that this view has answered before, `path` the variables in its
        address. What was shown while its edition was the latest may be withheld since the next one.
        """
        answer = answering(as_of(query))
        check_shown(answer.number, answer.latest)
        return of_edition(answer.number, answer.stamp)

    def query(self, request: Request) -> PublicQuery:
        """Read the query string by what this view declares."""
        return PublicQuery(self.declared(), request.query_params)

    def declared(self) -> Sequence[Filter]:
        """Return the parameters of this view that mean something in its form."""
        return (
            [each for each in self.parameters if each.name not in NAMED_BY_FORM]
            if self.only
            else self.parameters
        )

    def get_response_struct(self) -> type[Struct]:
        """Return the form of its answer."""
        return self.response_struct

    def shown(self) -> Mapping[str, Example]:
        """Return the requests that are its examples; one, if its address names a form."""
        return (
            {"one": Example(self.only.example, self.query_of_one())} if self.only else self.examples
        )

    def query_of_one(self) -> str:
        """Return the query string of an example in a form:
        one of what a list has, else what is usually asked.
        """
        return "page_size=1" if self.lists else next(iter(self.examples.values())).query

    def forms(self) -> Forms:
        """Return the forms in which it answers."""
        return self.renderer_classes

    def has_parts(self) -> bool:
        """Tell whether ranges of bytes can be asked for:
        of a file, or of a form whose address names it.
        """
        return self.is_file or bool(self.only and self.only.has_parts)

    def form(self, request: HttpRequest) -> type[BaseRenderer] | None:
        """Return the renderer that `format` asks for, else the one that `Accept` prefers;
        None if there is none.
        """
        if self.only:
            return self.only
        name = request.GET.get("format")
        for renderer in self.forms():
            if renderer.format == name:
                return renderer
        media_types = tuple(renderer.media_type for renderer in self.forms())
        place = preferred(request.META.get("HTTP_ACCEPT", "*/*"), media_types)
        return None if place is None else self.forms()[place]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Raise what was raised before Django's handler, where this was answered by its plan."""
        super().initial(request, *args, **kwargs)
        if isinstance(outcome := outcome_of(request), Exception):
            raise outcome

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse any method but those that read."""
        raise MethodNotAllowed(
            request.method or "", "The publication is only read: GET and HEAD are answered."
        )

    def perform_content_negotiation(
        self, request: Request, force: bool = False
    ) -> tuple[BaseRenderer, str]:
        """Return the renderer that is asked for;
        raise NotAcceptable, or if there must be one, return any.
        """
        form = self.form(request)
        if form is None and not force:
            had = ", ".join(renderer.media_type for renderer in self.forms())
            raise NotAcceptable(f"What “Accept” asks for is not to be had here; there is: {had}.")
        renderer = (form or self.forms()[0])()
        return renderer, renderer.media_type


class RecordView(PublicView):
    """What the views of one noun have in common."""

    noun: Noun

    def get_response_struct(self) -> type[Struct]:
        """Return the form of its answer: of a record, unless it says otherwise."""
        return getattr(self, "response_struct", record(self.noun))

    def declared(self) -> Sequence[Filter]:
        # mypy takes a class for one of its instances, which may have no hash
        return parameters_in_form(type(self), self.noun, self.only)  # type: ignore[arg-type]

    def parameters_of_noun(self) -> Sequence[Filter]:
        """Return the parameters of this view, in whatever form."""
        return self.parameters

    def look_up(self, key: str, query: PublicQuery, as_of: AsOf) -> records.Lookup:
        """Return what an edition says of `key`;
        raise AbsentError if no record ever had it, BadRequestError.
        """
        lookup = self.reading(key, query, as_of)()
        check_found(self.noun, key, query, lookup)
        return lookup

    def reading(self, key: str, query: PublicQuery, as_of: AsOf) -> Callable[[], records.Lookup]:
        """Return how to ask what an edition says of `key`."""
        return partial(records.record, self.noun, key, as_of, on=query.values.get("on"))


def check_found(noun: Noun, key: str, query: PublicQuery, lookup: records.Lookup) -> None:
    """Raise BadRequestError with every fault, or AbsentError if no record ever had this key."""
    query.check_answered(lookup.answering)
    if lookup.record is None:
        raise records.AbsentError(noun, key, lookup)


def _page(query: PublicQuery, beginning: str, listed: lists.ListPage) -> Answer:
    """Return a page of a list;
    raise BadRequestError with every fault that only the publication knows of.
    """
    query = query.copy()
    query.check_listed(listed)
    return page_answer(
        map(query.narrowed, listed.page.results),
        answering=listed.answering,
        following=next_pinned(beginning, listed.page),
        count=listed.count,
        is_capped=listed.is_capped,
    )


def _record(noun: Noun, query: PublicQuery, key: str, lookup: records.Lookup) -> Answer | None:
    """Return a record that is at the address with this key; None if it isn't, or not now."""
    query = query.copy()
    check_found(noun, key, query, lookup)
    if lookup.body is None or lookup.public_key != key:
        return None
    subject = of_edition(lookup.opened, lookup.opened_stamp)
    return Answer(query.narrowed(lookup.body), subject, lookup.answering.number or 0)


class RecordList(RecordView):
    """The records of a noun, filtered, in pages that are one snapshot."""

    route = ""
    summary = "List {noun.plural}"
    lists = True
    parameters = IN_PAGES

    def get_response_struct(self) -> type[Struct]:
        return page_of(record(self.noun), capped=True)

    def shown(self) -> Mapping[str, Example]:
        return super().shown() if self.only else NOUNS[self.noun].examples.lists

    def query_of_one(self) -> str:
        return f"ref={NOUNS[self.noun].examples.ref}"

    def forms(self) -> Forms:
        return OF_LISTS[self.noun]

    def parameters_of_noun(self) -> Sequence[Filter]:
        formats = format_of(form.format for form in self.forms())
        return [
            *FILTERS[self.noun],
            ordering(self.noun),
            fields_of(self.noun),
            *self.parameters,
            formats,
        ]

    def get(self, request: Request) -> HttpResponseBase:
        """Answer one page of records, filtered;
        `next` leads to the rest of them, as of the same edition.

        In any form but JSON: all of them at once.
        """
        query = self.query(request)
        if isinstance(request.accepted_renderer, FormatRenderer):
            return self.whole(request, query, request.accepted_renderer)
        read, write = (
            partial(lists.page, query.question(self.noun)),
            partial(_page, query, beginning_of_next(request)),
        )
        return answer_response(write(outcome_of(request) or read()), Question(read, write))

    def whole(self, request: Request, query: PublicQuery, form: FormatRenderer) -> HttpResponseBase:
        """Answer all records, filtered, as one file;
        the first chunk is read before, so faults are still told.
        """
        query.check_whole(form.format, narrows=form.narrows)
        question = query.question(self.noun, FIRST_CHUNK)
        first = lists.page(question)
        query.check_listed(first)
        source = lists.chunks(question, first, chunk_size(first.page.results))
        lines, whole = (
            query.narrowed_lines(source),
            about(request, self.noun, query, first.answering),
        )
        if isinstance(form, CitedBibtex):
            lines, whole = lists.cited(source, first.page.edition), whole._replace(noun=Noun.SOURCE)
        pieces: Iterator[bytes]
        if isinstance(form, Xlsx):
            table = csv_documents.table(lines, whole)
            pieces, at_once = (
                map(partial(form.made, request, query, self.noun.plural), [table]),
                MOST_BYTES,
            )
        else:
            pieces, at_once = form.write(lines, whole), AT_ONCE
        name = f"{self.noun.plural}-{first.answering.number or 0}.{form.format}"
        return file_response(
            pieces,
            source=source,
            media_type=form.content_type,
            name=name,
            answering=first.answering,
            at_once=at_once,
        )


class RecordDetail(RecordView):
    """One record, as it is or was."""

    route = "<str:key>/"
    summary = "Read one {noun}"
    examples = {"record": Example("One record.")}

    def forms(self) -> Forms:
        return OF_ONE.get(self.noun, JSON)

    def query_of_one(self) -> str:
        return ""

    def parameters_of_noun(self) -> Sequence[Filter]:
        return [
            fields_of(self.noun),
            *of_a_day(self.noun),
            *RECORDED,
            format_of(form.format for form in self.forms()),
        ]

    def get(self, request: Request, key: str) -> HttpResponse:
        """Answer the record as it is or, with `edition`, `release` or `as_of`, as it was then."""
        query, form = self.query(request), request.accepted_renderer
        if isinstance(form, FormatRenderer):
            query.check_whole(form.format, narrows=form.narrows)
        read, write = self.reading(key, query, query.as_of), partial(_record, self.noun, query, key)
        lookup = outcome_of(request) or read()
        edition = lookup.answering.number or 0
        if answer := write(lookup):
            if isinstance(form, FormatRenderer):
                opening = AnsweringEdition(
                    lookup.answering.latest, lookup.opened, lookup.opened_stamp
                )
                written = b"".join(
                    form.write(
                        [lists.lines([answer.body])], about(request, self.noun, query, opening)
                    )
                )
                return tagged_response(
                    written, on=answer.subject, edition=edition, media_type=form.content_type
                )
            return answer_response(answer, Question(read, write))
        if lookup.public_key is None:
            raise records.AbsentError(self.noun, key, lookup)
        return with_headers(redirect(request, self.address(lookup.public_key)), edition)

    def address(self, key: str) -> str:
        """Return the address of a record, in the form that this one names."""
        usual = address(self.noun, key)
        return f"{usual.removesuffix('/')}.{self.only.format}" if self.only else usual

    def subject(self, query: QueryDict, path: Mapping[str, Any]) -> str | None:
        """Return the edition that opened the version that answers."""
        lookup = records.record(self.noun, path["key"], as_of(query))
        check_shown(lookup.answering.number, lookup.answering.latest)
        return of_edition(lookup.opened, lookup.opened_stamp) if lookup.opened else None


class RecordHistory(RecordView):
    """The versions of a record that were public, the latest first; also of a retracted one."""

    route = "<str:key>/history/"
    summary = "List the versions of one {noun} that were public"
    lists = True
    response_struct = page_of(Version)
    examples = {"versions": Example("The latest version.", "page_size=1")}
    parameters = PAGED

    def get(self, request: Request, key: str) -> HttpResponse:
        """Answer one page of what editions did to the record, the latest first;
        also if it was retracted.
        """
        query = self.query(request)
        before = query.before()
        lookup = self.look_up(key, query, query.as_of)
        edition = lookup.answering.number or 0
        if lookup.key != key:
            return with_headers(
                redirect(request, f"{address(self.noun, lookup.key)}history/"), edition
            )
        record = lookup.record or 0
        page = records.versions(self.noun, record, edition=edition, before=before, size=query.size)
        count = records.count_versions(self.noun, record, edition=edition) if query.counts else None
        results, following = map(self._version, page.results), next_page(request, page)
        return page_response(results, answering=lookup.answering, following=following, count=count)

    def _version(self, version: records.PublicVersion) -> bytes:
        closed = version.operation in (Operation.RETRACTED, Operation.MERGED)
        return as_json(
            Version(
                edition=version.edition,
                published_at=version.published_at,
                operation=Operation(version.operation),
                note=version.note or None,
                reason=version.reason or None,
                changed=version.changed,
                url=None
                if closed
                else f"{address(self.noun, version.key)}history/{version.edition}/",
            )
        )


class RecordVersion(RecordView):
    """One version of a record, whole, as an edition opened it."""

    route = "<str:key>/history/<int:edition>/"
    summary = "Read one {noun} as an edition published it"
    examples = {"version": Example("As edition 1 published it.")}
    pinned = True

    def parameters_of_noun(self) -> Sequence[Filter]:
        return [fields_of(self.noun), *of_a_day(self.noun), FORMAT]

    def get(self, request: Request, key: str, edition: int) -> HttpResponse:
        """Answer the record as this edition published it; 404 if the edition did nothing to it."""
        query = self.query(request)
        query.check()
        lookup = self.look_up(key, query, AsOf(min(edition, LARGEST_ID)))
        if lookup.body is None or lookup.opened != edition:
            raise Http404(
                f"Edition {edition} opened no version of this {self.noun}; its history lists "
                f"those that did."
            )
        if lookup.key != key:
            return with_headers(
                redirect(request, f"{address(self.noun, lookup.key)}history/{edition}/"), edition
            )
        return tagged_response(
            query.narrowed(lookup.body),
            on=of_edition(edition, lookup.opened_stamp),
            edition=edition,
        )

    def subject(self, query: QueryDict, path: Mapping[str, Any]) -> str | None:
        """Return the edition that published it."""
        answer = answering(AsOf(min(path["edition"], LARGEST_ID)))
        check_shown(answer.number, answer.latest)
        return of_edition(answer.number, answer.stamp)


@cache
def parameters_in_form(
    view: type[RecordView], noun: Noun, form: type[FormatRenderer] | None
) -> Sequence[Filter]:
    """Return the parameters of a view that mean something in the form that its address names,
    if it names one.
    """
    parameters = view(noun=noun).parameters_of_noun()
    if form is None:
        return parameters
    without = {*NAMED_BY_FORM, *WITHOUT_PAGES, *(() if form.narrows else ("fields",))}
    return [parameter for parameter in parameters if parameter.name not in without]
