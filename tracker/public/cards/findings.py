"""Findings: what is seen in a picture of many claims, in two lines, made from them and nothing else.

First comes what is fresh, then what nobody has confirmed for long, as of then; where nothing is fresh it says so first.
Last come questions that were settled, as of that day. They count, and name what differs; whatever weakens a claim
(contested, held with reserve, not known to hold on the day) is said. A forecast is no position: it is told apart, and
not counted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import TypeVar

from tracker.public.cards.age import Age, age, is_past_forecast, months_confirmed
from tracker.public.cards.chips import chip
from tracker.public.cards.claim_sentences import PAST_AGES, PATTERNS, POSITIONS
from tracker.public.cards.context import Body, Context
from tracker.public.cards.grammar import actor, agreeing, enumerated, first_of, straight
from tracker.schema.alignments import pair_of
from tracker.values import days
from tracker.values.nouns import Noun
from tracker.values.vocabularies import DIRECTED, Pattern, Position, Standing

T = TypeVar("T")
NAMED, MOST_NAMED = 2, 4  # issues or ways, and actors; of more it is told how many there are
LONGEST, SHORTEST = 205, 60  # letters: two lines of a page, and of a part of them
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
PARTED = {Age.STALE: 1, Age.SETTLED: 2}


def on_issue(stances: Iterable[Body], alignments: Iterable[Body], context: Context) -> str:
    """Say who takes which position on an issue, in the order of the claims, and how pairs relate; "" for no claim."""
    stances = list(stances)
    parted = _parted([*stances, *alignments], context)
    opening, first, others = _told(parted, parted[1:], context)
    forecast, parts = only_forecast(stances, context), [(opening, first), *((f"{when}: ", of) for when, of in others)]
    room = (LONGEST - len(forecast) - sum(len(f"{when}; and 9 more. ") for when, _ in parts)) // len(parts)
    said = (_sentence(_positions(of, context, room, not place), when) for place, (when, of) in enumerate(parts))
    return _joined(forecast, *said)


def _positions(claims: Iterable[Body], context: Context, room: int, least: int) -> str:
    """Return who takes which position, and which pairs relate how, of claims that are all fresh, old or settled.

    Those who say the same are one; of all but the `least` for which there is no room, in letters, it is told how many.
    """
    groups: dict[tuple[str, ...], list[Body]] = defaultdict(list)
    for body in claims:
        first = other = ""
        noun, term = (Noun.ALIGNMENT, body["pattern"]) if "pattern" in body else (Noun.STANCE, body["position"])
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
    parts += [f"{'and ' if parts else ''}{len(groups) - len(parts)} more"] if len(groups) > len(parts) else []
    return f"{', '.join(shared)}: {'; '.join(parts)}" if shared else "; ".join(parts)


def _who_takes(claims: Sequence[Body], context: Context) -> str:
    """Return who takes a position, or which two relate in a way, of claims that say the same."""
    body = claims[0]
    form = 2 * (age(body, context) in PAST_AGES or is_past_forecast(body, context))
    term, is_pair = body.get("position") or body["pattern"], "pattern" in body and body["pattern"] not in DIRECTED
    actors = pair_of(body) if is_pair else [claim["actor"] for claim in claims]
    names = _names(sorted(actors, key=itemgetter("slug")) if "pattern" in body else actors)
    several, to = " and " in names, f" {_name(body['counterpart'])}" if term in DIRECTED else ""
    if body["likelihood"]:
        is_was = agreeing(body["actor"], ("is", "", "was"), form, several=several)
        return f"{names} {is_was} forecast to {VERBS[term][3].removesuffix(' on')}{to}"
    if is_pair:
        return f"{names}: {Pattern(term).label}"
    if by := BY.get(term):
        return f"{by}{names}"
    return f"{names} {agreeing(body['actor'], VERBS[term], form, several=several).removesuffix(' on')}{to}"


def only_forecast(stances: Sequence[Body], context: Context) -> str:
    """Say of whom no position is coded for the day, but a forecast of it; "" for nobody."""
    coded = {body["actor"]["slug"] for body in stances if not body["likelihood"]}
    rest = [body["actor"] for body in stances if body["actor"]["slug"] not in coded]
    return f"No position of {_names(rest)} is coded for {days.day(context.on)}, only a forecast." if rest else ""


def of_actor(stances: Iterable[Body], context: Context) -> str:
    """Say on how many questions an actor takes which position; "" for none."""
    stances = list(stances)
    parted = _parted([body for body in stances if counts(body, context)], context)
    opening, first, others = _told(parted, parted[1:], context)
    if not first:
        return _nothing_certain(stances, context)
    then = (_sentence(_how_many(claims, NAMED), f"{when}: ") for when, claims in others)
    return _joined(_sentence(f"{_how_many(first)} position{'s' * (len(first) > 1)}", opening), *then)


def _how_many(stances: Sequence[Body], most: int = len(TAKES)) -> str:
    """Say on how many questions which position is taken, of the most frequent ones, and on how many any is."""
    many = Counter({takes: sum(body["position"] in terms for body in stances) for takes, terms in TAKES.items()})
    frequent = [takes for takes, number in many.most_common(most) if number]
    return f"{', '.join(f'{takes} {many[takes]}' for takes in TAKES if takes in frequent)} of {len(stances)}"


def of_two(actors: Sequence[Body], stances: Iterable[Body], alignments: Iterable[Body], context: Context) -> str:
    """Say on how many questions two actors are on the same side, and where they aren't; of none, how they relate."""
    stances, alignments = list(stances), list(alignments)
    counted = [body for body in stances if counts(body, context) and body["score"] is not None]
    now, stale, then = _parted(counted, context)
    fresh = _questions(now)
    old = {slug: of for slug, of in _questions([*now, *stale]).items() if slug not in fresh}
    settled = {slug: of for slug, of in _questions(then).items() if slug not in {*fresh, *old}}
    then = [body for of in settled.values() for body in of]
    was = _parted((body for of in old.values() for body in of), context)[1]
    opening, first, others = _told((fresh, old, settled), (was, then), context)
    if not first:
        return relation(actors, alignments, context) or _nothing_certain([*stances, *alignments], context)
    more = _more((sum(map(_is_same_side, of.values())), len(of), when) for when, of in others)
    said = [_sentence(f"{_sides(actors, first, named, is_past=bool(opening))}{more}", opening) for named in (NAMED, 1)]
    return next((text for text in said if len(text) <= LONGEST), said[-1])


