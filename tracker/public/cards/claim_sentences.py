"""Sentences of claims, made from their fields:
none that is shown is left out, and nothing is said that isn't coded.

A sentence says all of it.
Beside a summary `facts` and `notes` do, but for what its chip and its cautions say.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from tracker.public.cards.age import (
    Age,
    age,
    confirmed_on,
    doubt,
    is_past_forecast,
    is_unresolved,
    later_event,
    reopens,
    resolution_of,
)
from tracker.public.cards.context import Body, Context, TurningPoint
from tracker.public.cards.grammar import (
    Piece,
    Sentence,
    actor,
    agreeing,
    enumerated,
    issue,
    joined,
    sentence,
    source,
    straight,
)
from tracker.public.cards.turning_points import key_of
from tracker.schema.alignments import pair_of
from tracker.values import days
from tracker.values.vocabularies import (
    DIRECTED,
    PERCENT,
    Basis,
    ForecastOutcome,
    Instrument,
    Likelihood,
    Pattern,
    Position,
    Relation,
    Standing,
)

Parts = list[str | Piece]
Clause = Callable[[int, str], Parts]
PAST_AGES = (Age.ENDED, Age.STALE, Age.LOOKED_FOR, Age.POSSIBLE, Age.SETTLED)

# Of each position: now, from then until now, then, to come;
# of `no_evidence`, “nothing” is the subject.
POSITIONS: dict[str, tuple[str, ...]] = {
    Position.STRONGLY_OPPOSES: (
        "strongly opposes",
        "has strongly opposed",
        "strongly opposed",
        "strongly oppose",
    ),
    Position.OPPOSES: ("opposes", "has opposed", "opposed", "oppose"),
    Position.NEUTRAL: ("is neutral on", "has been neutral on", "was neutral on", "be neutral on"),
    Position.SUPPORTS: ("supports", "has supported", "supported", "support"),
    Position.STRONGLY_SUPPORTS: (
        "strongly supports",
        "has strongly supported",
        "strongly supported",
        "strongly support",
    ),
    Position.SILENT: ("is silent on", "has been silent on", "was silent on", "be silent on"),
    Position.NO_EVIDENCE: ("is found", "has been found", "was found", "be found"),
}
PATTERNS: dict[str, tuple[str, ...]] = {
    Pattern.COORDINATED: ("coordinate", "have coordinated", "coordinated", "coordinate"),
    Pattern.PARALLEL: (
        "act in parallel",
        "have acted in parallel",
        "acted in parallel",
        "act in parallel",
    ),
    Pattern.COMPLEMENTARY: (
        "complement each other",
        "have complemented each other",
        "complemented each other",
        "complement each other",
    ),
    Pattern.DIVERGENT: ("diverge", "have diverged", "diverged", "diverge"),
    Pattern.COMPETING: ("compete", "have competed", "competed", "compete"),
    Pattern.DEFERS: ("defers to", "has deferred to", "deferred to", "defer to"),
    Pattern.HEDGES: ("hedges against", "has hedged against", "hedged against", "hedge against"),
}
BASES = {
    Basis.STATEMENT: ("as stated", "as stated"),
    Basis.ACTION: ("as actions show", "as actions showed"),
    Basis.INFERENCE: ("as inferred", "as inferred"),
}
CAME_ABOUT = {
    ForecastOutcome.YES: "It came about",
    ForecastOutcome.NO: "It did not come about",
    ForecastOutcome.AMBIGUOUS: "Whether it came about is ambiguous",
    ForecastOutcome.VOID: "Whether it came about can’t be decided",
}
NAMED_SOURCES = 3


def stance(body: Body, context: Context) -> Sentence:
    """Say which position an actor holds on what an issue asks, as of the context's day.

    The question is part of it unless it stands where the sentence is shown.
    """

    def clause(form: int, modal: str) -> Parts:
        verbs = POSITIONS[body["position"]]
        if body["position"] == Position.NO_EVIDENCE:
            stands = agreeing(
                body["actor"], ("stands", "stands", "stood", "stand"), 2 * (form == 2)
            )
            return [
                f"nothing {modal}{verbs[form]} on where ",
                *actor(body["actor"]),
                f" {stands} on this",
            ]
        return [*actor(body["actor"]), f" {modal}{agreeing(body['actor'], verbs, form)} this"]

    return _claim(body, context, clause, _question(body["issue"], context))


def _question(about: Body, context: Context) -> Parts:
    """Return on which issue a position is held, with what it asks;
    nothing where both are at hand.
    """
    if about["slug"] == context.issue:
        return []
    question = straight(context.questions.get(about["slug"]))
    return (
        ["on ", *issue(about), f" (“{question}”), "]
        if question
        else ["on the question of ", *issue(about), ", "]
    )


def alignment(body: Body, context: Context) -> Sentence:
    """Say how two actors relate on an issue, as of the context's day."""

    def clause(form: int, modal: str) -> Parts:
        verbs = PATTERNS[body["pattern"]]
        if body["pattern"] in DIRECTED:
            verb = f" {modal}{agreeing(body['actor'], verbs, form)} "
            pair = [*actor(body["actor"]), verb, *actor(body["counterpart"])]
        else:
            pair = [*enumerated([*map(actor, pair_of(body))]), f" {modal}{verbs[form]}"]
        return [
            *pair,
            " on ",
            *(["this"] if body["issue"]["slug"] == context.issue else issue(body["issue"])),
        ]

    return _claim(body, context, clause)


