"""A matrix of issues by actors, as chips: its rows as HTML, and what its picture is drawn of."""

from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import Any, NamedTuple, Protocol

from django.utils.safestring import SafeString

from tracker.cards.chips import NOT_SINCE, Chip, Nothing, chip, note_html, nothing
from tracker.cards.context import Body, Context
from tracker.cards.pictures import matrix as pictures
from tracker.cards.pictures.plate import Picture, Plate
from tracker.values.nouns import Noun


class Titled(Protocol):
    """An issue, and how deep it lies in the tree."""

    @property
    def slug(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def depth(self) -> int: ...


class Cell(NamedTuple):
    """The claims of one cell, the accepted first, and their chips, or that of a kind of nothing; none: it can't be."""

    claims: Sequence[Body]
    chips: Sequence[Chip]
    html: str


class MatrixRow(NamedTuple):
    """An issue with its cells: one for each actor, and the last for how the first two relate."""

    issue: Titled
    indent: int
    href: str
    cells: Sequence[Cell]

    @property
    def html(self) -> SafeString:
        """Return it as HTML; by hand, as a template takes ten times as long."""
        name = f'<a href="{escape(self.href)}"><bdi>{escape(self.issue.title)}</bdi></a>'
        cells = "".join(f"<td>{cell.html}</td>" for cell in self.cells)
        return SafeString(f'<tr><th scope="row" class="indent-{self.indent}">{name}</th>{cells}</tr>')


class Part(NamedTuple):
    """Rows next to each other that are below an issue without a row of its own, or directly in their group (None)."""

    issue: Titled | None
    rows: Sequence[MatrixRow]

    @property
    def html(self) -> SafeString:
        return SafeString("\n".join(row.html for row in self.rows))


class MatrixGroup(NamedTuple):
    """A wider issue and the rows below it, by part; `left` are those that there is no room for."""

    issue: Titled
    parts: Sequence[Part]
    left: int
    is_open: bool

    @property
    def rows(self) -> list[MatrixRow]:
        return [row for part in self.parts for row in part.rows]


def cell(claims: Sequence[Body], chips: Sequence[Chip]) -> Cell:
    """Return a cell of claims with their chips."""
    return Cell(claims, chips, "".join(chip.html for chip in chips))


EMPTY = cell((), ())
NOT_CODED, NOT_ON_THAT_DAY = (cell((), [nothing(kind)]) for kind in (Nothing.NOT_CODED, Nothing.NOT_ON_THAT_DAY))


def head(actors: Sequence[Body], context: Context) -> SafeString:
    """Return the heads of columns, as HTML: each part of a matrix has them."""
    columns = "".join(
        f'<th scope="col"><a href="{escape(context.address(Noun.ACTOR, actor["slug"]))}">'
        f"<bdi>{escape(actor['short_name'] or actor['name'])}</bdi></a></th>"
        for actor in actors
    )
    pair = escape(" and ".join(actor["name"] for actor in actors[:2])) if len(actors) > 2 else "How they relate"
    issue = '<th scope="col"><span class="visually-hidden">Issue</span></th>'
    return SafeString(f'<thead><tr>{issue}{columns}<th scope="col">{pair}</th></tr></thead>')


def row(
    issue: Titled, indent: int, href: str, claims: Sequence[Sequence[Body]], empty: Sequence[Cell], context: Context
) -> MatrixRow:
    """Return the row of an issue: the chips of its claims by column, or what is shown of one that has none."""

    def chips(of: Sequence[Body]) -> list[Chip]:
        return [chip(Noun.ALIGNMENT if "pattern" in claim else Noun.STANCE, claim, context) for claim in of]

    columns = zip(claims, empty, strict=True)
    return MatrixRow(issue, indent, href, [cell(of, chips(of)) if of else none for of, none in columns])


def said_once(groups: Sequence[MatrixGroup]) -> tuple[list[MatrixGroup], str]:
    """Return groups whose cells leave out of when most of what is stale is, and that; "" if it is in one cell only."""
    chips = (chip for group in groups for row in group.rows for cell in row.cells for chip in cell.chips)
    notes = Counter(note for chip in chips for note in chip.notes if note.endswith(NOT_SINCE))
    then = next((note for note, many in notes.most_common(1) if many > 1), "")
    note = note_html(then)

    def brief(rows: Sequence[MatrixRow]) -> list[MatrixRow]:
        return [
            row._replace(cells=[cell._replace(html=cell.html.replace(note, "")) for cell in row.cells]) for row in rows
        ]

    if not then:
        return list(groups), ""
    return [
        group._replace(parts=[part._replace(rows=brief(part.rows)) for part in group.parts]) for group in groups
    ], then


def matrix_of(groups: Sequence[MatrixGroup], columns: Sequence[str], q: str) -> dict[str, Any]:
    """Return what draws the matrix that a page shows (`draw`), and on how many sources it rests (`sources`)."""
    cells = [cell for group in groups for row in group.rows for cell in row.cells]
    cited = {cited["source"]["id"] for cell in cells for claim in cell.claims for cited in claim["citations"]}

    def heading(issue: Titled, depth: int) -> pictures.Row:
        return pictures.Row(issue.title, depth, f"/issues/{issue.slug}/{q}", [()] * len(columns))

    def draw(plate: Plate) -> Picture:
        rows = []
        for group in groups:
            rows += [] if any(row.indent == 0 for row in group.rows) else [heading(group.issue, 0)]
            for part in group.parts:
                rows += [heading(part.issue, part.issue.depth - group.issue.depth)] if part.issue else []
                rows += [
                    pictures.Row(row.issue.title, row.indent, row.href, [cell.chips for cell in row.cells])
                    for row in part.rows
                ]
        return pictures.matrix(plate, columns, rows)

    return {"draw": draw, "sources": len(cited)}