def relation(actors: Sequence[Body], alignments: Iterable[Body], context: Context) -> str:
    """Say on how many issues two actors relate in which way, and on how many they were apart before; "" for none."""
    parted = _parted([body for body in alignments if counts(body, context)], context)
    opening, first, others = _told(parted, parted[1:], context)
    more = _more(((sum(body["pattern"] in APART for body in of), len(of), when) for when, of in others), DIVERGED)
    return _sentence(f"{_ways(actors, first, is_past=bool(opening))}{more}", opening) if first else ""


def _questions(stances: Iterable[Body]) -> dict[str, list[Body]]:
    """Return the stances on questions on which there are some of both actors, by issue."""
    questions = defaultdict[str, list[Body]](list)
    for body in stances:
        questions[body["issue"]["slug"]].append(body)
    return {slug: of for slug, of in questions.items() if len({body["actor"]["slug"] for body in of}) > 1}


def _is_same_side(stances: Iterable[Body]) -> bool:
    sides = defaultdict[str, set[int]](set)
    for body in stances:
        sides[body["actor"]["slug"]].add(side(body))
    first, other = sides.values()
    return first == other


def _sides(actors: Sequence[Body], questions: Mapping[str, Sequence[Body]], named: int, *, is_past: bool) -> str:
    apart = [straight(of[0]["issue"]["name"]) for of in questions.values() if not _is_same_side(of)]
    same = f"{len(questions) - len(apart)} of {_many(len(questions), 'question')}"
    apart[named:] = [f"{len(apart) - named} more"] if len(apart) > named else []
    differ = f", not on {', nor on '.join(apart)}" if apart else ""  # a name may have an “and” of its own
    return f"{_names(actors)} {'took' if is_past else 'take'} the same side on {same}{differ}"


