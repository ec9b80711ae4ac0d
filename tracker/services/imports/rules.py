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
from tracker.values.problems import Path
from tracker.values.vocabularies import ActorKind, Basis, Likelihood, MeetingStatus, Standing


class Broken(NamedTuple):
    """What is wrong: in which column (or item of a part), with which value, and what to write instead."""

    path: Path
    value: Any
    problem: str
    remedy: str


class Rule(NamedTuple):
    """A check of a record as it would be, and the columns that it looks at."""

    columns: frozenset[str]
    check: Callable[[Any], Iterator[Broken]]


def _period(record: Any) -> Iterator[Broken]:
    if _ends_before_it_begins(record.since, record.until):
        yield Broken(
            ("since",), record.since, f"it begins after it ends ({record.until})", "correct “since” or “until”"
        )


def _likelihood(record: Any) -> Iterator[Broken]:
    if record.basis == Basis.FORECAST and not record.likelihood:
        yield Broken(("likelihood",), "", "a forecast needs one", f"write one of {', '.join(Likelihood.values)}")
    if record.basis != Basis.FORECAST and record.likelihood:
        remedy = "leave it empty, or write forecast as “basis”"
        yield Broken(("likelihood",), record.likelihood, "only a forecast has one", remedy)


def _contested(record: Any) -> Iterator[Broken]:
    if record.standing == Standing.CONTESTED and not record.standing_note.strip():
        yield Broken(("standing_note",), "", "a contested claim says why it is contested", "write a sentence")


def _defers(record: Any) -> Iterator[Broken]:
    if record.defers_to_id is not None and record.defers_to_id == record.actor_id:
        yield Broken(("defers_to",), "", "it is the actor itself", "name another actor, or leave it empty")


def _two_actors(record: Any) -> Iterator[Broken]:
    if record.actor_id == record.counterpart_id:
        yield Broken(("counterpart",), "", "it is the actor itself", "name another actor")


def _has_come(field: str) -> Rule:
    def check(record: Any) -> Iterator[Broken]:
        day = getattr(record, field)
        if day is not None and day > timezone.localdate():
            yield Broken((field,), day, "it is a day to come", "write today or an earlier day")

    return Rule(frozenset({field}), check)


def _held(record: Any) -> Iterator[Broken]:
    if record.status == MeetingStatus.HELD and record.since and bounds(record.since).earliest > timezone.localdate():
        remedy = "correct the day, or write planned or expected as “status”"
        yield Broken(("since",), record.since, "its first day is to come, so it wasn’t held yet", remedy)


def _country_code(record: Any) -> Iterator[Broken]:
    if record.iso3 and record.kind != ActorKind.STATE:
        yield Broken(("iso3",), record.iso3, "only a state has a country code", "leave it empty")


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


def broken_rules(noun: Noun, record: Any, faulty: set[str]) -> Iterator[Broken]:
    """Yield what is wrong with a record as it would be, apart from what hangs on columns that are faulty anyway."""
    for rule in RULES[noun]:
        if not rule.columns & faulty:
            yield from rule.check(record)


def broken_parts(part: Part, record: int, items: Sequence[dict[str, Any]]) -> Iterator[Broken]:
    """Yield what is wrong with the items of a part, whose references are resolved."""
    first: dict[tuple[Any, ...], int] = {}
    for position, item in enumerate(items, 1):
        place = (part.name, position - 1)
        if _ends_before_it_begins(item.get("since", ""), item.get("until", "")):
            remedy = "correct “since” or “until”"
            yield Broken((*place, "since"), item["since"], f"it begins after it ends ({item['until']})", remedy)
        if item.get("organization", 0) == record:
            yield Broken((*place, "organization"), "", "an actor is no member of itself", "name another")
        if item.get("represented_by") is not None and item["represented_by"] == item["actor"]:
            yield Broken((*place, "represented_by"), "", "it is the participant itself", "name a person, or null")
        once = tuple(item[name] for name in part.once)
        if once and first.setdefault(once, position) != position:
            same = " and ".join(part.once)
            yield Broken(place, "", f"it has the same {same} as item {first[once]}", "keep one of the two")


def _ends_before_it_begins(since: str, until: str) -> bool:
    return bool(since and until) and bounds(since).earliest > bounds(until).latest
