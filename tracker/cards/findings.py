"""Findings: what is seen in a picture of many claims, in a sentence or two, made from them and nothing else.

They count and group; whatever weakens a claim (contested, held with reserve, no longer confirmed, not known to hold on
the day) is said. A forecast is no position: it is told apart, and not counted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from operator import itemgetter

from tracker.cards.age import Age, age, confirmed_on, is_past_forecast
from tracker.cards.chips import chip
from tracker.cards.claim_sentences import PAST_AGES, PATTERNS, POSITIONS
from tracker.cards.context import Body, Context
from tracker.cards.grammar import actor, agreeing, enumerated, straight
from tracker.schema.alignments import pair_of
from tracker.values import days
from tracker.values.nouns import Noun
from tracker.values.vocabularies import DIRECTED, Pattern, Position, Standing

GROUPS = 5
BY = {
    Position.STRONGLY_SUPPORTS: "strongly supported by ",
    Position.SUPPORTS: "supported by ",
    Position.OPPOSES: "opposed by ",
    Position.STRONGLY_OPPOSES: "strongly opposed by ",
    Position.NO_EVIDENCE: "nothing found on ",
}
TAKES = {
    Position.STRONGLY_SUPPORTS: "strong support on ",
    Position.SUPPORTS: "support on ",
    Position.NEUTRAL: "neutral on ",
    Position.OPPOSES: "opposition on ",
    Position.STRONGLY_OPPOSES: "strong opposition on ",
    Position.SILENT: "silent on ",
    Position.NO_EVIDENCE: "nothing found on ",
}
APART = (Pattern.DIVERGENT, Pattern.COMPETING)
VERBS = {**POSITIONS, **PATTERNS}


def on_issue(stances: Iterable[Body], alignments: Iterable[Body], context: Context) -> str:
    """Say who takes which position on an issue, in the order of the claims, and how pairs relate; "" for no claim."""
    stances = list(stances)
    groups: dict[tuple[str, ...], list[Body]] = defaultdict(list)
    for body in stances:
        groups["", "", body["position"], *chip(Noun.STANCE, body, context).notes].append(body)
    for body in alignments:
        first, other = (side["slug"] for side in pair_of(body))
        if body["pattern"] in DIRECTED:
            first, other = "", body["counterpart"]["slug"]
        groups[first, other, body["pattern"], *chip(Noun.ALIGNMENT, body, context).notes].append(body)
    notes = [key[3:] for key in groups]
    shared = [note for note in next(iter(notes), ()) if all(note in each for each in notes)]
    parts = [
        "".join((_who_takes(of, context), *(f", {note}" for note in key[3:] if note not in shared)))
        for key, of in list(groups.items())[:GROUPS]
    ]
    parts += [f"and {len(groups) - GROUPS} more"] if len(groups) > GROUPS else []
    whole = _finding(f"{', '.join(shared)}: " if shared else "", "; ".join(parts))
    return f"{only_forecast(stances, context)} {whole}".strip()


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
    counted = [body for body in stances if counts(body, context)]
    many = Counter(body["position"] for body in counted)
    text = ", ".join(f"{takes}{many[term]}" for term, takes in TAKES.items() if many[term])
    text = text and f"{text} of {_many(len(counted), 'position')}"
    return _finding(_opening(counted, context)[0], text, _not_counted(stances, context))


def of_two(actors: Sequence[Body], stances: Iterable[Body], alignments: Iterable[Body], context: Context) -> str:
    """Say on how many questions two actors are on the same side, where they aren't, and how they relate."""
    stances, alignments = list(stances), list(alignments)
    sides: dict[str, dict[str, set[int]]] = defaultdict(lambda: {actor["slug"]: set() for actor in actors})
    titles, deferring = {}, set()
    counted = [body for body in stances if counts(body, context) and body["score"] is not None]
    for body in counted:
        titles[body["issue"]["slug"]] = straight(body["issue"]["name"])
        sides[body["issue"]["slug"]][body["actor"]["slug"]].add(side(body))
        if body["defers_to"] and body["defers_to"]["slug"] in sides[body["issue"]["slug"]]:
            deferring.add(body["issue"]["slug"])
    both = {slug: list(of.values()) for slug, of in sides.items() if all(of.values())}
    apart = [[titles[slug]] for slug, (first, other) in both.items() if first != other]
    same = len(both) - len(apart)
    apart[3:] = [[f"{len(apart) - 3} more"]] if len(apart) > 3 else []
    related = [body for body in alignments if counts(body, context)]
    opening, is_past = _opening([*counted, *related], context)
    names = _names(actors)
    parts = []
    if both:
        known = f"{same} of {_many(len(both), 'question')} on which both positions are known"
        differ = f", and not on {_and(apart)}" if apart else ""
        defers = f", one deferring to the other on {len(deferring & both.keys())}" if deferring & both.keys() else ""
        parts = [f"{names} {'took' if is_past else 'take'} the same side on {known}{defers}{differ}"]
    if related:
        many = Counter(Pattern(body["pattern"]) for body in related).most_common()
        ways = [[f"{_way(pattern, is_past=is_past)} on {number}"] for pattern, number in many]
        ways[0].append(" issue" if many[0][1] == 1 else " issues")
        parts.append(f"{'they' if parts else names} {_and(ways)}")
    mute = {body["issue"]["slug"] for body in stances if counts(body, context) and body["score"] is None}
    return _finding(opening, "; ".join(parts), _not_counted([*stances, *alignments], context, len(mute)))


