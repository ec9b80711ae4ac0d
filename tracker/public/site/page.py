"""What all pages have in common:
two dates, all that is wrong at once, tags, files and a citation.

A page with both dates is frozen: it never changes, so nothing on it may depend on what is published
later, and it is what is cited.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from typing import Any, ClassVar, TypeVar

import msgspec
from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views import View

from tracker.public.cards.chips import Chip
from tracker.public.cards.pictures.files import POLICY, SUFFIXES, is_available, picture_file
from tracker.public.cards.pictures.plate import Picture, Plate
from tracker.public.formats import page_citations, xlsx
from tracker.public.formats.csv import Table, write_rows
from tracker.public.http.caching import (
    GZIP,
    IDENTITY,
    RESPONSES,
    build,
    encode,
    fingerprint,
    takes_gzip,
    with_tag,
)
from tracker.public.http.clients import origin
from tracker.public.http.costly import BusyError, run, turn
from tracker.public.http.parameters import BadRequestError
from tracker.public.http.problems import (
    is_for_programs,
    parameters_problem,
    problem_response,
    unavailable,
    withheld_headers,
    withheld_problem,
)
from tracker.public.http.request_ids import current_id
from tracker.public.read.editions import recent
from tracker.public.read.withheld import WithheldError, check_shown
from tracker.public.site.dates import (
    CHOSEN,
    DATES,
    Dates,
    PageQuery,
    query_string,
    read_dates,
    remedies,
    replaced,
)
from tracker.schema.filters import Filter
from tracker.values import days
from tracker.values.nouns import Noun

CLAIMS_SHOWN = 40  # claims of each kind on a page; it leads on to the others
QUICK_ROWS = 200  # of a file that is made at once; one of more is made in turn
MOST_ROWS = 20_000  # of a file of a page, which is made before it is sent
TOO_MANY_ROWS = (
    f"This file would have more than {MOST_ROWS:,} rows. Ask for less, or take the files of a "
    f"release, at /releases/."
)
DRAWN = 200  # claims of each kind, meetings and editions in a picture, unless it is of fewer
Content = dict[str, Any]
Draw = Callable[[Plate], Picture]
Run = Callable[..., bytes]  # calls a function in a process of its own
Row = TypeVar("Row")
HEADINGS = {
    400: "Something in this address is wrong",
    404: "There is nothing at this address",
    410: "This was withdrawn",
    429: "Too many requests",
    451: "This is withheld for a legal reason",
    503: "This can’t be made now",
}
# What JSON in a page may not have as it is, since the page would end there.
AS_SCRIPT = {ord(c): f"\\u{ord(c):04X}" for c in "<>&\u2028\u2029"}
VARY = "Accept-Encoding"
PROBLEMS = (
    "Everything that is wrong with the address is listed here, each with the nearest that would "
    "be right."
)
NO_FILE = "This page has no .{}; at its foot it lists what it has."
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": xlsx.MEDIA_TYPE,
    "json": "application/json",
}
SAYS = {
    "json": "as JSON",
    "csv": "as a table (CSV)",
    "xlsx": "as a workbook (XLSX)",
    "ics": "as a calendar",
    "atom": "what changes here, as a feed",
}


def files(noun: Noun, of: str = "") -> dict[str, str]:
    """Return where the API has all records of a noun (of "key" the one),
    as `api` of a page has it.
    """
    api = f"/api/v1/{noun.plural}"
    json, csv = (f"{api}/{{key}}/", f"{api}.csv?id={{key}}") if of else (f"{api}/", f"{api}.csv")
    return {"json": json, "csv": csv, "atom": f"/api/v1/changes.atom?resource={noun.plural}"}


class PageError(Exception):
    """A page that can't be answered: its status, what is said, and what its template shows besides.

    `detail` is what is said to programs that ask for a file of the page, if not the same.
    """

    def __init__(self, status: int, says: str, *, detail: str = "", **also: Any) -> None:
        self.status, self.says, self.detail, self.also = status, says, detail or says, also
        super().__init__(says)


class MovedError(Exception):
    """A page that is at another address, given without query string;
    but for these parameters it has the same.

    It may be at yet another one tomorrow, unless that is `for_ever`.
    """

    def __init__(self, address: str, but: Sequence[str] = (), *, for_ever: bool = True) -> None:
        self.address, self.but, self.for_ever = address, but, for_ever
        super().__init__(address)


@dataclass(frozen=True)
class Drawing:
    """What is seen on a page, in a sentence; on how many sources that rests;
    and what draws its pictures.

    `chip` is that of a page of one claim, meeting, act or vote, for its card to pass on. A page
    that `has_picture` shows what is drawn, of each kind of claims the latest `most_drawn`, unless
    that is 0: all of them.
    """

    finding: str = ""
    sources: int = 0
    draw: Draw | None = None
    draw_narrow: Draw | None = None
    chip: Chip | None = None
    has_picture: bool = False
    most_drawn: int = 0


class Page(View):
    """A page: what it is about, what is drawn of it, and what else its template shows;
    its subclasses say that.

    A citation and addresses in the API take no more than `look_up`, a picture no more than
    `drawing`. While one is made, `query` is what its address asks for, `dates` are the two of it,
    `values` those of its parameters, `suffix` is that of the file, if one is asked for, and
    `address` where the page is, without suffix.

    `api` are addresses in the API by suffix, completed by what the page's own address says, or by
    what it calls `named` (None: nothing is shown of it), and by the day (`on`) where they take one;
    where there is CSV, there is XLSX. Of `own`, by suffix, the API has no list: these are files of
    the page. `noun` is what its `key` is one of. `freezes` says that only the publication is on it;
    one that is not `kept` may not be cached at all.
    """

    template_name: ClassVar[str]
    title: str = ""
    description: str = ""
    parameters: ClassVar[Sequence[Filter]] = ()
    api: ClassVar[Mapping[str, str]] = {}
    own: ClassVar[Sequence[str]] = ()
    noun: ClassVar[Noun | None] = None
    freezes: ClassVar[bool] = True
    kept: ClassVar[bool] = True
    http_method_names = ["get", "head"]
    dates: Dates
    query: PageQuery
    values: Mapping[str, Any]
    named: Mapping[str, Any] | None
    suffix: str
    address: str

    def look_up(self, **path: Any) -> None:
        """Find what the page is about, and say its `title` and `description`.
        Raise PageError or MovedError.
        """

    def table(self) -> Table:
        """Return what its own files have."""
        raise AssertionError("a page that has a table makes it")

    def file(self, suffix: str) -> bytes:
        """Return one of its `own` files. Raise PageError."""
        columns, rows = self.table()
        return self.written(
            rows, lambda rows, run: self._table_file(suffix, Table(columns, rows), run)
        )

    def written(self, rows: Iterable[Row], write: Callable[[Iterable[Row], Run], bytes]) -> bytes:
        """Return a file that is written of rows:
        one of many in turn, and of no more than MOST_ROWS.

        So whoever asks for many long files is in nobody's way.
        What takes long is run by what `write` is given.
        """
        further = iter(rows)
        first = [] if self.is_long else [*islice(further, QUICK_ROWS)]
        if not self.is_long and len(first) < QUICK_ROWS:
            return write(first, self._run_in_turn)
        with turn(self.request):
            return write(_bounded(chain(first, further)), run)

    @property
    def is_long(self) -> bool:
        """Tell whether its own files are known to be long before any row is read."""
        return False

    def _table_file(self, suffix: str, table: Table, run: Run) -> bytes:
        if suffix == "csv":
            return b"".join(write_rows(*table))
        try:
            rows = xlsx.encoded(table)
        except xlsx.TooManyRowsError as error:
            raise PageError(400, f"This page as a table: {error}.") from error
        if xlsx.takes_long(rows):
            return run(xlsx.workbook, self._name, *rows)
        return xlsx.workbook(self._name, *rows)

    def drawing(self) -> Drawing:
        """Return what is seen on it, and what draws that."""
        return Drawing()

    def content(self) -> Content:
        """Return what else its template shows. Raise PageError."""
        return {}

    def get(self, request: HttpRequest, suffix: str = "", **path: Any) -> HttpResponse:
        """Answer the page, or one of its files."""
        try:
            return self._answer(suffix, path)
        except MovedError as moved:
            end = f"{moved.address.removesuffix('/')}.{suffix}" if suffix else moved.address
            end += query_string(_given(request, but=moved.but))
            if not moved.for_ever:
                return HttpResponseRedirect(end)
            return HttpResponsePermanentRedirect(end, preserve_request=True)
        except (BadRequestError, PageError, WithheldError, BusyError) as error:
            refused = _problem if is_for_programs(request.path) else _refused_page
            return refused(request, error)

    def head(self, request: HttpRequest, *args: Any, **path: Any) -> HttpResponse:
        """Answer as `get` does. Else Django makes each page refer to itself,
        and it stays until collected.
        """
        return self.get(request, *args, **path)

    def _answer(self, suffix: str, path: Mapping[str, Any]) -> HttpResponse:
        request = self.request
        given = _given(request)
        if len(given) < sum(len(values) for _, values in request.GET.lists()):
            # a form with fields that were left empty
            return HttpResponseRedirect(request.path + query_string(given))
        self.query = PageQuery([*DATES, *self.parameters], request.GET)
        self.dates = dates = read_dates(self.query)
        self.values, self.named, self.suffix = self.query.values, path, suffix
        check_shown(dates.edition, dates.latest)
        if "as_of" in self.values:
            return HttpResponseRedirect(
                request.path + replaced(request.GET, "edition", str(dates.edition), "as_of")
            )
        path_of_page = request.path.removesuffix(f".{suffix}").removesuffix("/index")
        self.address = f"{path_of_page}/" if suffix else request.path
        tag = _tag(request, dates, query_string(given))
        if self.kept and tag in request.headers.get("If-None-Match", ""):
            return self._tagged(HttpResponse(status=304), tag)
        if self.kept and (answer := RESPONSES.get(tag)):
            return answer
        if suffix not in ("", "bib", *self.in_api, *SUFFIXES, *self.own):
            raise PageError(404, NO_FILE.format(suffix))
        self.look_up(**path)
        if suffix in self.in_api:
            if self.named is None:
                raise PageError(
                    404, f"Nothing is shown on this page, so there is no .{suffix} of it."
                )
            return HttpResponseRedirect(self._in_api(suffix, self.named))
        response = self._made()
        # one of other dates is hardly asked for again
        encode(response, request, small=self.kept and not dates.query)
        return self._finished(response, tag)

    def _made(self) -> HttpResponse:
        """Return the page, or its file of a suffix."""
        suffix, cited = (
            self.suffix,
            self.dates.cited(self.title, origin(self.request) + self.address + self.frozen),
        )
        if suffix == "bib":
            return HttpResponse(cited.bibtex, content_type=page_citations.MEDIA_TYPE)
        if suffix in self.own:
            name = f"{self._name}-on-{self.dates.on}-edition-{self.dates.edition}.{suffix}"
            saved_as = {"Content-Disposition": f'attachment; filename="{name}"'}
            return HttpResponse(
                self.file(suffix), content_type=MEDIA_TYPES[suffix], headers=saved_as
            )
        drawing = self.drawing()
        says = drawing.finding or (self.description if suffix == "card" else "")
        plate = self.dates.plate(self.title, says, drawing.sources, cited.url)
        if suffix:
            draw = drawing.draw_narrow if suffix == "narrow" else drawing.draw
            file = picture_file(suffix, plate, draw, drawing.chip, self._run_in_turn)
            if file is None:
                raise PageError(404, NO_FILE.format(suffix))
            policy = {"Content-Security-Policy": POLICY}
            return HttpResponse(file, content_type=SUFFIXES[suffix], headers=policy)
        content = {
            **self._around(self.named),
            "title": self.title,
            "description": self.description,
            "named": self.named,
            "citation": cited,
            # not a template's look-up, whose exceptions TeX's parser would keep in a cycle
            "bibtex": cited.bibtex.decode().strip(),
            "plate": plate,
            "finding": drawing.finding,
            "most_drawn": drawing.most_drawn,
            "picture": drawing.draw(plate) if drawing.has_picture and drawing.draw else None,
            **self.content(),
        }
        content["jsonld"] = msgspec.json.encode(content.get("jsonld")).decode().translate(AS_SCRIPT)
        return HttpResponse(render_to_string(self.template_name, content))

    @property
    def in_api(self) -> Mapping[str, str]:
        """Return `api`, with workbooks beside tables."""
        csv = self.api.get("csv")
        return {**self.api, "xlsx": csv.replace(".csv", ".xlsx")} if csv else self.api

    @property
    def _name(self) -> str:
        return self.address.strip("/").replace("/", "-")

    def _run_in_turn(self, *call: Any) -> bytes:
        with turn(self.request):
            file: bytes = run(*call)
            return file

    @property
    def frozen(self) -> str:
        """Return the query string of what is shown,
        with both dates and all that it is narrowed to.
        """
        return self.dates.frozen + query_string(_given(self.request, but=CHOSEN)).replace(
            "?", "&", 1
        )

    def _around(self, named: Mapping[str, Any] | None) -> Content:
        """Return what surrounds every page."""
        request, dates = self.request, self.dates
        api = (
            {suffix: self._in_api(suffix, named) for suffix in self.in_api}
            if named is not None
            else {}
        )
        q_edition = f"?edition={dates.edition}" if "edition" in dates.query else ""
        base, query = self.address.removesuffix("/") or "/index", query_string(_given(request))
        says = {
            suffix: says for suffix, says in SAYS.items() if suffix in api or suffix in self.own
        }
        says |= {"card": "a card to pass on (PNG)"} if is_available() else {}
        says |= {"bib": "its citation as BibTeX"}
        return {
            **around(request),
            "address": self.address,
            "query": query,
            "root": origin(request),
            "canonical": origin(request)
            + self.address
            + (self.frozen if dates.is_frozen and self.freezes else ""),
            "base": base,
            "frozen": self.frozen,
            "has_png": is_available(),
            "freezes": self.freezes,
            "dates": dates,
            "day": days.day(dates.on),
            "published": days.day(dates.published_at) if dates.published_at else "",
            "recent": editions_to_choose(dates.edition, dates.stamp, "edition" in dates.query)
            if dates.stamp
            else "",
            "q": dates.q,
            "more": dates.q.replace("?", "&", 1),
            "q_edition": q_edition,
            "more_edition": q_edition.replace("?", "&", 1),
            "hidden": _given(request, but=CHOSEN),
            "shown": CLAIMS_SHOWN,
            "files": [
                (words, f"{base}.{suffix}{'' if suffix == 'atom' else query}")
                for suffix, words in says.items()
            ],
            "json": api.get("json", ""),
            "atom": api.get("atom", "/api/v1/changes.atom"),
        }

    def _in_api(self, suffix: str, named: Mapping[str, Any]) -> str:
        """Return where the API answers what a page shows, for the same dates; a feed has none."""
        address = self.in_api[suffix].format(**named, on=self.dates.on.isoformat())
        takes_edition = self.freezes and suffix != "atom" and "{number}" not in self.in_api[suffix]
        if not takes_edition or "edition" not in self.dates.query:
            return address
        return f"{address}{'&' if '?' in address else '?'}edition={self.dates.edition}"

    def _finished(self, response: HttpResponse, tag: str) -> HttpResponse:
        """Return an answer with its licence, its edition, its tag, and how long it may be kept."""
        response.headers["Link"] = f'<{settings.DATA_LICENSE}>; rel="license"'
        response.headers["Edition"] = str(self.dates.edition)
        response.headers["Content-Language"] = "en"
        if not self.kept:
            response.headers["Vary"], response.headers["Cache-Control"] = VARY, "no-store"
            return response
        return RESPONSES.keep(tag, self._tagged(response, tag))

    def _tagged(self, response: HttpResponse, tag: str) -> HttpResponse:
        return with_tag(response, tag, VARY, is_frozen=self.dates.is_frozen and self.freezes)


def _bounded(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows; raise PageError once there are more than MOST_ROWS."""
    for number, row in enumerate(rows):
        if number == MOST_ROWS:
            raise PageError(400, TOO_MANY_ROWS)
        yield row


