"""The people of the team: one form for a name, mail and a role;
and the page by which somebody leaves.
"""

from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from tracker.desk.access.offboarding import offboard
from tracker.desk.admin.forms.fields import PersonField, ProseFormField
from tracker.desk.admin.site.labels import moment, name_of
from tracker.desk.admin.site.messages import format_error
from tracker.desk.admin.site.pages import changing, render_page
from tracker.values.problems import RefusedError

admin.site.unregister(User)
admin.site.unregister(Group)
NAMED = ("username", "first_name", "last_name", "email")


class LeavingForm(forms.Form):
    """Who goes on with somebody's work."""

    to = PersonField(label="Their work goes to", empty_label="choose …")
    text = ProseFormField(label="Comment", required=False)

    def __init__(self, *args: Any, leaving: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        to.queryset, to.required = to.queryset.exclude(pk=leaving.pk), True


class Role(NamedTuple):
    """What a group is called on pages, and what whoever is in it does."""

    title: str
    does: str


ROLES = {
    "analysts": Role("Analyst", "writes, imports, confirms, submits"),
    "editors": Role("Editor", "also approves, publishes, withdraws, merges, names releases"),
    "administrators": Role("Administrator", "also lets people in"),
}


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


class RoleField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the roles, with what it is for."""

    def __init__(self) -> None:
        help_text = (
            "What this person may do. Whoever leaves is taken out of the team by its own button."
        )
        super().__init__(queryset=Group.objects.none(), empty_label="choose …", help_text=help_text)

    def label_from_instance(self, obj: Any) -> str:
        return f"{ROLES[obj.name].title}: {ROLES[obj.name].does}"


class RoleFilter(admin.SimpleListFilter):
    title = parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, role.title) for name, role in ROLES.items()]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[User]") -> "QuerySet[User]":
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """Somebody of the team: a name, an address of mail, and a role,
    which is all that they may do.
    """

    role = RoleField()
    givable: "QuerySet[Group]"  # the roles that whoever fills the form may give
    is_own = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.queryset, role.disabled = self.givable, self.is_own
        if self.instance.pk:
            role.initial = self.instance.groups.filter(name__in=ROLES).first()

    def save(self, commit: bool = True) -> User:
        """Save the account; whoever has a role is let in."""
        self.instance.is_staff = True
        person: User = super().save(commit)
        return person


class NewPersonForm(PersonForm, UserCreationForm):  # type: ignore[type-arg]
    """Somebody new, with a first password to be handed over."""


@admin.register(User)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg]
    """The people of the team, each with a role.

    Nobody gives more than they have: a role is given by whoever may do all that it may, and only
    superusers, which a command makes, change or take out one.
    """

    form, add_form = PersonForm, NewPersonForm
    change_form_template, add_form_template = "admin/records/user_form.html", None
    change_list_template = "admin/lists/filtered_list.html"
    add_fieldsets = ((None, {"fields": (*NAMED, "role", "password1", "password2")}),)
    filter_horizontal = ()
    empty_value_display = "—"
    list_display = ("username", "full_name", "email", "role", "is_active", "last_seen")
    list_filter = (RoleFilter, "is_active")

    @admin.display(description="Name", ordering="first_name")
    def full_name(self, person: User) -> str:
        return person.get_full_name() or "—"

    @admin.display(description="Last login", ordering="last_login")
    def last_seen(self, person: User) -> str | None:
        return moment(person.last_login) if person.last_login else None

    @admin.display(description="Role")
    def role(self, person: User) -> str:
        names = (
            ["superuser"] if person.is_superuser else [str(group) for group in person.groups.all()]
        )
        return ", ".join(ROLES[name].title if name in ROLES else name for name in names) or "none"

    def get_queryset(self, request: HttpRequest) -> "QuerySet[User]":
        people: QuerySet[User] = super().get_queryset(request)
        return people.prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Return what is asked; whoever was taken out of the team may be let in again."""
        if obj is None:
            return self.add_fieldsets
        return ((None, {"fields": (*NAMED, "role", *(() if obj.is_active else ("is_active",)))}),)

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Return the form, told which roles may be given; nobody changes their own."""
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.givable = Group.objects.filter(name__in=ROLES).exclude(
            permissions__in=_beyond(request)
        )
        form.is_own = obj is not None and obj.pk == request.user.pk
        return form

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        others = form.instance.groups.exclude(name__in=ROLES)
        form.instance.groups.set([*others, form.cleaned_data["role"]])

    def response_add(
        self, request: HttpRequest, obj: User, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Lead back to the list: nothing is left to be asked."""
        return admin.ModelAdmin.response_add(self, request, obj, post_url_continue)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and _may_manage(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_manage(request, obj)

    def get_urls(self) -> Any:
        page = self.admin_site.admin_view(self.offboard_view)
        return [path("<int:user>/offboard/", page, name="auth_user_offboard"), *super().get_urls()]

    def offboard_view(self, request: HttpRequest, user: int) -> HttpResponse:
        """Ask who goes on with somebody's work;
        then deactivate the account and end its sessions.
        """
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
            "title": "Take out of the team",
            "subtitle": name_of(person),
            "original": person,
            "form": form,
            "problems": problems,
        }
        return render_page(self, request, "admin/records/user_offboard.html", context)

    def _leave(self, request: HttpRequest, person: User, values: dict[str, Any]) -> list[Any]:
        """Take somebody out of the team; return what blocks it."""
        try:
            with changing(request, why="text"):
                count = offboard(user=person.pk, to=values["to"].pk, text=values["text"])
        except ValueError as error:
            return [str(error).capitalize()]
        except (RefusedError, DatabaseError) as error:
            return format_error(error)
        records = f"{count:,} record{'' if count == 1 else 's'}"
        messages.success(
            request,
            f"{name_of(person)} is out of the team; {records} went to {name_of(values['to'])}.",
        )
        return []
