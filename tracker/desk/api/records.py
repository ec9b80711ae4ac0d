"""The records of the desk:
listed, read, made, edited and deleted, each with its parts in the same body.

They come in the publication's shapes, with what the desk alone knows of them in front.
Also what was changed of one, and how it differs from what readers see.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from django.db.models import Max, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from msgspec import Struct
from rest_framework.request import Request

from tracker.desk import records as core
from tracker.desk.api.changes import changes_page, since
from tracker.desk.api.filters import USUAL, condition, filters, ordering, places
from tracker.desk.api.http.exceptions import fault_of
from tracker.desk.api.http.preconditions import check_version, missing_reason, tag
from tracker.desk.api.shapes import (
    DeskChange,
    DeskDiff,
    DeskHead,
    DeskPublic,
    desk_page_of,
    desk_record,
)
from tracker.desk.api.views import DeskView, MovedRecordError, desk_page, in_changeset, missing
from tracker.desk.records.duplicates import DUPLICATE_KEYS, MOST_TOLD
from tracker.desk.records.keys import ADDRESSED, records
from tracker.desk.search.searching import says_what_to_find
from tracker.history.authorship import made_by
from tracker.models import Edition, Event, Record
from tracker.models.nouns import noun_of, records_of
from tracker.models.snapshots import Snapshot, load
from tracker.public.api.http.responses import json_response
from tracker.public.http.pagination import next_page
from tracker.public.http.parameters import COUNT, CURSOR, FUTURE, NOTHING_TO_FIND, PAGE_SIZE, Query
from tracker.public.read.editions import is_to_come
from tracker.public.read.keys import BY_SLUG
from tracker.public.read.pagination import paginate
from tracker.publishing import publish as publishing
from tracker.publishing.live import changed_fields
from tracker.publishing.names import References, names_at_desk
from tracker.publishing.new_documents import preview
from tracker.publishing.publish import Chosen
from tracker.publishing.render import Names, render
from tracker.publishing.status import NEVER_PUBLIC, Status, statuses
from tracker.schema.filters import By, Filter, Keys
from tracker.schema.parts import address
from tracker.schema.records import CLAIMS, with_usual
from tracker.values.nouns import Noun
from tracker.values.problems import InvalidError

# the state of a record in one word, and what readers see of it
Public = tuple[str, DeskPublic | None]
ROOT = "/api/v1/desk/"
KINDS: dict[By, Callable[[Noun], Sequence[str]]] = {
    By.KEY: lambda noun: ADDRESSED[noun],
    By.NUMBER: lambda noun: ("id",),
    By.REF: lambda noun: ("ref",),
}


class Serialized(NamedTuple):
    """A record as JSON; the key of its address, and its version."""

    key: str | int
    version: int
    body: bytes


def serialized(noun: Noun, ids: Iterable[int]) -> dict[int, Serialized]:
    """Return these records as JSON;
    a number of queries that does not depend on how many they are.
    """
    snapshots = list(load(noun, ids))
    records = [snapshot.record for snapshot in snapshots]
    return _serialized(
        noun, snapshots, published(noun, records), made_by(noun, [record.pk for record in records])
    )


def serialized_draft(noun: Noun, snapshot: Snapshot, author: str) -> Serialized:
    """Return a record that was made just now as JSON, from what was written;
    one query for names.
    """
    pk = snapshot.record.pk
    return _serialized(
        noun, [snapshot], {pk: _public(snapshot.record, NEVER_PUBLIC, {})}, {pk: author}
    )[pk]


def _serialized(
    noun: Noun,
    snapshots: Sequence[Snapshot],
    public: Mapping[int, Public],
    authors: Mapping[int, str],
) -> dict[int, Serialized]:
    survivors = {
        (noun, into)
        for snapshot in snapshots
        if (into := _survivor(snapshot.record)) and noun in BY_SLUG
    }
    named = names_at_desk(
        {named for snapshot in snapshots for named in snapshot.named()} | survivors
    )
    # References lead to the desk.
    references = {
        key: msgspec.structs.replace(reference, url=reference.url.replace("/api/v1/", ROOT, 1))
        for key, reference in named.items()
    }
    return {
        pk: _one(each, references, public[pk], authors.get(pk))
        for each in snapshots
        for pk in [each.record.pk]
    }


def published(noun: Noun, records: Iterable[Record]) -> dict[int, Public]:
    """Return the state of each record in one word, and what readers see of it; two queries."""
    listed = list(records)
    status_of = statuses(noun, [record.pk for record in listed])
    editions: dict[int, Edition] = Edition.objects.in_bulk(
        {status.edition for status in status_of.values() if status.edition}
    )
    return {record.pk: _public(record, status_of[record.pk], editions) for record in listed}


def desk_address(noun: Noun, key: str | int) -> str:
    return address(noun, key).replace("/api/v1/", ROOT, 1)


def key_of(record: Record) -> str | int:
    key: str | int = getattr(record, "slug", record.pk)
    return key


def _one(
    snapshot: Snapshot, references: References, seen: Public, author: str | None
) -> Serialized:
    record, (state, public), into = snapshot.record, seen, _survivor(snapshot.record)
    survivor = references.get((noun_of(record), into or 0))
    merged_into = (
        survivor.url if survivor else desk_address(noun_of(record), into) if into else None
    )
    head = DeskHead(record.version, state, public, author, merged_into)
    body = render(snapshot, Names(references)).body
    return Serialized(
        key_of(record), record.version, msgspec.json.encode(head)[:-1] + b"," + body[1:].encode()
    )


def _survivor(record: Record) -> int | None:
    into: int | None = getattr(record, "merged_into_id", None)
    return into


def _public(record: Record, status: Status, editions: Mapping[int, Edition]) -> Public:
    state = (
        "merged" if _survivor(record) else status.word(state=record.state, version=record.version)
    )
    if status.edition is None or status.version is None:
        return state, None
    edition = editions[status.edition]
    is_changed = status.version != record.version
    return state, DeskPublic(edition.number, edition.published_at, status.version, is_changed)


class NounView(DeskView):
    """What views of one noun have in common."""

    noun: Noun

    @property
    def rows(self) -> "QuerySet[Any]":
        return records_of(self.noun)

    def ids(self, key: str | int) -> Sequence[int]:
        """Return the record that a key means, as in an address, or its number;
        none if there is none.
        """
        kinds = tuple(dict.fromkeys((*ADDRESSED[self.noun], "id")))
        return (
            () if "\x00" in str(key) else records(self.noun, [key], kinds, to_survivors=False)[key]
        )

    def record(self, request: Request, key: str) -> Any:
        """Return the record with a key; raise Http404, or Moved if its address has another key."""
        record = self.rows.filter(pk__in=self.ids(key)).first()
        if record is None:
            raise missing(self.noun, key)
        if str(key_of(record)) != key:
            match: Any = request.resolver_match
            raise MovedRecordError(
                reverse(match.view_name, kwargs={**match.kwargs, "key": key_of(record)})
            )
        return record

    def shown(self, record: int, alike: Sequence[int] = ()) -> HttpResponse:
        """Return a record as it is now; `alike` are those that were there already and it may be."""
        return self.answer(serialized(self.noun, [record])[record], 200, alike)

    def answer(self, now: Serialized, status: int, alike: Sequence[int]) -> HttpResponse:
        """Return a record with the tag of its version;
        if it was made just now, with its address.
        """
        response = json_response(now.body, status)
        response.headers["ETag"] = tag(now.version)
        if status == 201:
            response.headers["Location"] = desk_address(self.noun, now.key)
        if alike and (key := DUPLICATE_KEYS[self.noun]):
            addresses = (desk_address(self.noun, str(other)) for other in alike[:MOST_TOLD])
            related = (
                f'<{address}>; rel="related"; title="{key.message}"' for address in addresses
            )
            response.headers["Link"] = ", ".join(related)
        return response

    def checked(self, request: Request, key: str) -> Any:
        """Return the record with a key, if the request is about the version that it has."""
        record = self.record(request, key)
        check_version(request, record.version, since(self.noun, record.pk))
        return record

    def held(self, request: Request, key: str) -> int:
        """Return the number of the record with a key,
        held until the end of the transaction at this version.
        """
        record = self.checked(request, key).pk
        locked = core.lock(noun=self.noun, record=record)
        if locked is None:
            raise missing(self.noun, key)
        check_version(request, locked.version, since(self.noun, record))
        return int(record)

    @contextmanager
    def with_reason(self, request: Request, record: int) -> Iterator[None]:
        """Change a record; raise InvalidError with all that can't be taken,
        and that why is missing, if it is.
        """
        unsaid = missing_reason(request) if statuses(self.noun, [record])[record].operation else []
        try:
            yield
        except InvalidError as error:
            raise InvalidError([*error.problems, *unsaid]) from error
        if unsaid:
            raise InvalidError(unsaid)


class DeskList(NounView):
    """List the records of a noun at the desk, and make new ones."""

    route = ""
    lists = True
    rights = {"GET": ("view_{noun}",), "POST": ("add_{noun}",)}

    def get_response_struct(self, method: str | None) -> type[Struct]:
        """Return the form of an answer: a page of records, or the one that was made."""
        return desk_record(self.noun) if method == "POST" else desk_page_of(desk_record(self.noun))

    def declared(self) -> list[Filter]:
        return [*filters(self.noun), ordering(self.noun), PAGE_SIZE, COUNT, CURSOR]

    def get(self, request: Request) -> HttpResponse:
        """Answer one page of records as they are at the desk."""
        query = Query(self.declared(), request.query_params)
        order = query.values.get("ordering", USUAL)
        after = query.after(*(by.type for by in order))
        values = self._resolved(query)
        changed_since = query.values.get("changed_since")
        latest = (
            Edition.objects.aggregate(latest=Max("number"))["latest"] or 0
            if isinstance(changed_since, int)
            else 0
        )
        if isinstance(changed_since, int) and changed_since > latest:
            query.fault(
                "changed_since",
                "unknown",
                f"there is no edition {changed_since} yet; the latest is {latest}",
            )
        if isinstance(changed_since, datetime) and is_to_come(changed_since):
            query.fault("changed_since", *FUTURE)
        if "q" in query.values and not says_what_to_find(query.values["q"]):
            query.fault("q", *NOTHING_TO_FIND)
        query.check()
        rows = self.rows.filter(condition(self.noun, with_usual(self.noun, values)))
        placed = places(rows, order, after, query.size + 1)
        page = paginate(placed, query.size, lambda row: row[1:])
        bodies = serialized(self.noun, [pk for pk, *_ in page.results])
        results = [bodies[pk].body for pk, *_ in page.results if pk in bodies]
        return desk_page(
            results, next_page(request, page, pinned=False), rows.count() if query.counts else None
        )

    @in_changeset
    def post(self, request: Request) -> HttpResponse:
        """Make a record with its parts, as a draft. Those that it may be already are in `Link`."""
        created = core.create(noun=self.noun, payload=self.body(request))
        made = serialized_draft(self.noun, created.snapshot, request.user.get_username())
        return self.answer(made, 201, created.alike)

    def _resolved(self, query: Query) -> dict[str, Any]:
        """Return the values of filters, keys as numbers; a key that means nothing is a fault."""
        values: dict[str, Any] = {}
        for by in filters(self.noun):
            if by.name in query.values:
                values[by.name] = value = query.values[by.name]
                if isinstance(by, Keys):
                    ids = records(by.noun, value, KINDS[by.by](by.noun))
                    values[by.name] = [record for meant in ids.values() for record in meant]
                    for key in (key for key, meant in ids.items() if not meant):
                        query.fault(
                            by.name, "unknown", f"there is no {by.noun} “{key}” at the desk"
                        )
        return values


class DeskDetail(NounView):
    """Read, edit and delete one record at the desk."""

    route = "<str:key>/"
    rights = {"GET": ("view_{noun}",), "PATCH": ("change_{noun}",), "DELETE": ("delete_{noun}",)}

    def get(self, request: Request, key: str) -> HttpResponse:
        """Answer the record as it is at the desk; its `ETag` is its version."""
        record = self.record(request, key)
        Query((), request.query_params).check()
        return self.shown(record.pk)

    @in_changeset
    def patch(self, request: Request, key: str) -> HttpResponse:
        """Change the fields that the body has; a list of parts replaces what was there."""
        record = self.held(request, key)
        with self.with_reason(request, record):
            alike = core.edit(noun=self.noun, record=record, payload=self.body(request))
        return self.shown(record, alike=alike)

    @in_changeset
    def delete(self, request: Request, key: str) -> HttpResponse:
        """Delete a record that was never public; one that was is retracted instead."""
        core.delete(noun=self.noun, record=self.held(request, key))
        return HttpResponse(status=204)


class DeskTurningPoint(NounView):
    """Let another claim take the place of one, which ends, from the day `since` on."""

    route = "<str:key>/change/"
    nouns = CLAIMS
    rights = {"POST": ("add_{noun}", "change_{noun}")}
    is_partial = True

    @in_changeset
    def post(self, request: Request, key: str) -> HttpResponse:
        """Make the later claim, which is like this one where it says nothing;
        both are published together.
        """
        record = self.held(request, key)
        with self.with_reason(request, record):
            changed = core.change(noun=self.noun, record=record, payload=self.body(request))
        made = serialized_draft(self.noun, changed.snapshot, request.user.get_username())
        return self.answer(made, 201, changed.alike)


class DeskHistory(NounView):
    """List every change of one record and of its parts, the latest first."""

    route = "<str:key>/history/"
    response_struct = desk_page_of(DeskChange)
    lists = True
    rights = {"GET": ("view_{noun}", "view_changeset")}
    parameters = (PAGE_SIZE, COUNT, CURSOR)

    def get(self, request: Request, key: str) -> HttpResponse:
        """Answer one page of what was changed:
        who, when, why, through which channel, field by field.
        """
        record = self.record(request, key)
        events = Event.objects.filter(noun=self.noun, record=record.pk)
        reviewed = (self.noun, record.pk) if request.user.has_perm("tracker.view_review") else None
        return changes_page(request, Query(self.parameters, request.query_params), events, reviewed)


class DeskCompare(NounView):
    """Compare one record at the desk with what readers see."""

    route = "<str:key>/diff/"
    response_struct = DeskDiff
    rights = {"GET": ("view_{noun}",)}

    def get(self, request: Request, key: str) -> HttpResponse:
        """Answer the fields that differ, and what blocks publishing them."""
        record = self.record(request, key)
        Query((), request.query_params).check()
        old, new = preview(self.noun, record.pk)
        chosen = [Chosen(self.noun, record.pk, record.version)]
        blockers = publishing.blockers(records=chosen, by=int(request.user.pk or 0))
        diff = DeskDiff(
            version=record.version,
            public=published(self.noun, [record])[record.pk][1],
            changed=changed_fields(old, new),
            obstacles=[fault_of(blocker) for blocker in blockers],
        )
        return json_response(diff)
