"""What changes, as people read it: references by their keys, old beside new."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from tracker.formats.csv_json import write_json
from tracker.models.nouns import RECORDS
from tracker.services.imports.columns import Column, Layout
from tracker.services.imports.comparing import Compared
from tracker.services.imports.outcomes import FieldChange, Outcome
from tracker.services.imports.parsing import Item
from tracker.services.imports.references import Key
from tracker.values.nouns import Noun

Names = dict[tuple[Noun, int], str]


def outcomes(layout: Layout, compared: Sequence[Compared]) -> Iterator[Outcome]:
    """Yield what becomes of each row; a statement for each noun that changed references name."""
    names = _names(_named_before(layout, compared))
    for row in compared:
        yield Outcome(
            file=row.parsed.table.name,
            line=row.parsed.row.line,
            noun=layout.noun,
            key=_key(row),
            action=row.action,
            changes=tuple(_changes(layout, row, names)),
            record=None if row.is_new else row.record.pk,
        )


def as_cell(value: Any) -> str:
    """Return a value as a cell has it."""
    if value is None:
        return ""
    if isinstance(value, bool | list | dict):
        return write_json(value)
    return str(value)


def _key(row: Compared) -> str:
    return getattr(row.record, "slug", "") or row.record.ref or ("" if row.is_new else str(row.record.pk))


def _changes(layout: Layout, row: Compared, names: Names) -> Iterator[FieldChange]:
    for name, old in row.old.items():
        new = getattr(row.record, layout.columns[name].attname)
        written = row.parsed.values.get(name)
        told = written.written if isinstance(written, Key) else new
        yield FieldChange(name, _told(layout.columns[name], old, names), told)
    for name, change in row.part_changes.items():
        if change and not row.is_new:
            columns = layout.parts[name].columns
            old_items = [_item(columns, item, names) for item in row.old_parts[name]]
            yield FieldChange(name, old_items, [_item(columns, item, {}) for item in row.parsed.parts[name]])


def _item(columns: dict[str, Column], item: Item, names: Names) -> Item:
    return {name: _told(columns[name], value, names) for name, value in item.items()}


def _told(column: Column, value: Any, names: Names) -> Any:
    if isinstance(value, Key):
        return value.written
    return names.get((column.refers_to, value), value) if column.refers_to else value


def _named_before(layout: Layout, compared: Sequence[Compared]) -> Iterator[tuple[Noun, int]]:
    for row in compared:
        for name, old in row.old.items():
            refers_to = layout.columns[name].refers_to
            if refers_to and old is not None:
                yield refers_to, old
        for name, items in row.old_parts.items():
            for field, column in layout.parts[name].columns.items():
                if column.refers_to:
                    yield from ((column.refers_to, item[field]) for item in items if item[field] is not None)


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
