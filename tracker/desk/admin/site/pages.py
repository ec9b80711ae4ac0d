"""What pages of the desk ask: of the admin whose records they are about, and of a request."""

from contextlib import AbstractContextManager
from typing import Any, Protocol

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.utils import unquote
from django.forms import Field, Media
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from tracker.history import ChangeContext, changeset
from tracker.models import Record
from tracker.publishing.publish import clock_ahead
from tracker.values.nouns import Noun
from tracker.values.texts import stripped
from tracker.values.vocabularies import Channel


class SelectionList(Protocol):
    """What a step with records of a list asks of it:
    of which noun they all are, if of one, and how it is shown.
    """

    @property
    def noun(self) -> Noun | None: ...
    @property
    def opts(self) -> Any: ...
    @property
    def admin_site(self) -> AdminSite: ...
    @property
    def media(self) -> Media: ...


class RecordPage(SelectionList, Protocol):
    """What actions, reviews, conflicts and exports ask of it;
    of `changed_together`, pairs go together.
    """

    @property
    def noun(self) -> Noun: ...
    @property
    def model(self) -> Any: ...
    @property
    def changed_together(self) -> tuple[str | tuple[str, str], ...]: ...

    def get_queryset(self, request: HttpRequest) -> Any: ...
    def get_object(self, request: HttpRequest, object_id: str) -> Record | None: ...
    def get_form(self, request: HttpRequest, obj: Record | None, change: bool) -> Any: ...
    def get_formsets_with_inlines(self, request: HttpRequest, obj: Record | None) -> Any: ...
    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **options: Any
    ) -> Field | None: ...

    def has_view_permission(self, request: HttpRequest, obj: Record | None = None) -> bool: ...
    def has_view_or_change_permission(
        self, request: HttpRequest, obj: Record | None = None
    ) -> bool: ...
    def has_change_permission(self, request: HttpRequest, obj: Record | None = None) -> bool: ...
    def has_publish_permission(self, request: HttpRequest) -> bool: ...
    def has_submit_permission(self, request: HttpRequest) -> bool: ...
    def may_confirm(self, request: HttpRequest, record: Record) -> bool: ...


def render_page(
    page: Any, request: HttpRequest, template: str, context: dict[str, Any]
) -> TemplateResponse:
    """Return a page of an admin, or of the site itself, within the frame of the site."""
    site, own = (
        (page, {}) if isinstance(page, AdminSite) else (page.admin_site, {"opts": page.opts})
    )
    request.current_app = site.name
    about = {**site.each_context(request), "clock_ahead": clock_ahead, **own}
    return TemplateResponse(request, template, about | context)


def missing(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """Lead to the first page, which says that there is no such record:
    what Django does where it looks itself.
    """
    message = (
        f"{model_admin.opts.verbose_name} with ID “{unquote(object_id)}” doesn’t exist. Perhaps "
        f"it was deleted?"
    )
    model_admin.message_user(request, message, messages.WARNING)
    return redirect("admin:index")


def whoever(request: HttpRequest) -> int:
    """Return the id of who is logged in."""
    return int(request.user.pk or 0)


def changing(request: HttpRequest, *, why: str = "reason") -> AbstractContextManager[ChangeContext]:
    """Open a change: one transaction, one change set,
    for the reason that the form gives in the field `why`.
    """
    reason = stripped(request.POST.get(why, ""))
    checked = "clock_checked" in request.POST
    return changeset(
        made_by=request.user.pk, reason=reason, channel=Channel.ADMIN, clock_checked=checked
    )