def _ways(actors: Sequence[Body], related: Sequence[Body], *, is_past: bool = False) -> str:
    many = Counter(Pattern(body["pattern"]) for body in related).most_common()
    named = [way for place, way in enumerate(many) if place < NAMED or way[0] in APART]
    named = many if len(many) - len(named) == 1 else named
    ways = [[f"{_way(pattern, is_past=is_past)} on {number}"] for pattern, number in named]
    ways[0].append(" issue" if many[0][1] == 1 else " issues")
    if rest := len(related) - sum(number for _, number in named):
        ways.append([f"relate{'d' * is_past} otherwise on {rest}"])
    return f"{_names(actors)} {_and(ways)}"


def on_differences(actors: Sequence[Body], issues: Iterable[Sequence[Sequence[Body]]], context: Context) -> str:
    """Say on how many issues two actors differ, of those where that is known; "" if it is of none.

    Of each issue there are the stances of the one, those of the other, perhaps of more, and how the first two relate.
    """
    disputed = 0
    fresh, old, was, settled, then = list[bool](), list[bool](), list[Body](), list[bool](), list[Body]()
    for columns in issues:
        issue = [*columns[:2], columns[-1]]
        certain = [[body for body in of if counts(body, context)] for of in issue]
        parted = [_parted(of, context) for of in certain]
        disputed += differ(issue) and not differ(certain)
        if _is_known(now := [of[0] for of in parted]):
            fresh.append(differ(now))
        elif _is_known(lasting := [[*of[0], *of[1]] for of in parted]):
            old.append(differ(lasting))
            was += [body for of in parted for body in of[1]]
        elif _is_known(held := [of[2] for of in parted]):
            settled.append(differ(held))
            then += [body for of in held for body in of]
    opening, known, others = _told((fresh, old, settled), (was, then), context)
    text = f"{_names(actors)} {'differed' if opening else 'differ'} on {sum(known)} of {_many(len(known), 'issue')}"
    text += f"; on {disputed} more by claims that are contested, forecast or only possible" if disputed else ""
    more = _more((sum(of), len(of), when) for when, of in others)
    return _sentence(f"{text}{more}", opening) if known else ""


def _is_known(issue: Sequence[Sequence[Body]]) -> bool:
    """Tell whether it is known of an issue if two actors differ on it."""
    return bool(issue[-1] or all(any(body["score"] is not None for body in of) for of in issue[:-1]))


def differ(issue: Sequence[Sequence[Body]]) -> bool:
    """Tell whether two actors are on different sides of an issue, or are said to be apart."""
    first, other = ({side(body) for body in of if body["score"] is not None} for of in issue[:2])
    return bool(first and other and first != other) or any(body["pattern"] in APART for body in issue[-1])


def side(stance: Body) -> int:
    """Return on which side of its question a stance with a score is: 1 for a yes, -1 for a no, 0 for neither."""
    score: int = stance["score"]
    return (score > 0) - (score < 0)


def counts(body: Body, context: Context) -> bool:
    """Tell whether a claim is counted: it is known to hold on the day, and is neither one of rivals nor a forecast."""
    is_so = age(body, context) is not Age.POSSIBLE
    return is_so and body["standing"] == Standing.ACCEPTED and not body["likelihood"]


def _nothing_certain(claims: Sequence[Body], context: Context) -> str:
    """Say why none of the claims is counted; "" for no claim."""
    many = Counter(
        ("forecast", "") if body["likelihood"]
        else ("contested claim", "") if body["standing"] == Standing.CONTESTED
        else ("claim", " of one actor only, or silent") if counts(body, context)
        else ("claim", " not known to hold on that day")
        for body in claims
    )  # fmt: skip
    parts = [[_many(number, what) + rest] for (what, rest), number in sorted(many.items())]
    return f"Nothing is known for certain. Not counted: {_and(parts)}." if parts else ""


