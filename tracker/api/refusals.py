"""Why something was not done at the desk: what services and the database refuse, as problems (RFC 9457)."""

from collections.abc import Sequence

import msgspec
from django.db import DatabaseError
from django.http import HttpResponse
from msgspec import UNSET, UnsetType

from tracker.api.shapes import DeskChange, DeskFault, DeskProblem
from tracker.api.statuses import title
from tracker.services import reverting
from tracker.services.refusals import problem_of
from tracker.values.problems import Invalid, Problem, Refused

NOTHING_DONE = "Nothing was done; “errors” says what stands in the way."
NOT_TAKEN = "Nothing was done: the request can't be taken as it is; “errors” says why."


class NotDone(Exception):
    """Nothing was done; raised within a transaction, it undoes it."""

    def __init__(
        self,
        status: int,
        detail: str,
        faults: Sequence[DeskFault] = (),
        *,
        version: int | UnsetType = UNSET,
        changes: list[DeskChange] | UnsetType = UNSET,
    ) -> None:
        self.status, self.detail, self.faults = status, detail, list(faults)
        self.version, self.changes = version, changes
        super().__init__(detail)

    def answer(self) -> HttpResponse:
        """Return the problem."""
        said = DeskProblem(
            type="about:blank",
            title=title(self.status),
            status=self.status,
            detail=self.detail,
            errors=self.faults or UNSET,
            version=self.version,
            changes=self.changes,
        )
        return HttpResponse(msgspec.json.encode(said), status=self.status, content_type="application/problem+json")


def not_done(error: Exception) -> NotDone | None:
    """Return what to answer to an exception of a service or of the database; None if it is a bug."""
    match error:
        case NotDone():
            return error
        case Invalid():
            return NotDone(400, NOT_TAKEN, [fault_of(one) for one in error.problems])
        case Refused():
            placed = [one for one in error.problems if one.record or one.path]
            said = "; ".join(one.text for one in error.problems if one not in placed)
            return NotDone(409, said or NOTHING_DONE, [fault_of(one) for one in placed])
        case reverting.Unknown():
            return NotDone(404, f"{str(error)[:1].upper()}{str(error)[1:]}.")
        case DatabaseError() if problem := problem_of(error):
            return NotDone(409, NOTHING_DONE, [DeskFault(code="refused", detail=str(problem))])
    return None


def fault_of(problem: Problem) -> DeskFault:
    """Return what stands in the way of a record, or what is wrong with a body."""
    if problem.record is None:
        pointer = "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in problem.path)
        return DeskFault(code=problem.code, detail=problem.text, pointer=pointer)
    return DeskFault(
        code=problem.code,
        detail=problem.text,
        resource=problem.record[0].plural,
        id=problem.record[1],
        field=problem.field or UNSET,
        change_set=problem.params.get("changeset") or UNSET,
    )
