"""Editions: what was published when, and what each published, replaced and withdrew;
for reading.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from tracker.desk.admin.forms.fields import NoteFormField
from tracker.desk.admin.history.comparison import ComparisonRow, changed
from tracker.desk.admin.lists.paged_lists import PER_PAGE, EditionsForm, list_response, moment_of
from tracker.desk.admin.site.labels import PastName, in_edition, moment, name_of, names
from tracker.desk.admin.site.pages import changing, render_page
from tracker.history.scanning import ScanPage, scan
from tracker.models import Change, Edition, Release
from tracker.publishing.releases import release, suggested
from tracker.values.nouns import Noun
from tracker.values.numbers import IN_A_BIGINT, number
from tracker.values.problems import RefusedError
from tracker.values.vocabularies import Operation

MOST_CHANGES = 5_000


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A list and pages without a button."""

    actions = None

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        return self.fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the page itself, which is all the history there is."""
        return redirect(reverse(f"admin:tracker_{self.opts.model_name}_change", args=[object_id]))


class ReleaseForm(forms.Form):
    """What a release is called, and what it is about."""

    version = forms.CharField(
        max_length=10,
        widget=AdminTextInputWidget(attrs={"size": 10}),
        help_text=(
            "The year, a dot and a number, e.g. 2026.1. It can never be changed, nor given again."
        ),
    )
    notes = NoteFormField(
        required=False, rows=4, help_text="What the release is about; readers see it."
    )


def may_release(request: HttpRequest) -> bool:
    return bool(request.user.has_perm("tracker.add_release"))


def release_view(
    model_admin: "ModelAdmin[Edition]", request: HttpRequest, edition: int
) -> HttpResponse:
    if not may_release(request):
        raise PermissionDenied
    named = get_object_or_404(Edition, pk=edition)
    form = ReleaseForm(request.POST or None, initial={"version": suggested()})
    if form.is_valid():
        try:
            with changing(request):
                new = release(**form.cleaned_data, edition=named.pk)
        except RefusedError as refused:
            for problem in refused.problems:
                form.add_error(problem.field, f"{capfirst(problem.text)}.")
        else:
            messages.success(request, f"Edition {named.pk} is released as {new.version}.")
            return redirect("admin:tracker_edition_change", named.pk)
    context: dict[str, Any] = {
        "title": "Name it a release",
        "edition": named,
        "names": [named_release.version for named_release in named.releases.order_by("pk")],
        "form": form,
    }
    return render_page(model_admin, request, "admin/history/release.html", context)


@dataclass(frozen=True, slots=True)
class EditionLine:
    """One record that an edition changed:
    its name of then, what happened, and each field that changed.
    """

    change: Change
    called: PastName
    into: PastName | None
    rows: list[ComparisonRow]


@dataclass(frozen=True, slots=True)
class Sum:
    """To how many records of each noun one thing happened."""

    operation: Operation
    counts: list[str]


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    """The publication: its editions, the newest first."""

    fields = ("number", "released_as", "when", "note", "who")
    change_form_template = "admin/history/edition_form.html"

    @admin.display(description="Published")
    def when(self, edition: Edition) -> SafeString:
        return moment(edition.published_at)

    @admin.display(description="Release")
    def released_as(self, edition: Edition) -> SafeString | str:
        """Return the names of the edition, each leading to what readers find of it."""
        names = [(release.version, release.version) for release in edition.releases.order_by("pk")]
        return format_html_join(", ", '<a href="/api/v1/releases/{}/">{}</a>', names) or "—"

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(partial(release_view, self))
        return [
            path("<int:edition>/release/", view, name="tracker_edition_release"),
            *super().get_urls(),
        ]

    @admin.display(description="Who")
    def who(self, edition: Edition) -> str:
        """Return who made the edition; never public."""
        return name_of(edition.published_by) or "—"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = EditionsForm(request.GET)
        after = moment_of(request.GET["after"]) if request.GET.get("after") else None
        page = editions_found(form, after) if form.is_valid() else ScanPage([], None)
        rows = [(edition, name_of(edition.published_by)) for edition in page.rows]
        older = page.last.published_at.isoformat() if page.last else ""
        return list_response(self, request, "admin/history/edition_list.html", form, rows, older)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        edition: Edition = kwargs["obj"]
        after = number(request.GET.get("after", ""), digits=IN_A_BIGINT) or 0
        changes = list(
            edition.changes.filter(position__gt=after).order_by("position")[: PER_PAGE + 1]
        )
        last = edition.changes.order_by("-position").first()
        context |= {
            "lines": lines(edition, changes[:PER_PAGE]),
            "sums": sums(edition),
            "most": MOST_CHANGES,
            "count": last.position if last else 0,
            "after": changes[PER_PAGE - 1].position if len(changes) > PER_PAGE else None,
            "is_first": not after,
            "before": edition.number - 1,
            "following": Edition.objects.filter(number=edition.number + 1)
            .values_list("number", flat=True)
            .first(),
            "may_release": may_release(request),
            "title": str(edition).capitalize(),
            "subtitle": None,
        }
        return super().render_change_form(request, context, *args, **kwargs)


def lines(edition: Edition, changes: Iterable[Change]) -> list[EditionLine]:
    """Return changes of an edition as they are shown; some queries per noun among them."""
    changes_by_noun = [(Noun(change.noun), change) for change in changes]
    called = in_edition(
        edition.pk,
        names(
            {
                (noun, record)
                for noun, change in changes_by_noun
                for record in (change.record, change.into)
                if record is not None
            }
        ),
    )
    return [
        EditionLine(
            change,
            called[noun, change.record],
            called[noun, change.into] if change.into else None,
            changed(noun, change.changed) if change.operation != Operation.PUBLISHED else [],
        )
        for noun, change in changes_by_noun
    ]


def sums(edition: Edition) -> list[Sum]:
    """Return what happened in an edition to how many records, among the first so many;
    one query.
    """
    first = edition.changes.filter(position__lte=MOST_CHANGES).order_by()
    counts_of: dict[str, list[str]] = defaultdict(list)
    counts = (
        first.values_list("noun", "operation")
        .annotate(count=Count("position"))
        .order_by("-count", "noun")
    )
    for noun, operation, count in counts:
        counts_of[operation].append(Noun(noun).counted(count))
    return [
        Sum(operation, counts_of[operation]) for operation in Operation if operation in counts_of
    ]


def editions_found(form: EditionsForm, after: datetime | None) -> ScanPage[Edition]:
    """Return the editions that a form asks for, the newest first, those before a moment;
    two queries.
    """
    values = form.cleaned_data
    positions = (
        Change.objects.filter(edition=OuterRef("pk")).order_by("-position").values("position")[:1]
    )
    rows: QuerySet[Edition] = Edition.objects.select_related("published_by").order_by(
        "-published_at"
    )
    rows = rows.filter(form.condition(person="published_by", moment="published_at", after=after))
    wanted = Q(note__icontains=values["q"]) if values["q"] else Q()
    if kind := values.get("kind"):
        wanted &= Q(Exists(Change.objects.filter(edition=OuterRef("pk"), noun=kind)))
    names = Release.objects.filter(edition=OuterRef("pk")).order_by("pk").values("version")
    rows = rows.annotate(records=Subquery(positions), names=ArraySubquery(names))
    return scan(
        rows, wanted, up_to=lambda last: Q(published_at__gte=last.published_at), most=PER_PAGE
    )
