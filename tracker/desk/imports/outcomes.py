"""What an import would do, or did: for each row, and in sum for each noun."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from tracker.desk.records.comparing import Action, Compared, Comparison
from tracker.desk.records.fields import Layout
from tracker.desk.records.parsing import Parsed
from tracker.desk.records.references import Key
from tracker.history.three_way import Changed
from tracker.models.kinds import Kind
from tracker.models.nouns import RECORDS
from tracker.public.formats.json import write_json
from tracker.values.nouns import Noun
from tracker.values.problems import Place, Problem, clipped

Names = dict[tuple[Noun, int], str]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a record, or one part of it, as it is and as it would be; references as keys.

    One that `stays` was `old` at the version that the row names,
    and the desk has made it `new` since.
    """

    field: str
    old: Any
    new: Any
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one row; `key` is how people call the record (slug, ref or id;
    "" for a new one without).

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


def compare(comparison: Comparison, chunk: Sequence[Parsed]) -> list[Compared]:
    """Compare rows with the desk,
    and complain of those that would overwrite what they can't have meant.

    That is another `ref`, by which a record is told from those of other trackers, and what was
    changed here since the version that a row names; a statement for each noun that this names.
    """
    compared, layout = comparison.compare(chunk), comparison.layout
    names = _names(_named_before(layout, [row for row in compared if row.apart]))
    for row in compared:
        for name, (changed, *both) in row.apart.items():
            if changed is Changed.DIFFERENTLY and name not in row.parsed.faulty:
                was, here = (
                    clipped(as_cell(_with_keys(layout, name, value, names))) for value in both
                )
                says = "it was changed at the desk since version {seen}, from “{was}” to “{here}”"
                params = {"seen": row.parsed.version, "was": was, "here": here}
                remedy = f"write what is meant, and {row.record.version} as its version"
                row.parsed.problem(Problem("conflict", says, (name,), params, remedy=remedy))
        if ref := row.old.get("ref"):
            says, remedy = (
                "{0} has the ref “{ref}”",
                "write that one, or leave out what makes the row this record",
            )
            others = ((layout.noun, row.record.pk),)
            row.parsed.problem(
                Problem("taken", says, ("ref",), {"ref": ref}, remedy=remedy, others=others)
            )
    return compared


def as_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool | list | dict):
        return write_json(value)
    return str(value)


def _key(row: Compared) -> str:
    return (
        getattr(row.record, "slug", "")
        or row.record.ref
        or ("" if row.is_new else str(row.record.pk))
    )


def _changes(layout: Layout, row: Compared, names: Names) -> Iterator[FieldChange]:
    keyed = partial(_with_keys, layout, names=names)
    for name, old in row.old.items():
        new = getattr(row.record, layout.fields[name].attname)
        written = row.parsed.values.get(name)
        yield FieldChange(
            name, keyed(name, old), written.written if isinstance(written, Key) else new
        )
    for name, change in row.part_changes.items():
        if change and not row.is_new:
            yield FieldChange(
                name, keyed(name, row.old_parts[name]), keyed(name, row.parsed.parts[name])
            )
    for name, (changed, was, here) in row.apart.items():
        if changed is Changed.THEIRS:
            yield FieldChange(name, keyed(name, was), keyed(name, here), stays=True)


def _with_keys(layout: Layout, name: str, value: Any, names: Names) -> Any:
    """Return the value of a field, or the items of a part, with keys for references."""
    if name in layout.fields:
        return _cell(layout.fields[name], value, names)
    fields = layout.parts[name].fields
    return [{key: _cell(fields[key], of, names) for key, of in item.items()} for item in value]


def _cell(field: Kind, value: Any, names: Names) -> Any:
    if isinstance(value, Key):
        return value.written
    return names.get((field.refers_to, value), value) if field.refers_to else value


def _named_before(layout: Layout, compared: Sequence[Compared]) -> Iterator[tuple[Noun, int]]:
    for row in compared:
        apart = [(name, value) for name, (_, *both) in row.apart.items() for value in both]
        for name, value in [*row.old.items(), *row.old_parts.items(), *apart]:
            is_part = name in layout.parts
            fields = layout.parts[name].fields if is_part else layout.fields
            for item in value if is_part else [{name: value}]:
                yield from (
                    (of, item[key])
                    for key in item
                    if (of := fields[key].refers_to) and item[key] is not None
                )


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