def _claim(body: Body, context: Context, clause: Clause, opening: Parts | None = None) -> Sentence:
    aged, told = age(body, context), opening or []
    if _is_forecast(body):
        told += _forecast(body, aged, clause, is_over=is_past_forecast(body, context))
    else:
        told += _framed(body, aged, clause, context)
    basis = (
        "" if _is_forecast(body) or _is_nothing(body) else BASES[body["basis"]][aged in PAST_AGES]
    )
    sentences = [
        [*_contested(body, context), *joined([told, *_qualities(body), basis], ", "), "."],
        f"It is not known whether {doubt(body, context)} on {days.day(context.on)}."
        if aged is Age.POSSIBLE
        else "",
        f"Basis: {body['basis']}." if _is_nothing(body) else "",
        *_notes(body, context),
        f"{body['confidence'].capitalize()} confidence.",
        _checked(body, aged, context),
        _later(body, context),
    ]
    return sentence(context.address, joined(sentences, " "))


def facts(body: Body, context: Context) -> Sentence:
    """Say in a line of whom and of what a claim is, unless that stands beside it, when, how,
    and how sure it is.
    """
    aged = age(body, context)
    line = [
        _subject(body, context),
        _period(body, aged),
        *_qualities(body),
        "" if _is_forecast(body) else f"by {body['basis']}",
        f"{body['confidence']} confidence",
        "" if aged in (Age.STALE, Age.LOOKED_FOR) else _checked(body, aged, context, is_short=True),
    ]
    return sentence(context.address, joined(line, " · "))


def notes(body: Body, context: Context) -> Sentence:
    """Say of a claim what it was before and since, what became of it, and who says otherwise;
    "" for nothing.
    """
    return sentence(context.address, joined([*_notes(body, context), _later(body, context)], " "))


def is_about_actors(body: Body, context: Context) -> bool:
    """Tell whether a claim is of just those whom all is about that is shown."""
    return {body[side]["slug"] for side in ("actor", "counterpart") if side in body} == {
        *context.actors
    }


def _subject(body: Body, context: Context) -> Iterator[str | Piece]:
    """Yield whose claim it is, unless its chip or what is above it says so, and on what,
    unless its question is.
    """
    on_issue, is_pair = body["issue"]["slug"] != context.issue, "pattern" in body
    is_said = body["pattern"] in DIRECTED if is_pair else not on_issue
    whose = (
        []
        if is_said or is_about_actors(body, context)
        else pair_of(body)
        if is_pair
        else [body["actor"]]
    )
    yield from enumerated([*map(actor, whose)])
    if on_issue:
        yield from (" on " if whose else "on ", *issue(body["issue"]))


def _period(body: Body, age: Age) -> str:
    """Say from when until when a claim is, but for the end that its cautions say."""
    since, until = body["since"], body["until"]
    if age is Age.TO_COME:
        return f"until {days.when(until)}" if until else ""
    is_so = age is Age.NOW and since and not until and not _is_forecast(body)
    return (
        f"since {days.when(since)}"
        if is_so
        else days.period(since, None if age is Age.ENDED else until)
    )


def _is_forecast(body: Body) -> bool:
    return bool(body["basis"] == Basis.FORECAST)


def _is_nothing(body: Body) -> bool:
    return body.get("position") == Position.NO_EVIDENCE


