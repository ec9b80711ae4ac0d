"""Pagination: a page is a part of a list, with the place after which the next one begins.

All lists of both APIs are cut here, by `paginate`, but the feed of changes (`feed.page`), which has
no last page; `public/api/http/pagination.py` writes the address of the next page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Result = TypeVar("Result")
Place = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Page(Generic[Result]):
    """Results of one page, as an edition has them;
    `after` is the place after which the next begins, None on the last.

    The desk's pages are of no edition: 0.
    """

    edition: int
    results: Sequence[Result]
    after: Place | None


def paginate(
    results: Sequence[Result], size: int, place: Callable[[Result], Place], *, edition: int = 0
) -> Page[Result]:
    """Return the page of `size` results out of what was read,
    which is one result more if there are any more.
    """
    return Page(edition, results[:size], place(results[size - 1]) if len(results) > size else None)
