"""Pieces that come again and again on pages, as tags of templates."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.template import Context, Library
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.public.cards import wording
from tracker.values.vocabularies import Operation

if TYPE_CHECKING:
    from tracker.public.site.reading import Line

register = Library()
# but for those with a class, which are hidden
SECTION = re.compile('<h2 id="([^"]+)">(.+?)</h2>', re.DOTALL)
TAG = re.compile("<[^<>]+>")
GROUPS = ("Corrected, changed or withdrawn", "New", "Only a name changed")
TITLES = {
    Operation.UPDATED: GROUPS[0],
    Operation.RETRACTED: GROUPS[0],
    Operation.MERGED: GROUPS[0],
    Operation.PUBLISHED: GROUPS[1],
    Operation.RENAMED: GROUPS[2],
}
# sections; characters that are read; and of HTML, to know how many these are
FEWEST, LONG, ENOUGH = 3, 2_500, 50_000


@register.simple_tag(takes_context=True)
def link(context: Context, plural: str, key: str | int, name: str) -> SafeString:
    """Return a link to the page of a record, with the dates of the page that it is on."""
    return format_html('<a href="/{}/{}/{}"><bdi>{}</bdi></a>', plural, key, context["q"], name)


@register.filter
def happened(operation: str) -> str:
    """Return what an edition did to a record, in words."""
    return wording.happened(operation)


@register.filter
def corrections_apart(lines: Iterable["Line"]) -> list[tuple[str, list["Line"]]]:
    """Return changes in groups, each with its title:
    what was corrected, what is new, what has another name.
    """
    groups = dict[str, list["Line"]]({title: [] for title in GROUPS})
    for line in lines:
        groups[TITLES[Operation(line.change.operation)]].append(line)
    return [(title, group) for title, group in groups.items() if group]


@register.inclusion_tag("site/columns.html")
def columns(*titles: str) -> dict[str, tuple[str, ...]]:
    """Return the head of a table."""
    return {"titles": titles}


@register.simple_block_tag
def contents(content: SafeString) -> SafeString:
    """Return what is between this tag and its end, and if it is long,
    links to its sections above it.

    They are read from its headings,
    so that a list of them is never kept beside the page and none leads nowhere.
    """
    sections = [(name, SafeString(title)) for name, title in SECTION.findall(content)]
    if len(sections) < FEWEST or len(TAG.sub("", content[:ENOUGH])) < LONG:
        return content
    return SafeString(render_to_string("site/contents.html", {"sections": sections}) + content)
