"""Two forms of a record beside each other, field by field and word by word:
terms by their labels, references by name.

What readers see and what they would see, what an edition changed;
and steps of history, with their parts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from msgspec import Struct

from tracker.desk.admin.site.labels import (
    CODED,
    Named,
    field_title,
    names,
    term_chip,
    terms_of,
    value_of,
)
from tracker.history.timeline import Difference, TimelineStep, field_of
from tracker.models import Record
from tracker.models.nouns import noun_of
from tracker.models.tables import tables_of
from tracker.public.cards import wording
from tracker.publishing.new_documents import Preview
from tracker.schema.fields import fields
from tracker.schema.records import SHAPES
from tracker.values.nouns import Noun
from tracker.values.problems import Key
from tracker.values.text_diff import DiffPiece, changed_words
from tracker.values.vocabularies import Vocabulary

NOTHING = "—"
LONGEST_NAME = 80
PLACE = ("locator_label", "locator")
Pieces = Sequence[DiffPiece]
SHOWN_ELSEWHERE = {"id", "score"}
NAME_PARTS = ("literal", "given", "dropping-particle", "non-dropping-particle", "family", "suffix")


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One field in both forms; in `old` what goes is marked, in `new` what comes."""

    field: str
    old: SafeString
    new: SafeString
    plain: str  # the new one, unmarked
    is_changed: bool


def compared(noun: Noun, forms: Preview) -> list[ComparisonRow]:
    """Return the fields of a record, as readers see them and as they are at the desk."""
    old, new = forms
    return [
        _row(noun, name, old.get(name), new.get(name))
        for name in {**new, **old}
        if name not in SHOWN_ELSEWHERE
    ]


def changed(noun: Noun, fields: Mapping[str, Sequence[Any]]) -> list[ComparisonRow]:
    """Return the fields that an edition changed, before and after: {field: [old, new]}."""
    shown = _ordered(fields, _kinds(SHAPES[noun]))
    return [
        _row(noun, name, *values) for name, values in shown.items() if name not in SHOWN_ELSEWHERE
    ]


def marked(old: str, new: str) -> tuple[SafeString, SafeString]:
    """Return two texts in which the words that differ are marked."""
    olds, news = changed_words(old, new)
    return _joined(olds, "del"), _joined(news, "ins")


def _row(noun: Noun, name: str, old: Any, new: Any) -> ComparisonRow:
    kind, is_changed = _kinds(SHAPES[noun]).get(name), old != new
    if name in CODED:
        chips = [term_chip(name, value) or text(value) or NOTHING for value in (old, new)]
        tags = ("del", "ins") if is_changed else ("span", "span")
        before, after = (
            format_html(f"<{tag}>{{}}</{tag}>", chip) for tag, chip in zip(tags, chips, strict=True)
        )
        return ComparisonRow(field_title(noun, name), before, after, chips[1], is_changed)
    texts = [text(value, kind) or NOTHING for value in (old, new)]
    if is_changed and texts[0] == texts[1]:  # two records of one name
        texts = [text(value, kind, with_keys=True) or NOTHING for value in (old, new)]
    return ComparisonRow(field_title(noun, name), *marked(*texts), texts[1], is_changed)


def text(value: Any, kind: Any = None, *, with_keys: bool = False) -> str:
    """Return a value of a public form, of a kind that its shape declares, as lines for people.

    Terms are shown by their labels and references by name; with `with_keys`, also by their key.
    """
    if isinstance(value, dict):
        return _of_object(value, kind, with_keys)
    if isinstance(value, list):
        blank = "\n\n" if any(map(_has_lines, value)) else "\n"
        return blank.join(text(item, kind, with_keys=with_keys) for item in value)
    has_terms = isinstance(kind, type) and issubclass(kind, Vocabulary)
    return wording.value(value, wording.terms_of(kind) if has_terms else wording.NO_TERMS)


def _of_object(value: dict[str, Any], kind: Any, with_keys: bool) -> str:
    if "edtf" in value:
        return str(value["edtf"])
    if "url" in value and "name" in value:
        return (
            f"{value['name']} ({value.get('slug', value.get('id'))})"
            if with_keys
            else str(value["name"])
        )
    if not _has_lines(value):
        return " ".join(str(value[part]) for part in NAME_PARTS if part in value)
    kinds = _kinds(kind)
    shown = _ordered(value, kinds).items()
    lines = ((name, text(of, kinds.get(name), with_keys=with_keys)) for name, of in shown)
    return "\n".join(
        f"{capfirst(wording.plain(name)) if kinds else name}: {value_text}"
        for name, value_text in lines
        if value_text
    )


