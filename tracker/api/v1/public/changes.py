"""The change feed: follow `next` and keep a copy in step."""

import re
from dataclasses import dataclass

from django.http import HttpResponse
from rest_framework.request import Request

from tracker.api.answers import as_json, listing
from tracker.api.cursors import next_address
from tracker.api.parameters import FORMAT, PAGE_SIZE, RECORDED
from tracker.api.views import USUAL_PAGE, PublicView
from tracker.publication.read import changes as read
from tracker.publication.read import editions
from tracker.publication.shapes.answers import Change
from tracker.publication.shapes.filters import LARGEST_ID, BadValue, Filter, Single
from tracker.publication.shapes.parts import address
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Operation


@dataclass(frozen=True, slots=True)
class After(Single):
    """A place in the feed: the number of an edition, or what `next` says."""

    def parse_one(self, value: str) -> read.Place:
        """Return the place; raise BadValue."""
        match = re.fullmatch(r"([0-9]{1,10})(?:\.([0-9]{1,10}))?", value)
        if not match or int(match[1]) > LARGEST_ID or int(match[2] or 0) > LARGEST_ID:
            raise BadValue(f"“{value}” is neither the number of an edition nor what “next” says; 0 is the start")
        return int(match[1]), LARGEST_ID if match[2] is None else int(match[2])


@dataclass(frozen=True, slots=True)
class Resources(Filter):
    """Nouns, by their plural as in addresses."""

    def parse_one(self, value: str) -> str:
        """Return the noun; raise BadValue."""
        for noun in Noun:
            if noun.plural == value:
                return noun.value
        raise BadValue(f"“{value}” is not one of {', '.join(noun.plural for noun in Noun)}")

    def schema(self) -> dict[str, object]:
        """Return the words."""
        return {"type": "string", "enum": [noun.plural for noun in Noun]}


AFTER = After("after", "Changes after this edition (0: from the start), or where `next` left off.", "")
RESOURCE = Resources("resource", "Only changes of these.", "")


class ChangeList(PublicView):
    """List what each edition opened and closed, oldest first; an empty page means "in step"."""

    lists = True
    answers = "Change"
    parameters = (AFTER, RESOURCE, *RECORDED, PAGE_SIZE, FORMAT)

    def get(self, request: Request) -> HttpResponse:
        """Answer one page of changes; `next` is never null."""
        query = self.query(request)
        edition = query.edition()
        query.check()
        up_to = editions.latest() if edition is None else edition
        after = query.values.get("after", (0, 0))
        size = query.values.get("page_size", USUAL_PAGE)
        found = read.changes(after=after, up_to=up_to, nouns=query.values.get("resource"), limit=size)
        place = (found[-1].edition, found[-1].position) if found else after
        following = next_address(request, after=_written(place))
        return listing([_change(change) for change in found], edition=up_to, following=following)


def _written(place: read.Place) -> str:
    edition, position = place
    return str(edition) if position == LARGEST_ID else f"{edition}.{position}"


def _change(change: read.Changed) -> str:
    return as_json(
        Change(
            edition=change.edition,
            published_at=change.published_at,
            operation=Operation(change.operation),
            resource=change.noun.plural,
            id=change.record,
            key=change.key,
            url=address(change.noun, change.key),
            changed=change.changed,
            into=address(change.noun, change.into_key) if change.into_key else None,
            note=change.note or None,
        )
    )
