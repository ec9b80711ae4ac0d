"""Every write of the admin is one change: one transaction, one change set, by whom and why."""

from contextlib import AbstractContextManager

from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest

from tracker.desk.records.database_errors import problem_of
from tracker.history import Context, changeset
from tracker.values.texts import stripped
from tracker.values.vocabularies import Channel


def changing(request: HttpRequest, *, why: str = "reason") -> AbstractContextManager[Context]:
    """Open the one transaction of a change, for the reason that the form gives in the field `why`."""
    reason = stripped(request.POST.get(why, ""))
    checked = "clock_checked" in request.POST
    return changeset(made_by=request.user.pk, reason=reason, channel=Channel.ADMIN, clock_checked=checked)


def show_refusal(request: HttpRequest, error: DatabaseError) -> None:
    """Show what the database refused as a message; raise the error again if the change is not to blame for it."""
    problem = problem_of(error)
    if problem is None:
        raise error
    messages.error(request, str(problem))
