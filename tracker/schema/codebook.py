"""The codebook as readers see it:
the vocabularies, with where public forms use them, and the tracker's own words.
"""

from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from tracker.schema.fields import fields
from tracker.schema.markers import Grouped
from tracker.schema.records import SHAPES
from tracker.schema.responses import Change, Codebook, Term, Version, VocabularyInUse, Word
from tracker.values.vocabularies import SCORES, Position, Vocabulary

WORDS = [
    Word(
        "issue",
        "Issue",
        "A matter on which actors take positions, as a war, a treaty or a draft resolution; or a "
        "group of such matters.",
    ),
    Word(
        "question",
        "Question",
        "What an issue asks, put so that yes or no answers it. Positions are taken on it; a "
        "group of issues asks nothing.",
    ),
    Word(
        "actor",
        "Actor",
        "Who takes positions or acts: a state, an organization, a bloc, a company, a person or an "
        "armed group.",
    ),
    Word(
        "claim",
        "Claim",
        "What the tracker says of one actor or two over a period: a position or a relation, with "
        "the sources that say so, how sure that is, and when somebody last confirmed it.",
    ),
    Word(
        "stance",
        "Position",
        "What an actor thinks of the question of an issue, from strong support to strong "
        "opposition, from when until when. In the API it is called a stance.",
    ),
    Word(
        "alignment",
        "Relation",
        "How two actors relate on an issue: whether they coordinate, act side by side, "
        "divide the labour, hedge or diverge. In the API it is called an alignment.",
    ),
    Word(
        "coded",
        "Coded",
        "Read in a source by an analyst, and put into the terms of this codebook. “Not "
        "coded” means that nobody has looked at it yet, and says nothing of the actor.",
    ),
    Word(
        "confirmed",
        "Confirmed",
        "Somebody checked on that day that a claim still held. A claim that nobody has "
        "confirmed for a year is stale, and told as it was then.",
    ),
    Word(
        "source",
        "Source",
        "A text by which a claim, a meeting, an act or a vote is shown: a report, a statement, a "
        "record. What only passes on another is counted with that one: it isn’t independent.",
    ),
    Word(
        "citation",
        "Citation",
        "Where in a source a claim is said, or contradicted, if need be in the words of the "
        "source.",
    ),
    Word(
        "meeting",
        "Meeting",
        "Actors or people come together, also by video or telephone, on a day or several.",
    ),
    Word(
        "act",
        "Act",
        "What actors did or are to do together that is no meeting and no vote: an exercise, a "
        "statement, a treaty, a deal.",
    ),
    Word(
        "vote",
        "Vote",
        "What a body decided on a day, and who cast what. A vote alone is no position.",
    ),
    Word(
        "edition",
        "Edition",
        "One publishing, with a number. Nothing in an edition ever changes: what was wrong is "
        "corrected in a later one, and each can still be read as it was.",
    ),
    Word(
        "release",
        "Release",
        "An edition with a name, by which it is cited, and all its data in files.",
    ),
    Word(
        "frozen",
        "Frozen page",
        "A page whose address has a day and an edition: it shows the same for ever, and is "
        "what is cited.",
    ),
    Word(
        "closed_set",
        "Closed set",
        "Votes of a body that were taken over whole for some years, and go on no further: "
        "nothing of later days follows from its silence.",
    ),
]


@cache
def codebook() -> Codebook:
    """Return every vocabulary that the public forms use, and the tracker's own words."""
    vocabularies = [
        _in_use(vocabulary, fields) for vocabulary, fields in sorted(used().items(), key=_name)
    ]
    return Codebook(vocabularies, WORDS)


@cache
def used() -> dict[type[Vocabulary], list[str]]:
    """Return the fields, as `plural.field`, that use each vocabulary."""
    uses: dict[type[Vocabulary], list[str]] = {}
    shapes: dict[str, type[Struct]] = {noun.plural: shape for noun, shape in SHAPES.items()}
    shapes |= {"changes": Change, "history": Version}
    for plural, shape in shapes.items():
        for field, vocabulary in _fields(shape, plural):
            uses.setdefault(vocabulary, []).append(field)
    return uses


def _in_use(vocabulary: type[Vocabulary], fields: list[str]) -> VocabularyInUse:
    terms = [
        Term(term.value, term.label, term.rule, SCORES.get(term.value))
        if vocabulary is Position
        else Term(term.value, term.label, term.rule)
        for term in vocabulary
    ]
    return VocabularyInUse(vocabulary.__name__, vocabulary.definition(), fields, terms)


def _name(item: tuple[type[Vocabulary], list[str]]) -> str:
    return item[0].__name__


def _fields(shape: type[Struct], path: str) -> Iterator[tuple[str, type[Vocabulary]]]:
    for name, field in fields(shape).items():
        if field.is_a(Vocabulary):
            yield f"{path}.{name}", field.type
        elif grouped := field.mark(Grouped):
            yield f"{path}.{name}", grouped.terms
        elif field.is_a(Struct):
            yield from _fields(field.type, f"{path}.{name}")
