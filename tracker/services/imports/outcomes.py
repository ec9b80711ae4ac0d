"""What an import would do, or did: for each row, and in sum for each noun."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tracker.formats.json import write_json
from tracker.models.nouns import RECORDS
from tracker.services.records.comparing import Action, Compared
from tracker.services.records.fields import Field, Layout
from tracker.services.records.parsing import Item
from tracker.services.records.references import Key
from tracker.values.nouns import Noun
from tracker.values.problems import Place

Names = dict[tuple[Noun, int], str]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a record, or one part of it, as it is and as it would be; references as keys."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one row; `key` is how people call the record (slug, ref or id; "" for a new one without).

    `record` is the id of a record that is here, None for a new one.
    """

    file: str
    line: int
    noun: Noun
    key: str
    action: Action
    changes: tuple[FieldChange, ...] = ()
    record: int | None = None


@dataclass(slots=True)
class Counts:
    """How many rows of each noun were created, changed and left alone."""

    by_noun: dict[Noun, dict[Action, int]] = field(default_factory=dict)

    def add(self, noun: Noun, action: Action) -> None:
        """Count one row."""
        self.by_noun.setdefault(noun, dict.fromkeys(Action, 0))[action] += 1

    def of(self, action: Action) -> int:
        """Return how many rows of all nouns had an outcome."""
        return sum(counts[action] for counts in self.by_noun.values())


Listener = Callable[[Outcome], None]


def outcomes(layout: Layout, compared: Sequence[Compared]) -> Iterator[Outcome]:
    """Yield what becomes of each row; a statement for each noun that changed references name."""
    names = _names(_named_before(layout, compared))
    for row in compared:
        file, line = row.parsed.place or Place("")
        yield Outcome(
            file=file,
            line=line,
            noun=layout.noun,
            key=_key(row),
            action=row.action,
            changes=tuple(_changes(layout, row, names)),
            record=None if row.is_new else row.record.pk,
        )


def as_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool | list | dict):
        return write_json(value)
    return str(value)


def _key(row: Compared) -> str:
    return getattr(row.record, "slug", "") or row.record.ref or ("" if row.is_new else str(row.record.pk))


def _changes(layout: Layout, row: Compared, names: Names) -> Iterator[FieldChange]:
    for name, old in row.old.items():
        new = getattr(row.record, layout.fields[name].attname)
        written = row.parsed.values.get(name)
        cell = written.written if isinstance(written, Key) else new
        yield FieldChange(name, _cell(layout.fields[name], old, names), cell)
    for name, change in row.part_changes.items():
        if change and not row.is_new:
            fields = layout.parts[name].fields
            old_items = [_item(fields, item, names) for item in row.old_parts[name]]
            yield FieldChange(name, old_items, [_item(fields, item, {}) for item in row.parsed.parts[name]])


def _item(fields: Mapping[str, Field], item: Item, names: Names) -> Item:
    return {name: _cell(fields[name], value, names) for name, value in item.items()}


def _cell(field: Field, value: Any, names: Names) -> Any:
    if isinstance(value, Key):
        return value.written
    return names.get((field.refers_to, value), value) if field.refers_to else value


def _named_before(layout: Layout, compared: Sequence[Compared]) -> Iterator[tuple[Noun, int]]:
    for row in compared:
        for name, old in row.old.items():
            refers_to = layout.fields[name].refers_to
            if refers_to and old is not None:
                yield refers_to, old
        for name, items in row.old_parts.items():
            for key, by in layout.parts[name].fields.items():
                if by.refers_to:
                    yield from ((by.refers_to, item[key]) for item in items if item[key] is not None)


def _names(wanted: Iterator[tuple[Noun, int]]) -> Names:
    ids: dict[Noun, set[int]] = defaultdict(set)
    for noun, pk in wanted:
        ids[noun].add(pk)
    return {
        (noun, pk): key
        for noun, pks in ids.items()
        for pk, key in RECORDS[noun]
        ._default_manager.filter(pk__in=pks)
        .values_list("pk", "ref" if noun is Noun.SOURCE else "slug")
        if key
    }
