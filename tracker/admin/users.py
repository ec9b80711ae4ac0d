"""Accounts in the admin, as Django has them; and the page by which somebody leaves the team."""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.db.models import Q
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
admin.site.unregister(Group)
SUPERUSERS_GIVE = ("is_superuser", "user_permissions")


class LeavingForm(forms.Form):
    """Who goes on with somebody's work."""

    to = PersonField(label="Their work goes to", empty_label="choose …")
    text = ProseField(label="Comment", required=False, widget=AdminTextareaWidget(attrs={"rows": 2}))

    def __init__(self, *args: Any, leaving: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        to.queryset, to.required = to.queryset.exclude(pk=leaving.pk), True


def _may_manage(request: HttpRequest, person: User | None) -> bool:
    """Tell whether somebody may manage an account: a superuser's is a superuser's to manage."""
    return request.user.is_superuser or person is None or not person.is_superuser


def _beyond(request: HttpRequest) -> Any:
    """Return the permissions that somebody hasn't got."""
    if request.user.is_superuser:
        return Permission.objects.none()
    own = [right.partition(".") for right in request.user.get_all_permissions()]
    has = [Q(content_type__app_label=app, codename=codename) for app, _, codename in own]
    return Permission.objects.exclude(reduce(or_, has, Q(pk__in=[])))


@admin.register(Group)
class TeamGroupAdmin(GroupAdmin):
    """The groups of the team: nobody gives one a permission that they haven't got, or changes one that has such."""

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        """Tell whether somebody may change groups, or this one."""
        return super().has_change_permission(request, obj) and not _has_beyond(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        """Tell whether somebody may delete groups, or this one."""
        return super().has_delete_permission(request, obj) and not _has_beyond(request, obj)

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        """Return the field of the permissions, of those that one has."""
        kwargs["queryset"] = Permission.objects.exclude(pk__in=_beyond(request)).select_related("content_type")
        return super().formfield_for_manytomany(db_field, request, **kwargs)


def _has_beyond(request: HttpRequest, group: Group | None) -> bool:
    return group is not None and group.permissions.filter(pk__in=_beyond(request)).exists()


@admin.register(User)
class PersonAdmin(_Admin):
    """The accounts of the team.

    Nobody gives more than they have: only superusers make superusers, change or take out one, or give a permission by
    itself; a group is given by whoever may do all that it may.
    """

    change_form_template = "admin/user_form.html"

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Return the fields of an account, without those that are a superuser's to give."""
        asked = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return asked
        return [
            (title, {**said, "fields": [name for name in said["fields"] if name not in SUPERUSERS_GIVE]})
            for title, said in asked
        ]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Tell whether somebody may change accounts, or this one."""
        return super().has_change_permission(request, obj) and _may_manage(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Tell whether somebody may delete accounts, or this one."""
        return super().has_delete_permission(request, obj) and _may_manage(request, obj)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Return the field of the groups, of those that one may give."""
        if db_field.name == "groups":
            kwargs["queryset"] = Group.objects.exclude(permissions__in=_beyond(request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

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
