"""What changes, as people read it: references by their keys, old beside new."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tracker.formats.json import write_json
from tracker.models.nouns import RECORDS
from tracker.services.imports.outcomes import FieldChange, Outcome
from tracker.services.records.comparing import Compared
from tracker.services.records.fields import Field, Layout
from tracker.services.records.parsing import Item
from tracker.services.records.references import Key
from tracker.values.nouns import Noun
from tracker.values.problems import Place

Names = dict[tuple[Noun, int], str]


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
        new = getattr(row.record, layout.fields[name].attname)
        written = row.parsed.values.get(name)
        told = written.written if isinstance(written, Key) else new
        yield FieldChange(name, _told(layout.fields[name], old, names), told)
    for name, change in row.part_changes.items():
        if change and not row.is_new:
            fields = layout.parts[name].fields
            old_items = [_item(fields, item, names) for item in row.old_parts[name]]
            yield FieldChange(name, old_items, [_item(fields, item, {}) for item in row.parsed.parts[name]])


def _item(fields: Mapping[str, Field], item: Item, names: Names) -> Item:
    return {name: _told(fields[name], value, names) for name, value in item.items()}


def _told(field: Field, value: Any, names: Names) -> Any:
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
            for field, one in layout.parts[name].fields.items():
                if one.refers_to:
                    yield from ((one.refers_to, item[field]) for item in items if item[field] is not None)


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