def _notes(body: Body, context: Context) -> list[str | Iterable[str | Piece]]:
    """Return sentences on what is told beside a claim; "" and none for what there is not."""
    turned = _turned(body, context)
    return [
        *turned,
        _came_about(body, context),
        _reopened(body, context),
        _objections(body, context),
        _note(body),
    ]


def _is_decided(forecast: Body, context: Context) -> bool:
    """Tell whether it was known by the context's day what became of a forecast,
    so that none confirms it any more.
    """
    resolved = resolution_of(forecast, context)
    return resolved is not None and resolved[1] is not ForecastOutcome.OPEN


def _turned(body: Body, context: Context) -> Iterator[Iterable[str | Piece]]:
    """Yield what it was before, and what it has been since,
    where one claim took the place of another.
    """
    before, after = context.turning_points.get(key_of(body), TurningPoint())
    if before:
        yield _otherwise(before, f"Until {days.when(before['until'])}", 2)
    aged = age(after, context) if after else Age.TO_COME
    if after and aged is not Age.TO_COME:
        is_so, since = aged is Age.NOW and not after["until"], days.when(after["since"])
        yield _otherwise(
            after, f"Since {since}" if is_so else f"From {since} on", 1 if is_so else 2
        )


def _otherwise(body: Body, when: str, form: int) -> Iterator[str | Piece]:
    """Yield a sentence on what it was at another time, which leads to the claim that says so."""
    verbs = PATTERNS[body["pattern"]] if "pattern" in body else POSITIONS[body["position"]]
    several = "pattern" in body and body["pattern"] not in DIRECTED
    yield f"{when} "
    yield from ["they"] if several else actor(body["actor"])
    yield " "
    yield Piece(verbs[form] if several else agreeing(body["actor"], verbs, form), *key_of(body))
    if "pattern" in body and not several:
        yield from (" ", *actor(body["counterpart"]))
    yield " on this" if "pattern" in body else " this"
    yield f"{', with reserve' if body.get('hedged') else ''}."


def _reopened(body: Body, context: Context) -> str:
    settled = context.settled.get(body["issue"]["slug"])
    return (
        f"The question had been settled {days.at(settled)}."
        if settled and reopens(body, context)
        else ""
    )


def _framed(body: Body, age: Age, clause: Clause, context: Context) -> Parts:
    """Return a clause with its period, in the tense that this takes."""
    since, until, confirmed = body["since"], body["until"], confirmed_on(body)
    begins_and_ends = f" {days.period(since, until)}"
    match age:
        case Age.SETTLED:
            settled = days.at(context.settled[body["issue"]["slug"]])
            return [
                f"{settled}, when the question was settled, ",
                *clause(2, ""),
                f" ({days.period(since, until)})",
            ]
        case Age.STALE | Age.LOOKED_FOR if confirmed and not _is_before(confirmed, since):
            return [
                f"in {days.month(confirmed)}, ",
                *clause(2, ""),
                f" ({days.period(since, until)})",
            ]
        case Age.STALE | Age.LOOKED_FOR | Age.ENDED | Age.POSSIBLE:
            return [*clause(2, ""), begins_and_ends]
        case Age.NOW if not until:
            return [
                *clause(1, ""),
                f" since {days.when(since)}" if since else f" from {days.UNKNOWN} on",
            ]
    return [*clause(0, ""), begins_and_ends]


def _forecast(body: Body, age: Age, clause: Clause, *, is_over: bool) -> Parts:
    """Return a clause as what was expected, with how firmly."""
    confirmed = confirmed_on(body)
    is_past = age in PAST_AGES or is_over
    is_then = (
        is_past
        and age in (Age.NOW, Age.STALE)
        and confirmed
        and not _is_before(confirmed, body["since"])
    )
    opening = f"in {days.month(confirmed)}, " if is_then and confirmed else ""
    chance = _it_is(Likelihood(body["likelihood"]), "was" if is_past else "is")
    expected = clause(3, "would " if is_past else "will ")
    return [
        f"{opening}{chance}, by forecast, that ",
        *expected,
        f" {days.period(body['since'], body['until'])}",
    ]


