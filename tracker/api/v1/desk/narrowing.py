"""The filters of the desk's lists: those of the publication, by the same names, over the desk's own rows; and two more.

What a filter is, is said once, where the publication declares it; here is the condition that it is over records at the
desk. Keys come as numbers. A test holds both against each other, filter by filter.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from tracker.history.authorship import made
from tracker.models import Edition, Event, Membership
from tracker.models.nouns import PARTS, RECORDS
from tracker.models.tree import below
from tracker.publication.states import in_state, states_of
from tracker.schema.filters import Filter, Texts, Words
from tracker.schema.narrowing import CLAIMS, FILTERS
from tracker.services.searching import found
from tracker.values.nouns import Noun
from tracker.values.vocabularies import DIRECTED, SCORES

Given = Mapping[str, Any]
Condition = Callable[[Any, Given], Q]


def filters(noun: Noun) -> list[Filter]:
    """Return the filters of a noun's list at the desk."""
    return [
        *(by for by in FILTERS[noun] if by.name in conditions(noun)),
        Words("state", "Only records in these states.", words=tuple(states_of(noun))),
        Texts("author", "Only records that these people made, by user name."),
    ]


def condition(noun: Noun, given: Given) -> Q:
    """Return the condition that all filters that are given are, by name and value; keys are numbers."""
    by, found = conditions(noun), Q()
    for name, value in given.items():
        found &= by[name](value, given)
    return found


def conditions(noun: Noun) -> dict[str, Condition]:
    """Return what makes a condition of the value of each filter."""
    every: dict[str, Condition] = {
        "changed_since": lambda value, _: _changed(noun, value),
        "q": lambda value, _: _says(noun, value),
        "state": lambda value, _: _any(in_state(noun, state) for state in value),
        "author": lambda value, _: Q(made(noun, value)),
        "source": lambda value, _: _having(noun, "citation", source__in=value),
    }
    return {**every, **_EVERYWHERE, **(_CLAIMS if noun in CLAIMS else {}), **_OF[noun]}


def _among(field: str) -> Condition:
    return lambda value, _: Q(**{f"{field}__in": value})


def _is(lookup: str) -> Condition:
    return lambda value, _: Q(**{lookup: value})


def _any(conditions: Any) -> Q:
    found = Q(pk__in=[])
    for one in conditions:
        found |= one
    return found


def _having(noun: Noun, part: str, **like: Any) -> Q:
    return Q(Exists(PARTS[noun][part]._default_manager.filter(**{noun.value: OuterRef("pk")}, **like)))


def _says(noun: Noun, sought: str) -> Q:
    """Return the condition that a record has the words; as in the publication, an actor also by what it belongs to."""
    those = found(noun, RECORDS[noun]._default_manager.all(), sought).values("pk")
    if noun is not Noun.ACTOR:
        return Q(pk__in=those)
    members = Membership.objects.filter(organization__in=those)
    return Q(pk__in=those) | Q(pk__in=members.values("actor"))


def _changed(noun: Noun, since: int | datetime) -> Q:
    if isinstance(since, int):
        edition = Edition.objects.filter(pk=since).first()
        if edition is None:
            return Q()  # edition 0: before the first, so everything was changed after it
        since = edition.published_at
    return Q(Exists(Event.objects.filter(noun=noun, record=OuterRef("pk"), happened_at__gt=since)))


# Days -----------------------------------------------------------------------------------------------------------------


def _possible(day: date) -> Q:
    return _until("since_earliest", day) & _from("until_latest", day)


def _certain(day: date, *otherwise: str) -> Q:
    """Return the condition for what was certainly so; `otherwise` is what an end that is not given means."""
    ends = Q(until_earliest__gte=day)
    for field in otherwise:
        ends |= Q(until_earliest=None, **{f"{field}__gte": day})
    return Q(since_latest__lte=day) & ends


def _meets(day: date) -> Q:
    return _until("since_earliest", day) & _goes_on(day)


def _goes_on(day: date) -> Q:
    """Return the condition that a meeting, which lasts a day if nothing else is said, possibly goes on until a day."""
    return Q(until_latest__gte=day) | Q(until_latest=None) & _from("since_latest", day)


