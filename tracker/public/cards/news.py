"""News: what happened last by the day in the world: acts, meetings, and positions that began;
and the first screen.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from operator import attrgetter
from typing import Any, NamedTuple

from msgspec.structs import replace

from tracker.public.cards.chips import Chip, of_term
from tracker.public.cards.context import Address, Body, Key, TurningPoint
from tracker.public.cards.pictures.plate import Plate
from tracker.public.cards.pictures.voting import NARROW, WIDE, Shares, shown, voting
from tracker.public.cards.turning_points import key_of, turning_points
from tracker.values import days
from tracker.values.nouns import Noun
from tracker.values.vocabularies import DIRECTED, ActKind, MeetingKind, Pattern, Position, Standing

MOST = 3
KINDS: Mapping[Noun, type[ActKind | MeetingKind]] = {Noun.ACT: ActKind, Noun.MEETING: MeetingKind}


class Beginning(NamedTuple):
    """What a claim says from a day on:
    of whom ("" of the two together), as a chip, and what was so before, or "".
    """

    who: str
    chip: Chip
    before: str


class Event(NamedTuple):
    """An act, a meeting, or what began to be so on an issue on a day;
    `first` and `last` are days that it may mean.

    `day` is the day on which it began, in words.
    """

    noun: Noun
    key: str | int
    kind: str
    title: str
    first: date
    last: date
    when: str
    beginnings: Sequence[Beginning] = ()
    day: str = ""


# the newest first; under issues what began to be so on them
Events = Mapping[Noun, Sequence[Event]]


def events(happened: Iterable[tuple[Noun, Body]], claims: Sequence[Body]) -> Events:
    """Return acts, meetings and beginnings of claims whose day is known;
    of claims those that are facts, as coded.
    """
    kinds = defaultdict[Noun, list[Event]](list)
    for noun, body in happened:
        if since := body["since"]:
            kind, when = str(KINDS[noun](body["kind"]).label), days.span(since, body["until"])
            of = Event(
                noun, body["id"], kind, body["title"], *_ends(since), when, day=days.when(since)
            )
            kinds[noun].append(of)
    kinds[Noun.ISSUE] = list(_begun(claims))
    return {
        noun: sorted(of, key=attrgetter("first", "key"), reverse=True) for noun, of in kinds.items()
    }


def _begun(claims: Sequence[Body]) -> Iterator[Event]:
    points = turning_points(claims)
    begun = defaultdict[tuple[str, str], list[Body]](list)
    for body in claims:
        is_fact = body["standing"] == Standing.ACCEPTED and not body["likelihood"]
        if is_fact and body["since"] and body.get("position") != Position.NO_EVIDENCE:
            begun[body["issue"]["slug"], body["since"]["edtf"]].append(body)
    for (slug, _), of in begun.items():
        beginnings, since = _together(_beginning(body, points) for body in of), of[0]["since"]
        kind = "changed position" if any(each.before for each in beginnings) else "position"
        title, day = of[0]["issue"]["name"], days.when(since)
        yield Event(Noun.ISSUE, slug, kind, title, *_ends(since), days.at(since), beginnings, day)


def _ends(vague: Body) -> tuple[date, date]:
    return date.fromisoformat(vague["earliest"]), date.fromisoformat(vague["latest"])


def _together(each: Iterable[Beginning]) -> list[Beginning]:
    """Return those of actors first, those that are alike as one."""
    names = defaultdict[tuple[Chip, str], list[str]](list)
    for who, chip, before in sorted(each, key=lambda of: (not of.who, of.who)):
        names[chip, before].append(who)
    return [Beginning(" and ".join(who), chip, before) for (chip, before), who in names.items()]


def _beginning(body: Body, points: Mapping[Key, TurningPoint]) -> Beginning:
    term, chip = _term(body), of_term(_term(body))
    if term in DIRECTED:
        chip = replace(
            chip, word=f"{body['actor']['name']} {chip.word} {body['counterpart']['name']}"
        )
    point = points.get(key_of(body))
    before = _term(point.before) if point and point.before else term
    who = "" if "pattern" in body else body["actor"]["name"]
    return Beginning(who, chip, "" if before == term else str(before.label))


def _term(body: Body) -> Position | Pattern:
    return Pattern(body["pattern"]) if "pattern" in body else Position(body["position"])


def first_screen(
    kinds: Events, shares: Mapping[str, Shares], plate: Plate, address: Address
) -> dict[str, Any]:
    """Return what a first page shows of two actors on the plate's day,
    of what had certainly come about by then.

    That is by body in what shares of votes they voted alike, wide and narrow, with a mark for each
    act and meeting; how many of these there are, and since when; and what is newest, each with its
    address.
    """
    known = {noun: [event for event in of if event.last <= plate.on] for noun, of in kinds.items()}
    marks = {noun.plural: [event.first for event in known.get(noun, ())] for noun in KINDS}
    bodies = shown(shares, plate.on)
    return {
        "pictures": [voting(plate, bodies, marks, shape) for shape in (WIDE, NARROW)]
        if bodies
        else [],
        "marks": {plural: (len(of), min(of)) for plural, of in marks.items() if of},
        "newest": [(event, address(event.noun, event.key)) for event in newest(known)],
    }


def newest(kinds: Events) -> list[Event]:
    """Return what is newest: of each kind one, and where a kind has none the next of the others."""
    known = (of[:MOST] for of in kinds.values())
    in_turn = [event for turn in zip_longest(*known) for event in turn if event]
    return sorted(in_turn[:MOST], key=attrgetter("first"), reverse=True)
