"""What the admin of every noun does: lists with a status, forms that lose nothing, one change per write."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db import DatabaseError, connection, models
from django.forms import Media
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from django.utils.safestring import SafeString

from tracker.desk.admin.actions.bulk_change import change_selected
from tracker.desk.admin.actions.delete import delete_selected, what_goes
from tracker.desk.admin.actions.merge import merge_view
from tracker.desk.admin.actions.publish import publish_selected, retract_selected
from tracker.desk.admin.actions.review_steps import approve_and_publish_selected, assign_selected, submit_selected
from tracker.desk.admin.forms.choices import RecordSelect
from tracker.desk.admin.history.record_history import compare_view, record_history, version_view
from tracker.desk.admin.history.undo import put_back_view, restore_view
from tracker.desk.admin.lists.changelists import RecordLists
from tracker.desk.admin.records.form_view import RecordForms
from tracker.desk.admin.review.page import review_page
from tracker.desk.admin.site import public_status
from tracker.desk.admin.site.labels import NAMED, address, chip_of, label, link
from tracker.desk.admin.site.messages import show_refusal
from tracker.desk.admin.site.pages import changing
from tracker.models import Record

LATEST_FIRST = models.F("since_latest").desc(nulls_last=True)
KEPT_PUBLIC = "This {noun} has been public, so it can't be deleted. Withdraw it instead: its address will say so."


class RecordAdmin(RecordForms):
    """A noun's records: their list and their forms."""

    actions = [
        submit_selected,
        assign_selected,
        change_selected,
        approve_and_publish_selected,
        publish_selected,
        retract_selected,
        delete_selected,
    ]

    @property
    def media(self) -> Media:
        return super().media + RecordSelect(self.opts.get_field("ref"), self.admin_site).media

    @admin.display(description="Status")
    def public_status(self, record: Record) -> SafeString:
        return public_status.shown(record)

    @admin.display(description="As of today")
    def chip(self, record: Record) -> SafeString:
        """Return what readers see of a claim or a meeting at a glance."""
        return chip_of(record).html

    @admin.display(description="Part of")
    def survivor(self, record: Any) -> SafeString:
        """Return a link to the record of which this one is part now."""
        return link(self.noun, record.merged_into_id, label(record.merged_into))

    def get_queryset(self, request: HttpRequest) -> Any:
        records = super().get_queryset(request)
        named = NAMED[self.noun]
        return records.select_related(*named) if named else records

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        public_status.remember(changelist.result_list)
        return changelist

    # Publishing, deleting, history ----------------------------------------------------------------------------------

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        return what_goes(objs, may_delete=self.has_delete_permission(request))

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Delete a record that was never public; otherwise lead back, saying why not."""
        record = self.get_object(request, object_id)
        if (
            record
            and admin.ModelAdmin.has_delete_permission(self, request, record)
            and public_status.was_public(record)
        ):
            messages.warning(request, KEPT_PUBLIC.format(noun=self.noun))
            return redirect(address(self.noun, record.pk))
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        try:
            with changing(request):
                return super().delete_view(request, object_id, extra_context)
        except DatabaseError as error:
            show_refusal(request, error)
            return redirect(address(self.noun, int(object_id)))

    def delete_model(self, request: HttpRequest, obj: Record) -> None:
        """Delete a record, and let the database say at once what it would say at the end."""
        super().delete_model(request, obj)
        connection.check_constraints()

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return record_history(self, request, object_id, extra_context)

    def get_urls(self) -> Any:
        name, record, version = f"tracker_{self.noun}", "<int:record>/", "<int:record>/version/<int:version>/"

        def page(route: str, view: Callable[..., HttpResponseBase], action: str) -> Any:
            return path(route, self.admin_site.admin_view(partial(view, self)), name=f"{name}_{action}")

        return [
            page("export/", RecordLists.export_view, "export"),
            page("<path:object_id>/review/", review_page, "review"),
            page(version, version_view, "version"),
            page(f"{version}put-back/", put_back_view, "put_back"),
            page(f"{record}compare/", compare_view, "compare"),
            page(f"{record}restore/", restore_view, "restore"),
            *([page(f"{record}merge/", merge_view, "merge")] if self.merges else []),
            *super().get_urls(),
        ]
