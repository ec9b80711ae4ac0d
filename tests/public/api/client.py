"""A client of the publication;
as every answer in tests, each of its is checked against the OpenAPI document.
"""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.test import Client

Query = dict[str, Any] | None
MANY = 100


class Reader:
    """Somebody who reads the publication; addresses below /api/v1/ are given without it."""

    def __init__(self) -> None:
        self.client = Client()

    def get(self, address: str, query: Query = None, **headers: str) -> HttpResponse:
        full = address if address.startswith(("/", "http")) else f"/api/v1/{address}"
        return self.client.get(full, query, headers=headers)

    def read(self, address: str, query: Query = None) -> dict[str, Any]:
        response = self.get(address, query)
        assert response.status_code == 200, (
            response.status_code,
            response.content,
            response.headers,
        )
        body: dict[str, Any] = response.json()
        return body

    def ids(self, address: str, query: Query = None) -> list[int]:
        """Return the numbers of the records that one page of a list finds, in order."""
        return [record["id"] for record in self.read(address, query)["results"]]

    def faults(self, address: str, query: Query = None) -> list[tuple[str, str]]:
        """Return what is wrong with a request that answers 400:
        the parameters, each with the code of its fault.
        """
        response = self.get(address, query)
        assert response.status_code == 400, (response.status_code, response.content)
        assert response.headers["Content-Type"] == "application/problem+json"
        return [(fault["parameter"], fault["code"]) for fault in response.json()["errors"]]

    def pages(self, address: str, query: Query = None) -> Iterator[dict[str, Any]]:
        """Yield page after page of a list, by `next`, until it is null or, in the feed,
        a page is empty.
        """
        page = self.read(address, query)
        for _ in range(MANY):
            yield page
            if page["next"] is None or not page["results"]:
                return
            page = self.read(page["next"])
        raise AssertionError(f"the list goes on after {MANY} pages")

    def walk(self, address: str, query: Query = None) -> list[dict[str, Any]]:
        return [result for page in self.pages(address, query) for result in page["results"]]