def _many(number: int, what: str) -> str:
    """Return a number of things: “1 question”, “2 claims”."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def _way(pattern: Pattern, *, is_past: bool) -> str:
    """Return what two actors do, or did."""
    verbs = PATTERNS[pattern]
    return f"{'saw' if is_past else 'see'} one {verbs[3]} the other" if pattern in DIRECTED else verbs[2 * is_past]


def _and(items: Sequence[Sequence[str]]) -> str:
    return "".join(map(str, enumerated(items)))


def _names(references: Iterable[Body]) -> str:
    names = dict.fromkeys(map(_name, references))
    return _and([[name] for name in first_of([*names], MOST_NAMED)])


def _name(reference: Body) -> str:
    return straight("".join(map(str, actor(reference))))


def _parted(claims: Iterable[Body], context: Context) -> tuple[list[Body], list[Body], list[Body]]:
    """Return the claims that are fresh, the old ones, which nobody has confirmed for long, and the settled ones."""
    parted: tuple[list[Body], list[Body], list[Body]] = [], [], []
    for body in claims:
        parted[PARTED.get(age(body, context), 0)].append(body)
    return parted


def _then(old: Sequence[Body]) -> str:
    """Return when old claims were confirmed last, as what is told of them begins."""
    never = sum(body["confirmed_on"] is None for body in old)
    if never == len(old):
        return "never confirmed: "
    beside = f" ({never} of {_many(len(old), 'claim')} never confirmed)" if never else ""
    return f"{_when(old)}, not confirmed since{beside}: "


def _when_settled(claims: Sequence[Body], context: Context) -> str:
    """Return when the questions of claims were settled, as what is told of them begins."""
    days_of = {body["issue"]["slug"]: context.settled[body["issue"]["slug"]] for body in claims}
    if len(days_of) == 1:
        return f"{days.at(*days_of.values())}, when it was settled: "
    return f"when settled, {_between(_months_settled(claims, context))}: "


def _told(
    parts: tuple[T, T, T], claims: Sequence[Sequence[Body]], context: Context
) -> tuple[str, T, list[tuple[str, T]]]:
    """Return how what is told first begins, what that is, and what else there is, each with when it was so.

    The parts are what is fresh, old and settled; the claims date the latter two.
    """
    old, settled = claims
    openings = ("", _then(old), _when_settled(settled, context))
    dates = ("", _when_last(old), _on_settled(settled, context))
    told = [part for part in zip(openings, dates, parts, strict=True) if part[-1]] or [("", "", parts[0])]
    return told[0][0], told[0][-1], [(when, part) for _, when, part in told[1:]]


def _more(others: Iterable[tuple[int, int, str]], did: str = "") -> str:
    """Say of how many of how many more it was so at other times."""
    parts = [
        [f"on {number} of {many} {'more ' * (not place)}{when}"] for place, (number, many, when) in enumerate(others)
    ]
    return f"; {did}{_and(parts)}" if parts else ""


def _when_last(old: Sequence[Body]) -> str:
    """Return when old claims were confirmed last."""
    never = sum(body["confirmed_on"] is None for body in old)
    if never == len(old):
        return "by claims that nobody has confirmed"
    return f"when last confirmed ({_range(months_confirmed(old))}{f'; {never} never' if never else ''})"


def _on_settled(claims: Sequence[Body], context: Context) -> str:
    """Return when the questions of claims were settled."""
    return f"when settled ({_range(_months_settled(claims, context))})"


def _range(months: Sequence[str]) -> str:
    """Write from which to which of two months: the month if there is one, else their years."""
    return "–".join(_ends(months))


def _ends(months: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(month[-4:] for month in months)) if len(months) > 1 else [*months]


def _months_settled(claims: Iterable[Body], context: Context) -> list[str]:
    """Return the first and the last month in which the question of any of the claims was settled."""
    last = sorted({context.settled[body["issue"]["slug"]]["latest"] for body in claims})
    return list(dict.fromkeys(days.month(date.fromisoformat(day)) for day in (*last[:1], *last[-1:])))


def _when(claims: Iterable[Body]) -> str:
    return _between(months_confirmed(claims))


def _between(months: Sequence[str]) -> str:
    ends = _ends(months)
    return f"between {' and '.join(ends)}" if len(ends) > 1 else f"in {ends[0]}" if ends else ""


def _sentence(text: str, opening: str = "") -> str:
    whole = f"{opening}{text}." if text else ""
    return f"{whole[:1].upper()}{whole[1:]}"


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))
