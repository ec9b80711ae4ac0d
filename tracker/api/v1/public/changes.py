"""The change feed: follow `next` and keep a copy in step."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.http import HttpResponse
from rest_framework.request import Request

from tracker.api.answers import answer, as_json, listing, of_edition
from tracker.api.cursors import with_changed
from tracker.api.forms import OF_CHANGES, Atom
from tracker.api.origin import origin
from tracker.api.parameters import COUNT, PAGE_SIZE, RECORDED, format_of
from tracker.api.views import PublicView
from tracker.formats import atom
from tracker.publication.read import changes as read
from tracker.publication.read.editions import Answering
from tracker.publication.shapes.answers import Change
from tracker.publication.shapes.filters import LARGEST_ID, BadValue, Keys, Single, Words
from tracker.publication.shapes.parts import address
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Operation

NOUNS = {noun.plural: noun for noun in Noun}


@dataclass(frozen=True, slots=True)
class After(Single):
    """A place in the feed: the number of an edition, or what `next` says."""

    def parse_one(self, value: str) -> read.Place:
        """Return the place; raise BadValue."""
        match = re.fullmatch(r"([0-9]{1,10})(?:\.([0-9]{1,10}))?", value)
        if not match or int(match[1]) > LARGEST_ID or int(match[2] or 0) > LARGEST_ID:
            raise BadValue(f"“{value}” is neither the number of an edition nor what “next” says; 0 is the start")
        return int(match[1]), LARGEST_ID if match[2] is None else int(match[2])

    def schema(self) -> dict[str, Any]:
        """Return the form of a place."""
        return {"type": "string", "examples": ["0", "57"]}


AFTER = After("after", "Changes after this edition (0, as usual: from the start), or where `next` goes on.")
RESOURCE = Words("resource", "Only changes of these.", words=tuple(NOUNS))
ACTOR = Keys("actor", "Only changes of these actors and of what named them before or after.", noun=Noun.ACTOR)
UNDER = Keys(
    "under",
    "Only changes of these issues, of all that were below them before or after, and of what was about any of these.",
    noun=Noun.ISSUE,
)
FORMATS = format_of(form.format for form in OF_CHANGES)


class ChangeList(PublicView):
    """List what each edition opened and closed, oldest first."""

    lists = True
    answers = "Change"
    renderer_classes = OF_CHANGES
    parameters = (AFTER, RESOURCE, UNDER, ACTOR, *RECORDED, PAGE_SIZE, COUNT, FORMATS)

    def get(self, request: Request) -> HttpResponse:
        """Answer one page of changes. `next` is never null: an empty page means "in step"; ask there again later.

        As Atom, for feed readers: the latest ones, the newest first.
        """
        query = self.query(request)
        answering, after = query.answering(), query.values.get("after", (0, 0))
        edition = answering.number or 0
        asked: read.Narrowing = {
            "nouns": [NOUNS[plural].value for plural in query.values.get("resource", [])],
            "actors": query.records("actor", edition),
            "under": query.records("under", edition),
        }
        query.check()
        narrowing = {name: values for name, values in asked.items() if values}
        if request.accepted_renderer.format == Atom.format:
            page = read.page(after=after, edition=edition, narrowing=narrowing, size=query.size, latest=True)
            return _feed(request, page.results, answering)
        page = read.page(after=after, edition=edition, narrowing=narrowing, size=query.size)
        count = read.count(after=after, edition=edition, narrowing=narrowing) if query.counts else None
        pinned = {} if query.as_of.by == "latest" else {"edition": edition}
        following = with_changed(request, after=_written(page.after or after), **pinned)
        return listing(map(_change, page.results), answering=answering, following=following, count=count)


def _feed(request: Request, changes: Sequence[read.Changed], answering: Answering) -> HttpResponse:
    told = [msgspec.json.decode(_change(change)) for change in changes]
    root, own = origin(request), request.get_full_path()
    return answer(
        atom.write(told, root=root, own=own, updated=answering.published_at),
        on=of_edition(answering.number, answering.stamp),
        edition=answering.number or 0,
        media_type=Atom.media_type,
    )


def _written(place: tuple[int, ...]) -> str:
    edition, position = place
    return str(edition) if position == LARGEST_ID else f"{edition}.{position}"


def _change(change: read.Changed) -> bytes:
    noun = Noun(change.noun)
    return as_json(
        Change(
            edition=change.edition,
            published_at=change.published_at,
            operation=Operation(change.operation),
            resource=noun.plural,
            id=change.record,
            key=change.key,
            url=address(noun, change.key),
            changed=change.changed,
            into=address(noun, change.into_key) if change.into_key else None,
            note=change.note or None,
        )
    )