def _came_about(body: Body, context: Context) -> str:
    """Say what became of a forecast by the context's day, or until when it is open."""
    resolved = resolution_of(body, context)
    if not resolved:
        return "Whether it came about is not coded." if is_unresolved(body, context) else ""
    resolution, outcome = resolved
    if outcome is ForecastOutcome.OPEN:
        due = days.day(date.fromisoformat(resolution["due"]))
        over = is_unresolved(body, context)
        return (
            f"It was due by {due}, and whether it came about is not coded."
            if over
            else f"It is due by {due}."
        )
    known, note = (
        days.day(date.fromisoformat(resolution["resolved_on"])),
        (resolution["note"] or "").strip(),
    )
    said = f": {note}{'' if note.endswith(('.', '!', '?', '…')) else '.'}" if note else "."
    late = " This was judged in retrospect." if resolution["retrospective"] else ""
    return f"{CAME_ABOUT[outcome]}, as of {known}{said}{late}"


def _is_before(day: date, since: Body | None) -> bool:
    return since is not None and day.isoformat() < since["earliest"]


def likely(term: Likelihood) -> str:
    """Return how probable something is, with its range in percent."""
    at_least, at_most = PERCENT[term]
    return f"{term.label} ({at_least}–{at_most} %)"


def _it_is(term: Likelihood, verb: str) -> str:
    if term is Likelihood.ALMOST_NO_CHANCE:
        return f"there {verb} {likely(term)}"
    return (
        f"there {verb} a {likely(term)}"
        if term is Likelihood.ROUGHLY_EVEN_CHANCE
        else f"it {verb} {likely(term)}"
    )


def _qualities(body: Body) -> Iterator[Parts]:
    """Yield with what reserve, after whom and by what means."""
    if body.get("hedged"):
        yield ["with reserve"]
    if to := body.get("defers_to"):
        yield ["deferring to ", *actor(to)]
    if means := body.get("instruments"):
        yield ["by ", *enumerated([[Instrument(mean).label] for mean in means]), " means"]


def _contested(body: Body, context: Context) -> Iterator[str | Piece]:
    if body["standing"] == Standing.CONTESTED:
        yield "contested: "
        if sources := _sources(body, context, Relation.SUPPORTS):
            yield from ("according to ", *enumerated(sources), ", ")


def _objections(body: Body, context: Context) -> Iterator[str | Piece]:
    if sources := _sources(body, context, Relation.CONTRADICTS):
        yield from (
            *enumerated(sources),
            " says otherwise." if len(sources) == 1 else " say otherwise.",
        )


def _sources(body: Body, context: Context, relation: Relation) -> list[Parts]:
    """Return the sources that a claim cites so, each once, with its publisher if that is known;
    many are counted.
    """
    cited = {
        citation["source"]["id"]: citation["source"]
        for citation in body["citations"]
        if citation["relation"] == relation
    }
    named: list[Parts] = []
    for number, reference in list(cited.items())[:NAMED_SOURCES]:
        publisher = context.sources.get(number, {}).get("publisher")
        named.append([*source(reference), f" ({publisher})" if publisher else ""])
    more = len(cited) - len(named)
    return [*named, [f"{more} more source{'s' if more > 1 else ''}"]] if more else named


def _note(body: Body) -> str:
    note = (body["standing_note"] or "").strip()
    return (
        f"Contested because: {note}{'' if note.endswith(('.', '!', '?', '…')) else '.'}"
        if note
        else ""
    )


def _later(body: Body, context: Context) -> Parts:
    """Say what happened on its issue after it was last checked; nothing if nothing did."""
    event = later_event(body, context)
    if event is None:
        return []
    title = Piece(event.title or f"{event.noun} {event.record}", event.noun, event.record)
    return [f"A later {event.noun} bears on this: “", title, f"”, {event.when}."]


def _checked(body: Body, age: Age, context: Context, *, is_short: bool = False) -> str:
    """Say when it was last confirmed, in a line in which month; of what has ended, only if it was.

    What became of a forecast is confirmed no more.
    """
    confirmed = confirmed_on(body)
    if _is_forecast(body) and _is_decided(body, context):
        return ""
    if not confirmed:
        never = age is Age.STALE or (age is Age.POSSIBLE and not body["until"])
        return ("never confirmed" if is_short else "Never confirmed.") * never
    if age is Age.STALE:
        return f"Not confirmed since {days.day(confirmed)}."
    is_over = body["until"] and body["until"]["latest"] < confirmed.isoformat()
    done = "looked for" if _is_nothing(body) else "checked" if is_over else "confirmed"
    if is_short:
        return f"{done} {days.month(confirmed)}"
    return f"{'Looked for' if _is_nothing(body) else f'Last {done}'} on {days.day(confirmed)}."
