"""Chips: what a claim says in a word and a sign, readable without colour;
and the four kinds of nothing.

The classes are for the style sheet: `chip`, the term (`position-supports`, `pattern-parallel`,
`nothing-not-coded`, `meeting-held`), and `hedged`, `contested`, `forecast`, `possible`, `stale`,
`looked-for`, `ended`, `settled`, `to-come` and `overdue`, all of which is said in words as well.
"""

from collections.abc import Iterable, Iterator
from enum import Enum
from html import escape

from django.utils.safestring import SafeString
from msgspec import Struct

from tracker.public.cards.age import Age, age, confirmed_on, doubt, is_past_forecast
from tracker.public.cards.claim_sentences import PAST_AGES, PATTERNS, POSITIONS, likely
from tracker.public.cards.context import Body, Context
from tracker.public.cards.record_sentences import is_overdue, status_label
from tracker.values import days
from tracker.values.nouns import Noun
from tracker.values.vocabularies import (
    DIRECTED,
    Likelihood,
    Pattern,
    Position,
    Standing,
    VoteOutcome,
)

SIGNS: dict[str, str] = {
    Position.STRONGLY_OPPOSES: "−−",
    Position.OPPOSES: "−",
    Position.NEUTRAL: "0",
    Position.SUPPORTS: "+",
    Position.STRONGLY_SUPPORTS: "++",
}
NOTHING_FOUND = "nothing found"
# What is no longer so, no longer confirmed, or no longer asked is told as of then.
PAST_LABELS: dict[str, str] = {
    Position.STRONGLY_OPPOSES: "strongly opposed",
    Position.OPPOSES: "opposed",
    Position.NEUTRAL: "was neutral",
    Position.SUPPORTS: "supported",
    Position.STRONGLY_SUPPORTS: "strongly supported",
    Position.SILENT: "was silent",
    Position.NO_EVIDENCE: NOTHING_FOUND,
    Pattern.DEFERS: "deferred to",
    Pattern.HEDGES: "hedged against",
}


class Nothing(Enum):
    """A kind of nothing, none of which is a zero: its word, and what it means."""

    SILENT = "silent", "A source says that the actor says nothing."
    NOTHING_FOUND = NOTHING_FOUND, "It was looked for, and nothing was found."
    NOT_CODED = "not coded", "Nobody has looked at it yet: there is no claim of any day."
    NOT_ON_THAT_DAY = "not on that day", "There are claims, but none of them holds on that day."

    @property
    def word(self) -> str:
        return self.value[0]

    @property
    def meaning(self) -> str:
        return self.value[1]


class Chip(Struct, frozen=True):
    """A word, the sign before it ("" for none), what is to be said beside it, classes,
    and where its claim is.

    `age` is the note that tells since when nobody has confirmed it, or when its question was
    settled, which a matrix tells once a row; "" if it is fresh.
    """

    word: str
    sign: str = ""
    notes: tuple[str, ...] = ()
    classes: str = "chip"
    href: str = ""
    age: str = ""

    def __str__(self) -> str:
        """Return all that it says, in one line."""
        return ", ".join([f"{self.sign} {self.word}".strip(), *self.notes])

    @property
    def html(self) -> SafeString:
        """Return it as HTML, a link if it leads somewhere;
        by hand, since a matrix has hundreds of them.
        """
        return self._html(self.notes)

    @property
    def bare_html(self) -> SafeString:
        """Return it as HTML without what is to be said beside it."""
        return self._html(())

    @property
    def ageless_html(self) -> SafeString:
        """Return it as HTML without its age."""
        return self._html(self.ageless_notes)

    @property
    def ageless_notes(self) -> tuple[str, ...]:
        return tuple(note for note in self.notes if note != self.age)

    def _html(self, notes: Iterable[str]) -> SafeString:
        sign = (
            f'<span class="sign" aria-hidden="true">{escape(self.sign)}</span> '
            if self.sign
            else ""
        )
        html = (
            f'{sign}<span class="word">{escape(self.word)}</span>{"".join(map(_note_html, notes))}'
        )
        if not self.href:
            return SafeString(f'<span class="{self.classes}">{html}</span>')
        return SafeString(f'<a class="{self.classes}" href="{escape(self.href)}">{html}</a>')


def _note_html(note: str) -> str:
    """Return what is said beside the word of a chip, as HTML."""
    return f'<span class="note"><span class="visually-hidden">, </span>{escape(note)}</span>'


# an issue on which nobody can take a position
NO_QUESTION = Chip("no question", classes="chip no-question")


