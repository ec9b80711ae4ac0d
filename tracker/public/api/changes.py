"""The change feed: follow `next` and keep a copy in step."""

import re
from dataclasses import dataclass
from typing import Any

import msgspec
from django.conf import settings
from django.http import HttpResponse
from rest_framework.request import Request

from tracker.public.api.http.exceptions import BehindError
from tracker.public.api.http.renderers import OF_CHANGES, Atom
from tracker.public.api.http.responses import as_json, of_edition, page_response, tagged_response
from tracker.public.api.openapi.pages import page_of
from tracker.public.api.queries import PublicQuery
from tracker.public.api.views import PublicView
from tracker.public.formats import atom
from tracker.public.http.clients import origin
from tracker.public.http.pagination import encode, next_page, with_changed
from tracker.public.http.parameters import COUNT, FUTURE, PAGE_SIZE, RECORDED, format_of
from tracker.public.read import feed
from tracker.public.read.editions import AnsweringEdition, AsOf, answering
from tracker.public.read.pagination import Page
from tracker.schema.examples import Example
from tracker.schema.fields import fields
from tracker.schema.filters import LARGEST_ID, BadValueError, Keys, Moment, Single, Terms, Words
from tracker.schema.ordering import EDITION, Ordering
from tracker.schema.parts import address
from tracker.schema.records import SHAPES, read_body
from tracker.schema.responses import Change
from tracker.values.nouns import BY_PLURAL, Noun
from tracker.values.vocabularies import Operation


@dataclass(frozen=True, slots=True)
class After(Single):
    """A place in the feed: the number of an edition, the name of a release, or what `next` says.

    `next` said 57.3 once, which is still read; 2026.1 is a release.
    """

    def parse_one(self, value: str) -> feed.Place | str:
        """Return the place, or the name of a release; raise BadValueError."""
        if RELEASED.fullmatch(value):
            return value
        match = re.fullmatch(r"([0-9]{1,10})(?:[-.]([0-9]{1,10}))?", value)
        if not match or int(match[1]) > LARGEST_ID or int(match[2] or 0) > LARGEST_ID:
            raise BadValueError(
                f"“{value}” is neither the number of an edition nor a release nor what "
                f"“next” says; 0 is the start"
            )
        return int(match[1]), LARGEST_ID if match[2] is None else int(match[2])

    def schema(self) -> dict[str, Any]:
        """Return the form of a place."""
        return {"type": "string", "examples": ["0", "57", "2026.1"]}


AFTER = After(
    "after",
    "Changes after this edition (0, as usual: from the start) or release, or where `next` goes on.",
)
SINCE = Moment(
    "since",
    "Changes of editions published after this moment (RFC 3339 with offset), instead of `after`.",
)
EARLIER = Single(
    "cursor",
    "In Atom, or the newest first: where the page begins; taken from `next`, never made up.",
)
ORDERING = Ordering(
    "ordering",
    "In which order: as usual the oldest first, or by `-edition` the newest first, as Atom "
    "always is. Pages go back then, all as of one edition; an empty one is the end.",
    fields={EDITION.name: EDITION},
)
ONLY_BACK = (
    "“cursor” means nothing but where the newest come first, and pages go back; follow “next”, "
    "or leave it out"
)
ATOM_GOES_BACK = (
    "“ordering” is -edition in atom, the newest first; write that, leave it out, or ask for json"
)
NOT_IN_ATOM = (
    "“count” means nothing in atom, which has no place for it; leave it out, or ask for json"
)
BOTH_BEGIN = "“since” and “after” both say where to begin; give one of the two"
BEHIND = (
    "“after” is in edition {}, and the latest here is {}: an older state was restored, or "
    "what answers has yet to catch up. Ask again in a minute; if it stays so, begin anew."
)
RESOURCE = Words("resource", "Only changes of these.", words=tuple(BY_PLURAL))
OPERATION = Terms("operation", "Only these operations.", vocabulary=Operation)
FIELD = Words(
    "field",
    "Only changes of any of these fields of a record, as `changed` names them.",
    words=tuple(sorted({name for shape in SHAPES.values() for name in fields(shape)})),
)
ACTOR = Keys(
    "actor", "Only changes of these actors and of what named them before or after.", noun=Noun.ACTOR
)
ISSUE = Keys(
    "issue", "Only changes of these issues and of what named them before or after.", noun=Noun.ISSUE
)
UNDER = Keys(
    "under",
    "Only changes of these issues, of all that were below them before or after, and of what "
    "was about any of these.",
    noun=Noun.ISSUE,
)
RELEASED = re.compile(r"[0-9]{4}\.[1-9][0-9]{0,3}")
FORMATS = format_of(form.format for form in OF_CHANGES)


