"""The front page: what this is, how much of it there is, and where to go on."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.publication.read import editions
from tracker.publication.read.counts import counts
from tracker.schema.filters import LARGEST_ID

QUESTIONS = {
    "Where did Russia stand on Venezuela on 1 March 2019?": (
        "/api/v1/stances/?under=venezuela&actor=RUS&on=2019-03-01"
    ),
    "How do China and Russia work together on North Korea?": (
        "/api/v1/alignments/?under=north-korea&actor=CHN&counterpart=RUS"
    ),
    "When did China and Russia meet, who came, and what about?": "/api/v1/meetings/?all_participants=CHN,RUS",
}  # fmt: skip


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """Answer the front page."""
    said = {
        "counts": [(noun.plural, f"{number:,}") for noun, number in counts().items()],
        "editions": editions.page(edition=LARGEST_ID, before=None, size=3).results,
        "questions": QUESTIONS.items(),
        "license": settings.DATA_LICENSE,
    }
    return render(request, "tracker/landing.html", said)
