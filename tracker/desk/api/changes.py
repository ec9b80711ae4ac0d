"""What was changed at the desk, by whom, when and why:
of one record, of everything, and since a version.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models.expressions import RawSQL
from django.http import HttpResponse
from msgspec import UNSET, UnsetType
from rest_framework.request import Request

from tracker.desk.api.shapes import DeskChange, DeskStep, desk_page_of
from tracker.desk.api.views import DeskView, desk_page
from tracker.history.timeline import Timeline, TimelineStep, steps_between, steps_of
from tracker.models import ChangeSet, Event, Review
from tracker.public.api.http.responses import as_json
from tracker.public.http.pagination import next_page
from tracker.public.http.parameters import COUNT, CURSOR, PAGE_SIZE, Query
from tracker.public.read.pagination import Page, paginate
from tracker.schema.filters import LARGEST_ID, Codes, Filter, Moment, Terms, Texts, Words
from tracker.schema.number_filters import Number
from tracker.values.nouns import BY_PLURAL, Noun
from tracker.values.problems import Key
from tracker.values.vocabularies import Channel, ReviewStep

MOST_CHANGES = 20
MOST_STEPS = 200
LARGEST_EVENT = 2**63 - 1
# The last change but of the version, which a change of a part raises too.
SAYS_SOMETHING = RawSQL(
    "part <> '' OR before IS NULL OR after IS NULL OR before - 'version' <> after - 'version'",
    (),
    output_field=models.BooleanField(),
)
CONDITIONS: dict[Filter, Callable[[Any], models.Q]] = {
    Moment("from", "Only changes at this moment or later."): lambda moment: models.Q(
        happened_at__gte=moment
    ),
    Moment("to", "Only changes before this moment."): lambda moment: models.Q(
        happened_at__lt=moment
    ),
    Texts("who", "Only changes by these people, by user name."): lambda names: models.Q(
        changeset__made_by__username__in=names
    ),
    Terms("channel", "Only changes through these channels.", vocabulary=Channel): lambda channels: (
        models.Q(changeset__channel__in=channels)
    ),
    Words(
        "resource", "Only changes of records of these nouns.", words=tuple(BY_PLURAL)
    ): lambda plurals: models.Q(noun__in=[BY_PLURAL[plural] for plural in plurals]),
    Number(
        "record", "With one `resource`: only changes of this record.", minimum=1, maximum=LARGEST_ID
    ): lambda record: models.Q(record=record),
    Codes(
        "change_set",
        "Only what these change sets did.",
        pattern="[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        example="0e37df36-f698-11e6-8dd4-cb9ced3df976",
    ): lambda ids: models.Q(changeset__in=[UUID(id_) for id_ in ids]),
}
ONE_RESOURCE = "“record” is the number of a record of one noun; give one “resource” with it"


class DeskChanges(DeskView):
    """List every change at the desk, the latest first."""

    route = "changes/"
    response_struct = desk_page_of(DeskChange)
    lists = True
    rights = {"GET": ("view_changeset",)}
    parameters = (*CONDITIONS, PAGE_SIZE, COUNT, CURSOR)

    def get(self, request: Request) -> HttpResponse:
        """Answer one page of what was changed:
        who, when, why, through which channel, field by field.
        """
        query = Query(self.parameters, request.query_params)
        if "record" in query.values and len(query.values.get("resource", ())) != 1:
            query.fault("record", "needs", ONE_RESOURCE)
        events = Event.objects.filter(
            *(
                meets(query.values[field.name])
                for field, meets in CONDITIONS.items()
                if field.name in query.values
            )
        )
        return changes_page(request, query, events)


def changes_page(
    request: Request, query: Query, events: "models.QuerySet[Event]", reviewed: Key | None = None
) -> HttpResponse:
    """Return a page of these events, the latest first,
    leaving out those in which only a version was raised.

    Of a record that is `reviewed`, whose events they all are, with the steps of its review.
    """
    before = query.before(LARGEST_EVENT)
    query.check()
    shown = events.filter(SAYS_SOMETHING)
    rows = (
        (shown.filter(pk__lt=before) if before else shown)
        .select_related("changeset__made_by")
        .order_by("-pk")
    )
    page = paginate(list(rows[: query.size + 1]), query.size, lambda event: (event.pk,))
    by_id = {event.pk: event for event in page.results}
    newer = shown.filter(pk__gte=before).order_by("pk")[:1] if before else shown.none()
    steps = _steps(reviewed, page, newer) if reviewed else {}
    results = (
        as_json(_change(step, by_id[step.id].changeset, steps.get(step.id, UNSET)))
        for step in steps_of(by_id.values())
    )
    return desk_page(
        results, next_page(request, page, pinned=False), shown.count() if query.counts else None
    )


def since(noun: Noun, record: int) -> Callable[[int], list[DeskChange]]:
    """Return what tells the latest changes of a record after a version."""

    def after(version: int) -> list[DeskChange]:
        entries = Timeline(noun, record, after_version=version)[:MOST_CHANGES]
        return [
            _change(step, entry.changeset) for entry in entries for step in reversed(entry.steps)
        ]

    return after


def _steps(
    key: Key, page: Page[Event], newer: "models.QuerySet[Event]"
) -> dict[int, list[DeskStep]]:
    """Return the steps of a record's review, each by the change of a page that it came after;
    two queries.

    `newer` has the event just before the page, if there is one:
    what came after that is on the page before.
    """
    by_change: dict[int, list[DeskStep]] = {event.pk: [] for event in page.results}
    since = page.results[-1].changeset.made_at if page.after else None
    until = newer.values_list("changeset__made_at", flat=True).first()
    for step in steps_between(*key, since, until, MOST_STEPS):
        earlier = (event for event in page.results if event.changeset.made_at <= step.made_at)
        if (change := next(earlier, None)) is not None:
            by_change[change.pk].append(_step(step))
    return by_change


def _step(step: Review) -> DeskStep:
    return DeskStep(
        moment=step.made_at,
        who=step.made_by.username,
        act=ReviewStep(step.step),
        version=step.version,
        comment=step.text,
        to=step.to.username if step.to else None,
        into=step.survivor,
        proposes_retraction=step.proposes_retraction,
    )


def _change(
    step: TimelineStep, changeset: ChangeSet, steps: list[DeskStep] | UnsetType = UNSET
) -> DeskChange:
    return DeskChange(
        id=step.id,
        moment=step.happened_at,
        who=changeset.made_by.username if changeset.made_by else None,
        why=changeset.reason,
        channel=Channel(changeset.channel),
        change_set=changeset.pk,
        resource=step.noun.plural,
        record=step.record,
        part=step.part or None,
        row=step.row,
        happened=step.happened.value,
        changed={
            difference.field: [difference.old, difference.new] for difference in step.differences
        },
        steps=steps,
    )