class ChangeList(PublicView):
    """List what each edition opened and closed."""

    route = "changes/"
    lists = True
    response_struct = page_of(Change, endless=True)
    examples = {
        "start": Example("The first change that was ever published.", "after=0&page_size=1")
    }
    renderer_classes = OF_CHANGES
    parameters = (
        AFTER,
        SINCE,
        RESOURCE,
        OPERATION,
        FIELD,
        ISSUE,
        UNDER,
        ACTOR,
        ORDERING,
        *RECORDED,
        PAGE_SIZE,
        COUNT,
        EARLIER,
        FORMATS,
    )

    def get(self, request: Request) -> HttpResponse:
        """Answer one page of changes, the oldest first.

        `next` is never null: an empty page means "in step"; ask there again later. With
        `ordering=-edition` the newest come first, and an empty page means that there are none
        before.

        As Atom, for feed readers: the newest first, a headline each;
        the link `next` leads to those before.
        """
        query = self.query(request)
        after, before, is_atom = (
            _after(query),
            _before(query),
            request.accepted_renderer.format == Atom.format,
        )
        ordered = query.values.get("ordering")
        goes_back = is_atom or bool(ordered and ordered[0].descending)
        if before and not goes_back:
            query.fault("cursor", "conflict", ONLY_BACK)
        if is_atom and ordered and not ordered[0].descending:
            query.fault("ordering", "conflict", ATOM_GOES_BACK)
        if query.counts and is_atom:
            query.fault("count", "conflict", NOT_IN_ATOM)
        answering_edition = query.answering()
        edition = answering_edition.number or 0
        filters: feed.Filters = {
            "nouns": [BY_PLURAL[plural].value for plural in query.values.get("resource", [])],
            "operations": query.values.get("operation", []),
            "fields": query.values.get("field", []),
            "actors": query.records("actor", edition),
            "under": query.records("under", edition),
            "issues": query.records("issue", edition),
        }
        query.check()
        if after[0] > answering_edition.latest:
            raise BehindError(BEHIND.format(after[0], answering_edition.latest))
        filters = {name: values for name, values in filters.items() if values}
        which: Any = {"after": after, "edition": edition, "filters": filters, "size": query.size}
        if is_atom:
            return _feed(request, feed.latest(before=before, **which), answering_edition)
        page = (
            feed.latest(before=before, bodies=False, **which) if goes_back else feed.page(**which)
        )
        count = feed.count(after=after, edition=edition, filters=filters) if query.counts else None
        if goes_back:
            last = page.results[-1] if page.results else None
            earlier = (last.edition, last.position) if last else before or (0, 0)
            following = with_changed(request, cursor=encode(earlier), edition=edition)
        else:
            pinned = {} if query.as_of.by == "latest" else {"edition": edition}
            number, position = page.after or after
            next_after = str(number) if position == LARGEST_ID else f"{number}-{position}"
            following = with_changed(request, since=None, after=next_after, **pinned)
        return page_response(
            map(_change, page.results),
            answering=answering_edition,
            following=following,
            count=count,
        )


def _after(query: PublicQuery) -> feed.Place:
    """Return the place that `after` or `since` means;
    a release that there is none of is a fault.
    """
    if "since" in query.values:
        return _since(query)
    after: feed.Place | str = query.values.get("after", (0, 0))
    if isinstance(after, tuple):
        return after
    edition = answering(AsOf(release=after)).number
    if edition is None:
        query.fault(
            "after",
            "unknown",
            f"there is no release {after}; /api/v1/releases/ lists those that there are",
        )
    return edition or 0, LARGEST_ID


def _since(query: PublicQuery) -> feed.Place:
    """Return the end of the last edition up to `since`;
    a moment that is still to come is a fault.
    """
    if "after" in query.values:
        query.fault("since", "conflict", BOTH_BEGIN)
    edition = answering(AsOf(moment=query.values["since"])).number
    if edition is None:
        query.fault("since", *FUTURE)
    return edition or 0, LARGEST_ID


def _before(query: PublicQuery) -> feed.Place | None:
    """Return the place that `cursor` means; None at the beginning."""
    place = query.after(int, int)
    edition, position = (max(-1, min(number, LARGEST_ID)) for number in place or (0, 0))
    return (edition, position) if place else None


def _feed(request: Request, page: Page[feed.FeedChange], edition: AnsweringEdition) -> HttpResponse:
    links = {
        "self": f"{origin(request)}{request.get_full_path()}",
        "first": with_changed(request, cursor=None),
    }
    if following := next_page(request, page):
        links["next"] = following
    return tagged_response(
        atom.write(
            [_entry(change) for change in page.results],
            own=with_changed(request, cursor=None, edition=None),
            root=origin(request),
            links=links,
            licence=settings.DATA_LICENSE,
            updated=edition.published_at,
        ),
        on=of_edition(edition.number, edition.stamp),
        edition=edition.number or 0,
        media_type=Atom.media_type,
    )


def _entry(change: feed.FeedChange) -> atom.AtomEntry:
    noun = Noun(change.noun)
    survivor = read_body(noun, change.into_body) if change.into_body else None
    record = read_body(noun, change.body) if change.body else {}
    return atom.AtomEntry(noun, msgspec.json.decode(_change(change)), record, survivor)


def _change(change: feed.FeedChange) -> bytes:
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
            reason=change.reason or None,
        )
    )
