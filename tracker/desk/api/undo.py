"""Undoing all that one change set did."""

from typing import Annotated
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from msgspec import Meta
from rest_framework.request import Request

from tracker.desk import undo
from tracker.desk.api.http.payloads import MOST_RECORDS, Body, parse
from tracker.desk.api.http.preconditions import check_reason
from tracker.desk.api.shapes import DeskUndone
from tracker.desk.api.verbs import Named, check_rights
from tracker.desk.api.views import DeskView, in_changeset
from tracker.history import current
from tracker.models import Change, Event
from tracker.public.api.http.responses import json_response
from tracker.values.nouns import BY_PLURAL


class Undoing(Body):
    """A change set undone."""

    leaving_out: Annotated[
        Annotated[list[Named], Meta(max_length=MOST_RECORDS)] | None,
        Meta(description="List the records to be left alone."),
    ] = None


class DeskUndo(DeskView):
    """Undo all that one change set did; where readers have seen a record, that takes an editor."""

    route = "changesets/<uuid:change_set>/revert/"
    response_struct = DeskUndone
    rights = {"POST": ("view_changeset",)}
    payload = Undoing

    @in_changeset
    def post(self, request: Request, change_set: UUID) -> HttpResponse:
        """Put everything back as it was before, by a new change set; where later edits block it, list them."""
        body = parse(self.body(request), self.payload)
        left = {(BY_PLURAL[record.resource], record.id) for record in body.leaving_out or ()}
        public = Change.objects.filter(noun=OuterRef("noun"), record=OuterRef("record"))
        if Event.objects.filter(Exists(public), changeset=change_set).exists():
            check_reason(request)
        check_rights(request, undo.plan(changeset=change_set, leaving_out=left))
        done = undo.undo(changeset=change_set, leaving_out=left)
        counts = {noun.plural: {what.value: n for what, n in by.items()} for noun, by in done.counts.items()}
        return json_response(DeskUndone(current().id if done.count() else None, counts))
