"""The codebook as readers see it, made from the vocabularies and from where the public forms use them."""

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args, get_type_hints

from msgspec import Struct

from tracker.schema.answers import Change, Codebook, Term, Version, VocabularyInUse
from tracker.schema.records import SHAPES
from tracker.values.vocabularies import SCORES, Position
from tracker.values.vocabulary import Vocabulary


@cache
def codebook() -> Codebook:
    """Return every vocabulary that the public forms use."""
    return Codebook([_in_use(vocabulary, fields) for vocabulary, fields in sorted(used().items(), key=_name)])


@cache
def used() -> dict[type[Vocabulary], list[str]]:
    """Return the fields, as `plural.field`, that use each vocabulary."""
    found: dict[type[Vocabulary], list[str]] = {}
    shapes: dict[str, type[Struct]] = {noun.plural: shape for noun, shape in SHAPES.items()}
    shapes |= {"changes": Change, "history": Version}
    for plural, shape in shapes.items():
        for field, vocabulary in _fields(shape, plural):
            found.setdefault(vocabulary, []).append(field)
    return found


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
    for field, hint in get_type_hints(shape).items():
        for kind in _types(hint):
            if issubclass(kind, Vocabulary):
                yield f"{path}.{field}", kind
            elif issubclass(kind, Struct):
                yield from _fields(kind, f"{path}.{field}")


def _types(hint: Any) -> Iterator[type]:
    if isinstance(hint, type) and not get_args(hint):
        yield hint
    for inner in get_args(hint):
        yield from _types(inner)
