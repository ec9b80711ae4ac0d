"""Records that may be there already: at the desk, or twice in files.

Claims of the same actor or pair on the same issue, unless one follows the other or only one is a
forecast; meetings of the same participants on a day that both may mean, and their acts of one kind;
votes of the same body, day, symbol and tally; sources at one address; actors by name, code and
Wikidata item. Sources of files also by DOI and title.
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db.models.functions import Upper
from more_itertools import chunked
from psycopg.sql import SQL, Identifier

from tracker.desk.merge import survivors
from tracker.desk.records.actor_names import COMPARED, Mark, find_actors, marks_of
from tracker.desk.records.comparing import Action, Compared
from tracker.desk.records.keys import normalised
from tracker.desk.records.references import Key, References
from tracker.models import Actor, Record, Source
from tracker.models.queries import compose, rows_of
from tracker.models.tables import tables_of
from tracker.values.dates import bounds
from tracker.values.nearness import folded
from tracker.values.nouns import Noun
from tracker.values.periods import Days, Ends, asserted, meet, meeting_days, possible
from tracker.values.problems import Place
from tracker.values.vocabularies import Standing

MOST_TOLD = 5  # of what one may be
MOST_COMPARED = 1000  # rows about the same
# of titles of one day; of more, only those equal but for case, accents and signs
MOST_PAIRS = 20_000
CHUNK = 2000
NEAR = 0.9
TITLE = "nearly the same title, the same day"
DOI = r"10\.[0-9]{4,9}/[^\s?#\"<>]+"
ANY_DAY = Days(None, None)
NO_MARKS: Mapping[Mark, str] = MappingProxyType({})


class Candidate(NamedTuple):
    """What a record is compared by:
    actors in the order of their ids, of a claim the issue, and the days that count.

    `same` is what else must not differ, None where nothing is said. Sources and actors have `marks`
    instead, any of which another must share, each with what the two have in common then.
    """

    actors: tuple[int, ...] = ()
    issue: int | None = None
    days: Days = ANY_DAY
    same: tuple[Any, ...] = ()
    marks: Mapping[Mark, str] = NO_MARKS

    def may_be(self, other: "Candidate") -> bool:
        """Say whether of two that share a key nothing contradicts nothing."""
        pairs = zip(self.same, other.same, strict=True)
        return meet(self.days, other.days) and all(
            None in pair or pair[0] == pair[1] for pair in pairs
        )

    def lookups(self) -> Iterator[Any]:
        """Yield by what it is looked up:
        of what is dated, each year in which it may lie, as a body has many votes.
        """
        if not self.actors:
            yield from self.marks
        elif self.issue is not None:
            yield self.actors, self.issue
        elif self.days.first and self.days.last:
            yield from (
                (self.actors, year) for year in range(self.days.first.year, self.days.last.year + 1)
            )


class DuplicateKey(NamedTuple):
    """By what records of a noun may be the same, and what they have in common then, in words.

    `query` asks the desk for what is about the same `actors`, `issues` and days, or has one of the
    `marks`: id, actors, issue, the four ends, then what must be the `same`, or the mark. What
    `is_dated` has no issue and one date, or two, and is compared by the days that these may mean; a
    meeting has its actors as participants. `told_if_changed` are the fields of which an edit is
    told, too. A source is known by its `column`; actors have no query: they are found by `search`.
    `fields` are those of a form that decide it; `participants` stands for a part. Rows of files
    have more `marks`, which `search` looks for.
    """

    message: str
    query: str
    fields: tuple[str, ...]
    actors: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    since: str = "since"
    is_dated: bool = False
    told_if_changed: tuple[str, ...] = ()
    column: str = ""
    marks: Callable[[Sequence[Compared]], list[dict[Mark, str]]] | None = None
    search: Callable[[Collection[Mark]], Iterator[tuple[Mark, int]]] | None = None


class DuplicateIndex:
    """What there is, by what it is compared by; of one key the last `most` are held."""

    def __init__(self, most: int = sys.maxsize) -> None:
        self._most, self._held = most, defaultdict[Any, list[tuple[Any, Candidate]]](list)

    def add(self, named: Any, candidate: Candidate) -> None:
        for key in candidate.lookups():
            self._held[key].append((named, candidate))
            del self._held[key][: -self._most]

    def add_row(self, place: Place, candidate: Candidate) -> None:
        """Add a row of a file; a mark is that of the first row that has it."""
        marks = {mark: why for mark, why in candidate.marks.items() if mark not in self._held}
        self.add(place, candidate._replace(marks=marks) if candidate.marks else candidate)

    def find(self, candidate: Candidate) -> dict[Any, str]:
        """Return what it may be, in the order of its keys and of what was added,
        each with what its marks say.
        """
        matches: dict[Any, str] = {}
        for key in candidate.lookups():
            for named, other in self._held.get(key, ()):
                if named not in matches and candidate.may_be(other):
                    matches[named] = candidate.marks.get(key, "")
        return matches


def find_duplicates(
    noun: Noun, candidates: Sequence[Candidate], exclude: Collection[int] = ()
) -> list[list[int]]:
    """Return for each the records that it may be, by their ids, but for some; one query."""
    key, here = DUPLICATE_KEYS[noun], DuplicateIndex()
    if key is None or not candidates:
        return [[] for _ in candidates]
    if not key.query:
        return _found_by_marks(noun, candidates, exclude)
    bound = {
        "actors": list({actor for candidate in candidates for actor in candidate.actors}),
        "issues": list({candidate.issue for candidate in candidates if candidate.issue}),
        "first": min(candidate.days.first or date.min for candidate in candidates),
        "last": max(candidate.days.last or date.max for candidate in candidates),
        "marks": [value for candidate in candidates for _, value in candidate.marks],
    }
    for record, actors, issue, *rest in rows_of(key.query, bound):
        if record not in exclude:
            other = (
                _mark_candidate(key, rest[4])
                if key.column
                else _coded_candidate(key, actors, issue, Ends(*rest[:4]), rest[4:])
            )
            here.add(record, other or Candidate())
    return [sorted(here.find(candidate)) for candidate in candidates]


def _found_by_marks(
    noun: Noun, candidates: Sequence[Candidate], exclude: Collection[int]
) -> list[list[int]]:
    """Return for each the records that share a mark with it, but those that were merged;
    three queries.
    """
    found = _marked_records(noun, candidates)
    merged = survivors(noun, {record for _, record in found})
    index = DuplicateIndex()
    for mark, record in found:
        if record not in merged and record not in exclude:
            index.add(record, Candidate(marks={mark: ""}))
    return [sorted(index.find(candidate)) for candidate in candidates]


def _marked_records(noun: Noun, candidates: Sequence[Candidate]) -> list[tuple[Mark, int]]:
    key = DUPLICATE_KEYS[noun]
    marks = {mark for candidate in candidates for mark in candidate.marks}
    return [*key.search(marks)] if key and key.search else []


def unsaved_duplicates(
    noun: Noun, record: Any, changed: Collection[str] | None, participants: Sequence[int] = ()
) -> list[int]:
    """Return the ids of others that a record may be, before it is saved,
    if it is new or its own key changes.

    `changed` are the fields that differ from what is saved; None of a new record.
    """
    key = DUPLICATE_KEYS[noun]
    if key is None or is_contested(record):
        return []
    if changed is not None and not set(key.told_if_changed) & set(changed):
        return []
    if noun is Noun.SOURCE:  # the database hasn't made `url_key` yet
        candidate = _mark_candidate(key, *normalised([record.url]))
    elif noun is Noun.ACTOR:
        candidate = Candidate(marks=marks_of(record, COMPARED if changed is None else changed))
    else:
        candidate = record_candidate(key, record, participants)
    return (
        [other for other in find_duplicates(noun, [candidate])[0] if other != record.pk]
        if candidate
        else []
    )


def saved_duplicates(noun: Noun, records: Sequence[Record]) -> dict[int, list[int]]:
    """Return for saved records the ids of others that each may be; what has none is left out;
    two queries.
    """
    key, participants = DUPLICATE_KEYS[noun], dict[int, list[int]]()
    if key is None:
        return {}
    if not key.actors and key.is_dated:
        participants = _participants(noun, [record.pk for record in records])
    candidates = {
        record.pk: candidate
        for record in records
        if not is_contested(record)
        and (candidate := record_candidate(key, record, participants.get(record.pk, ())))
    }
    matches = zip(candidates, find_duplicates(noun, [*candidates.values()]), strict=True)
    return {
        record: others for record, ids in matches if (others := [pk for pk in ids if pk != record])
    }


def record_candidate(
    key: DuplicateKey, record: Any, participants: Sequence[int] = ()
) -> Candidate | None:
    """Return what a record is compared by, a meeting by these participants;
    None if that isn't plain.
    """
    if key.column:
        return _mark_candidate(key, getattr(record, key.column))
    if isinstance(record, Actor):
        return Candidate(marks=marks_of(record))
    ends = _ends(getattr(record, key.since), getattr(record, "until", None))
    actors = [getattr(record, f"{name}_id") for name in key.actors] or [*participants]
    issue = None if key.is_dated else record.issue_id
    is_about_something = ends.since_earliest if key.is_dated else issue
    if not actors or None in actors or not is_about_something:
        return None
    return _coded_candidate(key, actors, issue, ends, [getattr(record, name) for name in key.same])


def _coded_candidate(
    key: DuplicateKey, actors: Iterable[int], issue: int | None, ends: Ends, same: Sequence[Any]
) -> Candidate:
    """Return what a claim, meeting or vote is compared by;
    blanks and case of what is `same` don't count.
    """
    days = possible(meeting_days(ends)) if key.is_dated else _days_of_claim(ends)
    plain = (
        "".join(value.split()).casefold() or None if isinstance(value, str) else value
        for value in same
    )
    return Candidate(tuple(sorted(set(actors))), issue, days, tuple(plain))


def _mark_candidate(key: DuplicateKey, value: str | None) -> Candidate | None:
    """Return what a source is compared by: the mark that nothing else should have;
    None without one.
    """
    return Candidate(marks={(key.column, value): key.message}) if value else None


def _ends(since: str | None, until: str | None) -> Ends:
    begin, end = (bounds(text) if text else None for text in (since, until))
    return Ends(
        begin.earliest if begin else None,
        begin.latest if begin else None,
        end.earliest if end else None,
        end.latest if end else None,
    )


def _days_of_claim(ends: Ends) -> Days:
    """Return the days that no other claim may share:
    "until 2020" and "since 2020" follow each other.

    A claim that may have begun in the very period in which it ends has no other days:
    it is held against all of them.
    """
    since, until = ends.since_earliest, ends.until_earliest
    return possible(ends) if since and until and until <= since else asserted(ends)


def is_contested(record: Any) -> bool:
    """Tell whether a claim is meant to stand beside another."""
    return bool(getattr(record, "standing", "") == Standing.CONTESTED)


def row_participants(row: Compared, references: References) -> list[int]:
    """Return the participants that are said of a meeting."""
    keys = (item.get("actor") for item in row.parsed.parts.get("participants", ()))
    return [pk for key in keys if isinstance(key, Key) for pk in references.find(key)]


def _participants(noun: Noun, records: Sequence[int]) -> dict[int, list[int]]:
    by_record: dict[int, list[int]] = defaultdict(list)
    if records:
        rows = tables_of(noun)["participant"].model._default_manager.filter(
            **{f"{noun}__in": records}
        )
        for record, actor in rows.values_list(noun.value, "actor"):
            by_record[record].append(actor)
    return by_record


class RowDuplicates(NamedTuple):
    """A row that may be there already: as records, by their ids, or as earlier rows;
    each with what is the same.
    """

    noun: Noun
    place: Place
    records: dict[int, str]
    rows: dict[Place, str]

    def first(self) -> list[tuple[int | None, Place | None, str]]:
        """Return the first of what it may be: the record or the row, and what is the same."""
        key = DUPLICATE_KEYS[self.noun]
        message = key.message if key else ""
        records = ((record, None, why or message) for record, why in self.records.items())
        rows = ((None, place, why or message) for place, why in self.rows.items())
        return [*records, *rows][:MOST_TOLD]


class RowFinder:
    """Takes what files say, chunk by chunk, and finds which of their new rows may be there already.

    They are held against the desk as the files leave it, and against each other. A row that says
    that it is contested, or that it is to be created anyway, is meant to stand beside another, and
    is left alone.
    """

    def __init__(self, nouns: Collection[Noun], references: References) -> None:
        self._nouns, self._references = nouns, references
        self._new: dict[Noun, list[tuple[Place, Candidate, bool]]] = defaultdict(list)
        self._changed: dict[Noun, dict[int, Candidate | None]] = defaultdict(dict)

    def add(self, rows: Sequence[Compared], create_anyway: Container[Place]) -> None:
        """Take rows of one noun; those at the places `create_anyway` say that they are others.

        A statement, if meetings are changed, and for sources.
        Of rows that have faults only marks are compared.
        """
        noun = rows[0].parsed.layout.noun if rows else None
        key = DUPLICATE_KEYS[noun] if noun and noun in self._nouns else None
        if noun is None or key is None:
            return
        if key.marks:
            new = [row for row in rows if row.is_new]
            for row, marks in zip(new, key.marks(new), strict=True):
                self._add_new(noun, row, Candidate(marks=marks), create_anyway)
            return
        silent = [
            row
            for row in rows
            if row.action is Action.CHANGED and "participants" not in row.parsed.parts
        ]
        participants = _participants(
            noun, [row.record.pk for row in silent if "participants" in row.parsed.layout.parts]
        )
        for row in rows:
            if (
                row.parsed.faulty
                or row.action is Action.SAME
                or (row.is_new and is_contested(row.record))
            ):
                continue
            taking_part = row_participants(row, self._references) or participants.get(
                row.record.pk, []
            )
            candidate = record_candidate(key, row.record, taking_part)
            if not row.is_new:
                self._changed[noun][row.record.pk] = candidate
            elif candidate:
                self._add_new(noun, row, candidate, create_anyway)

    def _add_new(
        self, noun: Noun, row: Compared, candidate: Candidate, create_anyway: Container[Place]
    ) -> None:
        if place := row.parsed.place:
            self._new[noun].append((place, candidate, place in create_anyway))

    def find(self) -> Iterator[RowDuplicates]:
        """Yield the new rows that may be there already;
        a statement for each 2,000, of sources and actors a few.
        """
        for noun, new in self._new.items():
            changed, earlier, left = (
                self._changed[noun],
                DuplicateIndex(MOST_COMPARED),
                DuplicateIndex(),
            )
            for pk, candidate in changed.items():
                if candidate:
                    left.add(pk, candidate)
            for chunk in chunked(new, CHUNK):
                here = _records(noun, [candidate for _, candidate, _ in chunk], changed)
                for (place, candidate, is_exempt), matches in zip(chunk, here, strict=True):
                    after = left.find(candidate)
                    records = dict(sorted([*matches.items(), *after.items()])) if after else matches
                    rows = earlier.find(candidate)
                    earlier.add_row(place, candidate)
                    if not is_exempt and (records or rows):
                        yield RowDuplicates(noun, place, records, rows)


def _records(
    noun: Noun, candidates: Sequence[Candidate], exclude: Collection[int]
) -> list[dict[int, str]]:
    """Return the records that each candidate of a file may be, with what is the same;
    survivors of what was merged.
    """
    key, here = DUPLICATE_KEYS[noun], DuplicateIndex()
    if key is None or key.search is None:
        return [dict.fromkeys(ids, "") for ids in find_duplicates(noun, candidates, exclude)]
    pairs = _marked_records(noun, candidates)
    merged = survivors(noun, {record for _, record in pairs})
    for mark, record in pairs:
        here.add(merged.get(record, record), Candidate(marks={mark: ""}))
    return [here.find(candidate) for candidate in candidates]


def _source_marks(rows: Sequence[Compared]) -> list[dict[Mark, str]]:
    """Return the marks of new sources; one statement."""
    marks_of_rows = []
    for row, url in zip(rows, normalised([row.record.url for row in rows]), strict=True):
        source = row.record
        marks: dict[Mark, str] = {("url_key", url): "the same address"} if url else {}
        if doi := re.search(
            DOI, f"{row.parsed.written.get('doi', '')} {source.url}", re.IGNORECASE
        ):
            marks["doi", doi[0].lower()] = "the same DOI"
        if title := folded(source.title):
            issued = _ends(source.issued, None)
            marks["title", issued.since_earliest, issued.since_latest, title] = TITLE
            if not source.issued:
                marks["undated", source.title.upper()] = TITLE
        marks_of_rows.append(marks)
    return marks_of_rows


def _find_sources(marks: Collection[Mark]) -> Iterator[tuple[Mark, int]]:
    """Yield which sources have marks, or nearly; a statement for each kind of mark."""
    values: dict[str, list[Any]] = defaultdict(list)
    for kind, *value in marks:
        values[kind].append(value[0] if len(value) == 1 else value)
    if addresses := values["url_key"]:
        here = (
            Source.objects.filter(url_key__in=addresses).order_by("pk").values_list("url_key", "pk")
        )
        yield from ((("url_key", url), pk) for url, pk in here)
    if dois := values["doi"]:
        query = (
            "SELECT doi, id FROM tracker_source, substring(lower(url) from %s) AS doi WHERE doi "
            "= ANY(%s) ORDER BY id"
        )
        yield from ((("doi", doi), pk) for doi, pk in rows_of(query, [DOI, dois]))
    if titles := values["undated"]:
        undated = (
            Source.objects.filter(issued="").annotate(upper=Upper("title")).filter(upper__in=titles)
        )
        yield from (
            (("undated", title), pk)
            for title, pk in undated.order_by("pk").values_list("upper", "pk")
        )
    yield from _near_titles([(*days, title) for *days, title in values["title"] if days[0]])


def _near_titles(dated: Sequence[tuple[date, date, str]]) -> Iterator[tuple[Mark, int]]:
    """Yield the sources of the same days that have nearly the same title;
    a statement, if there are any.
    """
    here: dict[tuple[date, date], list[tuple[str, int]]] = defaultdict(list)
    sources = Source.objects.filter(
        issued_earliest__in=[earliest for earliest, *_ in dated]
    ).order_by("pk")
    columns = ("issued_earliest", "issued_latest", "title", "pk")
    for earliest, latest, title, pk in sources.values_list(*columns) if dated else ():
        here[earliest, latest].append((folded(title), pk))
    counts = Counter((earliest, latest) for earliest, latest, _ in dated)
    for earliest, latest, title in dated:
        others = here[earliest, latest]
        is_near = _is_near if len(others) * counts[earliest, latest] <= MOST_PAIRS else str.__eq__
        yield from (
            (("title", earliest, latest, title), pk)
            for other, pk in others
            if is_near(other, title)
        )


def _is_near(text: str, other: str) -> bool:
    if text == other:
        return True
    words, others = set(text.split()), set(other.split())
    if min(len(words), len(others)) > 3 and 2 * len(words & others) < max(len(words), len(others)):
        return False  # as it would come out, ten times as fast
    matcher = SequenceMatcher(None, text, other, autojunk=False)
    return (
        matcher.real_quick_ratio() >= NEAR
        and matcher.quick_ratio() >= NEAR
        and matcher.ratio() >= NEAR
    )


PARTICIPANTS = """
    SELECT id, ARRAY(SELECT actor_id FROM {participants} WHERE {owner} = r.id), NULL,
        since_earliest, since_latest, until_earliest, until_latest{same}
    FROM {table} r
    WHERE since_earliest <= %(last)s AND COALESCE(until_latest, since_latest) >= %(first)s
    AND id IN (SELECT {owner} FROM {participants} WHERE actor_id = ANY(%(actors)s))
