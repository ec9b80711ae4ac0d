"""Rules that look at more than one cell. The database holds them too; here they are told for all rows at once.

A rule names the columns that it looks at and is not asked where one of these can't be taken. It is given the record
as it would be after the import, so a row that changes one cell is checked with what stands here in the others.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.utils import timezone

from tracker.formats.csv_cells import bounds
from tracker.services.imports.columns import Part
from tracker.values.nouns import Noun
from tracker.values.problems import Path, Problem
from tracker.values.vocabularies import ActorKind, Basis, Likelihood, MeetingStatus, Standing


class Rule(NamedTuple):
    """A check of a record as it would be, and the columns that it looks at."""

    columns: frozenset[str]
    check: Callable[[Any], Iterator[Problem]]


def _period(record: Any) -> Iterator[Problem]:
    if _ends_before_it_begins(record.since, record.until):
        yield _begins_late(("since",), record.since, record.until)


def _likelihood(record: Any) -> Iterator[Problem]:
    if record.basis == Basis.FORECAST and not record.likelihood:
        yield _broken("likelihood", "a forecast needs one", f"write one of {', '.join(Likelihood.values)}")
    if record.basis != Basis.FORECAST and record.likelihood:
        remedy = "leave it empty, or write forecast as “basis”"
        yield _broken("likelihood", "only a forecast has one", remedy, record.likelihood)


def _contested(record: Any) -> Iterator[Problem]:
    if record.standing == Standing.CONTESTED and not record.standing_note.strip():
        yield _broken("standing_note", "a contested claim says why it is contested", "write a sentence")


def _defers(record: Any) -> Iterator[Problem]:
    if record.defers_to_id is not None and record.defers_to_id == record.actor_id:
        yield _broken("defers_to", "it is the actor itself", "name another actor, or leave it empty")


def _two_actors(record: Any) -> Iterator[Problem]:
    if record.actor_id == record.counterpart_id:
        yield _broken("counterpart", "it is the actor itself", "name another actor")


def _has_come(field: str) -> Rule:
    def check(record: Any) -> Iterator[Problem]:
        day = getattr(record, field)
        if day is not None and day > timezone.localdate():
            yield _broken(field, "it is a day to come", "write today or an earlier day", day)

    return Rule(frozenset({field}), check)


def _held(record: Any) -> Iterator[Problem]:
    if record.status == MeetingStatus.HELD and record.since and bounds(record.since).earliest > timezone.localdate():
        remedy = "correct the day, or write planned or expected as “status”"
        yield _broken("since", "its first day is to come, so it wasn’t held yet", remedy, record.since)


def _country_code(record: Any) -> Iterator[Problem]:
    if record.iso3 and record.kind != ActorKind.STATE:
        yield _broken("iso3", "only a state has a country code", "leave it empty", record.iso3)


_PERIOD = Rule(frozenset({"since", "until"}), _period)
_CLAIM = [
    _PERIOD,
    _has_come("confirmed_on"),
    Rule(frozenset({"basis", "likelihood"}), _likelihood),
    Rule(frozenset({"standing", "standing_note"}), _contested),
]
RULES: Mapping[Noun, list[Rule]] = {
    Noun.ISSUE: [],
    Noun.ACTOR: [Rule(frozenset({"iso3", "kind"}), _country_code)],
    Noun.SOURCE: [_has_come("accessed_on")],
    Noun.STANCE: [*_CLAIM, Rule(frozenset({"actor", "defers_to"}), _defers)],
    Noun.ALIGNMENT: [*_CLAIM, Rule(frozenset({"actor", "counterpart"}), _two_actors)],
    Noun.MEETING: [_PERIOD, Rule(frozenset({"status", "since"}), _held)],
}


def broken_rules(noun: Noun, record: Any, faulty: set[str]) -> Iterator[Problem]:
    """Yield what is wrong with a record as it would be, apart from what hangs on columns that are faulty anyway."""
    for rule in RULES[noun]:
        if not rule.columns & faulty:
            yield from rule.check(record)


def broken_parts(part: Part, record: int, items: Sequence[dict[str, Any]]) -> Iterator[Problem]:
    """Yield what is wrong with the items of a part, whose references are resolved."""
    first: dict[tuple[Any, ...], int] = {}
    for position, item in enumerate(items, 1):
        place = (part.name, position - 1)
        if _ends_before_it_begins(item.get("since", ""), item.get("until", "")):
            yield _begins_late((*place, "since"), item["since"], item["until"])
        if item.get("organization", 0) == record:
            path = (*place, "organization")
            yield Problem("invalid", "an actor is no member of itself", path, remedy="name another")
        if item.get("represented_by") is not None and item["represented_by"] == item["actor"]:
            path = (*place, "represented_by")
            yield Problem("invalid", "it is the participant itself", path, remedy="name a person, or null")
        once = tuple(item[name] for name in part.once)
        if once and first.setdefault(once, position) != position:
            params = {"same": " and ".join(part.once), "item": first[once]}
            says = "it has the same {same} as item {item}"
            yield Problem("invalid", says, place, params, remedy="keep one of the two")


def _broken(field: str, message: str, remedy: str, value: Any = "") -> Problem:
    return Problem("invalid", message, (field,), remedy=remedy, value=str(value))


def _begins_late(path: Path, since: str, until: str) -> Problem:
    says, remedy = "it begins after it ends ({until})", "correct “since” or “until”"
    return Problem("invalid", says, path, {"until": until}, remedy=remedy, value=since)


def _ends_before_it_begins(since: str, until: str) -> bool:
    return bool(since and until) and bounds(since).earliest > bounds(until).latest
