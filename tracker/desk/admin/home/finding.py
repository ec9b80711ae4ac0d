"""Finding a record or an edition by its public address, as somebody pasted it:
of a page, a file, the API.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from tracker.desk.admin.site.labels import address, names
from tracker.desk.admin.site.pages import render_page
from tracker.models import Change, Edition
from tracker.models.nouns import RECORDS
from tracker.publishing.status import statuses
from tracker.values.nouns import BY_PLURAL, Noun
from tracker.values.numbers import number

PAIRS, EDITIONS = "pairs", "editions"
NOT_AN_ADDRESS = (
    "“{}” is not the address of a record. Paste one such as /issues/venezuela/ or /stances/12/."
)
UNKNOWN = (
    "No {noun} was ever at “{key}”, neither for readers nor at the desk. Look for it in the list "
    "of {nouns}."
)
NOT_PUBLIC = "Readers don’t see it: at this address they are told that it is {}."


def find_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Lead to what has a public address; of a page about a pair, offer both;
    else say why not, and where to search.
    """
    text = request.GET.get("address", "").replace("\x00", "").strip()
    parts = _parts(text)
    if (edition := _edition(parts)) and request.user.has_perm("tracker.view_edition"):
        return redirect("admin:tracker_edition_change", edition)
    named = list(_named(parts))
    if not all(request.user.has_perm(f"tracker.view_{noun}") for noun, _ in named):
        raise PermissionDenied
    looked_up = [(noun, key, _record(noun, key)) for noun, key in named]
    keys = [(noun, record) for noun, _, record in looked_up if record]
    if len(named) == len(keys) == 1:
        return _lead(request, *keys[0])
    problems = [
        UNKNOWN.format(noun=noun, key=key, nouns=noun.plural)
        for noun, key, record in looked_up
        if record is None
    ]
    if text and not named:
        problems = [NOT_AN_ADDRESS.format(text)]
    named_by_key = names(keys)
    words = next(
        (key for _, key, record in looked_up if record is None),
        "" if text.startswith("/") else text,
    )
    context = {
        "title": "Find by public address",
        "given": text,
        "problems": problems,
        "links": [named_by_key[key].link for key in keys],
        "searches": _searches(request, words),
    }
    answer = render_page(site, request, "admin/home/find.html", context)
    answer.status_code = 404 if problems else 200
    return answer


def _parts(text: str) -> list[str]:
    """Return the parts of the path of an address."""
    try:
        return [part for part in unquote(urlsplit(text).path).split("/") if part]
    except ValueError:
        return []


def _edition(parts: list[str]) -> int | None:
    """Return the edition that an address is of, if there is one."""
    named = (part.partition(".")[0] for before, part in pairwise(parts) if before == EDITIONS)
    wanted = number(next(named, ""))
    return wanted if wanted is not None and Edition.objects.filter(pk=wanted).exists() else None


def _searches(request: HttpRequest, words: str) -> list[tuple[str, str]]:
    """Return the lists as they are searched for what is no address, each by what it has."""
    query = urlencode({"q": words})
    return [
        (noun.plural, f"{reverse(f'admin:tracker_{noun}_changelist')}?{query}")
        for noun in Noun
        if words and request.user.has_perm(f"tracker.view_{noun}")
    ]


def _named(parts: list[str]) -> Iterator[tuple[Noun, str]]:
    """Yield the nouns and keys of the records that an address names: one, of a pair two;
    none if it is of no record.
    """
    for place, part in enumerate(parts):
        # a suffix says which file
        keys = [key for segment in parts[place + 1 :] if (key := segment.partition(".")[0])]
        if part == PAIRS and len(keys) > 1:
            yield from ((Noun.ACTOR, key) for key in keys[:2])
            return
        if part in BY_PLURAL and keys:
            yield BY_PLURAL[part], keys[0]
            return


def _record(noun: Noun, key: str) -> int | None:
    """Return the record that readers find, or last found, at a key;
    else the one that has it at the desk.
    """
    records: Any = RECORDS[noun]._default_manager.values_list("pk", flat=True)
    own: int | None
    if not hasattr(RECORDS[noun], "slug"):
        own = records.filter(pk=number(key)).first()
        return own
    own = records.filter(slug=key).first()
    seen = (
        Change.objects.filter(noun=noun, key=key)
        .order_by("-edition")
        .values_list("record", flat=True)
    )
    return seen.first() or own


def _lead(request: HttpRequest, noun: Noun, record: int) -> HttpResponse:
    status = statuses(noun, [record])[record]
    if status.version is None and status.operation:
        messages.warning(request, NOT_PUBLIC.format(status.operation.label))
    return redirect(address(noun, record))
