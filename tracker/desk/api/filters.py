"""Filters and orders of the desk's lists:
the publication's, by the same names, over the desk's own rows; and two more.

What a filter is, and the condition that it is over records at the desk, is said once, where the
publication declares it; here is what looks at other tables. Keys come as numbers. A test holds both
halves against each other.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from tracker.desk.search.searching import search
from tracker.history.authorship import was_made
from tracker.models import AlignmentCitation, Edition, Event, Frame, Membership, StanceCitation
from tracker.models.citations import ClaimCitation
from tracker.models.nouns import RECORDS, records_of
from tracker.models.queries import ids_query
from tracker.models.tree import backed, below
from tracker.publishing.status import in_state, states_of
from tracker.schema.filters import Applied, Filter, Texts, Under, Words
from tracker.schema.ordering import EDITION, ID, Order, Ordering
from tracker.schema.records import FILTERS, ORDERS
from tracker.values.nouns import Noun

USUAL = (Order(ID.name, ID.sql, ID.type, descending=True, desk=ID.desk),)
Places = list[tuple[Any, ...]]


def filters(noun: Noun) -> list[Filter]:
    return [
        *FILTERS[noun],
        Words("state", "Only records in these states.", words=tuple(states_of(noun))),
        Texts("author", "Only records that these people made, by user name."),
    ]


def condition(noun: Noun, values: Mapping[str, Any]) -> Q:
    """Return the condition that all filters that are given are, by name and value;
    keys are numbers.
    """
    met = Q()
    for by in filters(noun):
        if by.name in values:
            met &= _condition(noun, by, values)
    return met


def _condition(noun: Noun, by: Filter, values: Mapping[str, Any]) -> Q:
    value: Any = below(values[by.name]) if isinstance(by, Under) else values[by.name]
    if by.desk:
        return by.desk(Applied(value, values, lambda parts, like: _having(noun, parts, like)))
    match by.name:
        case "q":
            return _says(noun, value)
        case "changed_since":
            return _changed(noun, value)
        case "state":
            return reduce(or_, (in_state(noun, state) for state in value))
        case "author":
            return Q(was_made(noun, changeset__made_by__username__in=value))
        case "min_sources":
            return Q(pk__in=ids_query(backed(noun, value))) if value else Q()
        case "cited_on":
            return Q(_cited_on(StanceCitation, Noun.STANCE, value)) | Q(
                _cited_on(AlignmentCitation, Noun.ALIGNMENT, value)
            )
        case "max_sources":
            return ~Q(pk__in=ids_query(backed(noun, value + 1)))
        case "in_frame":
            return Q(_in_frame()) if value else ~Q(_in_frame())
    raise LookupError(f"the desk can't filter {noun.plural} by “{by.name}”")


def _cited_on(citations: type[ClaimCitation], claim: Noun, issues: Any) -> Exists:
    """Return the condition that a claim of a noun on any of these issues cites a source."""
    return Exists(
        citations._default_manager.filter(**{f"{claim}__issue__in": issues}, source=OuterRef("pk"))
    )


def _having(noun: Noun, parts: str, like: Q) -> Q:
    rows: Any = RECORDS[noun]._meta.get_field(parts).related_model
    return Q(Exists(rows._default_manager.filter(like, **{noun.value: OuterRef("pk")})))


def _says(noun: Noun, sought: str) -> Q:
    """Return the condition that a record has the words;
    as in the publication, an actor also by what it belongs to.
    """
    those = search(noun, records_of(noun), sought).values("pk")
    if noun is not Noun.ACTOR:
        return Q(pk__in=those)
    members = Membership.objects.filter(organization__in=those)
    return Q(pk__in=those) | Q(pk__in=members.values("actor"))


def _in_frame() -> Exists:
    """Return the condition that a frame of a vote's body covers it, whatever day it was."""
    since = Q(since="") | Q(since_latest__lte=OuterRef("held_earliest"))
    until = Q(until="") | Q(until_earliest__gte=OuterRef("held_latest"))
    covering = Frame.objects.filter(
        since, until, actor=OuterRef("body"), kinds__contains=[OuterRef("kind")]
    )
    return Exists(covering)


def _changed(noun: Noun, since: int | datetime) -> Q:
    events = Event.objects.filter(noun=noun, record=OuterRef("pk"))
    if isinstance(since, datetime):
        return Q(Exists(events.filter(happened_at__gt=since)))
    edition = Edition.objects.filter(pk=since).first()
    if edition is None:
        return Q()  # edition 0: before the first, so everything was changed after it
    # What was committed before an edition its link covers, or one before;
    # what happened before may be committed later.
    own = Q(changeset__transaction=edition.transaction, changeset__made_at__lt=edition.published_at)
    return Q(
        Exists(events.filter(Q(changeset__link=None) | Q(changeset__link__gt=since)).exclude(own))
    )


def ordering(noun: Noun) -> Ordering:
    fields = {order.name: order for order in ORDERS[noun] if order is not EDITION}
    says = (
        f"In which order: by {', '.join(fields)}; “-” for descending, commas between several. "
        f"Usually -id."
    )
    return Ordering("ordering", says, fields=fields)


def places(
    rows: "QuerySet[Any]", order: tuple[Order, ...], after: tuple[Any, ...] | None, size: int
) -> Places:
    """Return, in order, up to `size` ids beyond a place, each with the place that it has."""
    names = [f"place_{number}" for number in range(len(order))]
    placed = rows.annotate(**{name: by.desk for name, by in zip(names, order, strict=True)})
    if after:
        placed = placed.filter(_beyond(names, order, after))
    directed = [
        f"-{name}" if by.descending else name for name, by in zip(names, order, strict=True)
    ]
    return list(placed.order_by(*directed).values_list("pk", *names)[:size])


def _beyond(names: list[str], order: tuple[Order, ...], after: tuple[Any, ...]) -> Q:
    beyond, same = Q(pk__in=[]), Q()
    for name, by, value in zip(names, order, after, strict=True):
        beyond |= same & Q(**{f"{name}__{'lt' if by.descending else 'gt'}": value})
        same &= Q(**{name: value})
    return beyond
