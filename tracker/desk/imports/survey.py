"""The first reading of all files:
which record each row is, so that any row may name any other, in any order of files.

A row is the record with its `id`, if there is one here, else with its `ref`, else with its slug
(issues, actors) or address, day and archived copy (sources); never one that merely looks alike.

Held are only numbers and keys: for each row the id of its record or, for a new one, a negative
number (-1, -2 … by noun) that stands for the id until there is one. The readings that follow go
through the same rows in the same order.
"""

import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import zip_longest
from typing import Any

from more_itertools import chunked

from tracker.desk.imports.faults import Faults
from tracker.desk.imports.tables import ADDS, ImportTable, WrittenRow, number, plain, rows
from tracker.desk.records.fields import Layout
from tracker.desk.records.keys import FIELD, KINDS, Identity, normalised, owners, public_owners
from tracker.models.nouns import records_of
from tracker.public.formats.json import NotJsonError, read_json
from tracker.values.addresses import shortened
from tracker.values.dates import DateBounds, InvalidDateError, bounds
from tracker.values.nouns import Noun
from tracker.values.problems import Place, Problem

Progress = Callable[[str], None]
# a record, its slug, codes, names by field
Named = tuple[int, str, Sequence[str | None], Mapping[str, Sequence[str]]]
# in this order; iso3 belongs to one record too, but tells none
MATCHING = ("ref", "slug", "address")
LEFT_ASIDE = 0  # instead of a record: the row is not imported


@dataclass(slots=True)
class FileFacts:
    """What files say of records that others refer to;
    a record is absent where they say nothing of the kind.
    """

    has_question: dict[int, bool] = field(default_factory=dict)
    parent: dict[int, str] = field(default_factory=dict)
    origin: dict[int, str] = field(default_factory=dict)
    issued: dict[int, DateBounds | None] = field(default_factory=dict)
    accessed_on: dict[int, date | None] = field(default_factory=dict)
    source_ids: dict[int, int] = field(default_factory=dict)  # the id in a file → the record
    addresses: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    named: dict[Noun, list[Named]] = field(default_factory=lambda: defaultdict(list))