def chip(noun: Noun, body: Body, context: Context) -> Chip:
    """Return the chip of a claim, as of the context's day."""
    aged = age(body, context)
    term: Position | Pattern = (
        Position(body["position"]) if noun is Noun.STANCE else Pattern(body["pattern"])
    )
    marks = {
        f"nothing-{term}": kind(noun, body) is not None,
        "hedged": body.get("hedged"),
        "contested": body["standing"] == Standing.CONTESTED,
        "forecast": body["likelihood"],
        aged.value.replace(" ", "-"): aged is not Age.NOW,
    }
    text = word(
        term, aged, is_forecast=bool(body["likelihood"]), is_past=is_past_forecast(body, context)
    )
    if term in DIRECTED and "counterpart" in body:  # it says nothing without its ends
        text = f"{body['actor']['name']} {text} {body['counterpart']['name']}"
    notes, classes = (
        tuple(_notes(body, context, aged)),
        " ".join([_classes(term), *filter(marks.get, marks)]),
    )
    href, old = (
        context.address(noun, body["id"]),
        notes[-1] if aged in (Age.STALE, Age.SETTLED) else "",
    )
    return Chip(text, SIGNS.get(term, ""), notes, classes, href, old)


def of_term(term: Position | Pattern) -> Chip:
    """Return the chip of a term by itself, of no claim and no day, as the codebook calls it."""
    return Chip(str(term.label), SIGNS.get(term, ""), classes=_classes(term))


def _classes(term: Position | Pattern) -> str:
    return f"chip {'position' if isinstance(term, Position) else 'pattern'}-{term}"


def word(
    term: Position | Pattern,
    age: Age = Age.NOW,
    *,
    is_forecast: bool = False,
    is_past: bool = False,
) -> str:
    """Return how a chip says a term:
    as of now, as it was said then, as only possible, or as forecast.
    """
    if term == Position.NO_EVIDENCE:
        return NOTHING_FOUND
    if is_forecast:
        *_, verb = POSITIONS[term] if isinstance(term, Position) else PATTERNS[term]
        return (
            f"{'was ' if is_past or age in PAST_AGES else ''}forecast to {verb.removesuffix(' on')}"
        )
    label = PAST_LABELS.get(term, str(term.label)) if age in PAST_AGES else str(term.label)
    return f"perhaps {label.removeprefix('was ')}" if age is Age.POSSIBLE else label


def kind(noun: Noun, body: Body) -> Nothing | None:
    """Return the kind of nothing that a claim says, if it says one."""
    kinds = {Position.SILENT: Nothing.SILENT, Position.NO_EVIDENCE: Nothing.NOTHING_FOUND}
    return kinds.get(body["position"]) if noun is Noun.STANCE else None


def nothing(of: Nothing, href: str = "") -> Chip:
    """Return the chip of a kind of nothing."""
    return Chip(of.word, classes=f"chip nothing-{of.word.replace(' ', '-')}", href=href)


def votes_only(href: str = "") -> Chip:
    """Return the chip of an actor that has voted on an issue,
    and of which no position on it is coded.
    """
    return Chip("votes only", classes="chip votes-only", href=href)


def status(noun: Noun, body: Body, context: Context) -> Chip:
    """Return the chip of a meeting or an act."""
    late = is_overdue(body, context)
    classes = f"chip {noun}-{body['status']}{' overdue' if late else ''}"
    word, notes = status_label(noun, body), ("overdue",) if late else ()
    return Chip(word, "", notes, classes, context.address(noun, body["id"]))


def weakened(body: Body) -> Iterator[str]:
    """Yield in words by what a claim is weakened, whatever the day."""
    if body["standing"] == Standing.CONTESTED:
        yield "contested"
    if body["likelihood"]:
        yield likely(Likelihood(body["likelihood"]))
    if body.get("hedged"):
        yield "with reserve"


def _notes(body: Body, context: Context, age: Age) -> Iterator[str]:
    yield from weakened(body)
    if body.get("defers_to"):
        yield f"deferring to {body['defers_to']['name']}"
    yield from _aged(body, context, age)


def settled_on(body: Body, context: Context) -> str:
    """Return when the question of a claim was settled, as of which it is told."""
    return f"when settled, {days.at(context.settled[body['issue']['slug']])}"


def cautions(body: Body, context: Context) -> str:
    """Return what keeps a claim from being told as a fact of the context's day; "" for nothing."""
    cautions = ["contested"] if body["standing"] == Standing.CONTESTED else []
    cautions += (
        [f"forecast, {likely(Likelihood(body['likelihood']))}"] if body["likelihood"] else []
    )
    return ", ".join([*cautions, *_aged(body, context, age(body, context))])


def _aged(body: Body, context: Context, age: Age) -> Iterator[str]:
    confirmed = confirmed_on(body)
    match age:
        case Age.POSSIBLE:
            yield f"not known whether {doubt(body, context)} then"
        case Age.LOOKED_FOR if confirmed:
            yield f"looked for in {days.month(confirmed)}"
        case Age.STALE if confirmed:
            yield f"in {days.month(confirmed)}, not confirmed since"
        case Age.STALE:
            yield "never confirmed"
        case Age.ENDED:
            yield f"until {days.when(body['until'])}"
        case Age.SETTLED:
            yield settled_on(body, context)
        case Age.TO_COME:
            yield f"from {days.when(body['since'])}"


def outcome(body: Body) -> Chip:
    """Return the chip of what came of a vote."""
    return Chip(VoteOutcome(body["outcome"]).label)
