"""Findings: what is seen in a picture of many claims, in a sentence or two, made from them and nothing else.

They count and group; whatever weakens a claim (contested, held with reserve, forecast, no longer confirmed) is said.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from tracker.cards import days
from tracker.cards.age import Age, age, confirmed_on
from tracker.cards.chips import chip
from tracker.cards.claims import PATTERNS
from tracker.cards.context import Body, Context
from tracker.cards.sentence import actor, listed, straight
from tracker.values.nouns import Noun
from tracker.values.vocabularies import DIRECTED, Pattern, Position, Standing

GROUPS = 5
BY = {
    Position.STRONGLY_SUPPORTS: "strongly supported by ",
    Position.SUPPORTS: "supported by ",
    Position.NEUTRAL: "neutral: ",
    Position.OPPOSES: "opposed by ",
    Position.STRONGLY_OPPOSES: "strongly opposed by ",
    Position.SILENT: "silent: ",
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


def on_issue(stances: Iterable[Body], alignments: Iterable[Body], context: Context) -> str:
    """Say who takes which position on an issue, in the order of the claims, and how pairs relate; "" for no claim."""
    names: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for body in stances:
        key = BY[Position(body["position"])], chip(Noun.STANCE, body, context).notes
        if (name := _name(body["actor"])) not in names[key]:
            names[key].append(name)
    for body in alignments:
        shown, sides = chip(Noun.ALIGNMENT, body, context), (_name(body["actor"]), _name(body["counterpart"]))
        is_directed = body["pattern"] in DIRECTED
        said = f" {shown.word} ".join(sides) if is_directed else f"{' and '.join(sides)}: {shown.word}"
        names.setdefault((said, shown.notes), [])
    shared = [note for note in next(iter(names), ("", ()))[1] if all(note in notes for _, notes in names)]
    told = [
        "".join((opening, _and(of), *(f", {note}" for note in notes if note not in shared)))
        for (opening, notes), of in list(names.items())[:GROUPS]
    ]
    told += [f"and {len(names) - GROUPS} more"] if len(names) > GROUPS else []
    return _whole(f"{', '.join(shared)}: " if shared else "", "; ".join(told))


def of_actor(stances: Iterable[Body], context: Context) -> str:
    """Say on how many questions an actor takes which position; "" for none."""
    counted = [body for body in stances if _counts(body)]
    many = Counter(body["position"] for body in counted)
    told = ", ".join(f"{takes}{many[term]}" for term, takes in TAKES.items() if many[term])
    return _whole(_then(counted, context)[0], told and f"{told} of {len(counted)} positions")


def of_two(actors: Sequence[Body], stances: Iterable[Body], alignments: Iterable[Body], context: Context) -> str:
    """Say on how many questions two actors are on the same side, where they aren't, and how they relate."""
    sides: dict[str, dict[str, set[int]]] = defaultdict(lambda: {one["slug"]: set() for one in actors})
    titles = {}
    counted = [body for body in stances if _counts(body) and body["score"] is not None]
    for body in counted:
        titles[body["issue"]["slug"]] = straight(body["issue"]["name"])
        sides[body["issue"]["slug"]][body["actor"]["slug"]].add(side(body))
    both = {slug: list(of.values()) for slug, of in sides.items() if all(of.values())}
    apart = [[titles[slug]] for slug, (one, other) in both.items() if one != other]
    same = len(both) - len(apart)
    apart[3:] = [[f"{len(apart) - 3} more"]] if len(apart) > 3 else []
    related = [body for body in alignments if _counts(body)]
    opening, is_past = _then([*counted, *related], context)
    names = f"{_name(actors[0])} and {_name(actors[1])}"
    told = []
    if both:
        differ = f", and not on {_and(apart)}" if apart else ""
        told = [f"{names} {'took' if is_past else 'take'} the same side on {same} of {len(both)} questions{differ}"]
    if related:
        many = Counter(Pattern(body["pattern"]) for body in related).most_common()
        ways = [[f"{_way(pattern, 2 * is_past)} on {number}"] for pattern, number in many]
        ways[0].append(" issue" if many[0][1] == 1 else " issues")
        told.append(f"{'they' if told else names} {_and(ways)}")
    return _whole(opening, "; ".join(told))


def side(stance: Body) -> int:
    """Return on which side of its question a stance with a score is: 1 for a yes, -1 for a no, 0 for neither."""
    score: int = stance["score"]
    return (score > 0) - (score < 0)


def _way(pattern: Pattern, form: int) -> str:
    """Return what two actors do, in a form of the verb."""
    verb = PATTERNS[pattern][form]
    return f"see one {verb}the other" if pattern in DIRECTED else verb


def _and(items: Sequence[Sequence[str]]) -> str:
    return "".join(map(str, listed(items)))


def _name(reference: Body) -> str:
    return straight("".join(map(str, actor(reference))))


def _counts(body: Body) -> bool:
    """Tell whether a claim is counted: neither one of rivals nor a forecast."""
    return body["standing"] == Standing.ACCEPTED and not body["likelihood"]


def _then(bodies: Sequence[Body], context: Context) -> tuple[str, bool]:
    """Return how many of these claims nobody has confirmed for long, as of when they are told, and if all of them."""
    stale = [body for body in bodies if age(body, context) is Age.STALE]
    confirmed = max(filter(None, map(confirmed_on, stale)), default=None)
    if len(stale) < len(bodies) or not bodies:
        return f"{len(stale)} of {len(bodies)} claims not confirmed for long: " if stale else "", False
    return f"in {days.month(confirmed)}, not confirmed since: " if confirmed else "never confirmed: ", True


def _whole(opening: str, text: str) -> str:
    said = f"{opening}{text}." if text else ""
    return said[:1].upper() + said[1:]
