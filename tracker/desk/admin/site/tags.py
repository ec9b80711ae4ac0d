"""Pieces that many pages of the admin have, as tags of their templates."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tracker.values.text_diff import DiffPiece, Edit

register = template.Library()


@register.inclusion_tag("admin/site/moment.html")
def moment(at: datetime) -> dict[str, Any]:
    """Show when something happened, to the minute, and more precisely in its title."""
    return {"at": at}


@register.inclusion_tag("admin/site/columns.html")
def headings(*names: str) -> dict[str, Any]:
    return {"names": names}


@register.inclusion_tag("admin/site/items.html")
def items(
    lines: Collection[Any], *, more: int = 0, note: str = "", css: str = "", html_id: str = ""
) -> dict[str, Any]:
    """Show a list of lines and how many `more` there are;
    with a `note` where a hundred are perhaps not all.
    """
    return {"lines": lines, "more": more, "note": note, "css": css, "html_id": html_id}


@register.inclusion_tag("admin/site/field_row.html")
def field_row(field: BoundField, help: str = "") -> dict[str, Any]:
    return {"field": field, "help": help}


@register.simple_tag
def pieces(text: Iterable[DiffPiece], mark: str = "") -> SafeString:
    """Show a text; what the other text lacks of it, in an element `mark` if there is one."""
    return edits(Edit(piece.text, mark if piece.is_changed else "") for piece in text)


@register.simple_tag
def edits(text: Iterable[Edit]) -> SafeString:
    """Show how one text became another."""
    return format_html_join("", "{}", ((_marked(edit),) for edit in text))


def _marked(edit: Edit) -> str:
    return format_html("<{0}>{1}</{0}>", edit.mark, edit.text) if edit.mark else edit.text
