"""Why something was not done at the desk:
what services and the database refuse, as problems (RFC 9457).
"""

from collections.abc import Sequence

import msgspec
from django.db import DatabaseError
from django.http import HttpResponse
from msgspec import UNSET, UnsetType

from tracker.desk import undo
from tracker.desk.api.shapes import DeskChange, DeskFault, DeskProblem
from tracker.desk.records.database_errors import problem_of
from tracker.public.http.problems import PROBLEM, title, unavailable
from tracker.values.problems import InvalidError, Problem, RefusedError

NOTHING_DONE = "Nothing was done; “errors” says why."
RETRY_AFTER = 1  # second
BUSY = (
    f"Somebody else is changing the same at this moment. Nothing was done; try again in "
    f"{RETRY_AFTER} s."
)
NOT_TAKEN = "Nothing was done: the request can't be taken as it is; “errors” says why."


class RequestRefusedError(RefusedError):
    """A request is refused with a status of its own, for what its headers say;
    within a transaction, it undoes it.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        problems: Sequence[Problem] = (),
        *,
        version: int | UnsetType = UNSET,
        changes: list[DeskChange] | UnsetType = UNSET,
    ) -> None:
        self.status, self.detail, self.version, self.changes = status, detail, version, changes
        super().__init__(problems)


def of_header(name: str, code: str, message: str) -> Problem:
    return Problem(code, message, params={"header": name})


def response_to(error: Exception) -> HttpResponse | None:
    """Return the response to an exception of ours, of a service or of the database;
    None if it is a bug.
    """
    match error:
        case RequestRefusedError():
            return _response(error)
        case InvalidError():
            return _response(RequestRefusedError(400, NOT_TAKEN, error.problems))
        case RefusedError() if {problem.code for problem in error.problems} == {"busy"}:
            return unavailable(BUSY, RETRY_AFTER)
        case RefusedError():
            placed = [problem for problem in error.problems if problem.record or problem.path]
            detail = "; ".join(problem.text for problem in error.problems if problem not in placed)
            return _response(RequestRefusedError(409, detail or NOTHING_DONE, placed))
        case undo.UnknownError():
            return _response(RequestRefusedError(404, f"{str(error)[:1].upper()}{str(error)[1:]}."))
        case DatabaseError() if problem := problem_of(error):
            if problem.code == "busy":
                return unavailable(BUSY, RETRY_AFTER)
            problems = [Problem("refused", "{says}", params={"says": str(problem)})]
            return _response(RequestRefusedError(409, NOTHING_DONE, problems))
    return None


def _response(refused: RequestRefusedError) -> HttpResponse:
    body = DeskProblem(
        type="about:blank",
        title=title(refused.status),
        status=refused.status,
        detail=refused.detail,
        errors=[fault_of(problem) for problem in refused.problems] or UNSET,
        version=refused.version,
        changes=refused.changes,
    )
    return HttpResponse(msgspec.json.encode(body), status=refused.status, content_type=PROBLEM)


def fault_of(problem: Problem) -> DeskFault:
    """Return what blocks a record, or what is wrong with a body or a header."""
    rule = problem.rule or UNSET
    if header := problem.params.get("header"):
        return DeskFault(code=problem.code, detail=problem.text, parameter=header)
    if problem.record is None:
        pointer = "".join(
            f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in problem.path
        )
        return DeskFault(code=problem.code, detail=problem.text, pointer=pointer, rule=rule)
    return DeskFault(
        code=problem.code,
        detail=problem.text,
        resource=problem.record[0].plural,
        id=problem.record[1],
        field=problem.field or UNSET,
        change_set=problem.params.get("changeset") or UNSET,
        rule=rule,
    )
