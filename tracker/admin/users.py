"""Accounts in the admin, as Django has them; and the page by which somebody leaves the team."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from tracker.admin.changing import changing
from tracker.admin.fields import ProseField
from tracker.admin.labels import name_of
from tracker.admin.people import PersonField
from tracker.admin.telling import told
from tracker.services.publishing import Refused
from tracker.services.reviewing import offboard

if TYPE_CHECKING:
    _Admin = UserAdmin[User]
else:
    _Admin = UserAdmin

admin.site.unregister(User)


class LeavingForm(forms.Form):
    """Who goes on with somebody's work."""

    to = PersonField(label="Their work goes to", empty_label="choose …")
    text = ProseField(label="Comment", required=False, widget=AdminTextareaWidget(attrs={"rows": 2}))

    def __init__(self, *args: Any, leaving: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        to.queryset, to.required = to.queryset.exclude(pk=leaving.pk), True


@admin.register(User)
class PersonAdmin(_Admin):
    """The accounts of the team."""

    change_form_template = "admin/user_form.html"

    def get_urls(self) -> Any:
        """Return the addresses of an account's pages, with that by which somebody leaves."""
        page = self.admin_site.admin_view(self.offboard_view)
        return [path("<int:user>/offboard/", page, name="auth_user_offboard"), *super().get_urls()]

    def offboard_view(self, request: HttpRequest, user: int) -> HttpResponse:
        """Ask who goes on with somebody's work; then deactivate the account and end its sessions."""
        person = User.objects.filter(pk=user).first()
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        if person is None:
            raise Http404
        form = LeavingForm(request.POST or None, leaving=person)
        problems: list[Any] = []
        if form.is_valid():
            problems = self._leave(request, person, form.cleaned_data)
            if not problems:
                return redirect(reverse("admin:auth_user_change", args=[person.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": "Take out of the team",
            "subtitle": name_of(person),
            "original": person,
            "opts": self.opts,
            "form": form,
            "problems": problems,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/user_offboard.html", context)

    def _leave(self, request: HttpRequest, person: User, said: dict[str, Any]) -> list[Any]:
        """Take somebody out of the team; return what stands in the way."""
        try:
            with changing(request, why="text"):
                count = offboard(user=person.pk, to=said["to"].pk, text=said["text"])
        except ValueError as error:
            return [str(error).capitalize()]
        except (Refused, DatabaseError) as error:
            return told(error)
        records = f"{count} record{'' if count == 1 else 's'}"
        messages.success(request, f"{name_of(person)} is out of the team; {records} went to {name_of(said['to'])}.")
        return []
