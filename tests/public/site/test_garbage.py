"""What a page has read is gone once it is sent, without the garbage collector."""

import gc
import weakref

import pytest

from tests.public.api.publishing import publish_whole
from tests.public.site.conftest import Visitor
from tests.public.site.pages import PAGES, make
from tracker.public.site.page import Page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_page_is_gone_once_it_is_sent(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    """Else 300 large pages take half a gigabyte until the collector comes."""
    publish_whole(*make(3).values())
    pages: list[weakref.ref[Page]] = []
    begin = Page.setup

    def setup(page: Page, *request: object, **path: object) -> None:
        pages.append(weakref.ref(page))
        begin(page, *request, **path)

    monkeypatch.setattr(Page, "setup", setup)
    staying = []
    gc.disable()
    try:
        for address in PAGES:
            getattr(visitor.client, method)(address)
            if pages[-1]() is not None:
                staying.append(address)
    finally:
        gc.enable()

    assert len(pages) >= len(PAGES)
    assert staying == []
