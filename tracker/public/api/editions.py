"""Editions: what was published when. Never by whom."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from msgspec import UNSET, UnsetType
from rest_framework.request import Request

from tracker.public.api.http.responses import as_json, of_edition, page_response, tagged_response
from tracker.public.api.openapi.pages import page_of
from tracker.public.api.views import PAGED, PublicView
from tracker.public.http.pagination import next_page
from tracker.public.read import editions
from tracker.schema.examples import Example
from tracker.schema.filters import LARGEST_ID
from tracker.schema.responses import Edition


def edition_json(edition: editions.PublishedEdition, digest: str | UnsetType = UNSET) -> bytes:
    """Return an edition in its public form."""
    address = f"/api/v1/editions/{edition.number}/"
    note = edition.note or None
    return as_json(
        Edition(
            edition.number,
            address,
            edition.published_at,
            note,
            edition.counts,
            edition.chain,
            digest,
        )
    )


class EditionList(PublicView):
    """List the editions, the latest first."""

    route = "editions/"
    lists = True
    response_struct = page_of(Edition)
    examples = {"latest": Example("The latest edition.", "page_size=1")}
    parameters = PAGED

    def get(self, request: Request) -> HttpResponse:
        """Answer one page of what was published when; never by whom."""
        query = self.query(request)
        before, answering = query.before(), query.answering()
        page = editions.page(edition=answering.number or 0, before=before, size=query.size)
        # Numbers have no gaps, so the last one is how many there are.
        count = page.edition if query.counts else None
        results = map(edition_json, page.results)
        return page_response(
            results, answering=answering, following=next_page(request, page), count=count
        )


class EditionDetail(PublicView):
    """Read one edition."""

    route = "editions/<int:number>/"
    response_struct = Edition
    examples = {"first": Example("The first edition.")}
    pinned = True

    def get(self, request: Request, number: int) -> HttpResponse:
        """Answer when the edition was published, with which note, what it did to how many records,
        and its digest.
        """
        self.query(request).check()
        edition = editions.by_number(number)
        if edition is None:
            raise Http404(
                f"There is no edition {number}; /api/v1/editions/ lists those that there are."
            )
        digest = editions.digest(number, edition.stamp)
        return tagged_response(
            edition_json(edition, digest), on=of_edition(number, edition.stamp), edition=number
        )

    def subject(self, query: QueryDict, path: Mapping[str, Any]) -> str | None:
        edition = editions.answering(editions.AsOf(min(path["number"], LARGEST_ID)))
        return of_edition(edition.number, edition.stamp)
