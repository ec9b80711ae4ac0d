"""What crawlers read: which pages there are, and which they are asked to leave out."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from tracker.public.http.clients import origin
from tracker.public.read.editions import NOW, answering
from tracker.public.read.records import addresses, largest
from tracker.schema.records import NOUNS
from tracker.values.nouns import BY_PLURAL

FOR_AN_HOUR = "public, max-age=3600"
LARGEST_SITEMAP = 50_000
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


def _xml(request: HttpRequest, template: str, content: dict[str, Any]) -> HttpResponse:
    return _text(
        render_to_string(template, {"root": origin(request), **content}), "application/xml"
    )


def _text(text: str, media_type: str) -> HttpResponse:
    return HttpResponse(text, content_type=media_type, headers={"Cache-Control": FOR_AN_HOUR})
