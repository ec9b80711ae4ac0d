"""What the terms that a reader meets first mean, each with the chip that shows it:
on the codebook's page, beside matrices, and where somebody searches for a term.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from html import escape
from typing import Any

from django.utils.safestring import SafeString

from tracker.public.cards.age import Age
from tracker.public.cards.chips import (
    NO_QUESTION,
    SIGNS,
    Chip,
    Nothing,
    nothing,
    of_term,
    votes_only,
    word,
)
from tracker.schema import codebook
from tracker.schema.records import CLAIMS
from tracker.values.nearness import other_forms
from tracker.values.nouns import Noun
from tracker.values.vocabularies import (
    Basis,
    Confidence,
    Likelihood,
    Outlet,
    Pattern,
    Position,
    Reliability,
    Standing,
    Vocabulary,
)

AGES = {"stale": Age.STALE, "ended": Age.ENDED, "settled": Age.SETTLED, "possible": Age.POSSIBLE}
WORD = re.compile(r"\w+")
# letters of the shortest word that is taken for the beginning of a name, and of an own word
SHORT, SHORTEST = 4, 3


@dataclass(frozen=True)
class Sign:
    """A term: its place on the codebook's page, its chip, what it means, and which claims say it:
    filters by noun.

    `called` are the words by which somebody looks for it.
    """

    id: str
    chip: Chip
    meaning: str
    claims: Mapping[Noun, Mapping[str, Any]]
    called: str

    @cached_property
    def words(self) -> tuple[list[str], list[str]]:
        """Return the words by which it is called and those that explain it, in lower case."""
        return WORD.findall(self.called.casefold()), WORD.findall(self.meaning.casefold())


@dataclass(frozen=True, slots=True)
class Signs:
    """Terms that belong together;
    `id` and `meaning` are those of their vocabulary, if they are of one.
    """

    id: str
    title: str
    meaning: str
    signs: list[Sign]


def _of(vocabulary: type[Vocabulary], name: str, *nouns: Noun, plain: bool = True) -> list[Sign]:
    """Return the terms of a vocabulary,
    and that claims of these nouns say them in a field of this name.
    """
    return [
        Sign(
            f"{vocabulary.__name__}-{term}",
            Chip(str(term.label), classes="term") if plain else _chip(term),
            term.rule,
            {noun: {name: [term.value]} for noun in nouns},
            str(term.label),
        )
        for term in vocabulary
    ]


def _chip(term: Any) -> Chip:
    return Chip(word(term), SIGNS.get(term, ""), classes=of_term(term).classes)


def _look(
    name: str, note: str, meaning: str, claims: Mapping[Noun, Mapping[str, Any]] | None = None
) -> Sign:
    """Return what stands within the chip of a claim, shown by one that supports."""
    text = word(Position.SUPPORTS, AGES.get(name, Age.NOW), is_forecast=name == "forecast")
    shown = Chip(text, "+", (note,), f"chip position-{Position.SUPPORTS} {name}")
    return Sign(
        name,
        shown,
        meaning,
        claims or {},
        name if name == "forecast" else f"{name} {note.partition(',')[0]}",
    )


POSITIONS = Signs(
    "Position",
    "What an actor thinks of it",
    f"{Position.definition()} Four of the signs say that there is no answer, each for "
    f"another reason; the last, that "
    "nothing is asked.",
    [
        *_of(Position, "position", Noun.STANCE, plain=False),
        *(
            Sign(kind.name.lower(), nothing(kind), kind.meaning, {}, kind.word)
            for kind in (Nothing.NOT_CODED, Nothing.NOT_ON_THAT_DAY)
        ),
        Sign(
            "votes_only",
            votes_only(),
            "No position is coded, but it has voted on what bears on the issue: votes that "
            "the sign leads to.",
            {},
            votes_only().word,
        ),
        Sign(
            "no_question",
            NO_QUESTION,
            "A group of issues, which asks nothing itself: positions are taken on the issues "
            "in it.",
            {},
            NO_QUESTION.word,
        ),
    ],
)
PATTERNS = Signs(
    "Pattern",
    "How two actors relate",
    Pattern.definition(),
    _of(Pattern, "pattern", Noun.ALIGNMENT, plain=False),
)
LOOKS = Signs(
    "looks",
    "What else a sign can say",
    "Beside the position or the pattern: how firm a claim is, and of when.",
    [
        _look(
            "contested",
            "contested",
            Standing.CONTESTED.rule,
            {of: {"standing": ["contested"]} for of in CLAIMS},
        ),
        _look(
            "hedged",
            "with reserve",
            "Goes on backing it, but quietly secures itself in case it fails: it hedges.",
            {Noun.STANCE: {"hedged": True}},
        ),
        _look(
            "forecast",
            "likely (55–80 %)",
            "Not so yet: a source expects it, as firmly as its likelihood says.",
            {of: {"basis": [Basis.FORECAST.value]} for of in CLAIMS},
        ),
        _look(
            "defers",
            "deferring to another",
            "Takes this side for another’s sake, to whose interest it gives way.",
        ),
        _look(
            "possible",
            "not known whether already then",
            "Possible: it began or ended on an unknown or vague day, and nobody knows "
            "whether it was so then.",
        ),
        _look(
            "stale",
            "in June 2019, not confirmed since",
            "Said then, and stale: nobody has confirmed it for a year, so it is told in the past.",
        ),
        _look("ended", "until April 2019", "Was so, and has ended."),
        _look(
            "settled",
            "when settled, on 28 February 2019",
            "Was so when the question was decided: by a vote, a conference, the fall of a "
            "government.",
        ),
    ],
)
LEGEND = [POSITIONS, PATTERNS, LOOKS]
# What is said of a claim, in its sign and beside it; and what is said of its sources.
CLAIM_SIGNS = [
    *LEGEND,
    Signs("Basis", "What a claim rests on", Basis.definition(), _of(Basis, "basis", *CLAIMS)),
    Signs(
        "Likelihood",
        "How likely a forecast is",
        Likelihood.definition(),
        _of(Likelihood, "likelihood"),
    ),
    Signs(
        "Confidence",
        "How well a claim is borne out",
        Confidence.definition(),
        _of(Confidence, "confidence", *CLAIMS),
    ),
]
OWN_WORDS = Signs(
    "words",
    "The tracker’s own words",
    "What it is made of, and what these pages call it.",
    [
        Sign(
            f"words-{word.value}",
            Chip(word.label, classes="term"),
            word.meaning,
            {},
            f"{word.label} {word.value}",
        )
        for word in codebook.WORDS
    ],
)
FIRST = [
    OWN_WORDS,
    *CLAIM_SIGNS,
    Signs(
        "Outlet",
        "Who speaks in a source, and how independent that is",
        Outlet.definition(),
        _of(Outlet, "outlet"),
    ),
    Signs(
        "Reliability",
        "How far a source is trusted",
        Reliability.definition(),
        _of(Reliability, "reliability"),
    ),
]


@cache
def legend_html() -> SafeString:
    """Return what the signs of a matrix mean, as HTML:
    always the same, and as long as forty rows of it.
    """
    groups = []
    for group in LEGEND:
        signs = (
            f"<li>{sign.chip.html} <span>{escape(sign.meaning)}</span></li>" for sign in group.signs
        )
        groups.append(f"<h3>{escape(group.title)}</h3>\n<ul>{''.join(signs)}</ul>\n")
    return SafeString("".join(groups))


def meant(words: Sequence[str]) -> list[tuple[Sign, list[str]]]:
    """Return the terms that words in lower case are about,
    each with the words that are about something else.

    A word is about a term that it begins a name of, in whichever number; several together are, if
    all stand in what explains it. Of terms that the same claims say there is the first. The
    tracker's own words are meant only if nothing else is looked for: they stand in many searches.
    """
    matching = list[tuple[Sign, list[str]]]()
    for group in (OWN_WORDS, *CLAIM_SIGNS):
        for sign in group.signs:
            called, explained = sign.words
            is_own = group is OWN_WORDS
            rest = [
                word for word in words if not _begins(word, called, SHORTEST if is_own else SHORT)
            ]
            is_said = (
                not is_own and len(words) > 1 and all(_begins(word, explained, 1) for word in words)
            )
            is_new = not sign.claims or all(sign.claims != other.claims for other, _ in matching)
            if is_new and (is_said or len(rest) < len(words)) and not (is_own and rest):
                matching.append((sign, [] if is_said else rest))
    return matching


def _begins(word: str, names: Sequence[str], short: int) -> bool:
    return len(word) >= short and any(
        name.startswith(word) or name in other_forms(word) for name in names
    )


def said_by(terms: Sequence[tuple[Sign, list[str]]], noun: Noun) -> list[Mapping[str, Any]]:
    """Return by which filters records of a noun are found that say these terms,
    and are about the words beside them.
    """
    return [
        {**sign.claims[noun], **({"q": " ".join(rest)} if rest else {})}
        for sign, rest in terms
        if noun in sign.claims
    ]
