"""Findings: what is seen in a picture of many claims, in two lines,
made from them and nothing else.

First comes what is fresh, then what nobody has confirmed for long, as of then; where nothing is
fresh it says so first. Last come questions that were settled, as of that day. They count, and name
what differs; whatever weakens a claim (contested, held with reserve, not known to hold on the day)
is said. A forecast is no position: it is told apart, and not counted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import TypeVar

from tracker.public.cards.age import age, is_past_forecast, months_confirmed
from tracker.public.cards.chips import chip
from tracker.public.cards.claim_sentences import PAST_AGES, PATTERNS, POSITIONS
from tracker.public.cards.context import Body, Context
from tracker.public.cards.grammar import actor, agreeing, enumerated, first_of, straight
from tracker.public.cards.sides import (
    LONGEST,
    Compared,
    checked,
    checked_in,
    counts,
    ends,
    many,
    months_decided,
    same_side,
    years,
)
from tracker.schema.alignments import pair_of
from tracker.values import days
from tracker.values.nouns import Noun
from tracker.values.vocabularies import DIRECTED, Pattern, Position, Standing

T = TypeVar("T")
NAMED, MOST_NAMED = 2, 4  # issues or ways, and actors; of more it is told how many there are
SHORTEST = 60  # letters of a part of a finding
BY = {
    Position.STRONGLY_SUPPORTS: "strongly supported by ",
    Position.SUPPORTS: "supported by ",
    Position.OPPOSES: "opposed by ",
    Position.STRONGLY_OPPOSES: "strongly opposed by ",
    Position.NO_EVIDENCE: "nothing found on ",
}
TAKES = {
    "support on": (Position.STRONGLY_SUPPORTS, Position.SUPPORTS),
    "neutral on": (Position.NEUTRAL,),
    "opposition on": (Position.OPPOSES, Position.STRONGLY_OPPOSES),
    "silent on": (Position.SILENT,),
    "nothing found on": (Position.NO_EVIDENCE,),
}
APART = (Pattern.DIVERGENT, Pattern.COMPETING)
DIVERGED = "they diverged or competed "
VERBS = {**POSITIONS, **PATTERNS}


def on_issue(stances: Iterable[Body], alignments: Iterable[Body], context: Context) -> str:
    """Say who takes which position on an issue, in the order of the claims, and how pairs relate;
    "" for no claim.
    """
    stances = list(stances)
    parted = _parted([*stances, *alignments], context)
    opening, first, others = _told(parted, parted[1:], context)
    forecast = only_forecast(stances, context)
    dated = _dated(first, opening)
    parts = [(opening, first), *((f"{when}: ", claims) for when, claims in others)]
    openings = sum(len(f"{when}; and 9 more. ") for when, _ in parts)
    room = (LONGEST - len(forecast) - len(dated) - openings) // len(parts)
    sentences = [
        _sentence(_positions(of, context, room, not place), when)
        for place, (when, of) in enumerate(parts)
    ]
    sentences.insert(1, dated)
    return _joined(forecast, *sentences)


def _dated(claims: Sequence[Body], opening: str) -> str:
    """Return when fresh claims were checked, as a sentence;
    "" for others, whose opening says it.
    """
    return _sentence(checked_in(claims)) if claims and not opening else ""


def _positions(claims: Iterable[Body], context: Context, room: int, least: int) -> str:
    """Return who takes which position, and which pairs relate how, of claims that are all fresh,
    old or settled.

    Those who say the same are one;
    of all but the `least` for which there is no room, in letters, it is told how many.
    """
    groups: dict[tuple[str, ...], list[Body]] = defaultdict(list)
    for body in claims:
        first = other = ""
        noun, term = (
            (Noun.ALIGNMENT, body["pattern"])
            if "pattern" in body
            else (Noun.STANCE, body["position"])
        )
        if term in DIRECTED:
            other = body["counterpart"]["slug"]
        elif noun is Noun.ALIGNMENT:
            first, other = (side["slug"] for side in pair_of(body))
        groups[first, other, term, *chip(noun, body, context).ageless_notes].append(body)
    notes = [key[3:] for key in groups]
    shared = [note for note in next(iter(notes), ()) if all(note in each for each in notes)]
    parts = [
        "".join((_who_takes(of, context), *(f", {note}" for note in key[3:] if note not in shared)))
        for key, of in groups.items()
    ]
    while len(parts) > least and len("; ".join(parts)) > max(room, SHORTEST):
        parts.pop()
    parts += (
        [f"{'and ' if parts else ''}{len(groups) - len(parts)} more"]
        if len(groups) > len(parts)
        else []
    )
    return f"{', '.join(shared)}: {'; '.join(parts)}" if shared else "; ".join(parts)


def _who_takes(claims: Sequence[Body], context: Context) -> str:
    """Return who takes a position, or which two relate in a way, of claims that say the same."""
    body = claims[0]
    form = 2 * (age(body, context) in PAST_AGES or is_past_forecast(body, context))
    term, is_pair = (
        body.get("position") or body["pattern"],
        "pattern" in body and body["pattern"] not in DIRECTED,
    )
    actors = pair_of(body) if is_pair else [claim["actor"] for claim in claims]
    names = names_of(sorted(actors, key=itemgetter("slug")) if "pattern" in body else actors)
    several, to = " and " in names, f" {_name(body['counterpart'])}" if term in DIRECTED else ""
    if body["likelihood"]:
        is_was = agreeing(body["actor"], ("is", "", "was"), form, several=several)
        return f"{names} {is_was} forecast to {VERBS[term][3].removesuffix(' on')}{to}"
    if is_pair:
        return f"{names}: {Pattern(term).label}"
    if by := BY.get(term):
        return f"{by}{names}"
    return (
        f"{names} "
        f"{agreeing(body['actor'], VERBS[term], form, several=several).removesuffix(' on')}{to}"
    )


def only_forecast(stances: Sequence[Body], context: Context) -> str:
    """Say of whom no position is coded for the day, but a forecast of it; "" for nobody."""
    coded = {body["actor"]["slug"] for body in stances if not body["likelihood"]}
    rest = [body["actor"] for body in stances if body["actor"]["slug"] not in coded]
    return (
        f"No position of {names_of(rest)} is coded for {days.day(context.on)}, only a forecast."
        if rest
        else ""
    )


def of_actor(stances: Iterable[Body], context: Context) -> str:
    """Say on how many questions an actor takes which position; "" for none."""
    stances = list(stances)
    parted = _parted([body for body in stances if counts(body, context)], context)
    opening, first, others = _told(parted, parted[1:], context)
    if not first:
        return _nothing_certain(stances, context)
    then = (_sentence(_how_many(claims, NAMED), f"{when}: ") for when, claims in others)
    positions = _sentence(
        f"{_how_many(first)} {'position' if len(first) == 1 else 'positions'}", opening
    )
    return _joined(positions, _dated(first, opening), *then)


def _how_many(stances: Sequence[Body], most: int = len(TAKES)) -> str:
    """Say on how many questions which position is taken, of the most frequent ones,
    and on how many any is.
    """
    many = Counter(
        {
            takes: sum(body["position"] in terms for body in stances)
            for takes, terms in TAKES.items()
        }
    )
    frequent = [takes for takes, number in many.most_common(most) if number]
    return (
        f"{', '.join(f'{takes} {many[takes]}' for takes in TAKES if takes in frequent)} of "
        f"{len(stances)}"
    )


def of_two(
    actors: Sequence[Body], questions: Sequence[Compared], claims: Iterable[Body], context: Context
) -> str:
    """Say on how many questions two actors are on the same side, and where they aren't;
    of none, how they relate.
    """
    if questions:
        return same_side(names_of(actors), questions, context)
    claims = list(claims)
    alignments = [claim for claim in claims if "pattern" in claim]
    return relation(actors, alignments, context) or _nothing_certain(claims, context)


def relation(actors: Sequence[Body], alignments: Iterable[Body], context: Context) -> str:
    """Say on how many issues two actors relate in which way,
    and on how many they were apart before; "" for none.
    """
    parted = _parted([body for body in alignments if counts(body, context)], context)
    opening, first, others = _told(parted, parted[1:], context)
    more = _more(
        ((sum(body["pattern"] in APART for body in of), len(of), when) for when, of in others),
        DIVERGED,
    )
    return (
        _sentence(f"{_ways(actors, first, is_past=bool(opening))}{more}", opening) if first else ""
    )


def _ways(actors: Sequence[Body], related: Sequence[Body], *, is_past: bool = False) -> str:
    many = Counter(Pattern(body["pattern"]) for body in related).most_common()
    named = [way for place, way in enumerate(many) if place < NAMED or way[0] in APART]
    named = many if len(many) - len(named) == 1 else named
    ways = [[f"{_way(pattern, is_past=is_past)} on {number}"] for pattern, number in named]
    ways[0].append(" issue" if many[0][1] == 1 else " issues")
    if rest := len(related) - sum(number for _, number in named):
        ways.append([f"relate{'d' * is_past} otherwise on {rest}"])
    return f"{names_of(actors)} {_and(ways)}"


def _nothing_certain(claims: Sequence[Body], context: Context) -> str:
    """Say why none of the claims is counted; "" for no claim."""
    reasons = Counter(
        ("forecast", "") if body["likelihood"]
        else ("contested claim", "") if body["standing"] == Standing.CONTESTED
        else ("claim", " of one actor only, or silent") if counts(body, context)
        else ("claim", " not known to hold on that day")
        for body in claims
    )  # fmt: skip
    parts = [[many(number, what) + rest] for (what, rest), number in sorted(reasons.items())]
    return f"Nothing is known for certain. Not counted: {_and(parts)}." if parts else ""


def _way(pattern: Pattern, *, is_past: bool) -> str:
    """Return what two actors do, or did."""
    verbs = PATTERNS[pattern]
    return (
        f"{'saw' if is_past else 'see'} one {verbs[3]} the other"
        if pattern in DIRECTED
        else verbs[2 * is_past]
    )


def _and(items: Sequence[Sequence[str]]) -> str:
    return "".join(map(str, enumerated(items)))


def names_of(references: Iterable[Body]) -> str:
    names = dict.fromkeys(map(_name, references))
    return _and([[name] for name in first_of([*names], MOST_NAMED)])


def _name(reference: Body) -> str:
    return straight("".join(map(str, actor(reference))))


def _parted(claims: Iterable[Body], context: Context) -> tuple[list[Body], list[Body], list[Body]]:
    """Return the claims that are fresh, the old ones, which nobody has confirmed for long,
    and the settled ones.
    """
    parted: tuple[list[Body], list[Body], list[Body]] = [], [], []
    for body in claims:
        parted[checked(body, context)].append(body)
    return parted


def _then(old: Sequence[Body]) -> str:
    """Return when old claims were confirmed last, as what is told of them begins."""
    never = sum(body["confirmed_on"] is None for body in old)
    if never == len(old):
        return "never confirmed: "
    beside = f" ({never} of {many(len(old), 'claim')} never confirmed)" if never else ""
    return f"{_when(old)}, not confirmed since{beside}: "


def _when_settled(claims: Sequence[Body], context: Context) -> str:
    """Return when the questions of claims were settled, as what is told of them begins."""
    days_of = {body["issue"]["slug"]: context.settled[body["issue"]["slug"]] for body in claims}
    if len(days_of) == 1:
        return f"{days.at(*days_of.values())}, when it was settled: "
    return f"when settled, {_between(months_decided(claims, context))}: "


def _told(
    parts: tuple[T, T, T], claims: Sequence[Sequence[Body]], context: Context
) -> tuple[str, T, list[tuple[str, T]]]:
    """Return how what is told first begins, what that is, and what else there is,
    each with when it was so.

    The parts are what is fresh, old and settled; the claims date the latter two.
    """
    old, settled = claims
    openings = ("", _then(old), _when_settled(settled, context))
    dates = ("", _when_last(old), _on_settled(settled, context))
    told = [part for part in zip(openings, dates, parts, strict=True) if part[-1]] or [
        ("", "", parts[0])
    ]
    return told[0][0], told[0][-1], [(when, part) for _, when, part in told[1:]]


def _more(others: Iterable[tuple[int, int, str]], did: str = "") -> str:
    """Say of how many of how many more it was so at other times."""
    parts = [
        [f"on {number} of {many} {'more ' * (not place)}{when}"]
        for place, (number, many, when) in enumerate(others)
    ]
    return f"; {did}{_and(parts)}" if parts else ""


def _when_last(old: Sequence[Body]) -> str:
    """Return when old claims were confirmed last."""
    never = sum(body["confirmed_on"] is None for body in old)
    if never == len(old):
        return "by claims that nobody has confirmed"
    return (
        f"when last confirmed ({years(months_confirmed(old))}{f'; {never} never' if never else ''})"
    )


def _on_settled(claims: Sequence[Body], context: Context) -> str:
    """Return when the questions of claims were settled."""
    return f"when settled ({years(months_decided(claims, context))})"


def _when(claims: Iterable[Body]) -> str:
    return _between(months_confirmed(claims))


def _between(months: Sequence[str]) -> str:
    dates = ends(months)
    if not dates:
        return ""
    return f"between {' and '.join(dates)}" if len(dates) > 1 else f"in {dates[0]}"


def _sentence(text: str, opening: str = "") -> str:
    whole = f"{opening}{text}." if text else ""
    return f"{whole[:1].upper()}{whole[1:]}"


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))