"""


def _with_participants(noun: Noun, *same: str) -> str:
    """Return the query of what these actors take part in on some days,
    with the fields that must be the same.
    """
    table = tables_of(noun)["participant"]
    parts = {"participants": Identifier(table.name), "owner": Identifier(table.owner)}
    also = SQL("").join(SQL(", {}").format(Identifier(field)) for field in same)
    return compose(PARTICIPANTS, noun, same=also, **parts).as_string(None)


# A noun without such a rule has None. A program's POST asks a query each time:
# composed once, as it costs a tenth of the ORM's.
DUPLICATE_KEYS: dict[Noun, DuplicateKey | None] = {
    # no two have a slug, and what else they have in common makes them no duplicates
    Noun.ISSUE: None,
    Noun.ACTOR: DuplicateKey(
        "the same or nearly the same name, code or Wikidata item",
        "",
        fields=("kind", *COMPARED),
        told_if_changed=COMPARED,
        search=find_actors,
        marks=lambda rows: [marks_of(row.record) for row in rows],
    ),
    Noun.SOURCE: DuplicateKey(
        "the same address",
        """
            SELECT id, ARRAY[]::integer[], NULL, NULL, NULL, NULL, NULL, url_key
            FROM tracker_source WHERE url_key = ANY(%(marks)s) AND url <> ''
                AND merged_into_id IS NULL
        """,
        fields=("url",),
        told_if_changed=("url",),
        column="url_key",
        marks=_source_marks,
        search=_find_sources,
    ),
    Noun.STANCE: DuplicateKey(
        "the same actor and issue, at the same time",
        """
            SELECT id, ARRAY[actor_id], issue_id, since_earliest, since_latest, until_earliest,
                until_latest,
                position = 'no_evidence', basis = 'forecast'
            FROM tracker_stance WHERE actor_id = ANY(%(actors)s) AND issue_id = ANY(%(issues)s)
        """,
        fields=("actor", "issue", "position", "since", "until", "basis", "standing"),
        actors=("actor",),
        same=("found_nothing", "is_forecast"),
    ),
    Noun.ALIGNMENT: DuplicateKey(
        "the same pair and issue, at the same time",
        """
            SELECT id, ARRAY[actor_id, counterpart_id], issue_id,
                since_earliest, since_latest, until_earliest, until_latest, basis = 'forecast'
            FROM tracker_alignment
            WHERE actor_id = ANY(%(actors)s) AND counterpart_id = ANY(%(actors)s)
                AND issue_id = ANY(%(issues)s)
        """,
        fields=("actor", "counterpart", "issue", "pattern", "since", "until", "basis", "standing"),
        actors=("actor", "counterpart"),
        same=("is_forecast",),
    ),
    Noun.MEETING: DuplicateKey(
        "the same participants, on the same day",
        _with_participants(Noun.MEETING),
        fields=("participants", "since", "until"),
        is_dated=True,
    ),
    Noun.VOTE: DuplicateKey(
        "the same body and day, and no other symbol or tally",
        """
            SELECT id, ARRAY[body_id], NULL, held_earliest, held_latest, NULL, NULL,
                symbol, tally_yes, tally_no, tally_abstain
            FROM tracker_vote
            WHERE body_id = ANY(%(actors)s) AND held_earliest <= %(last)s
                AND held_latest >= %(first)s
        """,
        fields=("body", "held", "symbol", "tally_yes", "tally_no", "tally_abstain"),
        actors=("body",),
        same=("symbol", "tally_yes", "tally_no", "tally_abstain"),
        since="held",
        is_dated=True,
    ),
    Noun.ACT: DuplicateKey(
        "the same kind and participants, on the same day",
        _with_participants(Noun.ACT, "kind"),
        fields=("participants", "kind", "since", "until"),
        same=("kind",),
        is_dated=True,
    ),
}
# nouns of which all is said by their rows; of sources and actors a person decides, row by row
CODED = frozenset(noun for noun, key in DUPLICATE_KEYS.items() if key and not key.told_if_changed)
