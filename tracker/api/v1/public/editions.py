"""Editions: what was published when. Never by whom."""

from django.http import Http404, HttpResponse
from rest_framework.request import Request

from tracker.api.answers import answer, as_json, listing
from tracker.api.cursors import next_page
from tracker.api.views import PAGED, PublicView
from tracker.publication.read import editions
from tracker.publication.shapes.answers import Edition


def edition_json(edition: editions.Published) -> str:
    """Return an edition in its public form."""
    address = f"/api/v1/editions/{edition.number}/"
    return as_json(Edition(edition.number, address, edition.published_at, edition.note or None, edition.counts))


class EditionList(PublicView):
    """List the editions, the latest first."""

    lists = True
    answers = "Edition"
    parameters = PAGED

    def get(self, request: Request) -> HttpResponse:
        """Answer one page of what was published when; never by whom."""
        query = self.query(request)
        edition, before = query.edition(), query.before()
        query.check()
        page = editions.page(edition=edition, before=before, size=query.size)
        # Numbers have no gaps, so the last one is how many there are.
        count = page.edition if query.counts else None
        results = map(edition_json, page.results)
        return listing(results, edition=page.edition, following=next_page(request, page), count=count)


class EditionDetail(PublicView):
    """Read one edition."""

    answers = "Edition"

    def get(self, request: Request, number: int) -> HttpResponse:
        """Answer when the edition was published, with which note, and what it did to how many records."""
        self.query(request).check()
        edition = editions.one(number)
        if edition is None:
            raise Http404(f"There is no edition {number}; /api/v1/editions/ lists those that there are.")
        return answer(edition_json(edition), edition=number)