def on_differences(actors: Sequence[Body], issues: Iterable[Sequence[Sequence[Body]]], context: Context) -> str:
    """Say on how many issues two actors differ, of those where that is known; "" if it is of none.

    Of each issue there are the stances of the one, those of the other, perhaps of more, and how the first two relate.
    """
    firmly = disputed = known = 0
    claims: list[Body] = []
    for columns in issues:
        issue = [*columns[:2], columns[-1]]
        certain = [[body for body in of if counts(body, context)] for of in issue]
        claims += [body for of in certain for body in of]
        known += bool(certain[-1] or all(any(body["score"] is not None for body in of) for of in certain[:-1]))
        firmly += differ(certain)
        disputed += differ(issue) and not differ(certain)
    opening, is_past = _opening(claims, context)
    text = f"{_names(actors)} {'differed' if is_past else 'differ'} on {firmly} of {_many(known, 'issue')}"
    text += " on which both positions, or how the two relate, are known"
    text += f"; on {disputed} more by claims that are contested, forecast or only possible" if disputed else ""
    return _finding(opening, text) if known else ""


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


def _not_counted(claims: Sequence[Body], context: Context, mute: int = 0) -> str:
    """Say how many claims are not counted, each once, by what keeps it from that; `mute` questions have no side."""
    many = Counter(
        ("forecast", "") if body["likelihood"]
        else ("contested claim", "") if body["standing"] == Standing.CONTESTED
        else ("claim", " not known to hold on that day")
        for body in claims if not counts(body, context)
    )  # fmt: skip
    many["question", " on which one is silent or nothing is found"] = mute
    parts = [[_many(number, what) + rest] for (what, rest), number in sorted(many.items()) if number]
    return f"Not counted: {_and(parts)}." if parts else ""


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
    return _and([[name] for name in dict.fromkeys(map(_name, references))])


def _name(reference: Body) -> str:
    return straight("".join(map(str, actor(reference))))


def _opening(bodies: Sequence[Body], context: Context) -> tuple[str, bool]:
    """Return how many of these claims nobody has confirmed for long, when they last were, and if all of them are so."""
    stale = [body for body in bodies if age(body, context) is Age.STALE]
    if len(stale) < len(bodies) or not bodies:
        return f"{len(stale)} of {_many(len(bodies), 'claim')} not confirmed for long: " if stale else "", False
    confirmed = sorted(filter(None, map(confirmed_on, stale)))
    if not confirmed:
        return "never confirmed: ", True
    first, last = days.month(confirmed[0]), days.month(confirmed[-1])
    never = len(stale) - len(confirmed)
    since = f"in {first}" if first == last else f"between {first} and {last}"
    beside = f" ({never} of {_many(len(stale), 'claim')} never confirmed)" if never else ""
    return f"{since}, not confirmed since{beside}: ", True


def _finding(opening: str, text: str, more: str = "") -> str:
    whole = f"{opening}{text}." if text else "Nothing is known for certain." if more else ""
    return f"{whole[:1].upper()}{whole[1:]} {more}".strip()