@lru_cache(maxsize=100)
def editions_to_choose(edition: int, stamp: int, is_chosen: bool) -> SafeString:
    """Return an edition, whose moment is `stamp`, and the 49 before it as options of a form;
    one statement.

    They are kept, since they can't change:
    each page has them, and to write 50 dates takes longer than a card.
    """
    option = '<option value="{0}">edition {0}, {1.day} {1:%b %Y}</option>'
    options = "\n".join(option.format(number, moment) for number, moment in recent(edition))
    return SafeString(options.replace('">', '" selected>', 1) if is_chosen else options)


def around(request: HttpRequest) -> Content:
    """Return what surrounds every page, also one that can't be answered."""
    return {
        "build": build()[:8],
        "tracker_title": settings.TITLE,
        "license": settings.DATA_LICENSE,
        "contact": settings.CONTACT,
        "searched_text": request.GET.get("q", "")[:1000] if request.path == "/search/" else "",
    }


def error_page(request: HttpRequest, error: PageError) -> HttpResponse:
    """Return the page that says why one can't be answered, in the same dress."""
    content = {
        **around(request),
        "title": HEADINGS[error.status],
        "status": error.status,
        "says": error.says,
        "path": request.path,
        **error.also,
    }
    headers = {
        "Cache-Control": "no-cache",
        "Content-Language": "en",
        **error.also.get("headers", {}),
    }
    return HttpResponse(
        render_to_string("site/refused.html", content), status=error.status, headers=headers
    )


