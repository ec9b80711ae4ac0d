"""Problems as RFC 9457 has them:
what is wrong, for programs that ask the API or for a file of a page.
"""

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType

import msgspec
from django.http import HttpResponse
from msgspec import UNSET

from tracker.public.http.parameters import BadRequestError
from tracker.public.http.request_ids import current_id
from tracker.public.read.withheld import WithheldError
from tracker.schema.responses import Fault, Problem

API = "/api/"
DESK = "/admin/"
# Endings of files that pages have, and of sitemaps.
# An address with another ending is answered by a page.
FILE_ENDINGS = (
    "bib",
    "ris",
    "csljson",
    "json",
    "csv",
    "xlsx",
    "ics",
    "atom",
    "svg",
    "narrow",
    "png",
    "card",
    "xml",
)
PROBLEM = "application/problem+json"
# What statuses are called in RFC 9110, and so in newer Pythons.
RENAMED = {
    413: "Content Too Large",
    414: "URI Too Long",
    416: "Range Not Satisfiable",
    422: "Unprocessable Content",
}


def is_for_programs(path: str) -> bool:
    """Tell whether what is wrong with an address is told as a problem:
    in the API, and of files of pages.
    """
    name, _, ending = path.rpartition(".")
    return path.startswith(API) or (
        bool(name) and ending in FILE_ENDINGS and not path.startswith(DESK)
    )


def title(status: int) -> str:
    """Return a status in words."""
    return RENAMED.get(status) or HTTPStatus(status).phrase


def problem_response(
    status: int,
    detail: str,
    faults: list[Fault] | None = None,
    nearest: list[int] | None = None,
    headers: Mapping[str, str] = MappingProxyType({}),
) -> HttpResponse:
    """Return a problem: its status, title, detail and, if any, the single faults,
    and the nearest editions.
    """
    problem = Problem(
        "about:blank",
        title(status),
        status,
        detail,
        faults or UNSET,
        nearest or UNSET,
        request_id=current_id() if status >= 500 else UNSET,
    )
    return HttpResponse(
        msgspec.json.encode(problem),
        status=status,
        reason=title(status),
        content_type=PROBLEM,
        headers={"Cache-Control": "no-cache", **headers},
    )


def parameters_problem(error: BadRequestError) -> HttpResponse:
    """Return all that is wrong with the parameters of a request."""
    faults = [Fault(problem.parameter, problem.code, problem.detail) for problem in error.problems]
    return problem_response(400, str(error), faults)


def withheld_problem(error: WithheldError, root: str) -> HttpResponse:
    """Return how what the tracker at `root` withholds is answered."""
    nearest = " and ".join(map(str, error.nearest))
    detail = f"{error} The nearest that are shown: {nearest}."
    return problem_response(451, detail, nearest=error.nearest, headers=withheld_headers(root))


def withheld_headers(root: str) -> dict[str, str]:
    """Return the headers of what must not be shown; `Link` says who withholds it:
    the tracker at `root` (RFC 7725).
    """
    return {"Cache-Control": "no-store", "Link": f'<{root}/>; rel="blocked-by"'}


def unavailable(detail: str, seconds: int) -> HttpResponse:
    """Return a problem that passes:
    what can't be done now is to be asked again after so many seconds.
    """
    return problem_response(
        503, detail, headers={"Retry-After": str(seconds), "Cache-Control": "no-store"}
    )
