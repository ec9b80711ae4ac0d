"""Naming an edition a release: a page that asks for the name, and one call of the service."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import capfirst

from tracker.desk.admin.forms.fields import NoteField
from tracker.desk.admin.site.changing import changing
from tracker.desk.admin.site.rendering import render_page
from tracker.models import Edition
from tracker.publishing.releases import release, suggested
from tracker.values.problems import Refused


class ReleaseForm(forms.Form):
    """What a release is called, and what it is about."""

    version = forms.CharField(
        max_length=10,
        widget=AdminTextInputWidget(attrs={"size": 10}),
        help_text="The year, a dot and a number, e.g. 2026.1. It can never be changed, nor given again.",
    )
    notes = NoteField(required=False, rows=4, help_text="What the release is about; readers see it.")


def may_release(request: HttpRequest) -> bool:
    """Tell whether somebody may make releases."""
    return bool(request.user.has_perm("tracker.add_release"))


def release_view(model_admin: "ModelAdmin[Edition]", request: HttpRequest, edition: int) -> HttpResponse:
    """Ask what the release of an edition is to be called, or make it."""
    if not may_release(request):
        raise PermissionDenied
    named = get_object_or_404(Edition, pk=edition)
    form = ReleaseForm(request.POST or None, initial={"version": suggested()})
    if form.is_valid():
        try:
            with changing(request):
                new = release(**form.cleaned_data, edition=named.pk)
        except Refused as refused:
            for problem in refused.problems:
                form.add_error(problem.field, f"{capfirst(problem.text)}.")
        else:
            messages.success(request, f"Edition {named.pk} is released as {new.version}.")
            return redirect("admin:tracker_edition_change", named.pk)
    context: dict[str, Any] = {
        "title": "Name it a release",
        "opts": model_admin.opts,
        "edition": named,
        "names": [named_release.version for named_release in named.releases.order_by("pk")],
        "form": form,
    }
    return render_page(model_admin.admin_site, request, "admin/history/release.html", context)
