"""What is said of records compared with the desk, by the chunk:
each record as it would be, and what that changes.

The same code serves a plan, which only looks, and whoever writes,
who locks the records that are compared with.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from itertools import chain
from typing import Any

from django.utils import timezone

from tracker.desk.records.fields import Layout, PartList
from tracker.desk.records.parsing import Item, Parsed
from tracker.desk.records.references import Key, References, default_confirmed_on, had_key
from tracker.desk.records.rules import (
    announced_too_late,
    broken_parts,
    broken_rules,
    miscounted,
    quoted_too_much,
    resolved_by_older_source,
    resolved_no_forecast,
    too_few_take_part,
)
from tracker.history.snapshots import versions
from tracker.history.three_way import Changed, ThreeWay
from tracker.models.desk_rules import FIELDS, broken_at_desk, records_becoming, rows_becoming
from tracker.models.kinds import Kind
from tracker.models.snapshots import Snapshot
from tracker.models.tables import table_of
from tracker.values.nouns import Noun
from tracker.values.problems import InvalidError, Path, Problem
from tracker.values.texts import with_line_feeds
from tracker.values.vocabularies import TALLY

IMPOSSIBLE = 1_000_000_000
MOST_PAIRS = 60_000  # of rows and items: these take some 50 ms to compare


@dataclass(slots=True)
class PartChange:
    """What becomes of one part of one record:
    rows changed (with new values), rows deleted, items added.

    `made` are the rows of what is added, once they are written.
    """

    part: PartList
    changed: list[tuple[Any, Item]] = field(default_factory=list)
    deleted: list[Any] = field(default_factory=list)
    added: list[Item] = field(default_factory=list)
    made: list[Any] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.changed or self.deleted or self.added)


def item_of(part: PartList, row: Any) -> Item:
    """Return a row of a part as an item: values by field, references by id."""
    return {name: getattr(row, field.attname) for name, field in part.fields.items()}


def arranged(part: PartList, old: Sequence[Item], items: Iterable[Item]) -> list[Item]:
    """Return items in the order of the old ones, if the order of the part says nothing.

    An equal item takes the place of the old one, else the item of the same actor, else any;
    the others come last.
    """
    rest = list(items)
    if not part.is_ordered:
        places: list[Item | None] = [None] * len(old)
        for identity in (_values, partial(_once, part), _anything):
            rest = _placed(places, old, rest, identity)
        rest = [item for item in places if item is not None] + rest
    return rest


def _placed(
    places: list[Item | None],
    old: Sequence[Item],
    items: Iterable[Item],
    identity: Callable[[Item], Any],
) -> list[Item]:
    """Put items into the free places of the old ones that have the same identity;
    return the rest.
    """
    free: dict[Any, list[int]] = defaultdict(list)
    for place in reversed(range(len(old))):
        if places[place] is None:
            free[identity(old[place])].append(place)
    rest = []
    for item in items:
        if same := free[identity(item)]:
            places[same.pop()] = item
        else:
            rest.append(item)
    return rest


def _values(item: Item) -> Any:
    return tuple((name, _hashable(item[name])) for name in sorted(item))


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _anything(_: Item) -> Any:
    return None


def difference(part: PartList, rows: Sequence[Any], items: Sequence[Item]) -> PartChange:
    """Return how to come from the rows that are here, in the order of their ids,
    to the items wanted.

    Where their order says nothing, another order is no difference. A row can only be added behind
    those that stay. Of all ways, the one that touches the fewest rows is taken, unless to look for
    it takes long. What a record may have only once (an actor among its participants) is not written
    over by what another row has, as the two would collide.
    """
    old = [item_of(part, row) for row in rows]
    items = arranged(part, old, items)
    same = _beginning_alike(old, items)
    rows, old, items = rows[same:], old[same:], items[same:]
    if len(old) * len(items) > MOST_PAIRS:
        return _in_turn(part, rows, old, items)
    held = {_once(part, item) for item in old} if part.once else set()
    cost = _costs(part, old, items, held)
    used = min(range(len(items) + 1), key=lambda count: cost[len(old)][count] + len(items) - count)
    change = PartChange(part, added=list(items[used:]))
    position = len(old)
    while position:
        position -= 1
        if cost[position + 1][used] == cost[position][used] + 1:
            change.deleted.append(rows[position])
        else:
            used -= 1
            if items[used] != old[position]:
                change.changed.append((rows[position], items[used]))
    return change


def _beginning_alike(old: Sequence[Item], items: Sequence[Item]) -> int:
    """Return how many items at the beginning are the same."""
    pairs = enumerate(zip(old, items, strict=False))
    return next(
        (place for place, (before, item) in pairs if before != item), min(len(old), len(items))
    )


def _in_turn(
    part: PartList, rows: Sequence[Any], old: Sequence[Item], items: Sequence[Item]
) -> PartChange:
    """Return how each row becomes the item in its place;
    where two could collide, all are made anew.
    """
    pairs = [*zip(rows, old, items, strict=False)]
    if any(_once(part, before) != _once(part, item) for _, before, item in pairs):
        return PartChange(part, deleted=[*rows], added=[*items])
    changed = [(row, item) for row, before, item in pairs if before != item]
    return PartChange(part, changed, [*rows[len(pairs) :]], [*items[len(pairs) :]])


def _costs(
    part: PartList, old: Sequence[Item], items: Sequence[Item], held: set[Any]
) -> list[list[int]]:
    """Return, for the first n rows that become the first m items, the fewest rows touched:
    cost[n][m].
    """
    cost = [[0] + [IMPOSSIBLE] * len(items)]
    for before in old:
        above, row = cost[-1], [cost[-1][0] + 1]
        for count, item in enumerate(items, 1):
            row.append(min(above[count] + 1, above[count - 1] + _cost(part, before, item, held)))
        cost.append(row)
    return cost


def _cost(part: PartList, before: Item, item: Item, held: set[Any]) -> int:
    if before == item:
        return 0
    collides = part.once and _once(part, item) != _once(part, before) and _once(part, item) in held
    return IMPOSSIBLE if collides else 1


def _once(part: PartList, item: Item) -> tuple[Any, ...]:
    return tuple(item[name] for name in part.once)


Settled = Callable[[Noun, int], int]
Parts = dict[str, dict[int, list[Any]]]  # rows by the name of their part and by record


class Action(StrEnum):
    """What becomes of a record."""

    CREATED = "created"
    CHANGED = "changed"
    SAME = "same"


@dataclass(slots=True)
class Compared:
    """A record compared: as it would be, what its fields that change hold now, and its parts.

    Of one that is said as of an earlier version, `seen`, what was changed here since is `apart`:
    by field or part who changed it, how it was then and how it is here.
    """

    parsed: Parsed
    record: Any
    is_new: bool
    seen: Snapshot | None = None
    old: dict[str, Any] = field(default_factory=dict)
    part_changes: dict[str, PartChange] = field(default_factory=dict)
    old_parts: dict[str, list[Item]] = field(default_factory=dict)
    apart: dict[str, tuple[Changed, Any, Any]] = field(default_factory=dict)

    @property
    def cites_the_same(self) -> bool:
        """Say whether the citations are those that are here, as an export of them has."""
        return (
            not self.is_new
            and "citations" in self.part_changes
            and not self.part_changes["citations"]
        )

    @property
    def action(self) -> Action:
        if self.is_new:
            return Action.CREATED
        return Action.CHANGED if self.old or any(self.part_changes.values()) else Action.SAME


@dataclass(slots=True)
class Comparison:
    """Compares records of one layout;
    `settled` turns the number of a new one into its id, once there are ids.
    """

    layout: Layout
    references: References
    settled: Settled = lambda noun, record: record
    lock: bool = False

    def compare(self, chunk: Sequence[Parsed]) -> list[Compared]:
        """Return what becomes of each record;
        what is wrong with one is told, and it is compared as far as it goes.
        """
        self.references.learn(key for parsed in chunk for key in parsed.references())
        here, parts = self._desk(chunk)
        seen = self._seen(chunk, here)
        for parsed in chunk:
            if parsed.adds and parsed.record in here:
                self._add(parsed, here[parsed.record], parts)
            if parsed.record > 0 and parsed.record not in here:
                parsed.problem(
                    Problem("deleted", "its record was deleted meanwhile", remedy="begin again")
                )
        compared = [
            self._row(parsed, here, parts, seen)
            for parsed in chunk
            if parsed.record < 0 or parsed.record in here
        ]
        self._check_rules(compared)
        return compared

    def _seen(self, chunk: Sequence[Parsed], here: dict[int, Any]) -> dict[int, Snapshot]:
        """Return the records that are said as of another version, as they were at it;
        one statement, if any are.
        """
        rows = {row.record: row for row in chunk if row.version and row.record in here}
        other = {
            pk: {row.version or 0} for pk, row in rows.items() if row.version != here[pk].version
        }
        seen = {then.record.pk: then for then in versions(self.layout.noun, other)} if other else {}
        for pk in other.keys() - seen.keys():
            says, params = (
                "it never had this version; the desk has {here}",
                {"here": here[pk].version},
            )
            rows[pk].problem(
                Problem("invalid", says, ("version",), params, remedy="export it again")
            )
        return seen

    def _row(
        self, parsed: Parsed, here: dict[int, Any], parts: Parts, seen: dict[int, Snapshot]
    ) -> Compared:
        is_new = parsed.record < 0
        record = self._new(parsed) if is_new else here[parsed.record]
        compared = Compared(parsed, record, is_new, seen.get(parsed.record))
        becomes: dict[str, list[Item]] = {}
        for name, items in parsed.parts.items():
            kept = self._here(parts, name, parsed)
            stays = self._stays(compared, name, kept, items)
            becomes[name] = kept if stays else self._items(parsed, name, items, kept)
            compared.part_changes[name] = self._part(compared, name, becomes[name], parts)
        for name, value in self._values(compared, parts).items():
            attname = self.layout.fields[name].attname
            old = getattr(record, attname)
            if old != value and old != (
                new := self._written(parsed, (name,), self.layout.fields[name], value)
            ):
                if not is_new:
                    compared.old[name] = old
                setattr(record, attname, new)
        would_be = {
            name: getattr(record, field.attname) for name, field in self.layout.fields.items()
        }
        for problem in broken_rules(self.layout.model, would_be, parsed.faulty):
            parsed.problem(problem)
        if not parsed.faulty & {"status", "since", "until"}:
            for problem in announced_too_late(
                self.layout.model, would_be, would_be if is_new else compared.old
            ):
                parsed.problem(problem)
        if (is_new or "participants" in becomes) and "participants" not in parsed.faulty:
            for problem in too_few_take_part(
                self.layout.model, len(becomes.get("participants", ()))
            ):
                parsed.problem(problem)
        if "resolutions" in self.layout.parts and "basis" not in parsed.faulty:
            resolved = (
                becomes["resolutions"]
                if "resolutions" in becomes
                else self._here(parts, "resolutions", parsed)
            )
            for problem in resolved_no_forecast(self.layout.noun, would_be, len(resolved)):
                parsed.problem(problem)
        if self._quotes_its_text:
            cited = (
                becomes["citations"]
                if "citations" in becomes
                else self._here(parts, "citations", parsed)
            )
            for problem in quoted_too_much(would_be, cited):
                parsed.problem(problem)
        if self.layout.noun is Noun.VOTE and not parsed.faulty & {
            "ballots",
            "outcome",
            *TALLY.values(),
        }:
            ballots = (
                becomes["ballots"] if "ballots" in becomes else self._here(parts, "ballots", parsed)
            )
            for problem in miscounted(would_be, [item["choice"] for item in ballots]):
                parsed.problem(problem)
        if compared.action is Action.CHANGED and (into := getattr(record, "merged_into_id", None)):
            says, others = "it was merged into {0} and stays as it was", ((self.layout.noun, into),)
            remedy = "change that one instead"
            parsed.problem(Problem("merged", says, remedy=remedy, others=others))
        return compared

    def _add(self, parsed: Parsed, record: Any, parts: Parts) -> None:
        """Put what is added to lists and parts of a record after what these have;
        nothing is said of it twice.

        An item of a part that contradicts none that is there fills in what the first such leaves
        empty. Its source, where it may go without one, is no part of what it says: it comes with
        what is filled in.
        """
        for name in parsed.adds & parsed.values.keys():
            had, more = getattr(record, name), parsed.values[name]
            parsed.values[name] = (
                {**more, **had} if isinstance(had, dict) else [*dict.fromkeys([*had, *more])]
            )
        for name in parsed.adds & parsed.parts.keys():
            items = self._here(parts, name, parsed)
            fields = self.layout.parts[name].fields
            empty = {key: of.empty() for key, of in fields.items()}
            for number, item in enumerate(parsed.parts[name]):
                more = {
                    key: self._id(value, ()) for key, value in item.items() if value != empty[key]
                }
                says = {
                    key: value
                    for key, value in more.items()
                    if key != "source" or fields[key].required
                }
                alike = [
                    had
                    for had in items
                    if all(had[key] in (empty[key], value) for key, value in says.items())
                ]
                if alike:
                    fullest = max(alike, key=lambda had: sum(had[key] == more[key] for key in more))
                    if any(fullest[key] == empty[key] for key in more):
                        fullest.update({key: item[key] for key in more})
                else:
                    parsed.at[name, len(items)] = (name, number)
                    items.append(item)
            parsed.parts[name] = items

    def _new(self, parsed: Parsed) -> Any:
        """Return a new record, with every field at what stands for no value."""
        record = self.layout.model(
            **{field.attname: field.empty() for field in self.layout.fields.values()}
        )
        record.pk = self.settled(self.layout.noun, parsed.record)
        return record

    def _values(self, compared: Compared, parts: Parts) -> dict[str, Any]:
        """Return what the row says of each field, references as ids,
        an empty `confirmed_on` as its default.
        """
        parsed, values = compared.parsed, {}
        for name, value in parsed.values.items():
            kept = getattr(compared.record, self.layout.fields[name].attname)
            if self._stays(compared, name, kept, value):
                values[name] = kept
                continue
            resolved = self._resolve(parsed, (name,), value) if isinstance(value, Key) else value
            if name not in parsed.faulty:
                values[name] = resolved
        if "confirmed_on" in self.layout.fields and not parsed.faulty & {
            "confirmed_on",
            "citations",
        }:
            is_given, is_left_alone = (
                values.get("confirmed_on") is not None,
                "confirmed_on" not in values,
            )
            is_as_here = compared.record.confirmed_on is None and compared.cites_the_same
            if not is_given and not is_as_here and not (is_left_alone and parsed.record > 0):
                values["confirmed_on"] = self._default_confirmed_on(compared, parts)
        return values

    def _items(self, parsed: Parsed, name: str, items: list[Item], kept: list[Item]) -> list[Item]:
        """Return the items of a part with references as ids,
        checked as far as they can be taken.
        """
        part, resolved = self.layout.parts[name], []
        for place, item in enumerate(items):
            values = {}
            for field_name, value in item.items():
                path = (name, place, field_name)
                values[field_name] = (
                    self._resolve(parsed, path, value) if isinstance(value, Key) else value
                )
            if values not in kept[place : place + 1] and values not in kept:
                of = part.fields
                values = {
                    key: self._written(parsed, (name, place, key), of[key], values[key])
                    for key in values
                }
            resolved.append(values)
        for problem in broken_parts(part, self.settled(self.layout.noun, parsed.record), resolved):
            parsed.problem(problem)
        if name == "resolutions":
            for problem in self._resolved_by_older_sources(items):
                parsed.problem(problem)
        return resolved

    def _part(self, compared: Compared, name: str, items: list[Item], parts: Parts) -> PartChange:
        part = self.layout.parts[name]
        if name in compared.parsed.faulty:
            return PartChange(part)
        if compared.is_new:
            return PartChange(part, added=items)
        rows = parts[name].get(compared.record.pk, [])
        change = difference(part, rows, items)
        if change:
            compared.old_parts[name] = [item_of(part, row) for row in rows]
        return change

    def _written(self, parsed: Parsed, path: Path, of: Kind, value: Any) -> Any:
        """Return as what a new value is kept; complain, and return it as it is, if it can't be."""
        try:
            return of.written(value)
        except InvalidError as error:
            for problem in error.problems:
                parsed.problem(replace(problem, path=path, value=str(value)))
            return value

    def _stays(self, compared: Compared, name: str, here: Any, new: Any) -> bool:
        """Tell whether a field or part is said as it was at its version, or as it is here:
        it isn't judged then.
        """
        if compared.seen is None or name in compared.parsed.faulty | compared.parsed.adds:
            return False
        if part := self.layout.parts.get(name):
            was: Any = [
                item_of(part, row) for row in compared.seen.parts[table_of(part.model).part]
            ]
            new = [
                {key: self._id(of, [row[key] for row in was]) for key, of in item.items()}
                for item in new
            ]
            here, new = arranged(part, was, here), arranged(part, was, new)
        else:
            was = getattr(compared.seen.record, self.layout.fields[name].attname)
            new = self._id(new, [was])
        changed = ThreeWay(*map(with_line_feeds, (was, here, new))).changed
        if changed in (Changed.THEIRS, Changed.DIFFERENTLY):
            compared.apart[name] = (changed, was, here)
        return changed not in (Changed.MINE, Changed.DIFFERENTLY)

    def _id(self, value: Any, seen: Iterable[int | None]) -> Any:
        """Return the id that a reference means:
        if no record has its key any more, of those seen the one that had.
        """
        if not isinstance(value, Key):
            return value
        if len(record := self.references.find(value)) == 1:
            return self.settled(value.noun, record[0])
        return next((pk for pk in dict.fromkeys(seen) if pk and had_key(pk, value)), value)

    def _resolve(self, parsed: Parsed, path: Path, key: Key) -> int | None:
        record = self.references.find(key)
        if len(record) == 1:
            return self.settled(key.noun, record[0])
        parsed.problem(self.references.problem(key, path))
        return None

    def _check_rules(self, compared: Sequence[Compared]) -> None:
        """Complain of what records would break of rules that look at others, as these would be."""
        noun, parsed = self.layout.noun, {row.record.pk: row.parsed for row in compared}
        looked_at = FIELDS.get(noun, set())
        said = ((row.record, row.parsed.values if row.is_new else row.old) for row in compared)
        changed = [record for record, values in said if not looked_at.isdisjoint(values)]
        if not looked_at or not changed:
            return
        named = Noun.SOURCE if noun is Noun.SOURCE else Noun.ISSUE
        becomes = {named: self.references.becoming(named, self.settled)}
        becomes[noun] = becomes.get(noun, {}) | records_becoming(noun, changed)
        for problem in broken_at_desk(
            {of: rows_becoming(rows) for of, rows in becomes.items() if rows}
        ):
            of, record = problem.record or (noun, 0)
            if of is noun and record in parsed and problem.field not in parsed[record].faulty:
                key = parsed[record].values.get(problem.field)
                value = str(key.written) if isinstance(key, Key) else ""
                others = tuple(other for other in problem.others if other[1] > 0)
                parsed[record].problem(replace(problem, record=None, others=others, value=value))

    def _default_confirmed_on(self, compared: Compared, parts: Parts) -> Any:
        parsed = compared.parsed
        if compared.part_changes.get("citations"):
            keys = [item.get("source") for item in parsed.parts["citations"]]
            sources = [
                self.references.find(key) if isinstance(key, Key) else (key,)
                for key in keys
                if key is not None
            ]
            cited = [records[0] for records in sources if records]
        else:
            cited = [row.source_id for row in parts["citations"].get(parsed.record, [])]
        days = [self.references.known_on(source) for source in cited]
        return default_confirmed_on(sources=days, today=timezone.localdate())

    def _resolved_by_older_sources(self, items: Sequence[Item]) -> Iterator[Problem]:
        for place, item in enumerate(items):
            key, opens = item.get("source"), item.get("opens")
            sources = self.references.find(key) if isinstance(key, Key) else (key,)
            if len(sources) == 1 and sources[0] is not None:
                issued = self.references.source_days(sources[0]).issued_latest
                written = str(key.written if isinstance(key, Key) else key)
                yield from resolved_by_older_source(
                    self.layout.noun, place, opens=opens, issued=issued, source=written
                )

    def _desk(self, chunk: Sequence[Parsed]) -> tuple[dict[int, Any], Parts]:
        """Return the records that are here, by id, and the rows of parts that must be looked at,
        by record.
        """
        ids = [parsed.record for parsed in chunk if parsed.record > 0]
        if not ids:
            return {}, defaultdict(dict)
        records = self.layout.model._default_manager.filter(pk__in=ids).order_by("pk")
        here = (records.select_for_update(no_key=True) if self.lock else records).in_bulk()
        parts = {
            name: _rows(part, ids)
            for name, part in self.layout.parts.items()
            if self._looks_at(name, chunk)
        }
        for name in ("citations", "resolutions"):
            rows = chain.from_iterable(parts.get(name, {}).values())
            self.references.learn_ids(Noun.SOURCE, {row.source_id for row in rows if row.source_id})
        return here, parts

    @property
    def _quotes_its_text(self) -> bool:
        return "text" in self.layout.fields

    def _looks_at(self, name: str, chunk: Sequence[Parsed]) -> bool:
        return any(name in parsed.parts for parsed in chunk) or name in (
            *(
                ["citations"]
                if "confirmed_on" in self.layout.fields or self._quotes_its_text
                else []
            ),
            *(["ballots"] if self.layout.noun is Noun.VOTE else []),
            *(["resolutions"] if any("basis" in parsed.values for parsed in chunk) else []),
        )

    def _here(self, parts: Parts, name: str, parsed: Parsed) -> list[Item]:
        return [
            item_of(self.layout.parts[name], row)
            for row in parts.get(name, {}).get(parsed.record, [])
        ]


def _rows(part: PartList, ids: Iterable[int]) -> dict[int, list[Any]]:
    by_owner: dict[int, list[Any]] = defaultdict(list)
    for row in part.model._default_manager.filter(**{f"{part.owner}__in": ids}).order_by("pk"):
        by_owner[getattr(row, part.owner)].append(row)
    return by_owner
