"""The codebook as readers see it, made from the vocabularies and from where the public forms use them."""

from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from tracker.schema.fields import fields
from tracker.schema.markers import Grouped
from tracker.schema.records import SHAPES
from tracker.schema.responses import Change, Codebook, Term, Version, VocabularyInUse
from tracker.values.vocabularies import SCORES, Position, Vocabulary


@cache
def codebook() -> Codebook:
    """Return every vocabulary that the public forms use."""
    return Codebook([_in_use(vocabulary, fields) for vocabulary, fields in sorted(used().items(), key=_name)])


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
