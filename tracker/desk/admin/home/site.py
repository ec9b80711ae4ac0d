"""The site: its name, its first page, and the searching of records by the line they are called by."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path

from tracker.desk.admin.actions.worklists import worklist_view
from tracker.desk.admin.forms.choices import RecordChoices
from tracker.desk.admin.forms.fields import days
from tracker.desk.admin.home.attention import cards
from tracker.desk.admin.home.finding import find_view
from tracker.desk.admin.home.matrix import Matrix
from tracker.desk.admin.home.navigation import groups, may_see_matrix
from tracker.desk.admin.importing import upload as importing
from tracker.desk.admin.review.worklists import WORKLISTS
from tracker.desk.admin.site.login import LoginForm, ask_for_login, delayed, explain_refusals, remembered
from tracker.desk.admin.site.public_status import public_page
from tracker.models import Edition
from tracker.public.cards.legend import LEGEND

MOST_EDITIONS = 5


class TrackerSite(admin.AdminSite):
    """The desk's admin; the default site by `tracker.desk.apps.AdminConfig`."""

    site_header = site_title = "Tracker"
    index_title = "The desk"
    login_form = LoginForm

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Return what every page is shown with; on one about a record, also where readers find that."""
        return super().each_context(request) | {"public_page": partial(public_page, request.resolver_match)}

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Return what there is: the records in the order of work, then what was changed and published, then people."""
        return groups(request, super().get_app_list(request, app_label))

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:  # type: ignore[override]
        """Return a view for the team; whoever's session has ended loses nothing that was typed, who may not is told."""
        return explain_refusals(self, ask_for_login(self, super().admin_view(view, cacheable)))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Log somebody in; as a 429 for who has to wait."""
        answer = super().login(request, extra_context)
        form = (answer.context_data or {}).get("form") if isinstance(answer, TemplateResponse) else None
        return remembered(delayed(answer, form), request)

    def get_urls(self) -> list[Any]:
        lists = [
            path(
                f"review/{name}/",
                self.admin_view(partial(worklist_view, self)),
                {"name": name},
                name=f"worklist_{name}",
            )
            for name in WORKLISTS
        ]
        own = [
            path("days/", self.admin_view(days), name="days"),
            path("find/", self.admin_view(partial(find_view, self)), name="find"),
            *lists,
            *importing.addresses(self),
        ]
        return [*own, *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show what wants attention, the last editions, and who holds which position."""
        may = request.user.has_perm
        about = {
            "cards": cards(request),
            "editions": list(Edition.objects.order_by("-number")[:MOST_EDITIONS])
            if may("tracker.view_edition")
            else None,
            "matrix": Matrix(request, self) if may_see_matrix(request) else None,
            "legend": LEGEND,
            "lacks_contact": not settings.CONTACT and may("auth.change_user"),
        }
        return super().index(request, {**about, **(extra_context or {})})

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        title = {"title": "Pages of the desk"} if app_label == "tracker" else {}
        return super().app_index(request, app_label, {**title, **(extra_context or {})})

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        answer: HttpResponse = RecordChoices.as_view(admin_site=self)(request)  # type: ignore[assignment]
        return answer
