"""What the admin of every noun does: lists with a status, forms that lose nothing, one change per write."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import unquote
from django.db import DatabaseError, connection, models
from django.forms import Media
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.admin.actions.approve import approve_and_publish_selected
from tracker.admin.actions.assign import assign_selected
from tracker.admin.actions.bulk_change import change_selected
from tracker.admin.actions.delete import delete_selected, what_goes
from tracker.admin.actions.merge import may_merge, merge_view
from tracker.admin.actions.publish import publish_selected, retract_selected
from tracker.admin.actions.submit import SUBMIT_TOO, submit_selected, submitted
from tracker.admin.conflicts.deleted_records import kept
from tracker.admin.conflicts.merged_forms import conflict_of
from tracker.admin.conflicts.stale import refused, shown_conflict, unknown
from tracker.admin.forms.choices import RecordSelect
from tracker.admin.forms.formfields import DeskFields
from tracker.admin.forms.forms import RecordForm
from tracker.admin.history.record_history import compare_view, record_history, version_view
from tracker.admin.history.undo import put_back_view, restore_view
from tracker.admin.lists.changelists import RecordLists
from tracker.admin.lists.export import export_view
from tracker.admin.records.uses import new_ones, uses
from tracker.admin.review.page import may_publish, review_page, sent_back_with, told_steps
from tracker.admin.site import public_status
from tracker.admin.site.changing import changing, tell_refusal
from tracker.admin.site.labels import NAMED, address, label, link
from tracker.models import Record
from tracker.models.merging import MERGEABLE
from tracker.models.nouns import noun_of
from tracker.services.database_errors import problem_of
from tracker.services.records.writing import draw_ids
from tracker.values.nouns import Noun

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Record]
    _Form = type[RecordForm]
else:
    _Admin = admin.ModelAdmin

LATEST_FIRST = models.F("since_latest").desc(nulls_last=True)
KEPT_PUBLIC = "This {noun} has been public, so it can't be deleted. Retract it instead: its address will say so."


class RecordAdmin(DeskFields, RecordLists, _Admin):
    """A noun's records: their list and their forms."""

    form = RecordForm
    actions = [
        submit_selected,
        assign_selected,
        change_selected,
        approve_and_publish_selected,
        publish_selected,
        retract_selected,
        delete_selected,
    ]
    change_form_template = "admin/forms/record_form.html"
    asked: Any = ()  # the fieldsets of the noun

    @property
    def noun(self) -> Noun:
        """Return the noun."""
        return noun_of(self.model)

    @property
    def merges(self) -> bool:
        """Say whether records of the noun can be merged."""
        return self.noun in MERGEABLE

    @property
    def media(self) -> Media:
        """Return scripts and styles, with those of the searching selects beside a list."""
        return super().media + RecordSelect(self.opts.get_field("ref"), self.admin_site).media

    @admin.display(description="Status")
    def public_status(self, record: Record) -> SafeString:
        """Return the one word that says whether the record is public."""
        return public_status.shown(record)

    @admin.display(description="Into")
    def survivor(self, record: Any) -> SafeString:
        """Return a link to the record of which this one is part now."""
        return link(self.noun, record.merged_into_id, label(record.merged_into))

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the records, with what they are called by."""
        records = super().get_queryset(request)
        named = NAMED.get(self.noun)
        return records.select_related(*named) if named else records

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Return the list, with the status of all its records."""
        changelist = super().get_changelist_instance(request)
        public_status.remember(changelist.result_list)
        return changelist

    # The form -------------------------------------------------------------------------------------------------------

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return what is shown and never typed."""
        merged = ("survivor",) if obj is not None and public_status.was_merged(obj) else ()
        return ("public_status", "state", "version", *merged)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the noun's fieldsets, and last what all records have."""
        kept = ("ref", "public_status", "state", "version") if obj else ("ref",)
        merged = [("Merged", {"fields": ("survivor",)})] if obj is not None and public_status.was_merged(obj) else []
        return [*merged, *self.asked, ("Key and state", {"classes": ("collapse",), "fields": kept})]

    def get_form(self, request: HttpRequest, obj: Record | None = None, change: bool = False, **kwargs: Any) -> "_Form":
        """Return the form, told what it must refuse."""
        form: _Form = super().get_form(request, obj, change, **kwargs)  # type: ignore[assignment]
        form.refusal = vars(request).get("_refused")
        if obj is not None:
            form.reason_is_required = public_status.was_public(obj)
            form.stale = vars(request).get("_stale", "")
        return form

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Record | None:
        """Return a record; for a change, as it is after whoever else is changing it has finished."""
        record = super().get_object(request, object_id, from_field)
        if record is None or request.method != "POST" or not connection.in_atomic_block:
            return record
        list(self.model._default_manager.select_for_update().filter(pk=record.pk).values_list("pk"))
        return super().get_object(request, object_id, from_field)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show or save the form; what the database refuses is shown as an error of the form, with what was typed."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            with changing(request):
                if object_id is not None and (answer := self.merged(request, object_id)):
                    return answer
                return super().changeform_view(request, object_id, form_url, extra_context)
        except DatabaseError as error:
            problem = problem_of(error)
            if problem is None:
                raise
        vars(request)["_refused"] = problem
        return super().changeform_view(request, object_id, form_url, extra_context)

    def merged(self, request: HttpRequest, object_id: str) -> HttpResponse | None:
        """Merge what was sent with what others changed meanwhile; answer if there is nothing left to change."""
        record = self.get_object(request, unquote(object_id))
        if record is None or public_status.was_merged(record):
            return kept(self, request, object_id, record)
        if not self.has_change_permission(request, record):
            return None
        if conflict := conflict_of(self, request, record):
            vars(request).update(_conflict=conflict, _stale=refused(conflict))
            request.POST = conflict.saved  # type: ignore[assignment]
        elif request.POST.get("seen", "") != str(record.version):
            vars(request)["_stale"] = unknown(record)
        return None

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Call the record by its line, and offer what may be done with it."""
        record: Record | None = kwargs.get("obj")
        context["submits"] = self.has_submit_permission(request) and (
            record is None or not public_status.was_merged(record)
        )
        if record is not None:
            status = public_status.status_of(record)
            context |= {
                "subtitle": label(record),
                "status": public_status.shown(record),
                "edition": status.edition,
                "public_address": status.address(self.noun),
                "uses": uses(request, record),
                "new_ones": [] if public_status.was_merged(record) else new_ones(request, record),
                "steps": (steps := told_steps(record)),
                "sent_back": sent_back_with(steps, after=status.last),
                "can_publish": may_publish(self, request, record),
                "can_merge": self.merges and may_merge(self, request) and not public_status.was_merged(record),
                "can_confirm": self.may_confirm(request, record),
                "can_retract": self.has_publish_permission(request) and status.version is not None,
                **shown_conflict(request, context),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Record, post_url_continue: str | None = None) -> HttpResponse:
        """Say what was added, and lead on; into a form that asked for it in a window of its own, without a word."""
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        if SUBMIT_TOO in request.POST:
            return submitted(self, request, obj)
        return self._saved(request, obj, "added") or self.response_post_save_add(request, obj)

    def response_change(self, request: HttpRequest, obj: Record) -> HttpResponse:
        """Say what was changed, and lead on; submit it for review before, if that is wanted."""
        if IS_POPUP_VAR in request.POST:
            return super().response_change(request, obj)
        if SUBMIT_TOO in request.POST:
            return submitted(self, request, obj)
        return self._saved(request, obj, "changed") or self.response_post_save_change(request, obj)

    def _saved(self, request: HttpRequest, record: Record, done: str) -> HttpResponse | None:
        """Say what was done with a record, by the line it is called by; lead to its form or a new one if so asked."""
        messages.success(request, format_html("“{}” was {}.", link(self.noun, record.pk, label(record)), done))
        pages = {"_continue": address(self.noun, record.pk), "_addanother": reverse(f"admin:tracker_{self.noun}_add")}
        page = next((page for button, page in pages.items() if button in request.POST), None)
        kept: dict[str, Any] = {"preserved_filters": self.get_preserved_filters(request), "opts": self.opts}
        return redirect(add_preserved_filters(kept, page)) if page else None

    def save_model(self, request: HttpRequest, obj: Record, form: Any, change: bool) -> None:
        """Save a record; a new one is only given its id, and written after its parts (`save_related`)."""
        if change:
            super().save_model(request, obj, form, change)
        else:
            (obj.pk,) = draw_ids(self.model, 1)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the parts, then what follows from them, and let the database say at once what it would say at the end.

        A new record is written last, so that it begins at version 1 with all its parts.
        """
        super().save_related(request, form, formsets, change)
        record: Record = form.instance
        filled = self.complete(record)
        if not change:
            record.save(force_insert=True)
        elif filled:
            record.save(update_fields=filled)
        connection.check_constraints()

    def complete(self, record: Record) -> list[str]:
        """Fill in what follows from the record with its parts, and return the fields that were filled."""
        return []

    # Publishing, deleting, history ----------------------------------------------------------------------------------

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Say whether this person may make editions."""
        return request.user.has_perm("tracker.add_edition")

    def has_approve_and_publish_permission(self, request: HttpRequest) -> bool:
        """Say whether this person may approve what others changed, and make editions."""
        return self.has_publish_permission(request) and request.user.has_perm("tracker.approve_review")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say whether this person may change records, and this one is not part of another."""
        return super().has_change_permission(request, obj) and (obj is None or not public_status.was_merged(obj))

    def may_confirm(self, request: HttpRequest, record: Record) -> bool:
        """Say whether to offer that the record still holds, which only claims do."""
        return False

    def has_submit_permission(self, request: HttpRequest) -> bool:
        """Say whether this person may put records up for review, and comment on them."""
        return request.user.has_perm("tracker.add_review")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say whether this person may delete, and this record may be deleted: it was never public."""
        return super().has_delete_permission(request, obj) and (obj is None or not public_status.was_public(obj))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Return what would be deleted, and what stands in the way."""
        return what_goes(objs, may_delete=self.has_delete_permission(request))

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Delete a record that was never public; otherwise lead back, saying why not."""
        record = self.get_object(request, object_id)
        if record and super().has_delete_permission(request, record) and public_status.was_public(record):
            messages.warning(request, KEPT_PUBLIC.format(noun=self.noun))
            return redirect(address(self.noun, record.pk))
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        try:
            with changing(request):
                return super().delete_view(request, object_id, extra_context)
        except DatabaseError as error:
            tell_refusal(request, error)
            return redirect(address(self.noun, int(object_id)))

    def delete_model(self, request: HttpRequest, obj: Record) -> None:
        """Delete a record, and let the database say at once what it would say at the end."""
        super().delete_model(request, obj)
        connection.check_constraints()

    def review_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show a record for review, or take a step with it."""
        return review_page(self, request, object_id)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show every change of a record and of its parts, newest first."""
        return record_history(self, request, object_id, extra_context)

    def get_urls(self) -> Any:
        """Return the addresses, with those of a record's review and of its past."""
        name, view = f"tracker_{self.opts.model_name}", self.admin_site.admin_view
        version = "<int:record>/version/<int:version>/"
        return [
            path("export/", view(self.export_view), name=f"{name}_export"),
            path("<path:object_id>/review/", view(self.review_view), name=f"{name}_review"),
            path(version, view(self.version_view), name=f"{name}_version"),
            path(f"{version}put-back/", view(self.put_back_view), name=f"{name}_put_back"),
            path("<int:record>/compare/", view(self.compare_view), name=f"{name}_compare"),
            path("<int:record>/restore/", view(self.restore_view), name=f"{name}_restore"),
            *([path("<int:record>/merge/", view(self.merge_view), name=f"{name}_merge")] if self.merges else []),
            *super().get_urls(),
        ]

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with all that a list shows, as CSV."""
        return export_view(self, request)

    def version_view(self, request: HttpRequest, record: int, version: int) -> HttpResponse:
        """Show all that a record was at a version."""
        return version_view(self, request, record, version)

    def compare_view(self, request: HttpRequest, record: int) -> HttpResponse:
        """Show how two versions of a record differ."""
        return compare_view(self, request, record)

    def put_back_view(self, request: HttpRequest, record: int, version: int) -> HttpResponse:
        """Put a record back as it was at a version, after a page that shows what that does."""
        return put_back_view(self.admin_site, request, self.noun, record, version)

    def merge_view(self, request: HttpRequest, record: int) -> HttpResponse:
        """Merge a record into another, after a page that shows what that does."""
        return merge_view(self, request, record)

    def restore_view(self, request: HttpRequest, record: int) -> HttpResponse:
        """Restore a deleted record, after a page that shows what that does."""
        return restore_view(self.admin_site, request, self.noun, record)
