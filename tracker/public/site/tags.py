"""Pieces that come again and again on pages, as tags of templates."""

import re

from django.template import Context, Library
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = Library()
SECTION = re.compile('<h2 id="([^"]+)">(.+?)</h2>', re.DOTALL)  # but for those with a class, which are hidden
TAG = re.compile("<[^<>]+>")
FEWEST, LONG, ENOUGH = 3, 2_500, 50_000  # sections; characters that are read; and of HTML, to know how many these are


@register.simple_tag(takes_context=True)
def link(context: Context, plural: str, key: str | int, name: str) -> SafeString:
    """Return a link to the page of a record, with the dates of the page that it is on."""
    return format_html('<a href="/{}/{}/{}"><bdi>{}</bdi></a>', plural, key, context["q"], name)


@register.inclusion_tag("site/columns.html")
def columns(*titles: str) -> dict[str, tuple[str, ...]]:
    """Return the head of a table."""
    return {"titles": titles}


@register.simple_block_tag
def contents(content: SafeString) -> SafeString:
    """Return what is between this tag and its end, and if it is long, links to its sections above it.

    They are read from its headings, so that a list of them is never kept beside the page and none leads nowhere.
    """
    sections = [(name, SafeString(title)) for name, title in SECTION.findall(content)]
    if len(sections) < FEWEST or len(TAG.sub("", content[:ENOUGH])) < LONG:
        return content
    return SafeString(render_to_string("site/contents.html", {"sections": sections}) + content)
