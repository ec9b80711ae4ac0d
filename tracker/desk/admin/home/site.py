"""The site: its name, where one can go from any page, and the first page.

That shows what wants attention: each kind with a number, counted up to a bound, and its first. One
list leads to all pages, beside wide ones and in the menu of narrow ones. Records are searched by
the line they are called by.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from tracker.desk.admin.actions.worklists import WORKLISTS, worklist_view
from tracker.desk.admin.forms.choices import RecordChoices
from tracker.desk.admin.forms.fields import days
from tracker.desk.admin.home.finding import find_view
from tracker.desk.admin.home.matrix import DeskMatrix
from tracker.desk.admin.importing import upload as importing
from tracker.desk.admin.lists.filters import WANTS
from tracker.desk.admin.site.labels import address, link, names
from tracker.desk.admin.site.login import (
    LoginForm,
    ask_for_login,
    delayed,
    explain_refusals,
    remembered,
)
from tracker.desk.admin.site.pages import whoever
from tracker.desk.admin.site.public_status import public_page
from tracker.desk.imports import importable
from tracker.desk.merge import open_proposals
from tracker.desk.search.attention import KINDS, Want, first_wanting
from tracker.models import Edition
from tracker.public.cards.legend import LEGEND
from tracker.publishing.four_eyes import proposed_retractions
from tracker.publishing.worklists import Task, drafts, sent_back, waiting
from tracker.values.nouns import Noun
from tracker.values.problems import Key

MOST_COUNTED, MOST_RECORDS, LONGEST_LINE = 100, 5, 120
HISTORY_MODELS = ("ChangeSet", "Edition")
YOURS, TEAM = ("Token",), "The team"
# in the order of work; any others follow
FIRST_MODELS = (
    "Stance",
    "Alignment",
    "Meeting",
    "Act",
    "Vote",
    "Source",
    "Actor",
    "Issue",
)
Entry = dict[str, Any]
Group = dict[str, Any]
MOST_EDITIONS = 5


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are, in words, and where all of them are listed."""

    text: str
    address: str


@dataclass(slots=True)
class AttentionCard:
    """One kind of what wants attention:
    how many of which there are, and the first of them, with links to a page.
    """

    title: str
    counts: Sequence[Count]
    keys: Sequence[Key]
    page: str = "change"
    first: Sequence[SafeString] = ()


def cards(request: HttpRequest) -> list[AttentionCard]:
    """Return what wants the attention of who is logged in, as far as that person may see it."""
    shown = [*_work(request), *_wants(request)]
    named_by_key = names({key for card in shown for key in card.keys})
    texts = {
        key: Truncator(named.text).chars(LONGEST_LINE)
        for key, named in named_by_key.items()
        if not named.is_gone
    }
    for card in shown:
        card.first = [link(*key, texts[key], card.page) for key in card.keys if key in texts]
    return shown


def _work(request: HttpRequest) -> Iterable[AttentionCard]:
    """Yield what one has to do oneself; a query each."""
    if not request.user.has_perm("tracker.view_review"):
        return
    me, most = whoever(request), MOST_COUNTED + 1
    yield _of_tasks("My drafts", partial(drafts, of=me, limit=most), "drafts")
    yield _of_tasks("Sent back to me", partial(sent_back, to=me, limit=most), "sent-back")
    if request.user.has_perm("tracker.approve_review"):
        mine = partial(waiting, reviewer=me, limit=most)
        yield _of_tasks("Waiting for my review", mine, "waiting", "?mine=on", "review")
    else:
        yield _of_tasks(
            "Waiting for review", partial(waiting, limit=most), "waiting", page="review"
        )
    if proposed := open_proposals(but_by=me, most=most):
        noun, record = proposed[0]
        counts = [Count(_number(len(proposed), "merge", "merges"), address(noun, record, "merge"))]
        yield AttentionCard("Proposed to be merged", counts, proposed[:MOST_RECORDS], "merge")
    if retractions := proposed_retractions(but_by=me, most=most):
        noun, record = retractions[0]
        says = _number(len(retractions), "record", "records")
        counts = [Count(says, address(noun, record, "review"))]
        yield AttentionCard(
            "Proposed to be withdrawn", counts, retractions[:MOST_RECORDS], "review"
        )


def _of_tasks(
    title: str, tasks: Callable[[], list[Task]], name: str, query: str = "", page: str = "change"
) -> AttentionCard:
    listed = tasks()
    counts = [
        Count(_number(len(listed), "record", "records"), reverse(f"admin:worklist_{name}") + query)
    ]
    return AttentionCard(
        title,
        counts if listed else [],
        [(task.noun, task.record) for task in listed[:MOST_RECORDS]],
        page,
    )


def _wants(request: HttpRequest) -> Iterable[AttentionCard]:
    """Yield what wants anybody's attention; a query for each noun concerned."""
    today = timezone.localdate()
    for want, kind in KINDS.items():
        nouns = [noun for noun in kind.nouns if request.user.has_perm(f"tracker.view_{noun}")]
        if nouns:
            yield _wanted(
                want,
                {
                    noun: first_wanting(want, noun, today=today, most=MOST_COUNTED + 1)
                    for noun in nouns
                },
            )


