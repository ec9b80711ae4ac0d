"""What moved between two releases: for people issue by issue, `CHANGES.md`;
for programs, `CHANGES.csv` and `.json`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from tracker.public.cards.wording import title
from tracker.public.formats.csv import Column, Table
from tracker.public.formats.releases.citation import CitedRelease
from tracker.public.formats.releases.moves import Move, Record, changed, sentence
from tracker.schema.records import OCCURRENCES, SHAPES
from tracker.values import days
from tracker.values.nouns import Noun
from tracker.values.texts import one_line

WHATS = ("new", "changed", "retracted", "merged")
MOST_LINES = 50  # of what there may be thousands
ON_ISSUES = (Noun.ISSUE, Noun.STANCE, Noun.ALIGNMENT)
NAMED = (Noun.ACTOR, Noun.SOURCE)
BY_THEMSELVES = (*(noun for noun in Noun if noun not in (*ON_ISSUES, *NAMED)), *NAMED)
Sections = Mapping[str, list[str]]
COLUMNS = [
    *(
        Column("resource"),
        Column("id"),
        Column("ref"),
        Column("name", True),
        Column("what"),
        Column("into", True),
    ),
    *(Column("field"), Column("before", True), Column("after", True)),
]


def first(cited: CitedRelease, notes: str, counts: Mapping[Noun, int]) -> str:
    """Return the file of a release that none comes before."""
    held = ", ".join(f"{count:,} {_plural(noun, count)}" for noun, count in counts.items())
    return _joined([*_head(cited, notes), f"This is the first release. It holds {held}."])


def since(
    cited: CitedRelease, before: str, notes: str, moves: Iterable[Move], issues: Iterable[Record]
) -> str:
    """Return the file of a release that comes after another; `issues` are those of its edition."""
    tree = {issue["slug"]: issue for issue in issues}
    counts: Counter[tuple[Noun, str]] = Counter()
    lines: dict[str, list[str]] = defaultdict(list)
    for move in moves:
        if what := move.what:
            counts[move.noun, what] += 1
            lines[_place(move, tree)].append(f"- {one_line(sentence(move))}")
    intro = f"Since {before}: {_summed_up(counts)}." if counts else f"Nothing moved since {before}."
    return _joined([*_head(cited, notes), intro, *_sections(lines, tree)])


def _head(cited: CitedRelease, notes: str) -> Iterator[str]:
    yield f"# Changes in {cited.version}"
    yield f"Edition {cited.edition}, published on {days.day(cited.day)}."
    if notes.strip():
        yield notes.strip()


def _place(move: Move, tree: dict[str, Record]) -> str:
    """Return the slug of the issue that it is told under, else the plural;
    an issue that is gone joins the tree.
    """
    if move.noun not in ON_ISSUES:
        return move.noun.plural
    if move.noun is Noun.ISSUE:
        return str(tree.setdefault(move.last["slug"], move.last)["slug"])
    issue = move.last["issue"]
    return str(
        tree.setdefault(
            issue["slug"], {"slug": issue["slug"], "title": issue["name"], "parent": None}
        )["slug"]
    )


def _sections(lines: Sections, tree: Mapping[str, Record]) -> Iterator[str]:
    headed = sorted((_heading(slug, tree), slug) for slug in lines if slug in tree)
    for heading, slug in headed:
        question = tree[slug].get("question")
        yield "\n\n".join(
            [
                f"## {heading}",
                *([f"*{one_line(question)}*"] if question else []),
                "\n".join(lines[slug]),
            ]
        )
    for noun in BY_THEMSELVES:
        if of_noun := lines.get(noun.plural):
            shown = of_noun if noun in OCCURRENCES else of_noun[:MOST_LINES]
            more = (
                [f"- … and {len(of_noun) - len(shown):,} more"] if len(of_noun) > len(shown) else []
            )
            yield f"## {noun.plural.capitalize()}\n\n" + "\n".join([*shown, *more])


def _heading(slug: str, tree: Mapping[str, Record]) -> str:
    """Return the titles from the top of the tree down to an issue."""
    titles: list[str] = []
    while slug in tree and len(titles) < 100:
        titles.insert(0, one_line(tree[slug]["title"]))
        slug = (tree[slug].get("parent") or {}).get("slug", "")
    return " › ".join(titles)


def _summed_up(counts: Mapping[tuple[Noun, str], int]) -> str:
    lines = []
    for noun in (*ON_ISSUES[1:], *BY_THEMSELVES[:1], Noun.ISSUE, *BY_THEMSELVES[1:]):
        of = {what: counts[noun, what] for what in WHATS if counts.get((noun, what))}
        if of:
            whats = ", ".join(f"{count:,} {what}" for what, count in of.items())
            lines.append(f"{_plural(noun, sum(of.values()))}: {whats}")
    return "; ".join(lines)


def _plural(noun: Noun, count: int) -> str:
    return str(noun) if count == 1 else noun.plural


def _joined(blocks: Iterable[str]) -> str:
    return "\n\n".join(blocks) + "\n"


def table(moves: Iterable[Move]) -> Table:
    """Return a table: a row for each field that changed, with its cells as tables have them,
    or one for a record.
    """
    return Table(COLUMNS, (row for move in moves if move.what for row in _rows(move)))


def as_json(moves: Iterable[Move], compared: Mapping[str, Any]) -> Iterator[bytes]:
    """Yield an object: what is compared, and the records that differ,
    each with its fields as the API has them.
    """
    yield msgspec.json.encode(compared).removesuffix(b"}") + b',"changes":['
    written = (msgspec.json.encode(_object(move)) for move in moves if move.what)
    for place, row in enumerate(written):
        yield (b",\n" if place else b"\n") + row
    yield b"\n]}\n"


def _rows(move: Move) -> Iterator[Sequence[Any]]:
    last = move.last
    head = (move.noun.plural, last["id"], last["ref"], title(move.noun, last), move.what, move.into)
    if move.old and move.new:
        for field, before, after in changed(SHAPES[move.noun], move.old, move.new):
            yield *head, field, before, after
    else:
        yield *head, "", None, None


def _object(move: Move) -> dict[str, Any]:
    old, new, last = move.old or {}, move.new or {}, move.last
    fields = changed(SHAPES[move.noun], old, new) if old and new else ()
    return {
        "resource": move.noun.plural,
        "id": last["id"],
        "ref": last["ref"],
        "name": title(move.noun, last),
        "what": move.what,
        "into": move.into or None,
        "fields": {field: [old.get(field), new.get(field)] for field, *_ in fields},
    }