def _ordered(fields: Mapping[str, Any], kinds: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields in the order in which their shape declares them,
    which the database's JSON loses.
    """
    return {name: fields[name] for name in kinds if name in fields} | dict(fields)


def _has_lines(value: Any) -> bool:
    """Say whether an object is shown in lines, which the name of an author is not."""
    return isinstance(value, dict) and not value.keys() <= set(NAME_PARTS)


@cache
def _kinds(shape: Any) -> dict[str, Any]:
    """Return the kind of each field of a public shape, of a list its items';
    none of what is no shape.
    """
    is_shape = isinstance(shape, type) and issubclass(shape, Struct)
    return {name: field.type for name, field in fields(shape).items()} if is_shape else {}


def _joined(pieces: Iterable[DiffPiece], tag: str) -> SafeString:
    return format_html_join(
        "",
        "{}",
        ((_tagged(piece.text, tag) if piece.is_changed else piece.text,) for piece in pieces),
    )


def _tagged(words: str, tag: str) -> SafeString:
    text = words.rstrip(" ")
    return format_html(f"<{tag}>{{}}</{tag}>{{}}", text, words[len(text) :])


@dataclass(frozen=True, slots=True)
class StepLine:
    """One field of a step as it is shown."""

    field: str
    old: Pieces
    new: Pieces


@dataclass(frozen=True, slots=True)
class Shown:
    """One step as it is shown:
    what was touched, a part by what it names, and its fields before and after.
    """

    step: TimelineStep
    what: str
    name: str
    lines: tuple[StepLine, ...]
    record: Named | None = None  # where the page tells of several


def shown(steps: Iterable[TimelineStep], *, with_records: bool = False) -> list[Shown]:
    """Return steps as they are shown; a query or two per noun that they name."""
    steps_shown = list(steps)
    keys = {
        key
        for step in steps_shown
        for difference in step.differences
        for key in _references(step, difference)
    }
    keys |= {key for step in steps_shown if (key := identified_by(step))}
    named = names(keys | {(step.noun, step.record) for step in steps_shown if with_records})
    return [
        Shown(
            step,
            wording.plain(step.part) or step.noun.value,
            _name_of_part(step, named),
            tuple(_line(step, difference, named) for difference in step.differences),
            named[step.noun, step.record] if with_records else None,
        )
        for step in steps_shown
    ]


def identified_by(step: TimelineStep) -> Key | None:
    """Return the record by which people know a part from others like it,
    the first that it must name; none if none.
    """
    table = tables_of(step.noun).get(step.part) if step.part else None
    for column, noun in table.references.items() if table else ():
        record = step.whole.get(column)
        if table and not table.fields[column].null and isinstance(record, int):
            return noun, record
    return None


def _name_of_part(step: TimelineStep, names: Mapping[Key, Named]) -> str:
    """Return what a part is called: by whom or what it names and, of a citation, where in it;
    nothing of a record.
    """
    key = identified_by(step)
    if key is None:
        return str(step.row) if step.part else ""
    name, where = Truncator(str(names[key])).chars(LONGEST_NAME), place(step)
    return f"“{name}”, {where}" if where else f"“{name}”"


def place(step: TimelineStep) -> str:
    """Return where in its source a citation finds what it says; nothing of other parts."""
    texts = [value_text(field_of(step.noun, step.part, of), step.whole.get(of), {}) for of in PLACE]
    return " ".join(text for text in texts if text != NOTHING)


def _references(step: TimelineStep, difference: Difference) -> list[Key]:
    named = named_by(field_of(step.noun, step.part, difference.field))
    return (
        [(noun_of(named), value) for value in (difference.old, difference.new) if value is not None]
        if named
        else []
    )


def _line(step: TimelineStep, difference: Difference, names: Mapping[Key, Named]) -> StepLine:
    field = field_of(step.noun, step.part, difference.field)
    name = str(field.verbose_name) if field else difference.field
    values = difference.old, difference.new
    old, new = (
        term_chip(difference.field, value) or value_text(field, value, names) for value in values
    )
    is_text = (
        isinstance(difference.old, str) and isinstance(difference.new, str) and not terms_of(field)
    )
    if is_text and difference.old and difference.new:
        return StepLine(capfirst(name), *changed_words(old, new))
    return StepLine(capfirst(name), [DiffPiece(old, False)], [DiffPiece(new, False)])


def value_text(
    field: "models.Field[Any, Any] | None", value: Any, names: Mapping[Key, Named]
) -> str:
    """Return a value of a field for people: terms by their labels, references by name."""
    if named := named_by(field):
        return NOTHING if value is None else str(names[noun_of(named), value])
    return value_of(field, value, text) or NOTHING


def named_by(field: "models.Field[Any, Any] | None") -> type[Record] | None:
    """Return the records to which a field refers, if it refers to any."""
    named = field.related_model if isinstance(field, models.ForeignKey) else None
    return named if isinstance(named, type) and issubclass(named, Record) else None
