"""What a new row may be already: a record that looks alike, though it has neither its id, ref, slug nor address.

Sources are alike by their normalised address, their DOI, or a near-equal title with the same day; actors by country
code, Wikidata item, or a name. A person decides; an import never takes one for the other by itself.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from itertools import chain
from typing import Any, NamedTuple

from django.db.models.functions import Upper

from tracker.desk.imports.identities import plain
from tracker.desk.imports.tables import ADDS, WrittenRow
from tracker.desk.merge import survivors
from tracker.desk.records.identities import normalised
from tracker.desk.records.likeness import MOST_TOLD
from tracker.models import Actor, Source
from tracker.models.queries import rows_of
from tracker.public.formats.json import NotJson, read_json
from tracker.values.dates import bounds
from tracker.values.nearness import folded
from tracker.values.nouns import Noun

NEAR = 0.9
MOST_COMPARED = 20_000  # pairs of titles of one day; of more, only those equal but for case, accents and signs
DOI = r"10\.[0-9]{4,9}/[^\s?#\"<>]+"
Key = tuple[Any, ...]


class Alike(NamedTuple):
    """A record that is here, or a row of the same file, that a row may be; and why."""

    record: int | None
    line: int | None
    why: str


class Finder:
    """Finds for new rows of one noun what they may be already, chunk by chunk, a few statements for each."""

    def __init__(self, noun: Noun) -> None:
        self._keys_of = {Noun.SOURCE: _source_keys, Noun.ACTOR: actor_keys}.get(noun)
        self._here_for = _sources if noun is Noun.SOURCE else _Actors()
        self._noun = noun
        self._seen: dict[Key, int] = {}

    def find(self, rows: Sequence[WrittenRow]) -> Iterator[tuple[int, list[Alike]]]:
        """Yield the line of each row that looks like something, with what."""
        if self._keys_of is None or not rows:
            return
        keys = self._keys_of(rows)
        here = self._here_for(rows, keys)
        merged = survivors(self._noun, {record for records in here.values() for record in records})
        for row, own in zip(rows, keys, strict=True):
            alikes: dict[int, Alike] = {}
            for key, why in own.items():
                for record in here.get(key, ()):
                    alikes.setdefault(merged.get(record, record), Alike(merged.get(record, record), None, why))
            lines = {self._seen[key]: why for key, why in own.items() if key in self._seen}
            for key in own:
                self._seen.setdefault(key, row.line)
            alike = [*alikes.values(), *(Alike(None, line, why) for line, why in lines.items())][:MOST_TOLD]
            if alike:
                yield row.line, alike


def _source_keys(rows: Sequence[WrittenRow]) -> list[dict[Key, str]]:
    keys_of_rows = []
    for row, url in zip(rows, normalised([plain(row.cells.get("url", "")) for row in rows]), strict=True):
        keys: dict[Key, str] = {("address", url): "the same address"} if url else {}
        if doi := re.search(DOI, f"{plain(row.cells.get('doi', ''))} {plain(row.cells.get('url', ''))}", re.IGNORECASE):
            keys["doi", doi[0].lower()] = "the same DOI"
        if title := folded(plain(row.cells.get("title", ""))):
            keys["title", *_days(row), title] = "nearly the same title, the same day"
        keys_of_rows.append(keys)
    return keys_of_rows


def _days(row: WrittenRow) -> tuple[date | None, date | None]:
    try:
        issued = bounds(plain(row.cells.get("issued", "")))
    except ValueError:
        return (None, None)
    return issued.earliest, issued.latest


def _sources(rows: Sequence[WrittenRow], keys: Sequence[Mapping[Key, str]]) -> dict[Key, list[int]]:
    """Return the sources that have such keys, or nearly."""
    wanted: dict[str, list[Key]] = defaultdict(list)
    for key in {key for own in keys for key in own}:
        wanted[key[0]].append(key)
    here: dict[Key, list[int]] = defaultdict(list)
    addresses = [url for _, url in wanted["address"]]
    for url, pk in Source.objects.filter(url_key__in=addresses).values_list("url_key", "pk") if addresses else ():
        here["address", url].append(pk)
    for doi, pk in _with_doi([doi for _, doi in wanted["doi"]]):
        here["doi", doi].append(pk)
    titles = {plain(row.cells.get("title", "")).upper() for row in rows}
    for key, pk in _near(wanted["title"], titles):
        here[key].append(pk)
    return here


def _with_doi(dois: Sequence[str]) -> Iterable[tuple[str, int]]:
    if not dois:
        return []
    query = "SELECT doi, id FROM tracker_source, substring(lower(url) from %s) AS doi WHERE doi = ANY(%s)"
    return [(doi, pk) for doi, pk in rows_of(query, [DOI, list(dois)])]


def _near(wanted: Sequence[Key], titles: set[str]) -> Iterator[tuple[Key, int]]:
    by_days: dict[Key, list[Key]] = defaultdict(list)
    for key in wanted:
        by_days[key[1:3]].append(key)
    here: dict[Key, list[tuple[str, int]]] = defaultdict(list)
    for earliest, latest, title, pk in _of_days(by_days, titles):
        here[earliest, latest].append((folded(title), pk))
    for days, keys in by_days.items():
        of_the_day = here.get(days, [])
        is_alike = _alike if len(of_the_day) * len(keys) <= MOST_COMPARED else str.__eq__
        for key in keys:
            yield from ((key, pk) for title, pk in of_the_day if is_alike(title, key[3]))


def _of_days(by_days: Mapping[Key, Any], titles: set[str]) -> Iterator[tuple[date, date, str, int]]:
    """Yield the sources of certain days; of those without a day, what has one of these titles, but for case."""
    named = ("issued_earliest", "issued_latest", "title", "pk")
    days = [earliest for earliest, _ in by_days if earliest]
    if days:
        yield from Source.objects.filter(issued_earliest__in=days).values_list(*named)
    if (None, None) in by_days:
        undated = Source.objects.filter(issued="").annotate(upper=Upper("title"))
        yield from undated.filter(upper__in=titles).values_list(*named)


def _alike(text: str, other: str) -> bool:
    if text == other:
        return True
    words, others = set(text.split()), set(other.split())
    if min(len(words), len(others)) > 3 and 2 * len(words & others) < max(len(words), len(others)):
        return False  # as it would come out, ten times as fast
    matcher = SequenceMatcher(None, text, other, autojunk=False)
    return matcher.real_quick_ratio() >= NEAR and matcher.quick_ratio() >= NEAR and matcher.ratio() >= NEAR


def actor_keys(rows: Sequence[WrittenRow]) -> list[dict[Key, str]]:
    """Return the codes and names, folded, by which each row is told from other actors, with what is the same."""
    keys_of_rows = []
    for row in rows:
        cells = {name: plain(row.cells.get(name, "")) for name in ("iso3", "wikidata_id")}
        keys: dict[Key, str] = {}
        if cells["iso3"]:
            keys["iso3", cells["iso3"]] = f"the same country code, {cells['iso3']}"
        if cells["wikidata_id"]:
            keys["wikidata_id", cells["wikidata_id"]] = f"the same Wikidata item, {cells['wikidata_id']}"
        for name in chain(*actor_names(row).values()):
            if key := folded(name):
                keys["name", key] = f"the same name, {name}"
        keys_of_rows.append(keys)
    return keys_of_rows


def actor_names(row: WrittenRow) -> dict[str, list[str]]:
    """Return the names of an actor by the fields of which its row says something."""
    split = {"name": _text, "short_name": _text, "names": _texts, "aliases": _texts}
    columns = {f"{field}{sign}": names for field, names in split.items() for sign in ("", ADDS)}
    return {column: names(row.cells.get(column, "")) for column, names in columns.items() if row.says(column)}


def _text(cell: str) -> list[str]:
    return [plain(cell)]


def _texts(cell: str) -> list[str]:
    """Return the texts of a cell that is a list or an object, or plain; of “zh: 中国”, what comes after the tag."""
    if not cell.lstrip().startswith(("[", "{")):
        return [re.sub(r"^[A-Za-z-]+: *", "", text.strip()) for text in re.split(r"[;\n]", cell) if text.strip()]
    try:
        value = read_json(cell)
    except NotJson:
        return []
    texts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for text in texts if isinstance(text, str)]


class _Actors:
    """The actors that are here, by what they are known by; read once."""

    def __init__(self) -> None:
        self._here: dict[Key, list[int]] | None = None

    def __call__(self, rows: Sequence[WrittenRow], keys: Sequence[Mapping[Key, str]]) -> Mapping[Key, list[int]]:
        if self._here is None:
            self._here = defaultdict(list)
            fields = ("pk", "iso3", "wikidata_id", "name", "short_name", "names", "aliases")
            for pk, iso3, item, name, short, names, aliases in Actor.objects.values_list(*fields).iterator():
                known = {("iso3", iso3), ("wikidata_id", item)}
                known |= {("name", folded(text)) for text in (name, short, *names.values(), *aliases)}
                for key in known:
                    if key[1]:
                        self._here[key].append(pk)
        return self._here
