"""Tokens in the admin: everybody's own; made here, shown once, and revoked here."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from tracker.desk.access import tokens
from tracker.desk.admin.site.pages import render_page, whoever
from tracker.models import Token

LASTS = {"30": "30 days", "90": "90 days", "365": "a year", "": "until it is revoked"}


class TokenForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a token is for, what it may do, and for how long."""

    lasts = forms.ChoiceField(
        label="Works for",
        choices=list(LASTS.items()),
        required=False,
        initial="90",
        help_text="A token that nobody uses any more is best one that ends by itself.",
    )

    class Meta:
        model = Token
        fields = ("name", "is_read_only")


@admin.register(Token)
class TokenAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The tokens of whoever looks."""

    form = TokenForm
    actions = None
    delete_confirmation_template = "admin/records/token_revoke.html"
    list_display = ("name", "prefix", "is_read_only", "made_at", "expires_at", "last_used_at")
    ordering = ("-made_at", "-id")
    fields = ("name", "prefix", "is_read_only", "made_at", "expires_at", "last_used_at")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Token]":
        return super().get_queryset(request).filter(user=whoever(request))

    def get_fields(self, request: HttpRequest, obj: Token | None = None) -> Any:
        return self.fields if obj else ("name", "is_read_only", "lasts")

    def has_change_permission(self, request: HttpRequest, obj: Token | None = None) -> bool:
        return False

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Offer one button: what comes after it is the page that shows the token."""
        only = {"show_save_and_add_another": False, "show_save_and_continue": False}
        answer: HttpResponse = super().add_view(
            request, form_url, {**(extra_context or {}), **only}
        )
        return answer

    def save_model(self, request: HttpRequest, obj: Token, form: Any, change: bool) -> None:
        values = form.cleaned_data
        expires_at = (
            timezone.now() + timedelta(days=int(values["lasts"])) if values["lasts"] else None
        )
        new = tokens.make(
            user=whoever(request),
            name=values["name"],
            is_read_only=values["is_read_only"],
            expires_at=expires_at,
        )
        obj.pk, obj.prefix = new.token.pk, new.token.prefix
        vars(obj)["text"] = new.text  # which the database doesn't keep

    def response_add(
        self, request: HttpRequest, obj: Token, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Show the token, this once:
        on a page that no cache keeps, and in no message, which would be a cookie.
        """
        context = {
            "title": "Your new token",
            "subtitle": obj.name,
            "token": vars(obj)["text"],
        }
        return render_page(self, request, "admin/records/token_made.html", context)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        messages.success(request, f"“{obj_display}” is revoked.")
        return redirect("admin:tracker_token_changelist")
