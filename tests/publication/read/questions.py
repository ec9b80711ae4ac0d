"""Questions to lists, as tests ask them."""

from typing import Any

from tracker.publication.read.editions import AsOf
from tracker.publication.read.lists import ListPage, Question, page
from tracker.schema.records import USUAL
from tracker.values.nouns import Noun


def listed(noun: Noun, chosen: dict[str, Any] | None = None, *, edition: int | None = None, **asked: Any) -> ListPage:
    """Return what a question comes to: the first 50 of the latest edition in the usual order, but for what is said."""
    usual = {"order": USUAL[noun], "as_of": AsOf(edition), "after": None, "size": 50, "counts": False}
    return page(Question(noun, chosen or {}, **{**usual, **asked}))