@dataclass(slots=True)
class Survey:
    """Which record each row of each table is."""

    tables: list[ImportTable]
    faults: Faults
    records: list["array[int]"] = field(default_factory=list)  # by table, in the order of the rows
    keys: dict[tuple[Noun, str], dict[Hashable, int]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    facts: FileFacts = field(default_factory=FileFacts)
    _new: dict[Noun, "array[int]"] = field(default_factory=lambda: defaultdict(lambda: array("q")))
    _known: dict[Noun, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def count_new(self, noun: Noun) -> int:
        """Return how many rows are records that are not here yet."""
        return len(self._new[noun])

    def place(self, noun: Noun, record: int) -> tuple[ImportTable, int] | None:
        """Return the table and line at which a record is described; None if it isn't."""
        place = self._known[noun].get(record) if record > 0 else self._new[noun][-record - 1]
        return None if place is None else (self.tables[place >> 32], place & 0xFFFFFFFF)

    def read(self, progress: Progress) -> None:
        for index, table in enumerate(self.tables):
            self.records.append(array("i"))
            # the records of such lines
            meant = {-line: LEFT_ASIDE for line in table.stands_for.values() if line < 0}
            for chunk in chunked(rows(table, self.faults), table.noun.at_once):
                identified = identities(table.layout, chunk)
                held = owners(table.layout, identified)
                owned = public_owners(table.layout, identified) | held
                matches = [match(identity, held) for identity in identified]
                here = records_here(table.layout, matches)
                for row, identity, matched in zip(chunk, identified, matches, strict=True):
                    if other := table.stands_for.get(row.line):
                        record = other if other > 0 else meant[-other]
                        self._stand_for(table, identity, record)
                        self.records[index].append(LEFT_ASIDE)
                    else:
                        record = self._enter(
                            table, index << 32 | row.line, row, identity, matched, owned
                        )
                        self._check_taken_over(table, row, identity, held, here.get(record))
                        self.records[index].append(record)
                    if row.line in meant:
                        meant[row.line] = record
                    version = number(row, "version")
                    is_stale = version and record in here and version != here[record]["version"]
                    # of what the desk has gone on since, only it knows what will be
                    if other or is_stale:
                        continue
                    if note := _NOTE_FACTS.get(table.noun):
                        note(self.facts, record, row, identity)
                progress(f"{table.name}: {len(self.records[index]):,} rows surveyed")

    def _stand_for(self, table: ImportTable, identity: Identity, record: int) -> None:
        """Let the keys of a row that is not imported mean the record for which it stands."""
        for kind, key in identity.keys.items():
            if kind != "address":
                self.keys[table.noun, kind].setdefault(key, record)

    def _enter(
        self,
        table: ImportTable,
        place: int,
        row: WrittenRow,
        identity: Identity,
        matched: int | None,
        owned: dict[tuple[str, Hashable], int],
    ) -> int:
        """Note which record a row is,
        and complain where it would be two or is one of another row.
        """
        noun = table.noun
        twice = None
        if number(row, "version") and (matched is None or identity.id not in (None, matched)):
            says, remedy = (
                "there is no such {noun} here",
                "leave it empty if the row is to be a new one, or another's",
            )
            self._fault(
                table, row, Problem("unknown", says, ("version",), {"noun": noun.value}), remedy
            )
        record = matched or -len(self._new[noun]) - 1
        for kind, key in identity.keys.items():
            column = FIELD.get(kind, kind)
            other, owner = self.keys[noun, kind].setdefault(key, record), owned.get((kind, key))
            if other != record:
                twice = self._fault_twice(noun, row, column, other, table)
            elif owner and owner != record and not (kind == "address" and not _is_whole(row)):
                says = f"it is that of {{0}}, and the row is {'{1}' if matched else 'a new one'}"
                others = ((noun, owner), *([(noun, matched)] if matched else []))
                remedy = (
                    "correct it, or leave out the id, ref or slug that makes this row another "
                    "record"
                )
                self._fault(table, row, Problem("taken", says, (column,), others=others), remedy)
        if matched is None:
            self._new[noun].append(place)
        elif matched in self._known[noun]:
            if not twice:
                self._fault_twice(noun, row, "", matched, table)
        else:
            self._known[noun][matched] = place
        return record

    def _check_taken_over(
        self,
        table: ImportTable,
        row: WrittenRow,
        identity: Identity,
        held: dict[tuple[str, Hashable], int],
        here: dict[str, Any] | None,
    ) -> None:
        """Complain of a row that only its id makes a record that is here, without a version,
        and with other keys.
        """
        if (
            not here
            or number(row, "version")
            or here["pk"] in [held.get(key) for key in identity.keys.items()]
        ):
            return
        for kind in here.keys() & identity.keys.keys():
            if not (kind == "ref" and here["ref"]) and (kind, identity.keys[kind]) not in held:
                says = (
                    f"only its id makes the row {{0}}, which has "
                    f"{'the {kind} “{key}”' if here[kind] else 'no {kind}'}"
                )
                remedy = "give the version, as an export of this desk has it; or leave out the id"
                params, others = {"kind": kind, "key": here[kind]}, ((table.noun, here["pk"]),)
                self._fault(
                    table, row, Problem("taken", says, (kind,), params, others=others), remedy
                )

    def _fault_twice(
        self, noun: Noun, row: WrittenRow, column: str, other: int, table: ImportTable
    ) -> bool:
        place = self.place(noun, other)
        where = f"line {place[1]} of {place[0].name}" if place else "another row"
        says = "it is the same as in {where}" if column else "the row is the same record as {where}"
        path = (column,) if column else ()
        remedy = "keep one of the two"
        if not column and "slug" in table.layout.fields:
            remedy += f", or give the {noun} that is new a slug of its own"
        self._fault(table, row, Problem("twice", says, path, {"where": where}), remedy)
        return True

    def _fault(self, table: ImportTable, row: WrittenRow, problem: Problem, remedy: str) -> None:
        value, place = row.cells.get(problem.field, ""), Place(table.name, row.line)
        self.faults.add(replace(problem, remedy=remedy, value=value, place=place))


def _is_whole(row: WrittenRow) -> bool:
    """Say whether a row says all that tells sources of one address apart."""
    return row.says("issued") and row.says("archive_url")


def _of_actor(facts: FileFacts, record: int, row: WrittenRow, identity: Identity) -> None:
    codes = [plain(row.cells.get(name, "")) for name in ("iso3", "wikidata_id")]
    names = {
        name: [plain(row.cells.get(name, ""))] for name in ("name", "short_name") if row.says(name)
    }
    lists = [f"{name}{sign}" for name in ("names", "aliases") for sign in ("", ADDS)]
    names |= {name: _texts(row.cells.get(name, "")) for name in lists if row.says(name)}
    _note_names(facts, Noun.ACTOR, record, identity, codes, names)


def _texts(cell: str) -> list[str]:
    """Return the texts of a cell that is a list or an object, or plain; of “zh:
    中国”, what comes after the tag.
    """
    if not cell.lstrip().startswith(("[", "{")):
        return [
            re.sub(r"^[A-Za-z-]+: *", "", text.strip())
            for text in re.split(r"[;\n]", cell)
            if text.strip()
        ]
    try:
        value = read_json(cell)
    except NotJsonError:
        return []
    texts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for text in texts if isinstance(text, str)]


def _of_issue(facts: FileFacts, record: int, row: WrittenRow, identity: Identity) -> None:
    names = {"title": [plain(row.cells["title"])]} if row.says("title") else {}
    _note_names(facts, Noun.ISSUE, record, identity, [], names)
    if row.says("question") or record < 0:
        facts.has_question[record] = bool(plain(row.cells.get("question", "")))
    if row.says("parent"):
        facts.parent[record] = plain(row.cells["parent"])


def _note_names(
    facts: FileFacts,
    noun: Noun,
    record: int,
    identity: Identity,
    codes: Sequence[str],
    names: Mapping[str, Sequence[str]],
) -> None:
    slug, ref = (str(identity.keys.get(kind, "")) for kind in ("slug", "ref"))
    facts.named[noun].append((record, slug, [ref, *codes], names))


def _of_source(facts: FileFacts, record: int, row: WrittenRow, identity: Identity) -> None:
    if row.says("derives_from"):
        facts.origin[record] = plain(row.cells["derives_from"])
    if row.says("issued") or record < 0:
        facts.issued[record] = _bounds(row.cells.get("issued", ""))
    if row.says("accessed_on") or record < 0:
        accessed = _bounds(row.cells.get("accessed_on", ""))
        facts.accessed_on[record] = accessed.earliest if accessed else None
    if identity.id:
        facts.source_ids[identity.id] = record
    if address := identity.keys.get("address"):
        facts.addresses[address[0]].add(record)  # type: ignore[index]


def _bounds(cell: str) -> DateBounds | None:
    """Return the days that a cell can mean, None if it is no date."""
    try:
        return bounds(cell.strip()) if cell.strip() else None
    except ValueError:
        return None


_NOTE_FACTS: dict[Noun, Callable[[FileFacts, int, WrittenRow, Identity], None]] = {
    Noun.ACTOR: _of_actor,
    Noun.ISSUE: _of_issue,
    Noun.SOURCE: _of_source,
}


def rows_of(survey: Survey, index: int, faults: Faults) -> Iterator[tuple[WrittenRow, int]]:
    """Yield the rows of a table that are imported, each with its record;
    tell `faults` if there are more or fewer.
    """
    table = survey.tables[index]
    for row, record in zip_longest(rows(table), survey.records[index]):
        if row is None or record is None:
            says = "the file changed while it was read"
            faults.add(Problem("changed", says, remedy="import it again", place=Place(table.name)))
            return
        if record != LEFT_ASIDE:
            yield row, record


def identities(layout: Layout, rows: Sequence[WrittenRow]) -> list[Identity]:
    """Return what each row says about which record it is;
    one statement for sources, none for others.
    """
    identified = [Identity(number(row, "id"), _keys_of(layout, row)) for row in rows]
    if layout.noun is Noun.SOURCE:
        urls = normalised([plain(row.cells.get("url", "")) for row in rows])
        for row, identity, url in zip(rows, identified, urls, strict=True):
            if url:
                identity.keys["address"] = (
                    url,
                    _issued(plain(row.cells.get("issued", ""))),
                    shortened(plain(row.cells.get("archive_url", ""))),
                )
    return identified


def match(identity: Identity, held: dict[tuple[str, Hashable], int]) -> int | None:
    """Return the id of the record that a row is, or None if it is new."""
    if identity.id and ("id", identity.id) in held:
        return identity.id
    for kind in MATCHING:
        if kind in identity.keys and (record := held.get((kind, identity.keys[kind]))):
            return record
    return None


def records_here(layout: Layout, matched: Iterable[int | None]) -> dict[int, dict[str, Any]]:
    """Return the version of each record, and the keys by which rows name it;
    one statement, if there are any.
    """
    ids = [record for record in matched if record]
    columns = ("pk", "version", *(kind for kind in ("ref", "slug") if kind in layout.fields))
    return (
        {row["pk"]: row for row in records_of(layout.noun).filter(pk__in=ids).values(*columns)}
        if ids
        else {}
    )


def _keys_of(layout: Layout, row: WrittenRow) -> dict[str, Hashable]:
    return {
        kind: key
        for kind in KINDS
        if kind in layout.fields and (key := plain(row.cells.get(kind, "")))
    }


def _issued(written: str) -> str:
    """Return a date as it is kept, or as it is written if it can't be."""
    try:
        return bounds(written).edtf
    except InvalidDateError:
        return written
