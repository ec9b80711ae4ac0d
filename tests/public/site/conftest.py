"""What tests of the site share: a visitor, and records that are published or only at the desk."""

import re
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.plugins.caches import forget as forget
from tests.public.api.conftest import first_dataset  # noqa: F401

TAGS = re.compile(r"<[^>]+>")


class Visitor:
    """Somebody who reads pages."""

    def __init__(self) -> None:
        self.client = Client()

    def get(self, address: str, **headers: str) -> HttpResponse:
        return self.client.get(address, headers=headers)

    def read(self, address: str, status: int = 200) -> str:
        response = self.get(address)
        assert response.status_code == status, (
            address,
            response.status_code,
            response.headers,
            response.content[:3000],
        )
        return response.content.decode()

    def text(self, address: str, status: int = 200) -> str:
        return " ".join(unescape(TAGS.sub(" ", self.read(address, status))).split())


@pytest.fixture
def visitor() -> Visitor:
    """Somebody who reads pages."""
    return Visitor()
