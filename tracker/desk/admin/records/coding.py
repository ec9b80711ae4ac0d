"""Coding one record after the other: claims and meetings stand on citations, and a source says many things."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from tracker.desk.admin.forms.parts import CitationPart
from tracker.desk.admin.records.base import RecordAdmin
from tracker.desk.admin.site.labels import address, label

NEXT = "_next"
CALLED = {name: name for name in ("issue", "since", "basis", "confidence", "source", "locator")} | {"since": "day"}
SAVED = "“<a href='{}'>{}</a>” was saved. Code the next one here. Kept from it: {}."


class CodingAdmin(RecordAdmin):
    """A record that stands on citations."""

    carried: tuple[str, ...] = ()  # what the next record keeps of this one

    def issue_of(self, record: Any) -> int | None:
        """Return the issue that the next record keeps, if this noun has one."""
        issue: int | None = getattr(record, "issue_id", None)
        return issue

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().render_change_form(request, context | {"codes_on": True}, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        if NEXT in request.POST:
            return self._next(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._next(request, obj) if NEXT in request.POST else super().response_change(request, obj)

    def _next(self, request: HttpRequest, record: Any) -> HttpResponse:
        cited = record.citations.order_by("pk").values(*CitationPart.carried).last() or {}
        own = {name: getattr(record, name) for name in self.carried}
        kept = {name: value for name, value in {"issue": self.issue_of(record), **own, **cited}.items() if value}
        names = ", ".join(called for name, called in CALLED.items() if name in kept) or "nothing"
        messages.success(request, format_html(SAVED, address(self.noun, record.pk), label(record), names))
        return redirect(f"{reverse(f'admin:tracker_{self.noun}_add')}?{urlencode(kept)}")

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """Fill the first part of a new record with what is kept of the last.

        Only where it is shown: what is sent must differ from what an empty part would be, or it would not be saved.
        """
        options: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method == "GET" and obj.pk is None and (kept := inline.kept(request)):
            options["initial"] = [kept]
        return options
