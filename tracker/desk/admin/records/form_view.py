"""The form of a record: shown, saved in one change,
or shown again with what is wrong and all that was typed.
"""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.exceptions import DisallowedModelAdminToField
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection
from django.forms.formsets import all_valid
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html

from tracker.desk.admin.actions.merge import may_merge
from tracker.desk.admin.actions.review_steps import SUBMIT_TOO, submitted
from tracker.desk.admin.conflicts.conflict import Conflict, conflict_of
from tracker.desk.admin.conflicts.display import deleted_page, shown_conflict, unknown, why_refused
from tracker.desk.admin.forms.formfields import DeskFields
from tracker.desk.admin.forms.forms import RecordForm, questions_shown
from tracker.desk.admin.lists.changelists import RecordLists
from tracker.desk.admin.records.uses import Use, new_ones, uses
from tracker.desk.admin.review.page import may_publish, may_withdraw, review_steps, sent_back_with
from tracker.desk.admin.site import public_status
from tracker.desk.admin.site.labels import address, label, link, with_named
from tracker.desk.admin.site.pages import changing, missing
from tracker.desk.records.database_errors import problem_of
from tracker.desk.records.duplicates import DUPLICATE_KEYS, MOST_TOLD
from tracker.desk.records.writing import draw_ids
from tracker.models import Record
from tracker.models.nouns import noun_of
from tracker.models.tables import tables_of
from tracker.values.nouns import Noun
from tracker.values.numbers import number


class RecordPermissions(admin.ModelAdmin):  # type: ignore[type-arg]
    """What a page of a noun offers to whom."""

    @property
    def noun(self) -> Noun:
        return noun_of(self.model)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("tracker.add_edition")

    def has_approve_and_publish_permission(self, request: HttpRequest) -> bool:
        return self.has_publish_permission(request) and request.user.has_perm(
            "tracker.approve_review"
        )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (
            obj is None or not public_status.was_merged(obj)
        )

    def may_confirm(self, request: HttpRequest, record: Record) -> bool:
        """Say whether to offer that the record still holds, which only claims do."""
        return False

    def has_submit_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("tracker.add_review")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say whether this person may delete, and this record may be deleted:
        it was never public.
        """
        return super().has_delete_permission(request, obj) and (
            obj is None or not public_status.was_public(obj)
        )


class PostedForm:
    """A form as it was posted, with those of the parts;
    of one in conflict, `saved` is checked and `sent` is shown.
    """

    def __init__(
        self,
        page: "RecordForms",
        request: HttpRequest,
        record: Record | None,
        conflict: Conflict | None,
    ) -> None:
        self.record, self.conflict = record, conflict
        self.called = label(record) if record else None  # as it is, not as it was typed
        self.fieldsets: Any = page.get_fieldsets(request, record)
        fields = flatten_fieldsets(self.fieldsets)
        posted = conflict.saved if conflict else request.POST
        form = page.get_form(request, record, change=record is not None, fields=fields)
        self.form = form(posted, request.FILES, instance=record)
        self.formsets: list[Any] = []
        self.inlines: list[Any] = []
        # a role has rights to all or to none
        for formset, inline in page.get_formsets_with_inlines(request, record):
            prefix = formset.get_default_prefix()
            options = page.get_formset_kwargs(request, self.form.instance, inline, prefix)
            self.formsets.append(formset(**{**options, "data": posted}))
            self.inlines.append(inline)

    def is_valid(self, stale: str) -> bool:
        """Check all of it; `stale` says why it can't be saved whatever it says."""
        is_valid = all([self.form.is_valid(), all_valid(self.formsets)])
        if stale:
            self.form.add_error(None, ValidationError(stale, code="stale"))
        return is_valid and not stale

    def show_what_was_sent(self, conflict: Conflict) -> None:
        """Let all fields show what was typed, rather than what was chosen of a conflict."""
        for form in (
            self.form,
            *self.formsets,
            *(form for formset in self.formsets for form in formset.forms),
        ):
            form.data = conflict.sent


