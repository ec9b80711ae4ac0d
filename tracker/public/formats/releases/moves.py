"""What became of one record between two releases, as a person would say it, in a line."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import Any, NamedTuple

from msgspec import Struct

from tracker.public.cards.wording import (
    NO_TERMS,
    NO_VALUE,
    NOTHING,
    change,
    field_words,
    terms_of,
    title,
    value,
)
from tracker.public.formats.csv_documents import items, layout_of, parts
from tracker.schema.fields import Field, fields
from tracker.schema.parts import SourceReference
from tracker.schema.records import SHAPES
from tracker.values.names import write_authors, write_names
from tracker.values.nouns import Noun
from tracker.values.text_diff import before_and_after
from tracker.values.texts import one_line
from tracker.values.vocabularies import Relation, Vocabulary

Record = dict[str, Any]
UNTOLD = ("edition", "id", "score")  # of a position the score says nothing more
PROSE = ("summary", "question", "standing_note", "locator", "quote", "note", "outcome")
UNTOLD_VALUES = (*NOTHING, False, Relation.SUPPORTS)  # what is usual
MOST_PARTS = 20  # of one field that are told one by one


class Move(NamedTuple):
    """A record as it was and as it is, None where it was not public;
    `into` is what it was merged into, if it was.
    """

    noun: Noun
    old: Record | None
    new: Record | None
    into: str = ""

    @property
    def last(self) -> Record:
        """Return the record as it was public last."""
        return self.new or self.old or {}

    @property
    def what(self) -> str:
        """Return what happened: new, changed, retracted, merged, or nothing of its own."""
        if self.old is None:
            return "new"
        if self.new is None:
            return "merged" if self.into else "retracted"
        return "changed" if any(changed(SHAPES[self.noun], self.old, self.new)) else ""


def with_new_keys(value: Any, keys: Mapping[str, str]) -> Any:
    """Return a record, or a value of it, in which references to what has a new slug have that;
    `keys` by address.
    """
    if isinstance(value, list):
        return [with_new_keys(part, keys) for part in value]
    if not isinstance(value, dict):
        return value
    if (slug := keys.get(value.get("url") or "")) and "slug" in value:
        return {**value, "slug": slug}
    return {name: with_new_keys(inner, keys) for name, inner in value.items()}


def sentence(move: Move) -> str:
    named = title(move.noun, move.last)
    if move.what == "merged":
        return f"Merged into {move.into}: {named}"
    if move.old and move.new:
        return f"Changed: {named}: {'; '.join(differences(move.noun, move.old, move.new))}"
    return f"{move.what.capitalize()}: {named}"


def differences(noun: Noun, old: Record, new: Record) -> Iterator[str]:
    """Yield in which fields of its own a record changed, and how;
    a new name of what it refers to is none of them.
    """
    for name, *_ in changed(SHAPES[noun], old, new):
        field, before, after = fields(SHAPES[noun])[name], old.get(name), new.get(name)
        if part := parts(noun).get(name):
            lists = (list(items(noun, name, value) if value else ()) for value in (before, after))
            moved = [*_parts_moved(part, *lists)] or ["in another order"]
            more = [f"and {len(moved) - MOST_PARTS:,} more"] if len(moved) > MOST_PARTS else []
            yield from (
                f"{field_words(field.name)}: {line}" for line in [*moved[:MOST_PARTS], *more]
            )
        else:
            yield _difference(field, before, after)


def changed(shape: type[Struct], old: Record, new: Record) -> Iterator[tuple[str, Any, Any]]:
    """Yield each of these fields, with its cells in tables before and after."""
    for laid in layout_of(shape):
        if laid.field in UNTOLD:
            continue
        values = [record.get(laid.field) for record in (old, new)]
        before, after = (laid.values(value)[0] for value in values)
        # said by neither
        if before != after and not all(value is None or value is False for value in values):
            yield laid.field, before, after


def _parts_moved(part: type[Struct], old: Sequence[Record], new: Sequence[Record]) -> Iterator[str]:
    """Yield which parts came, went or changed:
    those are compared, in order, that have the same first field.
    """
    first, *others = fields(part).values()
    pairs = defaultdict[Any, tuple[list[Record], list[Record]]](lambda: ([], []))
    for place, several in enumerate((old, new)):
        for each in several:
            pairs[layout_of(part)[0].values(each[first.name])[0]][place].append(each)
    for gone, come in pairs.values():
        for each in [*gone]:
            if same := [other for other in come if not any(changed(part, each, other))]:
                gone.remove(each)
                come.remove(same[0])
        for before, after in zip_longest(gone, come, fillvalue=Record()):
            named = _shown(first, (after or before)[first.name])
            if before and after:
                moved = changed(part, before, after)
                words = [
                    _difference(fields(part)[field], before.get(field), after[field])
                    for field, *_ in moved
                ]
                yield f"{named}: {', '.join(words)}"
            else:
                given = ((of, (after or before).get(of.name)) for of in others)
                has = [(of, value) for of, value in given if value not in UNTOLD_VALUES]
                words = [
                    f"{field_words(of.name)}: {_both(of, None, value)[1]}" for of, value in has
                ]
                yield f"{'added' if after else 'removed'} {named}" + (
                    f" ({', '.join(words)})" if words else ""
                )


def _difference(field: Field, old: Any, new: Any) -> str:
    before, after = _both(field, old, new)
    if field.name in PROSE and before == after:
        return f"{field_words(field.name)}: only blanks changed"
    return change(field.name, before, after)


def _both(field: Field, old: Any, new: Any) -> tuple[str, str]:
    if field.name in PROSE:
        old, new = before_and_after(old, new)
    return _shown(field, old), _shown(field, new)


def _shown(field: Field, given: Any) -> str:
    """Return a value in words, in one line."""
    if given in NOTHING:
        return NO_VALUE
    if field.is_a(dict):
        return "; ".join((write_authors if field.is_list else write_names)(given).splitlines())
    if isinstance(given, list):
        return ", ".join(_shown(field, each) for each in given)
    terms = terms_of(field.type) if field.is_a(Vocabulary) else NO_TERMS
    text = one_line(value({"edtf": given} if field.is_a(date) else given, terms))
    return f"“{text}”" if field.name in PROSE or field.is_a(SourceReference) else text
