"""The matrix: issues by actors, each cell the positions held on a day; and the first page, which begins with it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from difflib import get_close_matches
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils.text import slugify

from tracker.cards.age import is_past_forecast
from tracker.cards.cards import Brief, brief
from tracker.cards.findings import differ, of_two, on_differences
from tracker.cards.legend import legend_html
from tracker.cards.matrix import (
    EMPTY,
    NOT_CODED,
    NOT_ON_THAT_DAY,
    Cell,
    MatrixGroup,
    MatrixRow,
    Part,
    head,
    matrix_of,
    row,
    said_once,
)
from tracker.cards.record_sentences import is_overdue
from tracker.formats.releases.citation import TITLE, dataset
from tracker.publication.read.coverage import coded, counts
from tracker.publication.read.keys import records
from tracker.publication.read.tree import Issue
from tracker.schema.filters import Day, Flag, Keys, Terms
from tracker.site.dates import Dates
from tracker.site.page import CLAIMS_SHOWN, Contents, Page, PageError
from tracker.site.parameters import Problem, problem
from tracker.site.reading import Body, changed, context, near, page_of, records_of, tree
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Region, Theme

PAIR = ("china", "russia")
ROWS = 80  # of a matrix; it leads on to the others
ADDED = 4  # actors beside the two
CLAIMS = 5_000  # that are looked through
NUMBERS = 1_000  # by which the API is asked at once
OVERDUE = 5
THEMES, REGIONS = ([(term.value, str(term.label)) for term in vocabulary] for vocabulary in (Theme, Region))
TOGETHER = ""  # the column of how the first two relate
Column = Mapping[str, Sequence[Body]]  # claims by issue


class Matrix:
    """The matrix of an edition on a day, of what is chosen; four statements at most, however many issues there are.

    It is of two actors and how they relate, and of others beside them, each with its number; it has `groups` of rows,
    by the widest issue that they are part of, `most` in all. `then` is of when all is that is stale and says nothing
    else ("": each cell says it), `alignments` are those of the first two on any issue, the latest first.
    """

    def __init__(
        self, dates: Dates, values: Mapping[str, Any], actors: Sequence[tuple[int | None, Body]], most: int = ROWS
    ) -> None:
        self.values, self.tree, self.context = values, tree(dates), context(dates)
        self.ids, self.actors = [number for number, _ in actors], [body for _, body in actors]
        self.keys = [body["slug"] for body in self.actors]
        two = [key for key, number in zip(self.keys[:2], self.ids[:2], strict=True) if number is not None]
        chosen = {"on": dates.on, "actor": two, "counterpart": two}
        self.alignments = records_of(Noun.ALIGNMENT, dates, chosen, CLAIMS).records if len(two) == 2 else []
        columns = self._claims(dates)
        coded_at = coded(tuple(self.ids), dates.edition, dates.stamp)
        groups, room, with_claims = list[MatrixGroup](), most, set[str]().union(*columns)
        self.compared: list[Sequence[Sequence[Body]]] = []  # the claims on each issue, whether it is shown or not
        themes, regions = values.get("theme", ()), values.get("region", ())
        for top, below in self.tree.groups(values.get("under", ()), ROWS):
            issues = [issue for issue in (top, *below) if issue.is_about(themes, regions)]
            shown = [issue for issue in issues if self._is_shown(issue, columns)]
            self.compared += [_on(issue, columns) for issue in issues if issue.slug in with_claims]
            rows = [
                row(
                    issue,
                    min(issue.depth - top.depth, 4),
                    page_of(Noun.ISSUE, issue.slug, dates.q),
                    _on(issue, columns),
                    self._nothing(issue, coded_at),
                    self.context,
                )
                for issue in shown[:room]
            ]
            if shown:
                left = len(shown) - len(rows)
                groups.append(MatrixGroup(top, self._parts(top, rows), left, room > 0 and not left))
                room = max(0, room - len(shown))
        self.groups, self.then = said_once(groups)
        self.head = head(self.actors, self.context)
        self.rows = [row for group in self.groups for row in group.rows]

    def _parts(self, top: Issue, rows: Sequence[MatrixRow]) -> list[Part]:
        own = {row.issue.slug for row in rows}

        def part(row: MatrixRow) -> str:
            path = [*self.tree.above(row.issue.slug), row.issue][top.depth + 1 :]
            return path[0].slug if path and path[0].slug not in own else ""

        return [Part(self.tree.issues.get(slug), list(of)) for slug, of in groupby(rows, part)]

    @property
    def finding(self) -> str:
        """Return what is seen in it of the first two actors; "" if nothing is, or if not all of it is shown."""
        if any(group.left for group in self.groups):
            return ""
        if self.values.get("differ"):
            return on_differences(self.actors[:2], self.compared, self.context)
        stances = (claim for of in self.compared for side in of[:2] for claim in side)
        return of_two(self.actors[:2], stances, (claim for of in self.compared for claim in of[-1]), self.context)

    @property
    def queries(self) -> dict[str, str]:
        """Return by which filters the API answers the stances and the alignments that are shown, if any are.

        If it has none for what was chosen, they are asked for by their numbers, the first 1,000 of them.
        """
        if any(self.values.get(name) for name in ("theme", "region", "differ", "confirmed")):
            stances = [claim for row in self.rows for cell in row.cells[:-1] for claim in cell.claims]
            together = [claim for row in self.rows for claim in row.cells[-1].claims]
            numbers = {"stances": stances[:NUMBERS], "alignments": together[:NUMBERS]}
            return {name: f"id={','.join(str(claim['id']) for claim in of)}" for name, of in numbers.items() if of}
        two, under = ",".join(self.keys[:2]), "".join(f"&under={key}" for key in self.values.get("under", ()))
        actors = {"stances": f"actor={','.join(self.keys)}", "alignments": f"actor={two}&counterpart={two}"}
        return {name: f"{of}{under}" for name, of in actors.items()}

    def _claims(self, dates: Dates) -> list[Column]:
        """Return the claims of each column by issue, the accepted first.

        They are looked for by actor alone: of few actors that takes an index each, of many issues all claims. If a day
        is asked for, they are those that were confirmed since.
        """
        chosen, since = {"on": dates.on, "actor": self.keys}, self.values.get("confirmed")
        claims = [*records_of(Noun.STANCE, dates, chosen, CLAIMS).records, *self.alignments]
        by_column: dict[str, dict[str, list[Body]]] = defaultdict(lambda: defaultdict(list))
        for claim in sorted(claims, key=itemgetter("standing")):  # stable; accepted before contested
            if not since or (claim["confirmed_on"] or "") >= since.isoformat():
                column = TOGETHER if "pattern" in claim else claim["actor"]["slug"]
                by_column[column][claim["issue"]["slug"]].append(claim)
        return [by_column[column] for column in (*self.keys, TOGETHER)]

    def _is_shown(self, issue: Issue, columns: Sequence[Column]) -> bool:
        """Tell whether an issue has a row: whether anything can be on it, and is what is asked for."""
        if self.values.get("differ"):
            return differ(_on(issue, columns))
        is_asked = issue.question and "confirmed" not in self.values
        return bool(is_asked) or any(issue.slug in of for of in columns)

    def _nothing(self, issue: Issue, coded_at: Collection[tuple[int, int | None]]) -> list[Cell]:
        """Return what is shown in each column if there is no claim: which kind of nothing, or none if it can't be."""
        return [
            EMPTY if not issue.question and number != 0 else
            NOT_ON_THAT_DAY if (issue.id, number) in coded_at else NOT_CODED
            for number in (*self.ids, 0)  # 0: of two
        ]  # fmt: skip


