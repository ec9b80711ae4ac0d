"""Records of a list are selected, and what the page that then asks sends."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests.publishing.review.acting import at
from tracker.desk.admin.actions.selection import pinned
from tracker.models.nouns import noun_of


def select(client: Client, action: str, *records: Any, **more: Any) -> HttpResponse:
    """Select records in their list, and return the page that asks."""
    selected = {
        "action": action,
        "_selected_action": [record.pk for record in records],
        "index": "0",
        **more,
    }
    return client.post(f"/admin/tracker/{noun_of(records[0])}/", selected, follow=True)


def send(client: Client, action: str, *records: Any, **sent: Any) -> HttpResponse:
    """Send what that page sends of records, as they are now."""
    return select(client, action, *records[:1], **{"records": pinned(map(at, records)), **sent})
