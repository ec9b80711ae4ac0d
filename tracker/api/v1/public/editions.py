"""Editions: what was published when. Never by whom."""

from django.http import Http404, HttpResponse
from rest_framework.request import Request

from tracker.api.answers import answer, as_json, listing
from tracker.api.cursors import encode, next_address
from tracker.api.parameters import CURSOR, FORMAT, PAGE_SIZE, RECORDED
from tracker.api.views import USUAL_PAGE, PublicView, edition_before
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
    parameters = (*RECORDED, PAGE_SIZE, CURSOR, FORMAT)

    def get(self, request: Request) -> HttpResponse:
        """Answer one page of editions."""
        query = self.query(request)
        edition = query.edition()
        before = edition_before(query)
        query.check()
        up_to = editions.latest() if edition is None else edition
        size = query.values.get("page_size", USUAL_PAGE)
        found = editions.editions(up_to=up_to, before=before, limit=size + 1)
        more = len(found) > size
        return listing(
            [edition_json(edition) for edition in found[:size]],
            edition=up_to,
            following=next_address(request, edition=up_to, cursor=encode((found[size - 1].number,))) if more else None,
        )


class EditionDetail(PublicView):
    """Read one edition."""

    answers = "Edition"

    def get(self, request: Request, number: int) -> HttpResponse:
        """Answer the edition."""
        self.query(request).check()
        up_to = editions.latest()
        if not 0 < number <= up_to:
            raise Http404(f"There is no edition {number}; the latest is {up_to}.")
        return answer(edition_json(editions.editions(up_to=number, before=None, limit=1)[0]), edition=number)