def check_chosen(
    given: QueryDict, dates: Dates, values: Mapping[str, Any], actors: Sequence[tuple[int | None, Body]]
) -> None:
    """Raise PageError with all that is wrong with the keys that were chosen by an address."""
    problems, keys, issues = list[Problem](), [body["slug"] for _, body in actors], tree(dates).issues
    for number, body in actors:
        if number is None and body["slug"] not in PAIR:
            nearest = next((address.split("/")[2] for _, address in near(Noun.ACTOR, body["slug"], dates)), "")
            says = f"no actor was ever published under “{body['slug']}”"
            problems.append(problem(given, "actor", says, nearest))
    for key in values.get("under", ()):
        if key not in issues:
            nearest = next(iter(get_close_matches(key, issues)), "")
            problems.append(problem(given, "under", f"there is no issue “{key}” in edition {dates.edition}", nearest))
    if len(keys) - len(PAIR) > ADDED:
        problems.append(problem(given, "actor", f"at most {ADDED} actors can be added", ",".join(keys[2:6])))
    if problems:
        raise PageError(400, "This part of the address is not known in this edition.", problems=problems)


def actors_of(dates: Dates, values: Mapping[str, Any]) -> list[tuple[int | None, Body]]:
    """Return the two powers and the actors that are added, each with its number, if it has one; two statements."""
    keys = [*PAIR, *filter(lambda key: key not in PAIR, map(_key, values.get("actor", ())))]
    numbers = records(Noun.ACTOR, keys, edition=dates.edition)
    ids = [str(number) for number in numbers if number is not None]
    bodies = {body["id"]: body for body in records_of(Noun.ACTOR, dates, {"id": ids}, len(ids)).records} if ids else {}
    return [
        (number, bodies.get(number or 0, {"slug": key, "name": key.replace("-", " ").title(), "short_name": None}))
        for number, key in zip(numbers, keys, strict=True)
    ]