def _wanted(want: Want, by: dict[Noun, list[int]]) -> AttentionCard:
    counts = [
        Count(_number(len(ids), noun, noun.plural), _wanting(noun, want))
        for noun, ids in by.items()
        if ids
    ]
    by_turns = zip_longest(
        *([(noun, record) for record in ids[:MOST_RECORDS]] for noun, ids in by.items())
    )
    first = [key for keys in by_turns for key in keys if key]
    return AttentionCard(WANTS[want].capitalize(), counts, first[:MOST_RECORDS])


def _number(count: int, singular: str, plural: str) -> str:
    return (
        f"{MOST_COUNTED}+ {plural}"
        if count > MOST_COUNTED
        else f"{count} {singular if count == 1 else plural}"
    )


def groups(request: HttpRequest, apps: Iterable[Group]) -> list[Group]:
    """Return what the site's apps hold, in the order of work, with the pages that are no model's;
    one is marked.
    """
    listed: list[Group] = []
    for app in apps:
        is_own = app["app_label"] == "tracker"
        listed = (
            [*_of_tracker(request, app), *listed] if is_own else [*listed, {**app, "name": TEAM}]
        )
    _mark(request, [entry for group in listed for entry in group["models"]])
    return listed


def _of_tracker(request: HttpRequest, app: Group) -> list[Group]:
    models = sorted(
        app["models"],
        key=lambda model: [*FIRST_MODELS, model["object_name"]].index(model["object_name"]),
    )
    named = {
        "The desk": _first_page(request),
        "Records": [
            model for model in models if model["object_name"] not in HISTORY_MODELS + YOURS
        ],
        "To do": [*_worklists(request), *_contested(request), *_importing(request)],
        "History and publication": [
            model for model in models if model["object_name"] in HISTORY_MODELS
        ],
        "For programs": [model for model in models if model["object_name"] in YOURS],
    }
    return [{**app, "name": name, "models": entries} for name, entries in named.items() if entries]


def _first_page(request: HttpRequest) -> list[Entry]:
    page = reverse("admin:index")
    entries = [_entry("What wants attention", "attention", page)]
    if may_see_matrix(request):
        entries.append(_entry("Who holds which position", "matrix", f"{page}#matrix"))
    return entries


def may_see_matrix(request: HttpRequest) -> bool:
    return request.user.has_perm("tracker.view_stance") and request.user.has_perm(
        "tracker.view_issue"
    )


def _contested(request: HttpRequest) -> list[Entry]:
    nouns = [
        noun
        for noun in KINDS[Want.CONTESTED].nouns
        if request.user.has_perm(f"tracker.view_{noun}")
    ]
    return [
        _entry(f"Contested {noun.plural}", f"contested-{noun}", _wanting(noun, Want.CONTESTED))
        for noun in nouns
    ]


def _worklists(request: HttpRequest) -> list[Entry]:
    if not request.user.has_perm("tracker.view_review"):
        return []
    return [
        _entry(title, name, reverse(f"admin:worklist_{name}")) for name, title in WORKLISTS.items()
    ]


def _importing(request: HttpRequest) -> list[Entry]:
    return [_entry("Import", "import", reverse("admin:import"))] if importable(request.user) else []


def _wanting(noun: Noun, want: Want) -> str:
    return f"{reverse(f'admin:tracker_{noun}_changelist')}?attention={want}"


def _entry(name: str, key: str, address: str) -> Entry:
    """Return a page as the site shows models."""
    return {
        "name": name,
        "object_name": key,
        "admin_url": address,
        "add_url": None,
        "view_only": True,
    }


def _mark(request: HttpRequest, entries: list[Entry]) -> None:
    """Mark the entry on whose page, or on a page below it, somebody is:
    the nearest, of equals the first.
    """
    here = [
        entry for entry in entries if entry["admin_url"] and _leads_to(entry["admin_url"], request)
    ]
    if here:
        max(
            here, key=lambda entry: len(urlsplit(entry["admin_url"])._replace(fragment="").geturl())
        )["is_here"] = True


def _leads_to(address: str, request: HttpRequest) -> bool:
    parts = urlsplit(address)
    is_there = (
        request.path.startswith(parts.path)
        if parts.path != reverse("admin:index")
        else request.path == parts.path
    )
    return is_there and set(parse_qsl(parts.query)) <= set(request.GET.items())


class TrackerSite(admin.AdminSite):
    """The desk's admin; the default site by `tracker.desk.apps.AdminConfig`."""

    site_header = site_title = "Tracker"
    index_title = "The desk"
    login_form = LoginForm

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Return what every page is shown with;
        on one about a record, also where readers find that.
        """
        return super().each_context(request) | {
            "public_page": partial(public_page, request.resolver_match)
        }

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Return what there is: the records in the order of work,
        then what was changed and published, then people.
        """
        return groups(request, super().get_app_list(request, app_label))

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:  # type: ignore[override]
        """Return a view for the team;
        whoever's session has ended loses nothing that was typed, who may not is told.
        """
        return explain_refusals(self, ask_for_login(self, super().admin_view(view, cacheable)))

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Log somebody in; as a 429 for who has to wait."""
        answer = super().login(request, extra_context)
        form = (
            (answer.context_data or {}).get("form")
            if isinstance(answer, TemplateResponse)
            else None
        )
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

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        may = request.user.has_perm
        about = {
            "cards": cards(request),
            "editions": list(Edition.objects.order_by("-number")[:MOST_EDITIONS])
            if may("tracker.view_edition")
            else None,
            "matrix": DeskMatrix(request, self) if may_see_matrix(request) else None,
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
