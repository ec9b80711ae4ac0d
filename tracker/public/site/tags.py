"""Pieces that come again and again on pages, as tags of templates."""

from django.template import Context, Library
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = Library()


@register.simple_tag(takes_context=True)
def link(context: Context, plural: str, key: str | int, name: str) -> SafeString:
    """Return a link to the page of a record, with the dates of the page that it is on."""
    return format_html('<a href="/{}/{}/{}"><bdi>{}</bdi></a>', plural, key, context["q"], name)


@register.inclusion_tag("site/columns.html")
def columns(*titles: str) -> dict[str, tuple[str, ...]]:
    """Return the head of a table."""
    return {"titles": titles}
