"""Exporting what a list shows: all its pages, filtered and in the order shown, in the format that import takes."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from tracker.formats.csv import write_rows
from tracker.services import exporting


def export_view(model_admin: Any, request: HttpRequest) -> HttpResponseBase:
    """Answer with the records of the list that the query describes, as CSV, streamed."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    try:
        changelist = admin.ModelAdmin.get_changelist_instance(model_admin, request)
    except IncorrectLookupParameters:
        return redirect(reverse(f"admin:tracker_{model_admin.noun}_changelist"))
    noun = model_admin.noun
    written = write_rows(exporting.columns(noun), exporting.rows(noun, changelist.queryset))
    headers = {"Content-Disposition": f'attachment; filename="{noun.plural}.csv"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(written, content_type="text/csv; charset=utf-8", headers=headers)