def _until(field: str, day: date) -> Q:
    return Q(**{field: None}) | Q(**{f"{field}__lte": day})


def _from(field: str, day: date) -> Q:
    return Q(**{field: None}) | Q(**{f"{field}__gte": day})


def _member(organizations: list[int], given: Given) -> Q:
    rows = Membership.objects.filter(actor=OuterRef("pk"), organization__in=organizations)
    if "on" in given:
        day = given["on"]
        rows = rows.filter(_certain(day) if given.get("certain") else _possible(day))
    return Q(Exists(rows))


# Pairs ----------------------------------------------------------------------------------------------------------------


def _either_way(actors: list[int], given: Given) -> Q:
    if "counterpart" not in given:
        return Q(actor__in=actors) | Q(counterpart__in=actors)
    others = given["counterpart"]
    same = Q(actor__in=others, counterpart__in=actors) & ~Q(pattern__in=DIRECTED)
    return Q(actor__in=actors, counterpart__in=others) | same


def _counterpart(actors: list[int], given: Given) -> Q:
    if "actor" in given:
        return Q()  # the pair is looked for by `actor`
    return Q(counterpart__in=actors) | Q(actor__in=actors) & ~Q(pattern__in=DIRECTED)


def _all_of(actors: list[int], given: Given) -> Q:
    found = Q()
    for actor in actors:
        found &= _having(Noun.MEETING, "participant", actor=actor)
    return found


def _scored(fits: Callable[[int], bool]) -> Q:
    return Q(position__in=[position for position, score in SCORES.items() if fits(score)])


_EVERYWHERE: dict[str, Condition] = {"id": _among("pk"), "ref": _among("pk"), "certain": lambda value, given: Q()}
_CLAIMS: dict[str, Condition] = {
    "on": lambda day, given: _certain(day, "confirmed_on") if given.get("certain") else _possible(day),
    "from": lambda day, _: _from("until_latest", day),
    "to": lambda day, _: _until("since_earliest", day),
    "issue": _among("issue"),
    "under": lambda issues, _: Q(issue__in=below(issues)),
    "basis": _among("basis"),
    "confidence": _among("confidence"),
    "standing": lambda value, _: Q() if "any" in value else Q(standing__in=value),
}
_OF: dict[Noun, dict[str, Condition]] = {
    Noun.ISSUE: {
        "parent": _among("parent"),
        "under": lambda issues, _: Q(pk__in=below(issues)),
        "theme": _is("themes__overlap"),
        "region": _among("region"),
    },
    Noun.ACTOR: {"kind": _among("kind"), "member_of": _member, "on": lambda day, given: Q()},
    Noun.SOURCE: {
        "type": _among("type"),
        "publisher": _among("publisher"),
        "outlet": _among("outlet"),
        "language": _among("language"),
        "issued_from": _is("issued_latest__gte"),
        "issued_to": _is("issued_earliest__lte"),
    },
    Noun.STANCE: {
        "actor": _among("actor"),
        "actor_kind": _among("actor__kind"),
        "position": _among("position"),
        "min_score": lambda least, _: _scored(lambda score: score >= least),
        "max_score": lambda most, _: _scored(lambda score: score <= most),
        "instrument": _is("instruments__overlap"),
        "defers_to": _among("defers_to"),
        "hedged": _is("hedged"),
    },
    Noun.ALIGNMENT: {"actor": _either_way, "counterpart": _counterpart, "pattern": _among("pattern")},
    Noun.MEETING: {
        "on": lambda day, given: _certain(day, "since_earliest") if given.get("certain") else _meets(day),
        "participant": lambda actors, _: _having(Noun.MEETING, "participant", actor__in=actors),
        "all_participants": _all_of,
        "issue": lambda issues, _: _having(Noun.MEETING, "discussion", issue__in=issues),
        "under": lambda issues, _: _having(Noun.MEETING, "discussion", issue__in=below(issues)),
        "kind": _among("kind"),
        "status": _among("status"),
        "country": _among("country"),
        "series": _among("series"),
        "from": lambda day, _: _goes_on(day),
        "to": lambda day, _: _until("since_earliest", day),
    },
}
