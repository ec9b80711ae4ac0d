"""Sources in the admin: documents of somebody else's that claims cite."""

from django.contrib import admin
from django.db.models import F

from tracker.admin.records import RecordAdmin
from tracker.admin.standing import StatusFilter
from tracker.models import Source


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    """The documents that claims cite."""

    list_display = ("title", "publisher", "issued", "type", "outlet", "reliability", "public_status")
    list_filter = (StatusFilter, "outlet", "reliability", "type")
    search_fields = ("title", "publisher", "container_title", "url", "archive_url", "ref")
    search_help_text = "Searches titles, publishers, addresses and keys."
    ordering = (F("issued_latest").desc(nulls_last=True), "-id")
    asked = (
        (None, {"fields": ("type", "title", "publisher", "issued", "url", "accessed_on", "outlet")}),
        (
            "Authors, archive and more",
            {
                "classes": ("collapse",),
                "fields": ("authors", "container_title", "archive_url", "language", "keywords", "reliability"),
            },
        ),
    )
