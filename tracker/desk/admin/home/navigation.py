"""Where one can go from any page of the desk: one list, beside wide pages and in the menu of narrow ones."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.http import HttpRequest
from django.urls import reverse

from tracker.desk.admin.importing import upload as importing
from tracker.desk.admin.review.worklists import worklists
from tracker.desk.search.attention import KINDS, Want
from tracker.values.nouns import Noun

HISTORY_MODELS = ("ChangeSet", "Edition")
YOURS, TEAM = ("Token",), "The team"
# in the order of work; any others follow
FIRST_MODELS = (
    "Stance",
    "Alignment",
    "Meeting",
    "Vote",
    "Source",
    "Actor",
    "Issue",
)

Entry = dict[str, Any]
Group = dict[str, Any]


def groups(request: HttpRequest, apps: Iterable[Group]) -> list[Group]:
    """Return what the site's apps hold, in the order of work, with the pages that are no model's; one is marked."""
    listed: list[Group] = []
    for app in apps:
        is_own = app["app_label"] == "tracker"
        listed = [*_of_tracker(request, app), *listed] if is_own else [*listed, {**app, "name": TEAM}]
    _mark(request, [entry for group in listed for entry in group["models"]])
    return listed


def _of_tracker(request: HttpRequest, app: Group) -> list[Group]:
    models = sorted(app["models"], key=lambda model: [*FIRST_MODELS, model["object_name"]].index(model["object_name"]))
    named = {
        "The desk": _first_page(request),
        "Records": [model for model in models if model["object_name"] not in HISTORY_MODELS + YOURS],
        "To do": [*worklists(request), *_contested(request), *importing.entries(request)],
        "History and publication": [model for model in models if model["object_name"] in HISTORY_MODELS],
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
    """Tell whether somebody may see who holds which position."""
    return request.user.has_perm("tracker.view_stance") and request.user.has_perm("tracker.view_issue")


def _contested(request: HttpRequest) -> list[Entry]:
    nouns = [noun for noun in KINDS[Want.CONTESTED].nouns if request.user.has_perm(f"tracker.view_{noun}")]
    return [_entry(f"Contested {noun.plural}", f"contested-{noun}", _wanting(noun)) for noun in nouns]


def _wanting(noun: Noun) -> str:
    return f"{reverse(f'admin:tracker_{noun}_changelist')}?attention={Want.CONTESTED}"


def _entry(name: str, key: str, address: str) -> Entry:
    """Return a page as the site shows models."""
    return {"name": name, "object_name": key, "admin_url": address, "add_url": None, "view_only": True}


def _mark(request: HttpRequest, entries: list[Entry]) -> None:
    """Mark the entry on whose page, or on a page below it, somebody is: the nearest, of equals the first."""
    here = [entry for entry in entries if entry["admin_url"] and _leads_to(entry["admin_url"], request)]
    if here:
        max(here, key=lambda entry: len(urlsplit(entry["admin_url"])._replace(fragment="").geturl()))["is_here"] = True


def _leads_to(address: str, request: HttpRequest) -> bool:
    parts = urlsplit(address)
    is_there = (
        request.path.startswith(parts.path) if parts.path != reverse("admin:index") else request.path == parts.path
    )
    return is_there and set(parse_qsl(parts.query)) <= set(request.GET.items())