Refusal = BadRequestError | PageError | WithheldError | BusyError


def _problem(request: HttpRequest, error: Refusal) -> HttpResponse:
    """Return why a file can't be answered, as the API would say it."""
    match error:
        case BadRequestError():
            return parameters_problem(error)
        case WithheldError():
            return withheld_problem(error, origin(request))
        case BusyError():
            return unavailable(str(error), error.seconds)
    return problem_response(error.status, error.detail, headers=error.also.get("headers", {}))


def _refused_page(request: HttpRequest, error: Refusal) -> HttpResponse:
    """Return why a page can't be answered, as a page."""
    match error:
        case BadRequestError():
            problems = [(problem, remedies(request.GET, problem)) for problem in error.problems]
            return error_page(request, PageError(400, PROBLEMS, problems=problems))
        case WithheldError():
            return error_page(request, withheld_error(request, error))
        case BusyError():
            headers = {"Retry-After": str(error.seconds), "Cache-Control": "no-store"}
            return error_page(
                request, PageError(503, str(error), headers=headers, request_id=current_id())
            )
    return error_page(request, error)


def withheld_error(
    request: HttpRequest, withheld: WithheldError, where: Callable[[int], str] | None = None
) -> PageError:
    """Return how what must not be shown is answered.

    `where` returns the address of the same of another edition, if that isn't said by `edition`.
    """
    where = where or (
        lambda number: request.path + replaced(request.GET, "edition", str(number), "as_of")
    )
    nearest = [(number, where(number)) for number in withheld.nearest]
    headers = withheld_headers(origin(request))
    return PageError(451, str(withheld), nearest=nearest, editions=True, headers=headers)


def _given(request: HttpRequest, but: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Return the parameters of a request that have a value."""
    return [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if value and name not in but
    ]


def _tag(request: HttpRequest, dates: Dates, query: str) -> str:
    """Return the tag of a page:
    edition with moment, of a live page the day, and what no edition changes.
    """
    day = "" if dates.is_frozen else f"-{dates.on:%Y%m%d}"
    encoding = GZIP if takes_gzip(request) else IDENTITY
    return f'"{dates.edition}-{dates.stamp or 0}{day}.{fingerprint(request, query, encoding)}"'
