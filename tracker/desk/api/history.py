"""What was changed of one record at the desk, and how it differs from what readers see."""

from django.http import HttpResponse
from rest_framework.request import Request

from tracker.desk.api.changes import changes_page
from tracker.desk.api.http.exceptions import fault_of
from tracker.desk.api.openapi.pages import desk_page_of
from tracker.desk.api.records import NounView
from tracker.desk.api.serializers import published
from tracker.desk.api.shapes import DeskChange, DeskDiff
from tracker.models import Event
from tracker.public.api.http.parameters import COUNT, CURSOR, PAGE_SIZE, Query
from tracker.public.api.http.responses import json_response
from tracker.publishing import publish as publishing
from tracker.publishing.live import changed_fields
from tracker.publishing.new_documents import preview
from tracker.publishing.publish import Chosen


class DeskHistory(NounView):
    """List every change of one record and of its parts, the latest first."""

    route = "<str:key>/history/"
    response_struct = desk_page_of(DeskChange)
    lists = True
    rights = {"GET": ("view_{noun}", "view_changeset")}
    parameters = (PAGE_SIZE, COUNT, CURSOR)

    def get(self, request: Request, key: str) -> HttpResponse:
        """Answer one page of what was changed: who, when, why, through which channel, field by field."""
        record = self.record(request, key)
        events = Event.objects.filter(noun=self.noun, record=record.pk)
        reviewed = (self.noun, record.pk) if request.user.has_perm("tracker.view_review") else None
        return changes_page(request, Query(self.parameters, request.query_params), events, reviewed)


class DeskCompare(NounView):
    """Compare one record at the desk with what readers see."""

    route = "<str:key>/diff/"
    response_struct = DeskDiff
    rights = {"GET": ("view_{noun}",)}

    def get(self, request: Request, key: str) -> HttpResponse:
        """Answer the fields that differ, and what blocks publishing them."""
        record = self.record(request, key)
        Query((), request.query_params).check()
        old, new = preview(self.noun, record.pk)
        chosen = [Chosen(self.noun, record.pk, record.version)]
        blockers = publishing.blockers(records=chosen, by=int(request.user.pk or 0))
        diff = DeskDiff(
            version=record.version,
            public=published(self.noun, [record])[record.pk][1],
            changed=changed_fields(old, new),
            obstacles=[fault_of(blocker) for blocker in blockers],
        )
        return json_response(diff)
