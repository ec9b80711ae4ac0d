"""The front page: what this is, how much of it there is, and where to go on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.publication.read.counts import counts
from tracker.publication.read.editions import editions, latest


def landing(request: HttpRequest) -> HttpResponse:
    """Answer the front page."""
    found = editions(up_to=latest(), before=None, limit=3)
    numbers = [{"plural": noun.plural, "count": number} for noun, number in counts().items()]
    return render(request, "tracker/landing.html", {"counts": numbers, "editions": found})
