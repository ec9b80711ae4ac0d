"""Why something was not done at the desk: what services and the database refuse, as problems (RFC 9457)."""

from collections.abc import Iterable, Sequence

import msgspec
from django.db import DatabaseError
from django.http import HttpResponse
from msgspec import UNSET, UnsetType

from tracker.api.shapes import DeskChange, DeskFault, DeskProblem
from tracker.api.statuses import title
from tracker.publication.conflicts import Problem
from tracker.services import editing, publishing, releasing, reverting
from tracker.services.refusals import problem_of

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
        case editing.Invalid():
            return NotDone(400, NOT_TAKEN, [fault_of(one) for one in error.faults])
        case publishing.Refused():
            return NotDone(409, NOTHING_DONE, problems(error.problems))
        case reverting.Refused():
            return NotDone(409, error.said or NOTHING_DONE, obstacles(error.obstacles))
        case releasing.Refused():
            is_taken = all(one.code == "taken" for one in error.faults)
            faults = [DeskFault(code=one.code, detail=one.detail, pointer=f"/{one.field}") for one in error.faults]
            return NotDone(409 if is_taken else 400, NOTHING_DONE if is_taken else NOT_TAKEN, faults)
        case reverting.Unknown():
            return NotDone(404, f"{str(error)[:1].upper()}{str(error)[1:]}.")
        case DatabaseError() if problem := problem_of(error):
            return NotDone(409, NOTHING_DONE, [DeskFault(code="refused", detail=str(problem))])
    return None


def fault_of(wrong: editing.Wrong) -> DeskFault:
    """Return what is wrong with a body."""
    pointer = "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in wrong.path)
    return DeskFault(code=wrong.code, detail=wrong.detail, pointer=pointer)


def problems(found: Iterable[Problem]) -> list[DeskFault]:
    """Return what stands in the way of records."""
    return [
        DeskFault(
            code="outdated" if one.field == "version" else "refused",
            detail=one.message,
            resource=one.noun.plural,
            id=one.id,
            field=one.field or UNSET,
        )
        for one in found
    ]


def obstacles(found: Iterable[reverting.Obstacle]) -> list[DeskFault]:
    """Return what stands in the way of undoing."""
    return [
        DeskFault(
            code="refused",
            detail=one.message,
            resource=one.noun.plural,
            id=one.id,
            change_set=one.changeset or UNSET,
        )
        for one in found
    ]
