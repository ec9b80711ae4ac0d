"""Deleting at the desk: only what was never public, with a reason, and with what blocks it called by name."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected as stock_delete_selected
from django.contrib.admin.utils import NestedObjects
from django.db import DatabaseError, models
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.desk.admin.site import public_status
from tracker.desk.admin.site.labels import label, link, with_named
from tracker.desk.admin.site.messages import show_refusal
from tracker.desk.admin.site.pages import changing
from tracker.models import Record
from tracker.models.nouns import noun_of
from tracker.models.tables import owner_of
from tracker.values.nouns import Noun

MOST_LINES = 50


@admin.action(permissions=["delete"], description="Delete selected %(verbose_name_plural)s")
def delete_selected(model_admin: Any, request: HttpRequest, queryset: "models.QuerySet[Record]") -> HttpResponse | None:
    """Delete records that were never public, after a page that asks for the reason."""
    records = list(queryset)
    public_status.remember(records)
    public = [label(record) for record in records if public_status.was_public(record)]
    if public:
        names = "; ".join(public[:MOST_LINES])
        messages.error(request, f"Nothing was deleted. These have been public, so withdraw them instead: {names}.")
        return None
    if not request.POST.get("post"):
        return stock_delete_selected(model_admin, request, queryset)
    try:
        with changing(request):
            return stock_delete_selected(model_admin, request, queryset)
    except DatabaseError as error:
        show_refusal(request, error)
        return None


def what_goes(
    records: Iterable[models.Model], *, may_delete: bool
) -> tuple[list[SafeString], dict[str, int], set[str], list[SafeString]]:
    """Return what would be deleted, how many of which, what one may not delete, and what blocks it."""
    chosen = list(records)
    collector = NestedObjects(using="default")
    collector.collect(chosen)
    rows_by_model: dict[Any, Any] = collector.model_objs
    counts = {str(model._meta.verbose_name_plural): len(rows) for model, rows in rows_by_model.items()}
    forbidden = set() if may_delete or not chosen else {str(chosen[0]._meta.verbose_name)}
    lines = [link(noun_of(record), record.pk, label(record)) for record in chosen if isinstance(record, Record)]
    return lines, counts, forbidden, _referring(collector.protected)


def _referring(protected: Iterable[models.Model]) -> list[SafeString]:
    """Return links to the records that refer, themselves or by a part, to what would be deleted."""
    ids: dict[Noun, set[int]] = defaultdict(set)
    for row in protected:
        noun, record = owner_of(row)
        ids[noun].add(record)
    lines = [_lines(noun, sorted(records)) for noun, records in ids.items()]
    return [line for part in lines for line in part]


def _lines(noun: Noun, ids: list[int]) -> list[SafeString]:
    lines = [format_html("{}: {}", noun, link(noun, row.pk, label(row))) for row in with_named(noun, ids[:MOST_LINES])]
    rest = len(ids) - MOST_LINES
    return [*lines, *([format_html("and {} more {}", rest, noun.plural)] if rest > 0 else [])]
