"""A matrix of issues by actors, as chips: its rows as HTML, and what its picture is drawn of.

`Matrix` is any, also that of drafts;
`PairMatrix` is readers', which tells how the first two of its actors relate.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import escape
from itertools import chain, groupby
from operator import itemgetter
from typing import Any, NamedTuple, Protocol

from django.utils.safestring import SafeString

from tracker.public.cards.age import later_event, months_confirmed, without_nothing
from tracker.public.cards.chips import NO_QUESTION, Chip, Nothing, chip, nothing, votes_only
from tracker.public.cards.context import Body, Context
from tracker.public.cards.findings import names_of, of_two, relation
from tracker.public.cards.pictures import matrix as pictures
from tracker.public.cards.pictures.plate import Picture, Plate
from tracker.public.cards.sides import (
    Checked,
    Compared,
    checked,
    compare,
    counts,
    different_sides,
    many,
    same_side,
)
from tracker.values import days
from tracker.values.events import IssueEvent
from tracker.values.nouns import Noun

ROWS = 80  # of a matrix; it leads on to the others
NUMBERS = 1_000  # of claims, by which the API is asked at once
TOGETHER = ""  # the column of how the first two relate
Row = Sequence[Sequence[Body]]  # claims on an issue: by actor, the last how the first two relate
Actor = tuple[int | None, Body]  # with its number, if it has one


class Titled(Protocol):
    """An issue, and how deep it lies in the tree."""

    @property
    def slug(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def depth(self) -> int: ...


class MatrixIssue(Titled, Protocol):
    """An issue that may have a row."""

    @property
    def id(self) -> int: ...
    @property
    def question(self) -> str | None: ...
    def is_about(self, themes: Collection[str], regions: Collection[str]) -> bool: ...


class Tree(Protocol):
    """All issues by slug, what is above one, and the widest (of `keys`,
    if any) with what is below each.
    """

    @property
    def issues(self) -> Mapping[str, MatrixIssue]: ...
    def above(self, slug: str) -> Sequence[MatrixIssue]: ...
    def groups(
        self, keys: Sequence[str], most: int
    ) -> Sequence[tuple[MatrixIssue, Sequence[MatrixIssue]]]: ...


class Coverage(Protocol):
    """On which issues there are claims of an actor, whatever the day (0:
    of the first two), or votes, from a day on.
    """

    @property
    def claims(self) -> Collection[tuple[int, int]]: ...
    @property
    def voted(self) -> Mapping[tuple[int, int], date]: ...


class Cell(NamedTuple):
    """The claims of one cell, the accepted first, and their chips;
    without any, that of a kind of nothing.
    """

    claims: Sequence[Any]
    chips: Sequence[Chip]
    html: str


class MatrixRow(NamedTuple):
    """An issue with its cells:
    one for each actor, and in a PairMatrix the last for how the first two relate.

    `confirmed` is in which months its claims last were, or when its question was settled, as text;
    "" for none, None where each chip tells its own. `later` is what happened on the issue since a
    claim was checked, and its address. One in which the first two differ stands out.
    """

    issue: Titled
    indent: int
    href: str
    cells: Sequence[Cell]
    confirmed: str | None = None
    is_settled: bool = False
    differs: bool = False
    later: IssueEvent | None = None
    later_href: str = ""

    @property
    def html(self) -> SafeString:
        """Return it as HTML; by hand, as a template takes ten times as long."""
        name = f'<a href="{escape(self.href)}"><bdi>{escape(self.issue.title)}</bdi></a>'
        cells = "".join(f"<td>{cell.html}</td>" for cell in self.cells)
        cells += (
            ""
            if self.confirmed is None
            else f'<td class="confirmed">{self.confirmed}{self.later_html}</td>'
        )
        look = (
            ' class="differs"' * self.differs
            if any(cell.chips for cell in self.cells)
            else ' class="group"'
        )
        return SafeString(
            f'<tr{look}><th scope="row" class="indent-{self.indent}">{name}</th>{cells}</tr>'
        )

    @property
    def later_html(self) -> str:
        """Return a link to what happened on the issue since a claim was checked;
        "" if nothing did.
        """
        if self.later is None:
            return ""
        title, says = (
            escape(self.later.title),
            f"later {self.later.noun}: {escape(self.later.when)}",
        )
        return f' <a class="later" href="{escape(self.later_href)}" title="{title}">{says}</a>'


class MatrixPart(NamedTuple):
    """Rows next to each other that are below an issue without a row of its own,
    or directly in their group (None).
    """

    issue: Titled | None
    rows: Sequence[MatrixRow]

    @property
    def html(self) -> SafeString:
        return SafeString("\n".join(row.html for row in self.rows))


class Heading(NamedTuple):
    """What rows stand below, where that is no issue."""

    title: str
    slug: str = ""
    depth: int = 0


class MatrixGroup(NamedTuple):
    """A wider issue and the rows below it, by part;
    `left` are those that there is no room for, `counts` is of all.
    """

    issue: Titled
    parts: Sequence[MatrixPart]
    left: int
    is_open: bool
    counts: str

    @property
    def rows(self) -> list[MatrixRow]:
        return [row for part in self.parts for row in part.rows]


def cell(claims: Sequence[Any], chips: Sequence[Chip]) -> Cell:
    return Cell(claims, chips, " ".join(chip.ageless_html for chip in chips))


DIFFERING, DECIDED = Heading("Where they differ now"), Heading("Decided questions")
ALONE = Heading("Other questions")  # each an issue of its own
NARROWS_NOTHING = {"on", "edition"}
OF_CLAIMS = {"confirmed", "max_sources", "outlet"}  # these choose claims, others issues
EMPTY, UNASKED = cell((), ()), cell((), [NO_QUESTION])
NOT_CODED, NOT_ON_THAT_DAY = (
    cell((), [nothing(kind)]) for kind in (Nothing.NOT_CODED, Nothing.NOT_ON_THAT_DAY)
)


def cells(
    claims: Sequence[Sequence[Any]], empty: Sequence[Cell], chip_of: Callable[[Any], Chip]
) -> list[Cell]:
    """Return the cells of an issue:
    the chips of its claims by column, or what is shown where there is none.
    """
    return [
        cell(of, [*map(chip_of, of)]) if of else none
        for of, none in zip(claims, empty, strict=True)
    ]


@dataclass
class Matrix:
    """Rows by part, each of which has the same heads of columns;
    these are HTML, that of the issues first.
    """

    heads: Iterable[str]
    parts: Sequence[MatrixPart]

    @cached_property
    def head(self) -> SafeString:
        return SafeString(f"<thead><tr>{''.join(self.heads)}</tr></thead>")

    @property
    def rows(self) -> list[MatrixRow]:
        return [row for part in self.parts for row in part.rows]


class PairMatrix(Matrix):
    """The matrix on a day, of what is chosen:
    of two actors and how they relate, and of others beside them.

    Of one actor it has a column alone, and of none the issues; then nothing is compared. It is made
    of the stances of these actors and the `alignments` of the first two on that day, and of what is
    `covered` on any day. It has `groups` of rows, `most` in all: first those in which the two
    differ by claims that are fresh, then the others by the widest issue that they are part of, that
    with most questions first and those that stand alone together, last those on questions that were
    decided before the day, decided last first. The first is open, and one alone; of what is
    narrowed all but the settled ones are. `most_read` is how many claims of a noun were read, if
    there are more; it then says nothing of all or of nothing.
    """

    def __init__(
        self,
        tree: Tree,
        context: Context,
        actors: Sequence[Actor],
        stances: Sequence[Body],
        alignments: Sequence[Body],
        covered: Coverage,
        values: Mapping[str, Any],
        most: int,
        most_read: int = 0,
    ) -> None:
        self.most_read = most_read
        self.tree, self.context, self.alignments, self.covered, self.values = (
            tree,
            context,
            alignments,
            covered,
            values,
        )
        self.ids, self.actors = [number for number, _ in actors], [body for _, body in actors]
        self.keys = [body["slug"] for body in self.actors]
        self.two = self.actors[:2] if len(self.actors) > 1 else []  # who are compared
        self.claims_on = self._by_issue([*stances, *alignments])
        self.coded: list[MatrixIssue] = []  # with claims, whether it is shown or not
        self.compared: dict[str, Compared] = {}  # of these, by slug
        differing, settled = list[MatrixIssue](), list[MatrixIssue]()
        others = list[tuple[Titled, list[MatrixIssue]]]()
        alone = list[tuple[Titled, list[MatrixIssue]]]()
        themes, regions = values.get("theme", ()), values.get("region", ())
        for top, below in tree.groups(values.get("under", ()), ROWS):
            issues = [issue for issue in (top, *below) if issue.is_about(themes, regions)]
            self.coded += [issue for issue in issues if issue.slug in self.claims_on]
            for issue in issues:
                self._compare(issue.slug)
            remaining: list[MatrixIssue] = []
            for issue in filter(self._is_shown, issues):
                if self._settled(issue):
                    settled.append(issue)
                elif self._differ(issue, Checked.LATELY):
                    differing.append(issue)
                else:
                    remaining.append(issue)
            if below:
                others.append((top, remaining))
            else:
                alone.append((top, remaining))
        settled.sort(key=self._settled, reverse=True)
        others.sort(key=lambda group: len(group[1]), reverse=True)
        if len(alone) > 1:
            alone = [(ALONE, [issue for _, issues in alone for issue in issues])]
        several = [(DIFFERING, differing), *others, *alone, (DECIDED, settled)]
        several = [(heading, issues) for heading, issues in several if issues]
        self.groups: list[MatrixGroup] = []
        self.is_narrowed, room = bool(values.keys() - NARROWS_NOTHING), most
        for heading, of in several:
            is_open = (
                heading is DIFFERING
                or len(several) == 1
                or (self.is_narrowed and heading is not DECIDED)
            )
            self.groups.append(
                self._group(heading, of, most if heading is DECIDED else room, is_open=is_open)
            )
            room = max(0, room - len(of))
        super().__init__(self._heads(), [part for group in self.groups for part in group.parts])

    @property
    def is_of_two(self) -> bool:
        return len(self.actors) == 2

    @cached_property
    def finding(self) -> str:
        """Return what is seen of the first two actors in all that is chosen, shown or not;
        "" if nothing is.
        """
        if self.most_read:
            return ""
        questions = list(self.compared.values())
        if questions and self.values.get("differ"):
            return different_sides(names_of(self.two), questions, self.context)
        if not self.two:
            return ""
        rows = [self.claims_on[issue.slug] for issue in self.coded]
        claims = [claim for row in rows for claims in (*row[:2], row[-1]) for claim in claims]
        return of_two(self.two, questions, claims, self.context)

    @property
    def today(self) -> str:
        """Return the finding of the questions checked last:
        lately, else earlier, else before they were decided.
        """
        if self.most_read or not self.compared or self.values.get("differ"):
            return self.finding
        latest = min(question.checked for question in self.compared.values())
        questions = [question for question in self.compared.values() if question.checked is latest]
        return same_side(names_of(self.two), questions, self.context)

    @property
    def relation(self) -> str:
        """Return on how many issues the first two actors relate in which way; "" for none."""
        if self.most_read:
            return ""
        alignments = [claim for issue in self.coded for claim in self.claims_on[issue.slug][-1]]
        return relation(self.two, alignments, self.context)

    def _compare(self, slug: str) -> None:
        """Note whether the first two actors take the same side on an issue, if both take one."""
        row = self.claims_on.get(slug, ())
        compared = compare(chain(*row[:2]), self.context) if self.two else None
        if compared:
            self.compared[slug] = compared

    def _differ(self, issue: Titled, when: Checked | None = None) -> bool:
        """Tell whether the first two actors take different sides;
        with `when`, by claims checked then.
        """
        compared = self.compared.get(issue.slug)
        return compared is not None and not compared.is_same and when in (None, compared.checked)

    @property
    def claims(self) -> list[Body]:
        """Return the claims that are shown, row by row."""
        return [claim for row in self.rows for cell in row.cells for claim in cell.claims]

    @cached_property
    def confirmed(self) -> date | None:
        """Return the last day on which any of the claims that are shown was confirmed."""
        known = [claim["confirmed_on"] for claim in self.claims if claim["confirmed_on"]]
        return date.fromisoformat(max(known)) if known else None

    @property
    def is_old(self) -> bool:
        """Tell whether nobody has confirmed any of them for long."""
        about = self.context
        return self.confirmed is not None and (about.on - self.confirmed).days > about.stale_after

    @cached_property
    def queries(self) -> dict[str, str]:
        """Return by which filters the API answers the stances and the alignments that are shown,
        if any are.

        If it has none for what was chosen, they are asked for by their numbers,
        the first 1,000 of them.
        """
        if self.values.keys() & {"theme", "region", "differ", *OF_CLAIMS}:
            stances = [claim for claim in self.claims if "pattern" not in claim]
            together = [claim for claim in self.claims if "pattern" in claim]
            numbers = {"stances": stances[:NUMBERS], "alignments": together[:NUMBERS]}
            return {
                name: f"id={','.join(str(claim['id']) for claim in of)}"
                for name, of in numbers.items()
                if of
            }
        public = [
            key for number, key in zip(self.ids, self.keys, strict=True) if number is not None
        ]
        actors = {"stances": f"actor={','.join(public)}"} if public else {}
        if self.two and None not in self.ids[:2]:
            two = ",".join(self.keys[:2])
            actors["alignments"] = f"actor={two}&counterpart={two}"
        under = "".join(f"&under={key}" for key in self.values.get("under", ()))
        return {name: f"{of}{under}" for name, of in actors.items()}

    @property
    def sources(self) -> int:
        """Return on how many sources the claims that are shown rest."""
        return len(
            {citation["source"]["id"] for claim in self.claims for citation in claim["citations"]}
        )

    def draw(self, plate: Plate) -> Picture:
        """Return it as a picture, as a page shows it."""
        columns = [actor["short_name"] or actor["name"] for actor in self.actors]
        if self.two:
            columns.append("How they relate")

        def heading(issue: Titled, depth: int) -> pictures.Row:
            href = self.context.address(Noun.ISSUE, issue.slug) if issue.slug else ""
            return pictures.Row(issue.title, depth, href, ())

        rows = []
        for group in self.groups:
            rows += [] if any(row.indent == 0 for row in group.rows) else [heading(group.issue, 0)]
            for part in group.parts:
                rows += (
                    [heading(part.issue, part.issue.depth - group.issue.depth)]
                    if part.issue
                    else []
                )
                rows += [
                    pictures.Row(
                        row.issue.title, row.indent, row.href, [cell.chips for cell in row.cells]
                    )
                    for row in part.rows
                ]
        return pictures.matrix(plate, columns, rows)

    def _by_issue(self, claims: Sequence[Body]) -> dict[str, Row]:
        """Return the claims on each issue, the accepted first;
        if a day is chosen, those confirmed since.
        """
        since = self.values.get("confirmed")
        keys = [*self.keys, TOGETHER] if self.two else self.keys
        columns = {key: place for place, key in enumerate(keys)}
        by_issue = defaultdict[str, list[list[Body]]](lambda: [[] for _ in columns])
        # stable; accepted before contested
        for claim in sorted(claims, key=itemgetter("standing")):
            if not since or (claim["confirmed_on"] or "") >= since.isoformat():
                column = TOGETHER if "pattern" in claim else claim["actor"]["slug"]
                by_issue[claim["issue"]["slug"]][columns[column]].append(claim)
        return {slug: [without_nothing(several) for several in of] for slug, of in by_issue.items()}

    def _is_shown(self, issue: MatrixIssue) -> bool:
        """Tell whether an issue has a row:
        whether anything can be on it, and is what is asked for.
        """
        if self.values.get("differ"):
            return self._differ(issue)
        is_asked = issue.question and not self.values.keys() & OF_CLAIMS
        return bool(is_asked) or issue.slug in self.claims_on

    def _group(
        self, heading: Titled, issues: Sequence[MatrixIssue], most: int, *, is_open: bool
    ) -> MatrixGroup:
        """Return issues below a heading, of which `most` have rows;
        an issue that has no room for all is folded.
        """
        is_wider = heading not in (DIFFERING, DECIDED)
        has_depths = is_wider and heading is not ALONE
        rows = [
            self._row(issue, min(issue.depth - heading.depth, 4) if has_depths else 1)
            for issue in issues[:most]
        ]
        counted = [many(len(issues), "question")]
        if not self.values.get("differ"):
            counted += self._counted(issues, is_wider=is_wider)
        parts, left = (
            self._parts(heading, rows) if has_depths else [MatrixPart(None, rows)],
            len(issues) - len(rows),
        )
        return MatrixGroup(
            heading, parts, left, is_open and (not left or not is_wider), ", ".join(counted)
        )

    def _counted(self, issues: Sequence[Titled], *, is_wider: bool) -> list[str]:
        """Return on how many issues of a group claims were checked lately,
        and on how many the two differed before.
        """
        counted = []
        lately = sum(self._is_checked_lately(issue) for issue in issues)
        if is_wider and lately:
            counted.append(f"{lately} checked in the past year")
        if older := sum(self._differ(issue, Checked.EARLIER) for issue in issues):
            counted.append(f"different sides on {older} when last checked")
        if decided := sum(self._differ(issue, Checked.DECIDED) for issue in issues):
            counted.append(f"different sides on {decided}")
        return counted

    def _is_checked_lately(self, issue: Titled) -> bool:
        """Tell whether a claim that counts was checked within the time."""
        row = self.claims_on.get(issue.slug, ())
        about = self.context
        return any(
            counts(claim, about) and checked(claim, about) is Checked.LATELY
            for claim in chain(*row[:2], *row[-1:])
        )

    def _heads(self) -> Iterator[str]:
        yield '<th scope="col"><span class="visually-hidden">Issue</span></th>'
        for actor in self.actors:
            href = escape(self.context.address(Noun.ACTOR, actor["slug"]))
            yield (
                f'<th scope="col"><a '
                f'href="{href}"><bdi>{escape(actor["short_name"] or actor["name"])}</bdi></a></th>'
            )
        if self.two:
            pair = (
                "How they relate"
                if self.is_of_two
                else escape(" and ".join(of["name"] for of in self.two))
            )
            yield f'<th scope="col">{pair}</th>'
        if self.actors:
            yield '<th scope="col" class="confirmed">Last confirmed</th>'

    def _row(self, issue: MatrixIssue, indent: int) -> MatrixRow:
        href = self.context.address(Noun.ISSUE, issue.slug)
        columns = [*self.ids, 0] if self.two else self.ids  # 0: of two
        claims: Row = self.claims_on.get(issue.slug) or [()] * len(columns)
        empty = [self._empty(issue, number, href) for number in columns]
        confirmed = (
            " – ".join(months_confirmed(chain.from_iterable(claims))) if self.actors else None
        )
        is_settled = bool(self._settled(issue))
        if is_settled and self.actors:
            confirmed = f"decided {days.at(self.context.settled[issue.slug])}"
        chips = cells(claims, empty, self._chip)
        row = MatrixRow(issue, indent, href, chips, confirmed, is_settled, self._differ(issue))
        later = next(
            filter(
                None, (later_event(claim, self.context) for claim in chain.from_iterable(claims))
            ),
            None,
        )
        if later is None:
            return row
        return row._replace(later=later, later_href=self.context.address(later.noun, later.record))

    def _settled(self, issue: Titled) -> str:
        """Return the last day on which an issue's question was settled, before the context's day;
        "" if it was open.
        """
        last: str = self.context.settled.get(issue.slug, {}).get("latest", "")
        return last if last < self.context.on.isoformat() else ""

    def _chip(self, claim: Body) -> Chip:
        return chip(Noun.ALIGNMENT if "pattern" in claim else Noun.STANCE, claim, self.context)

    def _empty(self, issue: MatrixIssue, actor: int | None, href: str) -> Cell:
        """Return what a cell without a claim shows:
        votes, which kind of nothing, or that nothing is asked.
        """
        key = (issue.id, actor or 0)
        if self.most_read or self.values.keys() & OF_CLAIMS:
            return EMPTY  # of claims that were not asked for, or not read, nothing is said
        if actor is not None and key in self.covered.claims:
            return NOT_ON_THAT_DAY
        if actor != 0 and self.covered.voted.get(key, date.max) <= self.context.on:
            return cell((), [votes_only(f"{href}#votes")])
        return UNASKED if actor != 0 and not issue.question else NOT_CODED

    def _parts(self, top: Titled, rows: Sequence[MatrixRow]) -> list[MatrixPart]:
        own = {row.issue.slug for row in rows}

        def part(row: MatrixRow) -> str:
            path = [*self.tree.above(row.issue.slug), row.issue][top.depth + 1 :]
            return path[0].slug if path and path[0].slug not in own else ""

        return [
            MatrixPart(self.tree.issues.get(slug), list(of)) for slug, of in groupby(rows, part)
        ]
