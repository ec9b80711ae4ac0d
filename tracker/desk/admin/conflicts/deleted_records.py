"""A record that isn't there: never was, or was deleted or merged while somebody had its form open, which is kept."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from tracker.desk.admin.conflicts.display import lines
from tracker.desk.admin.conflicts.merged_forms import typed_since
from tracker.desk.admin.site.labels import address, names
from tracker.desk.admin.site.pages import RecordPage, number, render_page
from tracker.history.snapshots import at
from tracker.models import Record


def missing(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """Lead to the first page, which says that there is no such record: what Django does where it looks itself."""
    message = f"{model_admin.opts.verbose_name} with ID “{unquote(object_id)}” doesn’t exist. Perhaps it was deleted?"
    model_admin.message_user(request, message, messages.WARNING)
    return redirect("admin:index")


def deleted_page(
    model_admin: RecordPage, request: HttpRequest, object_id: str, record: Record | None
) -> HttpResponse | None:
    """Show what was typed into the form of a record that was deleted, or, if given, merged; None if it never was."""
    key, seen = number(unquote(object_id)), number(request.POST.get("seen", ""))
    snapshot = at(model_admin.noun, key, seen) if key is not None and seen is not None else None
    if snapshot is None or not model_admin.has_view_or_change_permission(request):
        return None
    survivor: Any = getattr(record, "merged_into", None)
    into = (model_admin.noun, survivor.pk) if survivor else None
    named = names({(model_admin.noun, snapshot.record.pk), *([into] if into else [])})
    sent = [(name, text) for name, texts in request.POST.lists() if name != "csrfmiddlewaretoken" for text in texts]
    context = {
        "title": "It was merged meanwhile" if into else "It was deleted meanwhile",
        "subtitle": str(named[model_admin.noun, snapshot.record.pk]),
        "opts": model_admin.opts,
        "named": named[model_admin.noun, snapshot.record.pk],
        "survivor": named[into] if into else None,
        "restore": address(model_admin.noun, snapshot.record.pk, "restore"),
        "lines": lines(typed_since(model_admin, request, snapshot)),
        "sent": sent,
    }
    return render_page(model_admin.admin_site, request, "admin/conflicts/deleted_record.html", context)
