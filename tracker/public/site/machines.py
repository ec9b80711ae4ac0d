"""What machines read: which pages there are, for crawlers, and which mementos of a page,
for clients of RFC 7089.
"""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from tracker.public.http.clients import origin
from tracker.public.read import editions, records
from tracker.public.read.editions import NOW, answering
from tracker.public.read.records import addresses, largest
from tracker.public.read.withheld import is_withheld
from tracker.public.site.page import Page
from tracker.schema.filters import LARGEST_ID
from tracker.schema.records import NOUNS
from tracker.values.nouns import BY_PLURAL
from tracker.values.numbers import number

FOR_AN_HOUR = "public, max-age=3600"
LARGEST_SITEMAP, LARGEST_TIMEMAP = 50_000, 1_000
# Crawlers that collect what models are trained with, by the names that they give themselves.
OF_MODELS = (
    "GPTBot",
    "ClaudeBot",
    "anthropic-ai",
    "CCBot",
    "Google-Extended",
    "Applebot-Extended",
    "Bytespider",
    "Meta-ExternalAgent",
    "Amazonbot",
    "PerplexityBot",
    "cohere-ai",
    "Diffbot",
)
WITHOUT_A_RECORD = (
    "/",
    "/issues/",
    "/actors/",
    "/meetings/",
    "/acts/",
    "/votes/",
    "/sources/",
    "/unresolved/",
    "/forecasts/",
    "/corrections/",
    "/editions/",
    "/releases/",
    "/codebook/",
    "/about/",
)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers to leave out what has a query string:
    of one page there are as many as days and editions.
    """
    lines = (
        []
        if settings.AI_CRAWLERS
        else [*(f"User-agent: {name}" for name in OF_MODELS), "Disallow: /", ""]
    )
    lines += [
        "User-agent: *",
        "Disallow: /*?",
        "Disallow: /admin/",
        "Disallow: /search/",
        "Disallow: /since/",
    ]
    lines += [
        "Disallow: /timemap/",
        "Disallow: /editions/*/*/",
        "",
        f"Sitemap: {origin(request)}/sitemap.xml",
        "",
    ]
    return _text("\n".join(lines), "text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest, plural: str = "", part: str = "0") -> HttpResponse:
    """List the sitemaps, or the pages of one:
    those without a record, or a part of those of a noun's records.
    """
    published_at = answering(NOW).published_at
    if not plural:
        parts = {
            noun.plural: range(-(-number // LARGEST_SITEMAP))
            for noun, number in largest().items()
            if NOUNS[noun].has_pages
        }
        maps = ["pages", *(f"{name}-{part}" for name, numbers in parts.items() for part in numbers)]
        return _xml(request, "site/sitemaps.xml", {"maps": maps, "published_at": published_at})
    if plural == "pages":
        return _xml(
            request,
            "site/sitemap.xml",
            {"pages": [(address, published_at) for address in WITHOUT_A_RECORD]},
        )
    if plural not in BY_PLURAL or not NOUNS[BY_PLURAL[plural]].has_pages:
        raise Http404
    after = int(part) * LARGEST_SITEMAP
    rows = addresses(BY_PLURAL[plural], after=after, until=after + LARGEST_SITEMAP)
    return _xml(
        request,
        "site/sitemap.xml",
        {"pages": [(f"/{plural}/{key}/", moment) for key, moment in rows]},
    )


@require_safe
def timemap(request: HttpRequest, address: str) -> HttpResponse:
    """List the mementos of a page in link format, the latest editions first come;
    `before` leads to those before.
    """
    try:
        match = resolve(f"/{address}")
    except Resolver404:
        raise Http404 from None
    page = getattr(match.func, "view_class", None)
    if page is None or not issubclass(page, Page) or not page.freezes:
        raise Http404
    latest = answering(NOW).latest
    before = number(request.GET.get("before", ""))
    listed = editions.page(edition=latest, before=before, size=LARGEST_TIMEMAP)
    spans = records.spans(page.noun, match.kwargs["key"]) if page.noun else [range(1, LARGEST_ID)]
    if not spans:
        raise Http404
    shown = [
        (
            f"?on={edition.published_at:%Y-%m-%d}&edition={edition.number}",
            http_date(edition.published_at.timestamp()),
        )
        for edition in reversed(listed.results)
        if not is_withheld(edition.number) and any(edition.number in span for span in spans)
    ]
    content = {
        "original": f"{origin(request)}/{address}",
        "path": f"{origin(request)}{request.path}",
        "itself": f"{origin(request)}{request.get_full_path()}",
        "mementos": shown,
        "before": listed.after[0] if listed.after else None,
    }
    response = _text(
        render_to_string("site/timemap.txt", content), "application/link-format; charset=utf-8"
    )
    response.headers["Cache-Control"] = "no-cache"
    return response


def _xml(request: HttpRequest, template: str, content: dict[str, Any]) -> HttpResponse:
    return _text(
        render_to_string(template, {"root": origin(request), **content}), "application/xml"
    )


def _text(text: str, media_type: str) -> HttpResponse:
    return HttpResponse(text, content_type=media_type, headers={"Cache-Control": FOR_AN_HOUR})
