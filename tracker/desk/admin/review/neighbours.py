"""The records before and after one in the list from which its review was opened.

The address of a review names the list, so each tab steps through its own, and a record that has
left the list since still has its neighbours.
"""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest

from tracker.desk.admin.site.labels import address
from tracker.values.nouns import Noun
from tracker.values.numbers import number
from tracker.values.problems import Key

AMONG = "among"
MOST_AMONG = 100


class Neighbours(NamedTuple):
    """Where a record stands in its list, and the reviews before and after it; "" at an end."""

    place: int
    size: int
    previous: str
    next: str


def review_address(key: Key, among: str = "") -> str:
    """Return the address of a record's review, which names the list that it was opened from."""
    page = address(*key, "review")
    return f"{page}?{urlencode({AMONG: among})}" if among else page


def named_in_address(keys: Sequence[Key]) -> str:
    """Return a list of records as an address names it;
    nothing for a list in which there is nowhere to go.
    """
    if not 1 < len(keys) <= MOST_AMONG:
        return ""
    return ".".join(f"{noun}-{record}" for noun, record in keys)


def among_of(request: HttpRequest) -> str:
    """Return the list that an address or a form names; nothing if it names none of ours."""
    sent = request.POST.get(AMONG, "") or request.GET.get(AMONG, "")
    return sent if _keys(sent) else ""


def neighbours_of(key: Key, among: str) -> Neighbours | None:
    """Return the neighbours of a record in a list; None if it isn't in there."""
    keys = _keys(among)
    if key not in keys:
        return None
    place = keys.index(key)
    before = review_address(keys[place - 1], among) if place else ""
    after = review_address(keys[place + 1], among) if place + 1 < len(keys) else ""
    return Neighbours(place + 1, len(keys), before, after)


def _keys(among: str) -> list[Key]:
    """Return the records of a list; none of one that no page of ours names."""
    keys: list[Key] = []
    for name in among.split(".")[: MOST_AMONG + 1]:
        noun, _, record = name.partition("-")
        key = number(record)
        if noun not in tuple(Noun) or key is None:
            return []
        keys.append((Noun(noun), key))
    return keys if len(keys) <= MOST_AMONG else []