def _key(typed: str) -> str:
    """Return the key that a reader means: a code in capitals as it is, a name in lower case with hyphens."""
    return typed if typed.isupper() else slugify(typed) or typed


def _on(issue: Issue, columns: Sequence[Column]) -> list[Sequence[Body]]:
    return [of.get(issue.slug, ()) for of in columns]


class FirstPage(Page):
    """What this is, the matrix, what changed lately, what is overdue, how much there is, how to cite it."""

    template_name = "site/first.html"
    parameters = (
        Keys("under", "", noun=Noun.ISSUE),
        Keys("actor", "", noun=Noun.ACTOR),
        Terms("theme", "", vocabulary=Theme),
        Terms("region", "", vocabulary=Region),
        Flag("differ", ""),
        Day("confirmed", ""),
    )
    api = {
        "json": "/api/v1/stances/?{stances}&standing=any&on={on}",
        "csv": "/api/v1/stances.csv?{stances}&standing=any&on={on}",
        "atom": "/api/v1/changes.atom",
    }

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        actors = actors_of(dates, values)
        check_chosen(self.request.GET, dates, values, actors)
        matrix = Matrix(dates, values, actors)
        tables = matrix.queries
        under = matrix.tree.issues[values["under"][0]] if values.get("under") else None
        yield {
            "title": f"{under.title}: the matrix" if under else TITLE,
            "description": "Which position China, Russia and others take on each issue, and how they work together on "
            "it: for any day, by the source that says so.",
            "named": tables if "stances" in tables else None,
        }
        lately, _ = changed(dates.edition, {}, 5, q=dates.q)
        shown = [claim for row in matrix.rows for cell in row.cells for claim in cell.claims]
        days = [date.fromisoformat(claim["confirmed_on"]) for claim in shown if claim["confirmed_on"]]
        confirmed = max(days, default=None)
        late, all_late = overdue(dates, OVERDUE)
        names = [actor["short_name"] or actor["name"] for actor in matrix.actors]
        yield {
            "finding": matrix.finding,
            "matrix": matrix,
            "tables": tables,
            "values": values,
            "is_filtered": bool(values.keys() - {"on", "edition"}),
            "tops": [issue for issue in matrix.tree.issues.values() if issue.depth == 0 or issue == under],
            "themes": THEMES,
            "regions": REGIONS,
            "legend": legend_html(),
            **matrix_of(matrix.groups, [*names, "How they relate"], dates.q),
            "lately": lately,
            "overdue": late,
            "all_overdue": all_late,
            "counts": counts(dates.edition, dates.stamp),
            "confirmed": confirmed,
            "is_old": confirmed is not None and (dates.on - confirmed).days > settings.STALE_AFTER,
            "jsonld": dataset(
                TITLE,
                "Positions of states and other actors on issues, and how two of them work together, with sources, "
                "periods and everything that was ever published of them.",
                settings.DATA_LICENSE,
                isAccessibleForFree=True,
            ),
        }


def overdue(dates: Dates, shown: int) -> tuple[list[Brief], str]:
    """Return planned meetings and forecasts whose day has passed on the day asked for; three statements.

    `shown` at most, and how many there are: "100 or more" if not all are read, of each kind the latest.
    """
    before, about = dates.on - timedelta(days=1), context(dates)
    chosen = {
        Noun.MEETING: {"status": ["planned", "expected"]},
        Noun.STANCE: {"basis": ["forecast"]},
        Noun.ALIGNMENT: {"basis": ["forecast"]},
    }
    size = min(4 * shown, CLAIMS_SHOWN)
    read = {noun: records_of(noun, dates, {**what, "to": before}, size) for noun, what in chosen.items()}
    late = [
        (noun, body)
        for noun, page in read.items()
        for body in page.records
        if (is_overdue if noun is Noun.MEETING else is_past_forecast)(body, about)
    ]
    is_all = not any(page.has_more for page in read.values())
    return [brief(noun, body, about) for noun, body in late[:shown]], f"{len(late)}{'' if is_all else ' or more'}"