class RecordForms(DeskFields, RecordLists, RecordPermissions):
    """How a record is added and changed: nothing typed is lost, and nobody overwrites anybody."""

    form = RecordForm
    change_form_template = "admin/forms/record_form.html"
    noun_fieldsets: Any  # what no group names stands at the end of the first
    uses: tuple[Use, ...] = ()  # as which its records are told on pages of those that they name

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        merged = ("survivor",) if obj is not None and public_status.was_merged(obj) else ()
        return ("public_status", "state", "version", *merged)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        kept = ("ref", "public_status", "state", "version") if obj else ("ref",)
        merged = (
            [(None, {"fields": ("survivor",)})]
            if obj is not None and public_status.was_merged(obj)
            else []
        )
        return [
            *merged,
            *self._groups(),
            ("Key and state", {"classes": ("collapse",), "fields": kept}),
        ]

    def _groups(self) -> list[Any]:
        (name, first), *others = self.noun_fieldsets
        table, named = tables_of(self.noun)[""], flatten_fieldsets(self.noun_fieldsets)
        unnamed = [
            table.fields[column].name
            for column in table.own
            if table.fields[column].name not in {"ref", *named}
        ]
        return [(name, {**first, "fields": (*first["fields"], *unnamed)}), *others]

    def get_form(
        self, request: HttpRequest, obj: Record | None = None, change: bool = False, **kwargs: Any
    ) -> type[RecordForm]:
        form: type[RecordForm] = super().get_form(request, obj, change, **kwargs)  # type: ignore[assignment]
        if obj is not None:
            form.reason_is_required = public_status.was_public(obj)
        return form

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Record | None:
        """Return a record; for a change,
        as it is after whoever else is changing it has finished.
        """
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
        """Show or save the form;
        what the database refuses is shown as an error of the form, with what was typed.
        """
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        to_field = request.POST.get(TO_FIELD_VAR, request.GET.get(TO_FIELD_VAR))
        if to_field and not self.to_field_allowed(request, to_field):
            raise DisallowedModelAdminToField(f"The field {to_field} cannot be referenced.")
        posted: PostedForm | None = None
        try:
            with changing(request):
                record = None if object_id is None else self.get_object(request, unquote(object_id))
                if object_id is not None and (record is None or public_status.was_merged(record)):
                    return self._not_there(request, object_id, record)
                if not (
                    self.has_change_permission(request, record)
                    if record
                    else self.has_add_permission(request)
                ):
                    raise PermissionDenied
                conflict = conflict_of(self, request, record) if record else None
                posted = PostedForm(self, request, record, conflict)
                if posted.is_valid(_stale(request, record, conflict)):
                    return self._save(request, posted)
        except DatabaseError as error:
            problem = problem_of(error)
            if problem is None or posted is None:
                raise
            posted.form.refuse(problem)
        return self._posted_page(
            request, posted, object_id, form_url, {"to_field": to_field, **(extra_context or {})}
        )

    def _not_there(
        self, request: HttpRequest, object_id: str, record: Record | None
    ) -> HttpResponse:
        """Show what was typed into the form of a record that was deleted or merged meanwhile,
        or say it never was.
        """
        if answer := deleted_page(self, request, object_id, record):
            return answer
        if record or not self.has_change_permission(request):
            raise PermissionDenied
        return missing(self, request, object_id)

    def _save(self, request: HttpRequest, posted: PostedForm) -> HttpResponse:
        is_new = posted.record is None
        record = self.save_form(request, posted.form, change=not is_new)
        self.save_model(request, record, posted.form, not is_new)
        self.save_related(request, posted.form, posted.formsets, not is_new)
        if SUBMIT_TOO in request.POST and IS_POPUP_VAR not in request.POST:
            return submitted(self, request, *self.saved_together(posted.form))
        return (
            self.response_add(request, record) if is_new else self.response_change(request, record)
        )

    def _posted_page(
        self,
        request: HttpRequest,
        posted: PostedForm,
        object_id: str | None,
        form_url: str,
        extra: dict[str, Any],
    ) -> HttpResponse:
        record = posted.record
        if posted.conflict:
            posted.show_what_was_sent(posted.conflict)
            extra = {**extra, **shown_conflict(posted.conflict)}
        prepopulated, readonly = self.prepopulated_fields, self.get_readonly_fields(request, record)
        form = helpers.AdminForm(
            posted.form, list(posted.fieldsets), prepopulated, readonly, model_admin=self
        )
        inlines = self.get_inline_formsets(request, posted.formsets, posted.inlines, record)
        context = {
            **self.admin_site.each_context(request),
            "title": f"{'Change' if record else 'Add'} {self.opts.verbose_name}",
            "subtitle": posted.called,
            "adminform": form,
            "object_id": object_id,
            "original": record,
            "is_popup": IS_POPUP_VAR in request.POST or IS_POPUP_VAR in request.GET,
            "media": sum((inline.media for inline in inlines), self.media + form.media),
            "inline_admin_formsets": inlines,
            "errors": helpers.AdminErrorList(posted.form, posted.formsets),
            "preserved_filters": self.get_preserved_filters(request),
            **extra,
        }
        is_new = record is None
        return self.render_change_form(
            request, context, add=is_new, change=not is_new, obj=record, form_url=form_url
        )

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        record: Record | None = kwargs.get("obj")
        context["submits"] = self.has_submit_permission(request) and (
            record is None or not public_status.was_merged(record)
        )
        if record is not None:
            if request.method != "POST":
                context["subtitle"] = label(record)
            status = public_status.status_of(record)
            context |= {
                "status": public_status.shown(record),
                "edition": status.edition,
                "public_address": status.address(self.noun),
                "uses": uses(request, record, self.admin_site),
                "new_ones": []
                if public_status.was_merged(record)
                else new_ones(request, record, self.admin_site),
                "steps": (steps := review_steps(record)),
                "sent_back": sent_back_with(steps, after=status.last),
                "can_publish": may_publish(self, request, record),
                "can_merge": may_merge(self, request) and not public_status.was_merged(record),
                "can_confirm": self.may_confirm(request, record),
                "can_retract": may_withdraw(self, request, record),
            }
        key = DUPLICATE_KEYS[self.noun]
        if key and (record is None or key.told_if_changed):
            query = {"record": record.pk if record else ""}
            context["alike"] = reverse(f"admin:tracker_{self.noun}_alike", query=query)
            context["alike_fields"] = " ".join(key.fields)
        return super().render_change_form(request, context, *args, **kwargs)

    def alike_view(self, request: HttpRequest) -> HttpResponse:
        """Answer what is there already of what is typed, as saving would tell,
        and what can be done about it.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        key = number(request.GET.get("record", ""))
        record = self.get_queryset(request).filter(pk=key).first() if key else None
        form = self.get_form(request, record, change=record is not None)(
            request.GET, instance=record
        )
        form.take_typed()
        duplicates, doubts = form.duplicates(), form.doubts()
        others = with_named(self.noun, duplicates[:MOST_TOLD])
        public_status.remember(others)
        changed_from = form.changed_from(others) if self.has_add_permission(request) else []
        rows = [self._offered(request, other, other in changed_from) for other in others]
        about = DUPLICATE_KEYS[self.noun]
        context = {
            "rows": rows,
            "doubts": [doubt.message for doubt in doubts],
            "shown": questions_shown(duplicates, doubts),
            "more": len(duplicates) - len(rows),
            "key": about,
        }
        return render(request, "admin/forms/alike.html", context)

    def _offered(self, request: HttpRequest, record: Record, can_turn: bool) -> dict[str, Any]:
        """Return what somebody may do with a record that is there already."""
        may_change = self.has_change_permission(request, record)
        may_confirm = self.may_confirm(request, record)
        return {
            "label": label(record),
            "status": public_status.shown(record),
            "address": address(self.noun, record.pk),
            "may_change": may_change,
            "still_so": address(self.noun, record.pk, "still_so") if may_confirm else "",
            "earlier": f"{record.pk}:{record.version}" if can_turn and may_change else "",
            "was_public": public_status.was_public(record),
        }

    def response_add(
        self, request: HttpRequest, obj: Record, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Say what was added, and lead on;
        into a form that asked for it in a window of its own, without a word.
        """
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return self.saved(request, obj, "added") or self.response_post_save_add(request, obj)

    def response_change(self, request: HttpRequest, obj: Record) -> HttpResponse:
        if IS_POPUP_VAR in request.POST:
            return super().response_change(request, obj)
        return self.saved(request, obj, "changed") or self.response_post_save_change(request, obj)

    def saved(self, request: HttpRequest, record: Record, done: str) -> HttpResponse | None:
        """Say what was done with a record, by the line it is called by;
        lead to its form or a new one if so asked.
        """
        messages.success(
            request, format_html("“{}” was {}.", link(self.noun, record.pk, label(record)), done)
        )
        pages = {
            "_continue": address(self.noun, record.pk),
            "_addanother": reverse(f"admin:tracker_{self.noun}_add"),
        }
        page = next((page for button, page in pages.items() if button in request.POST), None)
        kept: dict[str, Any] = {
            "preserved_filters": self.get_preserved_filters(request),
            "opts": self.opts,
        }
        return redirect(add_preserved_filters(kept, page)) if page else None

    def saved_together(self, form: Any) -> list[Record]:
        """Return what a form saved, which is submitted together: the record first."""
        return [form.instance]

    def save_model(self, request: HttpRequest, obj: Record, form: Any, change: bool) -> None:
        """Save a record; a new one is only given its id,
        and written after its parts (`save_related`).
        """
        if change:
            super().save_model(request, obj, form, change)
        else:
            (obj.pk,) = draw_ids(self.model, 1)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the parts, then what follows from them,
        and let the database say at once what it would say at the end.

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
        """Fill in what follows from the record with its parts,
        and return the fields that were filled.
        """
        return []


def _stale(request: HttpRequest, record: Record | None, conflict: Conflict | None) -> str:
    """Return why a form that somebody else's change has outdated can't be saved yet;
    nothing if it can.
    """
    if conflict:
        return why_refused(conflict)
    return unknown(record) if record and request.POST.get("seen", "") != str(record.version) else ""
