"""Steps of reviews in the history: who submitted, approved or sent back which records; those of one step together."""

from collections.abc import Mapping
from datetime import datetime
from functools import reduce
from operator import or_
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from tracker.desk.admin.lists.paged_lists import PER_PAGE, REVIEWING, ChangeSetsForm
from tracker.history.scanning import ScanPage, scan
from tracker.models import Event, Review
from tracker.values.problems import Key
from tracker.values.vocabularies import CHANGES_STATE, ReviewStep


class StateMove(NamedTuple):
    """What a change set did in a review; `alone` if it changed nothing else."""

    step: ReviewStep
    alone: bool


def state_moves(firsts: Mapping[UUID, Key]) -> dict[UUID, StateMove]:
    """Return of change sets, each with one of its records, those that are a step of a review; one query.

    A step is of the version that its change set made, and that version is of one step.
    """
    same = Review.objects.filter(noun=OuterRef("noun"), record=OuterRef("record"), version=OuterRef("version"))
    of_these = (Q(changeset=changeset, noun=noun, record=record) for changeset, (noun, record) in firsts.items())
    rows = Event.objects.filter(reduce(or_, of_these, Q(pk__in=[])), part="").order_by("id")
    rows = rows.annotate(version=Cast(KT("after__version"), IntegerField()))
    steps = rows.annotate(step=Subquery(same.filter(step__in=CHANGES_STATE).values("step")[:1]))
    moves: dict[UUID, StateMove] = {}
    others: set[UUID] = set()
    for changeset, before, after, step in steps.values_list("changeset", "before", "after", "step"):
        if (
            not before
            or not after
            or {name for name in after if before.get(name) != after[name]} != {"state", "version"}
        ):
            others.add(changeset)
        if step:
            moves[changeset] = StateMove(ReviewStep(step), changeset not in others)
    return moves


def steps_found(form: ChangeSetsForm, after: datetime | None) -> ScanPage[Review]:
    """Return the steps that a form asks for, the newest first, those before a moment; two queries.

    Each by the first of its rows, with the number of them. Those that have a change set only if steps alone are wanted.
    """
    values, (since, before) = form.cleaned_data, form.period
    until = min((moment for moment in (before, after) if moment), default=None)
    exact = {"made_by": values["who"], "made_at__gte": since, "made_at__lt": until}
    together = Review.objects.filter(**{name: OuterRef(name) for name in ("made_at", "made_by", "step")}).order_by()
    rows: QuerySet[Review] = Review.objects.select_related("made_by").order_by("-made_at", "id")
    rows = rows.filter(**{name: value for name, value in exact.items() if value is not None})
    rows = rows.exclude(Exists(together.filter(pk__lt=OuterRef("pk"))))
    rows = rows.annotate(records=Subquery(together.values("step").annotate(count=Count("pk")).values("count")))
    if values["channel"] != REVIEWING:
        rows = rows.exclude(step__in=CHANGES_STATE)
    wanted = Q(text__icontains=values["q"]) if values["q"] else Q()
    if values["kind"]:
        wanted &= Q(Exists(together.filter(noun=values["kind"])))
    return scan(rows, wanted, up_to=_up_to, most=PER_PAGE)


def _up_to(last: Review) -> Q:
    return Q(made_at__gte=last.made_at)
