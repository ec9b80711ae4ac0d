"""Who may do what with the records of a noun."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from tracker.desk.admin.site import public_status
from tracker.models import Record
from tracker.models.nouns import noun_of
from tracker.values.nouns import MERGEABLE, Noun


class RecordPermissions(admin.ModelAdmin):  # type: ignore[type-arg]
    """What a page of a noun offers to whom."""

    @property
    def noun(self) -> Noun:
        return noun_of(self.model)

    @property
    def merges(self) -> bool:
        return self.noun in MERGEABLE

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("tracker.add_edition")

    def has_approve_and_publish_permission(self, request: HttpRequest) -> bool:
        return self.has_publish_permission(request) and request.user.has_perm("tracker.approve_review")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or not public_status.was_merged(obj))

    def may_confirm(self, request: HttpRequest, record: Record) -> bool:
        """Say whether to offer that the record still holds, which only claims do."""
        return False

    def has_submit_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("tracker.add_review")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say whether this person may delete, and this record may be deleted: it was never public."""
        return super().has_delete_permission(request, obj) and (obj is None or not public_status.was_public(obj))
