"""Pages of the desk that are not Django's own."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse

from tracker.publishing.publish import clock_ahead


def render_page(site: AdminSite, request: HttpRequest, template: str, context: dict[str, Any]) -> TemplateResponse:
    """Return a page within the frame of the site."""
    request.current_app = site.name
    return TemplateResponse(request, template, {**site.each_context(request), "clock_ahead": clock_ahead, **context})
